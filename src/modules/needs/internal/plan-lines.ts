/** The arithmetic of plan lines. Pure; cents without VAT unless the name says otherwise. */
import { shareOf } from '../../../platform/money.ts'

export type Totals = { exCents: number; incCents: number }

/** What a line costs: VAT is rounded on the line, half away from zero, as the plan of the administration does. */
export function totalsOf(quantity: number, unitCents: number, vatPerMille: number): Totals {
  const ex = BigInt(quantity) * BigInt(unitCents)
  return { exCents: Number(ex), incCents: Number(ex + shareOf(ex, BigInt(vatPerMille), 1000n)) }
}

/** The sum of the lines: of rounded lines, never rounded again. */
export function sumOf(lines: readonly Totals[]): Totals {
  return lines.reduce(
    (sum, line) => ({ exCents: sum.exCents + line.exCents, incCents: sum.incCents + line.incCents }),
    { exCents: 0, incCents: 0 },
  )
}

export type Share = { officeId: string; quantity: number }

/** The shares with one entry an office, in the order of their first mention. */
export function mergeShares(shares: readonly Share[]): Share[] {
  const byOffice = new Map<string, number>()
  for (const { officeId, quantity } of shares) byOffice.set(officeId, (byOffice.get(officeId) ?? 0) + quantity)
  return [...byOffice].map(([officeId, quantity]) => ({ officeId, quantity }))
}

/**
 * The shares of a line of which fewer were accepted than asked: each office keeps its part, the remainders go to the
 * largest fractions first (largest remainder), ties to who stands first. The sum is `accepted` or, when less was shared
 * than asked, the same part of it.
 */
export function reduceShares(shares: readonly Share[], asked: number, accepted: number): Share[] {
  const shared = shares.reduce((sum, { quantity }) => sum + quantity, 0)
  if (asked <= 0 || accepted >= asked) return [...shares]
  const target = Math.floor((shared * accepted) / asked)
  const parts = shares.map((share, at) => {
    const exact = share.quantity * accepted
    return { ...share, at, quantity: Math.floor(exact / asked), rest: exact % asked }
  })
  let left = target - parts.reduce((sum, { quantity }) => sum + quantity, 0)
  for (const part of parts.toSorted((a, b) => b.rest - a.rest || a.at - b.at)) {
    if (left <= 0) break
    part.quantity += 1
    left -= 1
  }
  return parts.filter(({ quantity }) => quantity > 0).map(({ officeId, quantity }) => ({ officeId, quantity }))
}
