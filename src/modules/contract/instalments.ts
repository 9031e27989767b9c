/** The money of a year: twelve instalments, what is held, what a fee known later adjusts, what is deducted. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { centsText, shareOf } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { contractConflict } from './contract-problems.ts'
import { contractOf, inForceIn, localDay } from './contracts.ts'
import {
  type StoredCorrection,
  selectApprovedPeriods,
  selectCorrections,
  selectPlans,
} from './internal/approval-queries.ts'
import { instalmentsOf, settleQuarter } from './internal/instalments.ts'
import { type StoredPenalty, selectPenalties } from './internal/penalty-queries.ts'
import { quarterOf } from './internal/periods.ts'
import { feeVersionsOf } from './internal/terms.ts'
import type { InstalmentYear } from './schema.ts'

/** The instalments of a year; refused when no fee holds in it. */
export async function listInstalments(ctx: Context, year: number): Promise<InstalmentYear> {
  allow(ctx.actor, 'contract.read')
  return read(ctx, (ctx) => yearOf(ctx, year))
}

async function yearOf(ctx: TxContext, year: number): Promise<InstalmentYear> {
  const contract = await contractOf(ctx, `${year}-Q4`)
  const { terms } = inForceIn(contract, `${year}-Q4`, localDay(ctx))
  const plan = (await selectPlans(ctx, contract.id)).find((one) => one.year === year)
  const made =
    instalmentsOf(year, feeVersionsOf(contract.versions), terms, plan?.approvedOn ?? withoutPlan(ctx, year)) ??
    fail(contractConflict('no_fee', (t) => t.problems.noFee(year)))
  const corrections = await selectCorrections(ctx)
  const approved = new Set(await selectApprovedPeriods(ctx))
  const penalties = (await selectPenalties(ctx, contract.id)).filter(
    ({ state, basis }) => state === 'decided' && basis !== 'history',
  )
  return {
    year,
    contract: contract.title,
    instalments: made.instalments.map((one) => ({
      month: one.month,
      invoicedOn: one.invoicedOn,
      invoiced: centsText(one.invoicedCents),
      due: centsText(one.dueCents),
      adjustment: centsText(one.adjustmentCents),
    })),
    adjustmentTotal: centsText(made.adjustmentCents),
    retained: centsText(made.retainedCents),
    quarters: made.retainedByQuarter.map((held, index) =>
      quarterOfYear(`${year}-Q${index + 1}`, held, approved, penalties, corrections, terms.vatRate),
    ),
  }
}

// This year's plan, until it is known to be approved, is not; of years past without a record it is taken as it was due.
function withoutPlan(ctx: TxContext, year: number): string | null {
  return year < Number(localDay(ctx).slice(0, 4)) ? null : '9999-12-31'
}

function quarterOfYear(
  period: string,
  held: bigint,
  approved: ReadonlySet<string>,
  penalties: readonly StoredPenalty[],
  corrections: readonly StoredCorrection[],
  vatRate: number,
): InstalmentYear['quarters'][number] {
  const sum = (nature: StoredPenalty['nature']) =>
    penalties
      .filter((one) => one.nature === nature && quarterOf(one.period) === period)
      .reduce((total, one) => total + BigInt(one.decidedCents ?? 0) + BigInt(one.adjustedCents), 0n)
  // What a correction changed is settled in the quarter it is written in.
  const corrected = corrections
    .filter(({ inPeriod }) => inPeriod === period)
    .reduce((total, one) => total + BigInt(one.deltaCents), 0n)
  const [charged, reduced] = [sum('penalty') + corrected, sum('fee_reduction')]
  const isApproved = approved.has(period)
  const settled = settleQuarter(held, isApproved, [{ cents: charged }, { cents: reduced }])
  return {
    period,
    held: centsText(held),
    isApproved,
    penalties: centsText(charged),
    reductions: centsText(reduced),
    // A penalty is outside VAT (art. 15 DPR 633/72); a reduction of the fee takes its VAT with it.
    reductionVat: centsText(shareOf(reduced, BigInt(vatRate), 10_000n)),
    taken: centsText(settled.takenCents),
    creditNote: centsText(settled.creditNoteCents),
    released: centsText(settled.releasedCents),
  }
}
