/**
 * Figures and their comparison, in whole numbers only (contract-logic §1.5–1.6): no value is rounded before it is compared.
 */
import type { MeasureKind } from '../vocabulary.ts'

/**
 * What was counted. `ratio`: items in time, calls answered, or time up, out of all. `mean`: days used, of so many items.
 * `value`: a number alone, in hundredths (of a percent, or of a day), as it was declared; `of` where the items are known.
 */
export type Figure =
  | { kind: 'ratio'; inTime: number; total: number }
  | { kind: 'mean'; days: number; total: number }
  | { kind: 'value'; hundredths: number; of: number | null }

/** ">= 95 %": how a value is compared. The bound is in hundredths of a percent or of a day. */
export type Target = { op: '>=' | '>' | '<' | '<='; hundredths: number }

/** A quantity in hundredths as a fraction: percent for shares, days for means. */
type Fraction = { num: bigint; den: bigint }

/** Whether the figure keeps the target; null when there is nothing to reckon with. */
export function isMet(figure: Figure, measure: MeasureKind, target: Target): boolean | null {
  const quantity = quantityOf(figure, measure)
  if (quantity === null) return null
  return compare(quantity, target)
}

/**
 * The figure in hundredths, rounded against whom it speaks for: down where more is better, up where less is
 * (§1.5), so that what is shown as kept is kept. Null when there is nothing to reckon with.
 */
export function hundredthsOf(figure: Figure, measure: MeasureKind, target: Target): number | null {
  const quantity = quantityOf(figure, measure)
  if (quantity === null) return null
  const { num, den } = quantity
  const isFloor = target.op.startsWith('>')
  return Number(isFloor ? num / den : (num + den - 1n) / den)
}

/** Items, calls or deliveries a figure speaks of; null when only a value was declared. */
export function sizeOf(figure: Figure): number | null {
  return figure.kind === 'value' ? figure.of : figure.total
}

/** How far from the target, by trial on the exact comparison; null where the figure has no counts or misses it. */
export type Margins = {
  /** Most items in time that could have been late (or calls lost) with the target still kept. */
  turned: number | null
  /** Most late items (or lost calls) that could have been added. */
  added: number | null
  /** Days more that deliveries could have taken; for means only. */
  days: number | null
}

/** Margins of §1.6. */
export function marginsOf(figure: Figure, measure: MeasureKind, target: Target): Margins {
  const none = { turned: null, added: null, days: null }
  if (isMet(figure, measure, target) !== true) return none
  if (figure.kind === 'mean')
    return {
      ...none,
      days: largest((more) => isMet({ ...figure, days: figure.days + more }, measure, target) === true),
    }
  if (figure.kind === 'value') return none
  return {
    ...none,
    turned: largest(
      (k) => k <= figure.inTime && isMet({ ...figure, inTime: figure.inTime - k }, measure, target) === true,
    ),
    added: largest((k) => isMet({ ...figure, total: figure.total + k }, measure, target) === true),
  }
}

// The condition holds up to some number and never after it: doubled until it fails, then halved.
function largest(holds: (k: number) => boolean): number {
  let [low, high] = [0, 1]
  while (holds(high)) {
    low = high
    high *= 2
    if (high > 2 ** 45) return low
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

function quantityOf(figure: Figure, measure: MeasureKind): Fraction | null {
  switch (figure.kind) {
    case 'value':
      return { num: BigInt(figure.hundredths), den: 1n }
    case 'mean':
      return figure.total === 0 ? null : { num: BigInt(figure.days) * 100n, den: BigInt(figure.total) }
    case 'ratio': {
      if (figure.total === 0) return null
      const counted = measure === 'lost_calls' ? figure.total - figure.inTime : figure.inTime
      return { num: BigInt(counted) * 10_000n, den: BigInt(figure.total) }
    }
  }
}

function compare({ num, den }: Fraction, { op, hundredths }: Target): boolean {
  const bound = BigInt(hundredths) * den
  switch (op) {
    case '>=':
      return num >= bound
    case '>':
      return num > bound
    case '<':
      return num < bound
    case '<=':
      return num <= bound
  }
}

/** "95.19" from hundredths. */
export function hundredthsText(hundredths: number): string {
  const digits = String(Math.abs(hundredths)).padStart(3, '0')
  return `${hundredths < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Hundredths of "95.19", "5", "0.5"; null for anything else, also for more than two decimals. */
export function parseHundredths(text: string): number | null {
  const found = /^(\d{1,9})(?:\.(\d{1,2})0*)?$/.exec(text.trim())
  if (found === null) return null
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}
