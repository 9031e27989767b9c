/** The quarters of the record, the newest first, with where each stands. */
import { type Context, read } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { localDay } from './contracts.ts'
import { selectApprovals, selectReports } from './internal/approval-queries.ts'
import { selectContracts, selectRecordStart } from './internal/contract-queries.ts'
import { before, daysOf, quarterOf, quarterOfDay } from './internal/periods.ts'
import { verification } from './schema.ts'

export type QuarterRow = {
  period: string
  state: 'running' | 'waiting' | 'open' | 'approved'
  report: { protocol: string; receivedOn: string } | null
  /** On agreed values, once approved. */
  penalties: string | null
}

const most = 40

/** From this quarter back to the first the record knows, or the contract's first. */
export async function listQuarters(ctx: Context): Promise<QuarterRow[]> {
  allow(ctx.actor, 'contract.read')
  return read(ctx, async (ctx) => {
    const now = quarterOfDay(localDay(ctx))
    const contracts = await selectContracts(ctx)
    const starts = await Promise.all(contracts.map(({ id }) => selectRecordStart(ctx, id)))
    const first = starts.flatMap((start) => (start === null ? [] : [quarterOf(start)])).sort()[0] ?? now
    const quarters: string[] = []
    for (let quarter = now; quarter >= first && quarters.length < most; quarter = before(quarter))
      quarters.push(quarter)
    const approved = new Map(
      (await selectApprovals(ctx, quarters)).map((one) => [one.period, verification.parse(one.result)]),
    )
    const reports = new Map(
      (await selectReports(ctx)).filter(({ isComplete }) => isComplete).map((one) => [one.period, one]),
    )
    const today = localDay(ctx)
    return quarters.map((period): QuarterRow => {
      const frozen = approved.get(period)
      const report = reports.get(period)
      const isOver = daysOf(period).until <= today
      return {
        period,
        state: frozen ? 'approved' : !isOver ? 'running' : report ? 'open' : 'waiting',
        report: report ? { protocol: report.protocol, receivedOn: report.receivedOn } : null,
        penalties: frozen?.totals.onAgreed ?? null,
      }
    })
  })
}
