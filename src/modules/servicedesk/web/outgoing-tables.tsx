import { Form, useActionData } from 'react-router'
import { TextField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { OutgoingMail, SuppressedAddress } from '../notice-schema.ts'
import { useOutgoingTexts } from './outgoing-texts.ts'

const marks: Record<OutgoingMail['state'], string> = { pending: 'idle', sent: 'ok', failed: 'late', suppressed: 'warn' }

/** Mails: what each says, to whom, how it stands and why. */
export function OutgoingTable({ rows, caption }: { rows: OutgoingMail[]; caption: string }) {
  const t = useOutgoingTexts().pages.out
  return (
    <ScrollRegion label={caption}>
      <table className="st-table mt-3">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.columns.what}</th>
            <th scope="col">{t.columns.who}</th>
            <th scope="col">{t.columns.state}</th>
            <th scope="col">{t.columns.when}</th>
            <th scope="col">{t.columns.act}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <OutgoingLine key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function OutgoingLine({ row }: { row: OutgoingMail }) {
  const { notices, troubles, pages } = useOutgoingTexts()
  const t = pages.out
  const what = notices[row.notice]
  return (
    <tr>
      <th scope="row">
        {what}
        {row.caseNumber && <span className="st-sub">{t.case(row.caseNumber)}</span>}
      </th>
      <td>{row.personName}</td>
      <td>
        <span className={`st-state st-${marks[row.state]}`}>{t.states[row.state]}</span>
        {row.trouble && <span className="st-sub">{troubles[row.trouble]}</span>}
        {row.lastError && <span className="st-sub">{t.said(row.lastError)}</span>}
      </td>
      <td>
        <When at={row.sentAt ?? row.createdAt} isShort />
        {row.state !== 'sent' && row.attempts > 0 && <span className="st-sub">{t.attempts(row.attempts)}</span>}
        {row.nextAttemptAt && row.attempts > 0 && (
          <span className="st-sub">
            {t.next} <When at={row.nextAttemptAt} isShort />
          </span>
        )}
      </td>
      <td>
        {row.state !== 'sent' && (
          <Form method="post">
            <input type="hidden" name="act" value="release" />
            <input type="hidden" name="id" value={row.id} />
            <button type="submit" className="btn st-btn is-plain" aria-label={t.releaseNamed(what, row.personName)}>
              {t.release}
            </button>
          </Form>
        )}
      </td>
    </tr>
  )
}

/** Addresses from which mail came back: nothing goes there until somebody takes them off. */
export function AddressTable({ rows }: { rows: SuppressedAddress[] }) {
  const t = useOutgoingTexts().pages.out
  return (
    <div className="st-section">
      <h2 className="st-h2">{t.addresses}</h2>
      <p>{t.addressesHint}</p>
      {rows.length === 0 ? (
        <p>{t.noAddresses}</p>
      ) : (
        <ScrollRegion label={t.addresses}>
          <table className="st-table">
            <caption>{t.addresses}</caption>
            <thead>
              <tr>
                <th scope="col">{t.address}</th>
                <th scope="col">{t.why}</th>
                <th scope="col">{t.since}</th>
                <th scope="col">{t.columns.act}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <AddressLine key={row.email} row={row} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <AddressForm />
    </div>
  )
}

function AddressLine({ row }: { row: SuppressedAddress }) {
  const t = useOutgoingTexts().pages.out
  return (
    <tr>
      <th scope="row">{row.email}</th>
      <td>{t.reason[row.reason]}</td>
      <td>
        <When at={row.since} isShort />
      </td>
      <td>
        <Form method="post">
          <input type="hidden" name="act" value="restore" />
          <input type="hidden" name="email" value={row.email} />
          <button type="submit" className="btn st-btn is-plain" aria-label={t.removeNamed(row.email)}>
            {t.remove}
          </button>
        </Form>
      </td>
    </tr>
  )
}

function AddressForm() {
  const answer = useActionData<Partial<Refused>>()
  const refused =
    answer?.problem && answer.values?.act === 'suppress'
      ? { problem: answer.problem, values: answer.values }
      : undefined
  const t = useOutgoingTexts().pages.out
  return (
    <details className="st-panel mt-3" open={refused !== undefined || undefined}>
      <summary>
        <span className="btn st-btn is-plain">{t.add}</span>
      </summary>
      <Form method="post" className="st-form mt-3">
        <input type="hidden" name="act" value="suppress" />
        <TextField name="email" type="email" label={t.address} refused={refused} required />
        <button type="submit" className="btn st-btn is-plain">
          {t.addSend}
        </button>
      </Form>
    </details>
  )
}
