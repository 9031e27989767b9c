/** Money in whole cents, as bigint: no amount ever passes through a floating-point number. */
import type { Language } from './texts.ts'

/** The cents of "1234.56" (one or two decimals, or none; a leading minus for a credit); null when it is no amount. */
export function parseCents(text: string): bigint | null {
  const found = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (found === null) return null
  const [, sign = '', units = '', decimals = ''] = found
  const cents = BigInt(units) * 100n + BigInt(decimals.padEnd(2, '0'))
  return sign === '-' ? -cents : cents
}

/** "1234.56": how amounts leave by API, command line and files. */
export function centsText(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** "1.234,56" in Italian, "1,234.56" in English: how people read amounts; the currency stands in the header. */
export function sayCents(text: string, language: Language): string {
  const [units = '0', decimals = '00'] = text.replace('-', '').split('.')
  const [group, point] = language === 'it' ? ['.', ','] : [',', '.']
  const grouped = units.replace(/\B(?=(\d{3})+$)/g, group)
  return `${text.startsWith('-') ? '−' : ''}${grouped}${point}${decimals}`
}

/** `amount × numerator / denominator`, rounded half away from zero to the cent: the only rounding of money there is. */
export function shareOf(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError(`A share needs a denominator above zero, not ${denominator}`)
  const product = amount * numerator
  const half = denominator / 2n
  return product >= 0n ? (product + half) / denominator : (product - half) / denominator
}
