/** Cases by their number, for the modules above: what a case is, without reading it. */
import { sql } from 'kysely'
import type { TxContext } from '../../platform/context.ts'
import type { CaseKind } from './internal/lifecycle.ts'
import { caseNumber } from './internal/number.ts'

export type NumberedCase = { id: string; number: string; kind: CaseKind }

/**
 * The cases that have these numbers ("2026/12345" or "12345"), by the number as it was asked; what is no number, or no
 * case's, is left out. The caller's operation has checked its permission: nothing a case says is in the answer.
 */
export async function casesByNumber(ctx: TxContext, numbers: readonly string[]): Promise<Map<string, NumberedCase>> {
  const asked = new Map(
    numbers.flatMap((text) => {
      const plain = /^(?:\d{4}\/)?(\d{1,12})$/.exec(text)?.[1]
      return plain === undefined ? [] : [[text, Number(plain)] as const]
    }),
  )
  if (asked.size === 0) return new Map()
  const found = await sql<{ id: string; number: number; kind: CaseKind; opened_at: string }>`
    select id, number, kind, opened_at from desk_case
    where organisation_id = ${ctx.organisationId} and number = any (${[...asked.values()]}::bigint[])`.execute(ctx.db)
  const byNumber = new Map(found.rows.map((row) => [row.number, row]))
  return new Map(
    [...asked].flatMap(([text, plain]) => {
      const row = byNumber.get(plain)
      const said = row && { id: row.id, number: caseNumber(row.number, row.opened_at, ctx.zone), kind: row.kind }
      return said === undefined ? [] : [[text, said] as const]
    }),
  )
}
