import { centsText, parseCents } from '../../../platform/money.ts'

/** The sum of amounts as they leave an operation: "1234.50". */
export function sumOf(amounts: readonly string[]): string {
  return centsText(amounts.reduce((sum, text) => sum + (parseCents(text) ?? 0n), 0n))
}

/** The first amount less the second. */
export function lessOf(amount: string, other: string): string {
  return centsText((parseCents(amount) ?? 0n) - (parseCents(other) ?? 0n))
}
