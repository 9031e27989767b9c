import { Form, Link, redirect, useActionData, useLoaderData } from 'react-router'
import { read } from '../../../platform/context.ts'
import { formObject } from '../../../platform/http/parse.ts'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { When } from '../../../web/ui/when.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { findOutage } from '../find-outages.ts'
import { separateCase } from '../outage-cases.ts'
import type { ChangeOutageInput, OutageDetail } from '../outage-schema.ts'
import { changeOutage, closeOutage, settleAgain, updateOutage } from '../outages.ts'
import { filledFields, idOf, localInstant } from './fields.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { outageChoices } from './outage-choices.ts'
import { MomentField, OutageForm } from './outage-form.tsx'
import { JoinedCases } from './outage-joined.tsx'
import { OutageStateMark } from './outages.tsx'

export const loader = page((ctx, { params }) =>
  read(ctx, async (ctx) => {
    const found = await findOutage(ctx, idOf(params))
    return { found, choices: await outageChoices(ctx, found.may.change) }
  }),
)

/** One address, one act: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const id = idOf(params)
  const { act, once: _, ...input } = filledFields(formObject(form, ['kinds', 'officeIds', 'siteIds']))
  const version = input.version === undefined ? undefined : Number(input.version)
  const instant = (name: string) => localInstant(ctx, input[name]) as string | undefined
  const body = String(input.body ?? '')
  switch (act) {
    case 'change':
      await changeOutage(ctx, id, {
        ...input,
        version,
        startedAt: instant('startedAt'),
        expectedAt: instant('expectedAt'),
      } as ChangeOutageInput)
      break
    case 'update':
      await updateOutage(ctx, id, { version, body, expectedAt: instant('expectedAt') })
      break
    case 'close':
      await closeOutage(ctx, id, { version, body, endedAt: instant('endedAt') })
      break
    case 'separate':
      await separateCase(ctx, id, idOf({ id: String(input.caseId ?? '') }))
      break
    default:
      await settleAgain(ctx, id)
  }
  return redirect(`/guasti/${id}`)
})

/** One outage: what users are told, the cases it groups, and its end. */
export default function OutagePage() {
  const { found } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { knowledge } = useKnowledgeTexts()
  useChanges()
  const t = knowledge.outages
  const isInPanel = ['change', 'update', 'close'].includes(refused?.values.act ?? '')
  return (
    <StaffPage title={found.title}>
      <nav aria-label={t.breadcrumb}>
        <p className="st-crumb">
          <Link to="/guasti">{t.breadcrumb}</Link>
        </p>
      </nav>
      <div className="st-head">
        <div>
          <h1 className="st-title">{found.title}</h1>
          <p className="st-lead mb-0">
            <OutageStateMark state={found.state} /> · {knowledge.known.since.toLowerCase()}{' '}
            <When at={found.startedAt} />
            {found.endedAt && (
              <>
                {' '}
                · {t.columns.ended.toLowerCase()} <When at={found.endedAt} />
              </>
            )}
          </p>
        </div>
      </div>
      {!isInPanel && <RefusedNotice refused={refused} />}
      {found.state === 'closed' && found.cases > 0 && <Settling found={found} />}
      <div className="st-side">
        <div>
          <Updates found={found} />
          <JoinedCases found={found} />
        </div>
        <aside className="st-aside" aria-label={t.facts}>
          {found.may.change && <OutageActs found={found} key={found.version} />}
          <OutageFacts found={found} />
        </aside>
      </div>
    </StaffPage>
  )
}

function Settling({ found }: { found: OutageDetail }) {
  const t = useKnowledgeTexts().knowledge.outages
  const left = found.cases - found.settled
  return (
    <div className={`st-notice ${left > 0 ? '' : 'is-ok'}`} role="status">
      <p>{t.settling(found.settled, found.cases)}</p>
      {left > 0 && (
        <>
          <progress value={found.settled} max={found.cases} aria-label={t.settling(found.settled, found.cases)} />
          {found.may.settle && (
            <Form method="post" className="mt-2">
              <p className="st-quiet">{t.settleLeft}</p>
              <ActField act="settle" />
              <button type="submit" className="btn st-btn is-plain">
                {t.settleAgain}
              </button>
            </Form>
          )}
        </>
      )}
    </div>
  )
}

function OutageActs({ found }: { found: OutageDetail }) {
  const t = useKnowledgeTexts().knowledge.outages
  const [updating, closing] = [useRefusedAct('update'), useRefusedAct('close')]
  return (
    <section className="st-stack" aria-label={t.what}>
      <Panel label={t.update} refused={updating}>
        <Form method="post">
          <ActField act="update" version={found.version} />
          <LongField
            name="body"
            inputId="update-body"
            label={t.fields.update}
            refused={updating}
            required
            rows={3}
            maxLength={5000}
          />
          <MomentField
            name="expectedAt"
            inputId="update-expected"
            label={t.fields.expectedAt}
            refused={updating}
            at={null}
            isOptional
          />
          <button type="submit" className="btn st-btn is-main">
            {t.updateSend}
          </button>
        </Form>
      </Panel>
      <Panel label={t.close} refused={closing} isMain>
        <Form method="post">
          <ActField act="close" version={found.version} />
          <p className="st-quiet">{t.closeHint(found.cases)}</p>
          <LongField
            name="body"
            inputId="close-body"
            label={t.fields.note}
            refused={closing}
            required
            rows={3}
            maxLength={5000}
          />
          <MomentField
            name="endedAt"
            label={t.fields.endedAt}
            hint={t.fields.endedHint}
            refused={closing}
            at={null}
            isOptional
          />
          <button type="submit" className="btn st-btn is-main">
            {t.closeSend}
          </button>
        </Form>
      </Panel>
      <OutageForm found={found} />
    </section>
  )
}

function Updates({ found }: { found: OutageDetail }) {
  const t = useKnowledgeTexts().knowledge.outages
  return (
    <section aria-labelledby="updates">
      <h2 id="updates" className="st-h2">
        {t.updates}
      </h2>
      <ol className="st-talk">
        {found.updates.map((update) => (
          <li key={update.at + update.kind} className="is-public">
            <header>
              <strong>{t.acts[update.kind] ?? update.kind}</strong>
              {update.by && <span className="st-quiet st-small">{update.by}</span>}
              <When at={update.at} />
            </header>
            <p className="st-body">{update.body ?? <em>{t.erased}</em>}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

function OutageFacts({ found }: { found: OutageDetail }) {
  const { knowledge, desk } = useKnowledgeTexts()
  const t = knowledge.outages
  const places = [...found.sites, ...found.offices].map((place) => place.name)
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="st-h2">
        {t.facts}
      </h2>
      <dl className="st-facts">
        <dt>{t.columns.team}</dt>
        <dd>{found.teamName}</dd>
        <dt>{t.fields.places}</dt>
        <dd>{places.join(', ') || t.everywhere}</dd>
        <dt>{t.fields.words}</dt>
        <dd>{found.words || '–'}</dd>
        <dt>{knowledge.articles.kind}</dt>
        <dd>{found.kinds.map((kind) => desk.kindsShort[kind]).join(', ') || knowledge.articles.anyKind}</dd>
        <dt>{t.columns.expected}</dt>
        <dd>{found.expectedAt ? <When at={found.expectedAt} /> : '–'}</dd>
      </dl>
    </section>
  )
}
