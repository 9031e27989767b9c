import type { ReactNode } from 'react'
import { Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { allow, may } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { fileSize } from '../../../platform/texts.ts'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { findPeople } from '../../organisation/people.ts'
import { discardMail, findMail, retryMail } from '../mail-quarantine.ts'
import type { MailDetail } from '../mail-schema.ts'
import { MailActions } from './mail-actions.tsx'
import { useMailTexts, wordsOf } from './mail-texts.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const idOf = (id: string | undefined) => (uuid.test(id ?? '') ? String(id) : fail(notFound()))

export const loader = page(async (ctx, { request, params }) => {
  allow(ctx.actor, 'mail.handle')
  const words = new URL(request.url).searchParams.get('chi')?.trim().slice(0, 200) ?? ''
  return {
    found: await findMail(ctx, idOf(params.id)),
    words,
    people: words.length >= 3 && may(ctx.actor, 'people.find') ? await findPeople(ctx, words, 10) : [],
  }
})

export const action = form(async (ctx, form, { params }) => {
  const id = idOf(params.id)
  const version = Number(form.get('version'))
  if (form.get('act') === 'discard') {
    await discardMail(ctx, id, { version, reason: String(form.get('reason') ?? ''), erase: form.has('erase') })
    return redirect(`/posta/${id}?fatto=discarded`)
  }
  const personId = form.get('personId')
  const done = await retryMail(ctx, id, {
    version,
    ...(typeof personId === 'string' && personId !== '' && { personId }),
  })
  const search = new URLSearchParams({ fatto: done.outcome, ...(done.case && { numero: done.case }) })
  return redirect(`/posta/${id}?${search}`)
})

/** One message: why it is here, its words, and what a person may do with it. */
export default function MailMessagePage() {
  const { found } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { t: shell } = useShell()
  const t = useMailTexts().page
  const title = found.subject || t.noSubject
  return (
    <StaffPage title={title}>
      <nav aria-label={shell.path}>
        <p className="st-crumb">
          <Link to="/posta">{t.back}</Link> / <span aria-current="page">{title}</span>
        </p>
      </nav>
      <DoneNotice found={found} />
      <div className="st-head">
        <h1 className="st-title">{title}</h1>
      </div>
      <RefusedNotice refused={refused} />
      <div className="st-side">
        <div>
          <Why found={found} />
          <Words found={found} />
          <History found={found} />
        </div>
        <aside className="st-aside" aria-label={t.what}>
          <MailActions />
          <Facts found={found} />
        </aside>
      </div>
    </StaffPage>
  )
}

function DoneNotice({ found }: { found: MailDetail }) {
  const [search] = useSearchParams()
  const { page: t, reasons } = useMailTexts()
  const refused = useActionData<Refused>()?.problem !== undefined
  const done = search.get('fatto')
  if (refused || done === null) return null
  const number = found.caseNumber ?? ''
  const isTaken = found.state === 'routed' || found.state === 'discarded'
  const says: Record<string, string> = {
    discarded: t.done.discarded,
    opened: t.done.opened(number),
    appended: t.done.appended(number),
    duplicate: t.done.duplicate,
    quarantined: `${t.done.still} ${wordsOf(reasons, found.reason)}`,
    ignored: `${t.done.still} ${wordsOf(reasons, found.reason)}`,
  }
  const sentence = Object.hasOwn(says, done) ? says[done] : undefined
  if (sentence === undefined) return null
  return (
    <div className={`st-notice ${isTaken ? 'is-ok' : 'is-warn'}`} role="status">
      <p>
        {sentence} {found.caseId && <Link to={`/richieste/${found.caseId}`}>{number}</Link>}
      </p>
    </div>
  )
}

function Why({ found }: { found: MailDetail }) {
  const { page: t, reasons, states, outcomes } = useMailTexts()
  const mark = found.state === 'quarantined' ? 'st-warn' : found.state === 'routed' ? 'st-ok' : 'st-idle'
  return (
    <section aria-labelledby="why">
      <h2 id="why" className="st-h2">
        {t.why}
      </h2>
      <p>
        <span className={`st-state ${mark}`}>{states[found.state]}</span>{' '}
        {found.outcome ? outcomes[found.outcome] : wordsOf(reasons, found.reason)}
      </p>
    </section>
  )
}

function Words({ found }: { found: MailDetail }) {
  const { language } = useShell()
  const t = useMailTexts().page
  return (
    <section className="st-section" aria-labelledby="text">
      <h2 id="text" className="st-h2">
        {t.text}
      </h2>
      {found.text === null ? (
        <p>{found.state === 'routed' ? t.inCase : t.noText}</p>
      ) : (
        <>
          <p className="st-small st-quiet">{t.textHint}</p>
          <div className="st-talk">
            <p className="st-body">{found.text}</p>
          </div>
        </>
      )}
      {found.attachments.length > 0 && (
        <>
          <h3 className="st-h3">{t.attachments}</h3>
          <ul>
            {found.attachments.map(({ name, bytes }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several may have one name, and they never move
              <li key={index}>
                {name} <span className="st-quiet">({fileSize(bytes, language)})</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Facts({ found }: { found: MailDetail }) {
  const { language } = useShell()
  const t = useMailTexts().page
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="st-h2">
        {t.factsTitle}
      </h2>
      <dl className="st-facts">
        <Fact name={t.facts.from}>{found.from}</Fact>
        <Fact name={t.facts.to}>{found.to.join(', ')}</Fact>
        <Fact name={t.facts.sent}>{found.date && <When at={found.date} />}</Fact>
        <Fact name={t.facts.received}>
          <When at={found.receivedAt} />
        </Fact>
        <Fact name={t.facts.channel}>{found.channelName ?? t.facts.byCommand}</Fact>
        <Fact name={t.facts.size}>{fileSize(found.bytes, language)}</Fact>
        <Fact name={t.facts.case}>
          {found.caseId ? <Link to={`/richieste/${found.caseId}`}>{found.caseNumber}</Link> : found.caseNumber}
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null
  return (
    <>
      <dt>{name}</dt>
      <dd className="text-break">{children}</dd>
    </>
  )
}

function History({ found }: { found: MailDetail }) {
  const { page: t, kinds, reasons } = useMailTexts()
  return (
    <section className="st-section" aria-labelledby="history">
      <h2 id="history" className="st-h2">
        {t.history}
      </h2>
      <ul className="st-list">
        {found.history.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a history only grows at its end
          <li key={index}>
            <p className="mb-0">
              <When at={one.at} /> · {wordsOf(kinds, one.kind)}
              {one.author && ` · ${one.author}`}
              {one.reason && <span className="st-small st-quiet d-block">{wordsOf(reasons, one.reason)}</span>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
