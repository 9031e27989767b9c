import { Form } from 'react-router'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { ApiKeyRow } from '../schema.ts'
import { Act, Refusal, Table, useRefused } from './frame.tsx'
import { useOrganisationTexts } from './texts.ts'

/** Every key: as whom, for what, until when. */
export function KeyTable({ keys }: { keys: ApiKeyRow[] }) {
  const refused = useRefused('revoke')
  const t = useOrganisationTexts().pages.keys
  return (
    <>
      <Refusal refused={refused} />
      <Table
        caption={t.caption}
        head={
          <>
            <th scope="col">{t.columns.name}</th>
            <th scope="col">{t.columns.person}</th>
            <th scope="col">{t.columns.scopes}</th>
            <th scope="col">{t.columns.expires}</th>
            <th scope="col">{t.columns.act}</th>
          </>
        }
      >
        <tbody>
          {keys.map((key) => (
            <KeyLine key={key.id} row={key} />
          ))}
        </tbody>
      </Table>
    </>
  )
}

function KeyLine({ row }: { row: ApiKeyRow }) {
  const { now } = useShell()
  const { pages } = useOrganisationTexts()
  const t = pages.keys
  const state = row.revokedAt !== null ? 'revoked' : row.expiresAt <= now ? 'expired' : 'good'
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td>{row.personName}</td>
      <td>{row.scopes.map((scope) => scopeName(pages.scopes, scope)).join(', ')}</td>
      <td>
        <span className={`st-state ${state === 'good' ? 'st-ok' : 'st-idle'}`}>{t.state[state]}</span>
        <span className="st-sub">
          <When at={row.revokedAt ?? row.expiresAt} isShort />
        </span>
      </td>
      <td>
        {state === 'good' && (
          <Form method="post">
            <Act act="revoke" />
            <input type="hidden" name="id" value={row.id} />
            <button type="submit" className="btn st-btn is-plain" aria-label={t.revokeNamed(row.name)}>
              {t.revoke}
            </button>
          </Form>
        )}
      </td>
    </tr>
  )
}

/** What a scope allows, in words; a scope of a later version stays as it is written. */
function scopeName(names: Record<string, string>, scope: string): string {
  return names[scope] ?? scope
}
