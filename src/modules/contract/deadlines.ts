/** Terms that run: what has to be decided by when, counted from documents (contract-logic §1.13). */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { contractOf, inForceIn, localDay } from './contracts.ts'
import { selectApprovedPeriods, selectPlans, selectReports } from './internal/approval-queries.ts'
import { selectContests } from './internal/contest-queries.ts'
import { selectContracts, selectRecordStart } from './internal/contract-queries.ts'
import { type StoredPenalty, selectPenalties } from './internal/penalty-queries.ts'
import { before, daysOf, quarterOfDay } from './internal/periods.ts'
import type { TermsContent } from './internal/terms.ts'
import type { RunningTerm } from './schema.ts'

/** Every term that runs today, the nearest first. */
export async function listTerms(ctx: Context): Promise<RunningTerm[]> {
  allow(ctx.actor, 'contract.read')
  return read(ctx, (ctx) => termsRunning(ctx))
}

/** Quarters back from today that are looked at for reports and approvals: two years. */
const quartersBack = 8

async function termsRunning(ctx: TxContext): Promise<RunningTerm[]> {
  const today = localDay(ctx)
  const now = quarterOfDay(today)
  if (
    !(await selectContracts(ctx)).some(
      ({ beginsOn, endsOn }) => beginsOn <= today && (endsOn === null || endsOn >= today),
    )
  )
    return []
  const contract = await contractOf(ctx, now)
  const { terms } = inForceIn(contract, now, today)
  const [reports, approved] = [await selectReports(ctx), new Set(await selectApprovedPeriods(ctx))]
  // Nothing is asked of what lies before the record begins: it is told as history, or not at all.
  const start = (await selectRecordStart(ctx, contract.id)) ?? daysOf(before(now)).from
  const quarters = Array.from({ length: quartersBack }, (_, back) => before(now, back + 1)).filter(
    (period) =>
      daysOf(period).from >= contract.beginsOn && daysOf(period).until.slice(0, 7) > start && !approved.has(period),
  )
  const running = [
    ...quarters.map((period) => {
      const report = reports.find((one) => one.period === period && one.isComplete)
      return report === undefined
        ? term('report', period, '', null, lastDayOf(period), terms.reportDueDays, today, terms)
        : term('approval', period, report.protocol, null, report.receivedOn, terms.replyDays, today, terms)
    }),
    ...(await selectPenalties(ctx, contract.id)).flatMap((one) => penaltyTerm(one, terms, today)),
    ...(await selectContests(ctx, null))
      .filter(({ state }) => state === 'open' || state === 'answered')
      .map((one) => contestTerm(one, today, terms)),
    ...(await planTerm(ctx, contract.id, today, terms)),
  ]
  return running.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
}

// The days of a report run from the last day of its quarter.
function lastDayOf(period: string): string {
  return Temporal.PlainDate.from(daysOf(period).until).subtract({ days: 1 }).toString()
}

function term(
  what: RunningTerm['what'],
  period: string,
  subject: string,
  id: string | null,
  startedOn: string,
  days: number,
  today: string,
  { alarmDays }: TermsContent,
): RunningTerm {
  const start = Temporal.PlainDate.from(startedOn)
  const daysGone = start.until(Temporal.PlainDate.from(today), { largestUnit: 'days' }).days
  const alarms = days >= 60 ? alarmDays : [Math.max(1, days - 5)]
  const daysLeft = days - daysGone
  return {
    what,
    period,
    subject,
    id,
    startedOn,
    dueOn: start.add({ days }).toString(),
    daysGone,
    daysAll: days,
    daysLeft,
    alarms,
    state: daysLeft < 0 ? 'over' : daysGone >= (alarms.at(0) ?? days) ? 'near' : 'running',
  }
}

// First the supplier's days to answer, then the city's to decide.
function penaltyTerm(one: StoredPenalty, terms: TermsContent, today: string): RunningTerm[] {
  const subject = `${one.indicator} ${one.period}`
  if (one.state === 'decided') return []
  if (one.state === 'proposed')
    return [term('counter', one.period, subject, one.id, one.proposedOn, terms.counterDeductionDays, today, terms)]
  return [term('reply', one.period, subject, one.id, one.counteredOn ?? today, terms.counterReplyDays, today, terms)]
}

function contestTerm(
  one: { id: string; period: string; indicator: string; raisedAt: string; dueOn: string },
  today: string,
  terms: TermsContent,
): RunningTerm {
  const raised = one.raisedAt.slice(0, 10)
  const days = Temporal.PlainDate.from(raised).until(Temporal.PlainDate.from(one.dueOn), { largestUnit: 'days' }).days
  return term('contest', one.period, `${one.indicator} ${one.period}`, one.id, raised, Math.max(days, 1), today, terms)
}

async function planTerm(
  ctx: TxContext,
  contractId: string,
  today: string,
  terms: TermsContent,
): Promise<RunningTerm[]> {
  const year = Number(today.slice(0, 4))
  const dueOn = `${year}-${terms.planDue}`
  const known = (await selectPlans(ctx, contractId)).some((one) => one.year === year)
  // Said from the beginning of the year until it is done or the year is over.
  if (known) return []
  const start = `${year}-01-01`
  const days = Temporal.PlainDate.from(start).until(Temporal.PlainDate.from(dueOn), { largestUnit: 'days' }).days
  return [term('plan', String(year), '', null, start, days, today, terms)]
}
