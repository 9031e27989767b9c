import { useLoaderData } from 'react-router'
import { centsText, parseCents } from '../../../platform/money.ts'
import { usePlanTexts } from './plan-words.ts'
import type { loader } from './sheet.tsx'
import { piecesOf, type SheetRow } from './sheet-state.ts'

/** The price of what a box says, when the list has it under that name: "140.00". */
export function usePriceOf(): (what: string) => string | null {
  const { sheet } = useLoaderData<typeof loader>()
  const prices = new Map(sheet.prices.map(({ description, unitPrice }) => [description.toLowerCase(), unitPrice]))
  return (what) => prices.get(what.trim().toLowerCase()) ?? null
}

/** What so many pieces cost: cents as a whole number, so that nothing is rounded. */
export function estimateOf(unitPrice: string | null, pieces: number | null): string | null {
  const cents = unitPrice === null ? null : parseCents(unitPrice)
  return cents === null || pieces === null ? null : centsText(cents * BigInt(pieces))
}

/** What the rows come to: lines, pieces, estimate, lines without a price. */
export function sumsOf(rows: readonly SheetRow[], priceOf: (what: string) => string | null) {
  const estimates = rows.map((row) => estimateOf(priceOf(row.what), piecesOf(row.quantity)))
  const cents = estimates.reduce((all, amount) => all + (amount === null ? 0n : (parseCents(amount) ?? 0n)), 0n)
  return {
    lines: rows.length,
    pieces: rows.reduce((all, { quantity }) => all + (piecesOf(quantity) ?? 0), 0),
    estimate: centsText(cents),
    unpriced: rows.filter(({ what }) => what.trim() !== '' && priceOf(what) === null).length,
  }
}

export type SheetSums = ReturnType<typeof sumsOf>

/** The totals as one types, each beside that of the year before. */
export function SheetTotals({ sums }: { sums: SheetSums }) {
  const { sheet } = useLoaderData<typeof loader>()
  const { sheet: texts, amount, number } = usePlanTexts()
  const t = texts.sums
  const { before } = sheet
  const hasPast = before.lines > 0
  const past = (value: string) => hasPast && <small>{t.in(before.year, value)}</small>
  return (
    <dl className="st-sum" aria-label={t.label}>
      <div>
        <dt>{t.lines}</dt>
        <dd>
          {number(sums.lines)}
          {past(number(before.lines))}
        </dd>
      </div>
      <div>
        <dt>{t.pieces}</dt>
        <dd>
          {number(sums.pieces)}
          {past(number(before.pieces))}
        </dd>
      </div>
      <div>
        <dt>{t.estimate}</dt>
        <dd>
          {amount(sums.estimate)} €{past(`${amount(before.amount)} €`)}
          {sums.unpriced > 0 && <small>{t.unpriced(sums.unpriced)}</small>}
        </dd>
      </div>
      <div>
        <dt>{t.accepted(before.year)}</dt>
        <dd>
          {hasPast ? t.of(number(before.decided), before.pieces, number(before.pieces)) : '–'}
          <small>{hasPast ? t.verified(number(before.verified)) : t.nothing}</small>
        </dd>
      </div>
    </dl>
  )
}
