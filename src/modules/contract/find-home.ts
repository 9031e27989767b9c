/** What the contract manager sees without a step: terms, the quarter's indicators, how much of the fee is measured. */
import { type Context, read } from '../../platform/context.ts'
import { centsText, parseCents } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay } from './contracts.ts'
import { listTerms } from './deadlines.ts'
import { selectDeclarations } from './internal/contract-queries.ts'
import { before, daysOf, periodsIn, quarterOfDay } from './internal/periods.ts'
import { describeContract } from './overview.ts'
import type { ContractOverview, RunningTerm, Verification } from './schema.ts'
import { verifyPeriod } from './verify-period.ts'

export type ContractHome = {
  period: string
  overview: ContractOverview
  verification: Verification
  terms: RunningTerm[]
  /** The subset whose counted interventions cost most, over four quarters declared; null when none was counted. */
  cost: { service: string; each: string; items: number } | null
  daysLeft: number
}

const aMinuteMs = 60_000

/** The home of a quarter, this one unless named; null when no contract is in force in it. */
export async function findContractHome(ctx: Context, period?: string): Promise<ContractHome | null> {
  allow(ctx.actor, 'contract.read')
  return read(ctx, async (ctx) => {
    const wanted = period ?? quarterOfDay(localDay(ctx))
    const overview = await describeContract(ctx, wanted).catch((error) => {
      if (error instanceof Problem && error.code === 'no_contract') return null
      throw error
    })
    if (overview === null) return null
    const today = Temporal.PlainDate.from(localDay(ctx))
    return {
      period: wanted,
      overview,
      // The same for whoever reads the contract, and dear: reckoned once for all their open pages. Without an event only
      // due dates pass, and of a quarter a minute is no news.
      verification: await ctx.services.live.keep(ctx, `contract ${wanted}`, () => verifyPeriod(ctx, wanted), aMinuteMs),
      terms: await listTerms(ctx),
      cost: await costOf(ctx, overview, wanted),
      daysLeft: today.until(Temporal.PlainDate.from(daysOf(wanted).until), { largestUnit: 'days' }).days,
    }
  })
}

// contract-logic §1.15: what a year's fee of a part measured only as a subset comes to for each intervention counted in it.
async function costOf(ctx: Parameters<typeof selectDeclarations>[0], overview: ContractOverview, period: string) {
  const quarters = [1, 2, 3, 4].map((back) => before(period, back))
  const rows = await selectDeclarations(ctx, overview.id, [
    ...quarters,
    ...quarters.flatMap((one) => periodsIn(one, 'month')),
  ])
  const costs = overview.coverage.subset.services.flatMap((service) => {
    const items = rows.filter((row) => row.service === service).reduce((sum, row) => sum + (row.total ?? 0), 0)
    const fee = parseCents(overview.services.find(({ code }) => code === service)?.fee ?? '') ?? 0n
    return items === 0 ? [] : [{ service, each: costPerItem(fee, items), items }]
  })
  return costs.toSorted((a, b) => Number(b.each) - Number(a.each))[0] ?? null
}

/** A year's fee by counted intervention, to the cent. */
export function costPerItem(yearlyCents: bigint, items: number): string {
  return centsText((yearlyCents + BigInt(items) / 2n) / BigInt(items))
}
