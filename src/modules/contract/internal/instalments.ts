/**
 * What is invoiced when (convention, invoicing; contract-logic §1.14): ninety per cent in twelve instalments, the last of
 * which absorbs rounding; ten per cent held by quarter and released by its approval; a fee that becomes known later is
 * adjusted; penalties and reductions of the fee are taken from what is held, the rest by credit note. Pure.
 */
import { shareOf } from '../../../platform/money.ts'

/** A yearly fee that holds from a day on and was known from another on. */
export type FeeVersion = { effectiveFrom: string; knownFrom: string; yearlyCents: bigint }

export type InvoicingTerms = {
  /** Hundredths of a percent invoiced month by month: 9000. */
  monthlyShare: number
}

export type Instalment = {
  month: string
  /** The day after the month, when it is invoiced in arrears. */
  invoicedOn: string
  /** On the fee known on that day. */
  invoicedCents: bigint
  /** On the fee that holds. */
  dueCents: bigint
  /** What is still to be settled: due less invoiced. */
  adjustmentCents: bigint
}

export type YearOfInstalments = {
  instalments: Instalment[]
  adjustmentCents: bigint
  retainedCents: bigint
  /** Held by quarter; the fourth absorbs rounding. */
  retainedByQuarter: bigint[]
}

/**
 * The instalments of a year in arrears. `planApprovedOn` is the day on which the year's operating plan was approved: until
 * then the fee of last December is invoiced (convention: plan not approved by 31 January), whatever was signed meanwhile.
 * Null when no fee held in the year.
 */
export function instalmentsOf(
  year: number,
  versions: readonly FeeVersion[],
  terms: InvoicingTerms,
  planApprovedOn: string | null,
): YearOfInstalments | null {
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`)
  const december = `${year - 1}-12-31`
  const instalments = months.flatMap((month, index): Instalment[] => {
    const first = `${month}-01`
    const invoicedOn = Temporal.PlainDate.from(first).add({ months: 1 }).toString()
    const holds = feeOn(versions, first, '9999-12-31')
    const isWithoutPlan = planApprovedOn !== null && invoicedOn <= planApprovedOn
    const known = feeOn(versions, isWithoutPlan ? december : first, invoicedOn) ?? holds
    if (holds === null || known === null) return []
    const invoicedCents = instalment(known, terms, index)
    const dueCents = instalment(holds, terms, index)
    return [{ month, invoicedOn, invoicedCents, dueCents, adjustmentCents: dueCents - invoicedCents }]
  })
  if (instalments.length === 0) return null
  const fee = feeOn(versions, `${year}-12-01`, '9999-12-31') ?? 0n
  const retainedCents = fee - shareOf(fee, BigInt(terms.monthlyShare), 10_000n)
  const quarter = retainedCents / 4n
  return {
    instalments,
    adjustmentCents: instalments.reduce((sum, one) => sum + one.adjustmentCents, 0n),
    retainedCents,
    retainedByQuarter: [quarter, quarter, quarter, retainedCents - quarter * 3n],
  }
}

/** The fee that holds on a day as it was known on another; null before the first. */
export function feeOn(versions: readonly FeeVersion[], day: string, knownOn: string): bigint | null {
  const holding = versions
    .filter((one) => one.effectiveFrom <= day && one.knownFrom <= knownOn)
    .toSorted((a, b) => compareText(a.effectiveFrom, b.effectiveFrom) || compareText(a.knownFrom, b.knownFrom))
  return holding.at(-1)?.yearlyCents ?? null
}

function instalment(yearlyCents: bigint, { monthlyShare }: InvoicingTerms, index: number): bigint {
  const invoiced = shareOf(yearlyCents, BigInt(monthlyShare), 10_000n)
  const twelfth = shareOf(yearlyCents, BigInt(monthlyShare), 120_000n)
  return index < 11 ? twelfth : invoiced - twelfth * 11n
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Something to be taken from what is held: a penalty or a reduction of the fee. */
export type Deduction = { cents: bigint }

/** How a quarter's deductions are taken: from what is held first, the excess by credit note (convention, invoicing). */
export function settleQuarter(
  heldCents: bigint,
  isApproved: boolean,
  deductions: readonly Deduction[],
): { releasedCents: bigint; takenCents: bigint; creditNoteCents: bigint } {
  const all = deductions.reduce((sum, one) => sum + one.cents, 0n)
  const takenCents = all < heldCents ? all : heldCents
  return {
    releasedCents: isApproved ? heldCents - takenCents : 0n,
    takenCents,
    creditNoteCents: all - takenCents,
  }
}
