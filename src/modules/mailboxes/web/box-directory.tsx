import { Form, Link, useActionData, useLoaderData } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { RefusedNotice, SelectField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import type { DirectoryOutcome } from '../census-schema.ts'
import { importDirectory } from '../import-directory.ts'
import { listServers } from '../servers.ts'
import { DirectoryTold, isSame } from './box-directory-told.tsx'
import { useBoxTexts } from './box-texts.ts'

export const loader = page(async (ctx) => {
  allow(ctx.actor, 'mailboxes.manage')
  const servers = (await listServers(ctx)).filter(({ kind, hasSecret }) => kind === 'google' && hasSecret)
  return { servers: servers.map(({ id, name }) => ({ id, name })) }
})

/** What came of it, with what was chosen: what was tried is what is applied. */
export type DirectoryDone = { done: DirectoryOutcome; serverId: string; isComplete: boolean }

/** A trial and the taking over answer with what came of them: there is no other page to show it on. */
export const action = form(async (ctx, form): Promise<DirectoryDone> => {
  const chosen = { serverId: String(form.get('serverId') ?? ''), isComplete: form.get('complete') === 'yes' }
  return { done: await importDirectory(ctx, { ...chosen, trial: form.get('how') !== 'apply' }), ...chosen }
})

/** Mailboxes from the directory of Google Workspace: tried first, then taken over; how a technician reads one over LDAP. */
export default function BoxDirectoryPage() {
  const { servers } = useLoaderData<typeof loader>()
  const answer = useActionData<DirectoryDone | Refused>()
  const texts = useBoxTexts()
  const t = texts.page.directoryPage
  const refused = answer && 'problem' in answer ? answer : undefined
  const told = answer && 'done' in answer ? answer : undefined
  return (
    <StaffPage title={t.title}>
      <Crumb to="/caselle" label={texts.page.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      {told && <DirectoryTold told={told} />}
      <RefusedNotice refused={refused} />
      <section className="st-section">
        <h2 className="st-h2">{t.google}</h2>
        {servers.length === 0 ? (
          <p>
            {t.noServer} <Link to="/caselle/server">{t.toServers}</Link>
          </p>
        ) : (
          <Choice refused={refused} told={told} />
        )}
      </section>
      <section className="st-section">
        <h2 className="st-h2">{t.ldap}</h2>
        <p>{t.ldapLead}</p>
        <ScrollRegion label={t.ldapLine}>
          <pre className="st-code-block">{t.ldapCommand}</pre>
        </ScrollRegion>
        <p>{t.ldapHint}</p>
      </section>
    </StaffPage>
  )
}

function Choice({ refused, told }: { refused: Refused | undefined; told: DirectoryDone | undefined }) {
  const { servers } = useLoaderData<typeof loader>()
  const t = useBoxTexts().page.directoryPage
  const mayApply = told?.done.isTrial === true && !isSame(told.done)
  const isComplete = refused ? refused.values.complete === 'yes' : (told?.isComplete ?? false)
  return (
    <Form method="post" className="st-form">
      <SelectField
        name="serverId"
        label={t.server}
        refused={refused}
        initial={told?.serverId ?? null}
        options={servers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <div className="mb-3">
        <label>
          <input
            type="checkbox"
            className="st-check"
            name="complete"
            value="yes"
            defaultChecked={isComplete}
            aria-describedby="complete-hint"
          />{' '}
          {t.complete}
        </label>
        <span id="complete-hint" className="st-small st-quiet d-block">
          {t.completeHint}
        </span>
      </div>
      <button type="submit" name="how" value="try" className={`btn st-btn ${mayApply ? 'is-plain' : 'is-main'}`}>
        {t.try}
      </button>
    </Form>
  )
}
