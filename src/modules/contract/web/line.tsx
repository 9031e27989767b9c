import { Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { nameCases } from '../../servicedesk/evidence.ts'
import { raiseContest } from '../contests.ts'
import { askExclusion } from '../exclusions.ts'
import { proposePenalty } from '../penalties.ts'
import { isPeriod } from '../period-text.ts'
import type { AskExclusionInput, ProposePenaltyInput, RaiseContestInput, Worksheet } from '../schema.ts'
import { openWorksheet } from '../worksheet.ts'
import { CaseTable } from './case-table.tsx'
import { ContractPage } from './contract-page.tsx'
import { lineAddress } from './indicator-table.tsx'
import { ContestForm, ExcludeForm, ProposeForm } from './line-forms.tsx'
import { Details, Readings } from './line-readings.tsx'
import { useContractTexts } from './words.ts'

const views = ['differing', 'late', 'open', 'all'] as const
const mostShown = 100

export const loader = page(async (ctx, { params, request }) => {
  const search = new URL(request.url).searchParams
  const period = isPeriod(params.period) ? params.period : fail(notFound())
  const asked = views.find((view) => view === search.get('vista'))
  const service = search.get('servizio') ?? undefined
  const input = { period, indicator: params.indicator ?? '', ...(service !== undefined && { service }) }
  const first = await openWorksheet(ctx, { ...input, show: asked ?? 'differing' })
  const show = asked ?? (first.counts.differing > 0 ? 'differing' : 'all')
  const sheet = show === 'differing' || asked ? first : await openWorksheet(ctx, { ...input, show })
  const rows = sheet.rows.slice(0, mostShown)
  const mayName = may(ctx.actor, 'case.reconcile')
  const names = mayName
    ? await nameCases(
        ctx,
        rows.map(({ caseId }) => caseId),
      )
    : new Map()
  const titles: Record<string, string> = Object.fromEntries([...names].map(([id, { title }]) => [id, title]))
  return {
    sheet: { ...sheet, rows },
    titles,
    show,
    mayContest: may(ctx.actor, 'contract.contest'),
    mayDecide: may(ctx.actor, 'contract.decide'),
    once: onceToken(),
  }
})

export const action = form(async (ctx, form, { params }) => {
  const { act, once: _, ...input } = formObject(form, ['caseIds'])
  const named = { period: params.period ?? '', indicator: params.indicator ?? '' }
  // Each operation parses what it is given, whatever the form sent.
  if (act === 'contest') {
    const { id } = await raiseContest(ctx, { ...input, ...named } as RaiseContestInput)
    return redirect(`/contratto/contestazioni#${id}`)
  }
  if (act === 'exclude') {
    const asked = { ...input, ...named, reason: input.excludeReason, what: input.excludeWhat }
    await askExclusion(ctx, { ...asked, noticeAt: localInstant(ctx.zone, input.noticeAt) } as AskExclusionInput)
    return redirect('/contratto/contestazioni#esclusioni')
  }
  const { id } = await proposePenalty(ctx, { ...input, ...named, what: input.proposeWhat } as ProposePenaltyInput)
  return redirect(`/contratto/penali#${id}`)
})

// What a browser's date and time field sends: local, without a zone; what cannot be read is left for the operation to refuse.
function localInstant(zone: string, text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return null
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return text
  return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant().toString()
}

/** A figure opened: why it is what it is, case by case, and what can be done about it. */
export default function LinePage() {
  const { sheet, titles, show, mayContest, mayDecide, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const { pages, period } = useContractTexts()
  const { entry } = sheet
  const t = pages.line
  const isBreach = [entry.penalty.onDeclared, entry.penalty.onObserved, entry.penalty.onAgreed].some(
    (one) => one !== '0.00',
  )
  return (
    <ContractPage
      title={`${entry.code} ${entry.label}`}
      above={
        <>
          <Link to={`/contratto/${entry.period}`}>{period(entry.period)}</Link> / {entry.code}
        </>
      }
      lead={<LineLead sheet={sheet} />}
      actions={<a href={`${lineAddress(entry).split('?')[0]}.csv`}>{t.actions.csv}</a>}
    >
      <form method="post">
        <input type="hidden" name="once" value={once} />
        <input type="hidden" name="service" value={entry.service} />
        <input type="hidden" name="scope" value={entry.scope} />
        {entry.measure !== 'uptime' && entry.measure !== 'lost_calls' && (
          <>
            <Views show={show} counts={sheet.counts} />
            <CaseTable sheet={sheet} titles={titles} canPick={mayContest} />
          </>
        )}
        <Details entry={entry} />
        {mayContest && entry.declared !== null && <ContestForm refused={refused} />}
        {mayContest && sheet.rows.length > 0 && <ExcludeForm refused={refused} />}
        {mayDecide && isBreach && <ProposeForm entry={entry} refused={refused} />}
      </form>
      <Readings entry={entry} />
    </ContractPage>
  )
}

function LineLead({ sheet: { entry, counts } }: { sheet: Worksheet }) {
  const { pages, value } = useContractTexts()
  const { language } = useShell()
  const t = pages.line
  const n = (count: number | null) => (count === null ? '—' : wholeNumber(count, language))
  const { declared, observed } = entry
  const said =
    declared === null
      ? pages.indicators.notDeclared
      : entry.measure === 'mean_days'
        ? value(declared.value ?? '0.00')
        : n(declared.inTime)
  const first =
    observed === null
      ? t.leadPlain(
          entry.code,
          pages.indicators.none,
          declared?.value ? `${value(declared.value)} %` : pages.indicators.notDeclared,
        )
      : entry.measure === 'mean_days'
        ? t.leadMean(entry.code, value(observed.value ?? '0.00'), said)
        : entry.measure === 'uptime' || entry.measure === 'lost_calls'
          ? t.leadPlain(
              entry.code,
              `${value(observed.value ?? '0.00')} %`,
              declared?.value ? `${value(declared.value)} %` : pages.indicators.notDeclared,
            )
          : t.lead(entry.code, n(observed.inTime), n(observed.total), said)
  return (
    <>
      <strong>{first}.</strong>
      {counts.differing > 0 && ` ${t.differ(counts.differing)}`}
      {counts.openBacklog > 0 && ` ${t.hidden(counts.openBacklog)}`}
      {entry.met === true &&
        entry.marginTurned !== null &&
        entry.measure.startsWith('ratio') &&
        ` ${t.moreLate(n(entry.marginTurned + 1))}`}
    </>
  )
}

function Views({ show, counts }: { show: (typeof views)[number]; counts: Worksheet['counts'] }) {
  const { pages } = useContractTexts()
  const [search] = useSearchParams()
  const service = search.get('servizio')
  const numbers = { differing: counts.differing, late: counts.late, open: counts.openBacklog, all: null }
  return (
    <nav aria-label={pages.line.columns.case}>
      <ul className="st-views">
        {views.map((view) => (
          <li key={view}>
            <Link
              to={`?${new URLSearchParams({ vista: view, ...(service && { servizio: service }) })}`}
              aria-current={view === show ? 'page' : undefined}
            >
              {pages.line.views[view]} {numbers[view] !== null && <b>{numbers[view]}</b>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
