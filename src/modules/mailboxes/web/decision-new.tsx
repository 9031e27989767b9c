import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import type { Context } from '../../../platform/context.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { LongField, Once, RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { decisionKinds, kindsFor, type MailboxKind } from '../decision-vocabulary.ts'
import { findCandidates, findDecision } from '../find-decisions.ts'
import { proposeFromForm } from './decision-acts.ts'
import { DecisionFields } from './decision-fields.tsx'
import { useDecisionTexts } from './decision-page-words.ts'

export const loader = page(async (ctx, { request }) => {
  const search = new URL(request.url).searchParams
  const replaces = search.get('sostituisce')
  const found = replaces === null ? null : await findDecision(ctx, uuidOf(replaces))
  const ids = found === null ? search.getAll('casella').map(uuidOf) : [found.mailboxId]
  const boxes = await boxesOf(ctx, ids)
  const suggested = boxes[0]?.suggestion
  const isShared = boxes.every(({ suggestion }) => suggestion.kind === suggested?.kind)
  const allowed = decisionKinds.filter((kind) => boxes.every((box) => fits(box.kind, kind)))
  const kind =
    allowed.find((one) => one === search.get('tipo')) ??
    allowed.find((one) => one === (isShared ? suggested?.kind : undefined)) ??
    allowed[0] ??
    'keep'
  return { boxes, allowed, kind, suggestion: isShared ? (suggested ?? null) : null, replaces: found, once: onceToken() }
})

const boxesOf = (ctx: Context, ids: string[]) => findCandidates(ctx, ids)

function fits(boxKind: MailboxKind, kind: (typeof decisionKinds)[number]): boolean {
  return kindsFor[boxKind]?.includes(kind) ?? kind !== 'leaver'
}

export const action = form(async (ctx, form) => redirect((await proposeFromForm(ctx, form)) ?? fail(notFound())))

/** One proposal for a mailbox or for several, or in the place of one that was wrong: first what, then its few fields. */
export default function NewDecisionPage() {
  const { boxes, kind, suggestion, replaces, once } = useLoaderData<typeof loader>()
  const { title: all, new: t, words } = useDecisionTexts()
  const refused = useActionData<Refused>()
  const title = replaces === null ? t.title(boxes.length) : t.replace
  if (boxes.length === 0)
    return (
      <StaffPage title={title}>
        <Crumb to="/caselle/proposte" label={all} title={title} />
        <h1 className="st-title">{title}</h1>
        <p>{t.noBoxes}</p>
      </StaffPage>
    )
  const lead =
    suggestion === null ? t.leadSeveral : t.lead(words.kinds[suggestion.kind], words.reasons[suggestion.reason])
  return (
    <StaffPage title={title}>
      <Crumb to="/caselle/proposte" label={all} title={title} />
      <h1 className="st-title">{title}</h1>
      <p className="st-lead">{lead}</p>
      <Boxes />
      <Kinds />
      <RefusedNotice refused={refused} />
      <Form method="post" className="st-form">
        <Once token={once} />
        <input type="hidden" name="kind" value={kind} />
        {replaces === null ? (
          boxes.map(({ id }) => <input key={id} type="hidden" name="mailbox" value={id} />)
        ) : (
          <>
            <input type="hidden" name="replaces" value={replaces.id} />
            <input type="hidden" name="version" value={replaces.version} />
          </>
        )}
        <DecisionFields kind={kind} into={suggestion?.into ?? null} refused={refused} />
        <LongField
          name="reason"
          label={t.reason}
          hint={t.reasonHint}
          refused={refused}
          rows={3}
          required
          maxLength={2000}
        />
        <button type="submit" className="btn st-btn is-main">
          {replaces === null ? t.send(boxes.length) : t.sendReplace}
        </button>
        <p className="st-small st-quiet mt-2">{t.later}</p>
      </Form>
    </StaffPage>
  )
}

function Boxes() {
  const { boxes } = useLoaderData<typeof loader>()
  const { new: t, words, nowhere } = useDecisionTexts()
  return (
    <section aria-label={t.boxes}>
      <ul className="st-list">
        {boxes.map((box) => (
          <li key={box.id}>
            <strong>{box.address}</strong>{' '}
            <span className="st-quiet">
              {words.boxKinds[box.kind]} · {box.office ?? nowhere}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

// Links, so that the fields of the choice are there without JavaScript too.
function Kinds() {
  const { allowed, kind, boxes } = useLoaderData<typeof loader>()
  const { new: t, words } = useDecisionTexts()
  const [search] = useSearchParams()
  const to = (one: string) => {
    const next = new URLSearchParams(search)
    next.set('tipo', one)
    return `?${next}`
  }
  const offered = boxes.length > 1 ? allowed.filter((one) => one !== 'rename') : allowed
  return (
    <nav aria-label={t.kinds}>
      <h2 className="st-h2">{t.kinds}</h2>
      <ul className="st-views">
        {offered.map((one) => (
          <li key={one}>
            <Link to={to(one)} aria-current={one === kind ? 'true' : undefined} replace preventScrollReset>
              {words.kinds[one]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
