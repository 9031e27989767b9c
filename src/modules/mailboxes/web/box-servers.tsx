import { Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { Crumb, DoneNotice } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { beginCensus, listCensuses } from '../census.ts'
import { readAccounts } from '../census-file.ts'
import type { MailServer, ServerTrial } from '../census-schema.ts'
import { addServer, changeServer, listServers, tryServer } from '../servers.ts'
import { BeginCensus, CensusTable } from './box-census-table.tsx'
import { serverOf, typedOf } from './box-server-fields.ts'
import { ServerForm } from './box-server-form.tsx'
import { useBoxFigures, useBoxTexts } from './box-texts.ts'
import { bytesOfFileIfAny } from './box-upload.ts'

export const loader = page(async (ctx, { request }) => {
  allow(ctx.actor, 'mailboxes.manage')
  const servers = await listServers(ctx)
  const wanted = new URL(request.url).searchParams.get('server')
  const chosen = wanted === null ? null : (servers.find(({ id }) => id === wanted) ?? fail(notFound()))
  return { servers, chosen, censuses: await listCensuses(ctx), once: onceToken() }
})

/** What a trial found, with what was typed, so that a page without JavaScript keeps it. */
export type TriedServer = { trial: ServerTrial; values: Record<string, string> }

export const action = form(async (ctx, form, { request }) => {
  const id = new URL(request.url).searchParams.get('server')
  if (form.get('act') === 'census') return redirect(`/caselle/censimenti/${await begin(ctx, form)}`)
  const input = serverOf(form)
  if (form.get('how') === 'try') {
    const text = (name: string) => String(form.get(name) ?? '')
    const trial = await tryServer(ctx, { ...input, login: text('login'), password: text('password') }, id)
    return { trial, values: typedOf(form) }
  }
  if (id === null) await addServer(ctx, input)
  else await changeServer(ctx, id, { ...input, version: Number(form.get('version')) })
  return redirect('/caselle/server?fatto=salvato')
})

async function begin(ctx: Parameters<typeof beginCensus>[0], form: FormData): Promise<string> {
  const text = (name: string) => String(form.get(name) ?? '')
  const bytes = await bytesOfFileIfAny(form)
  const { id } = await beginCensus(ctx, {
    ...{ serverId: text('serverId'), accounts: bytes === null ? [] : readAccounts(bytes) },
    ...{ isComplete: form.get('complete') === 'yes', assessment: text('assessment'), agreement: text('agreement') },
  })
  return id
}

/** The servers mailboxes are on, the censuses there were, and the forms for another of each. */
export default function BoxServersPage() {
  const { servers, chosen, censuses } = useLoaderData<typeof loader>()
  const answer = useActionData<TriedServer | Refused>()
  const [search] = useSearchParams()
  const texts = useBoxTexts()
  const t = texts.page.serverPage
  useChanges()
  const running = censuses.filter(({ state }) => state === 'running').length
  return (
    <StaffPage title={t.title}>
      <Crumb to="/caselle" label={texts.page.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead(servers.length, running)}</p>
      {search.get('fatto') === 'salvato' && answer === undefined && <DoneNotice>{t.saved}</DoneNotice>}
      {servers.length > 0 && <ServerTable servers={servers} />}
      {chosen === null && servers.length > 0 && <BeginCensus />}
      <CensusTable censuses={censuses} />
      <ServerForm key={chosen?.id ?? 'new'} />
    </StaffPage>
  )
}

function ServerTable({ servers }: { servers: MailServer[] }) {
  const texts = useBoxTexts()
  const t = texts.page.serverPage
  const { whole } = useBoxFigures()
  const c = t.columns
  return (
    <DataTable caption={t.caption} columns={[c.name, c.where, c.how, { label: c.boxes, isNumber: true }]}>
      {servers.map((server) => (
        <tr key={server.id}>
          <th scope="row">
            <Link to={`?server=${server.id}`}>{server.name}</Link>
            <span className="st-sub">{texts.serverKinds[server.kind]}</span>
          </th>
          <td>
            {server.host}:{server.port}
            {!server.isEncrypted && <span className="st-sub">{t.plain}</span>}
          </td>
          <td>
            {texts.signIns[server.signIn]}
            {server.writtenBy !== 'imap' && (
              <span className="st-sub">{t.writtenThrough(texts.writtenBys[server.writtenBy])}</span>
            )}
          </td>
          <td className="st-num">{whole(server.boxes)}</td>
        </tr>
      ))}
    </DataTable>
  )
}
