/** Acts on several cases at once. Each goes or stays on its own; taking in charge is never among them. */
import { type Context, read } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { Problem } from '../../platform/problem.ts'
import { selectNumbers } from './internal/list-queries.ts'
import { caseNumber } from './internal/number.ts'
import { type AssignCasesInput, assignCasesInput, type BulkOutcome } from './view-schema.ts'
import { assignCase } from './work-case.ts'

type Picked = { id: string; version?: number | undefined }

/** What may be done to several cases at once. Not to be taken in charge: that is one person's act on one case. */
export const severalActs = ['assign', 'join_outage'] as const

/** Entrusts several cases to a team, each in a transaction of its own; says which went and why the others did not. */
export async function assignCases(ctx: Context, input: AssignCasesInput): Promise<BulkOutcome> {
  allow(ctx.actor, 'case.assign')
  const { cases, teamId, note } = parse(assignCasesInput, input)
  return forEachCase(ctx, cases, ({ id, version }) => assignCase(ctx, id, { version, teamId, note }))
}

/** Does one thing to each case; a refusal of one is its own and stops nobody else. */
export async function forEachCase(
  ctx: Context,
  cases: readonly Picked[],
  act: (one: Picked) => Promise<unknown>,
): Promise<BulkOutcome> {
  const once = [...new Map(cases.map((one) => [one.id, one])).values()]
  const found = await read(ctx, (ctx) =>
    selectNumbers(
      ctx,
      once.map((one) => one.id),
    ),
  )
  const numbers = new Map(found.map((row) => [row.id, caseNumber(row.number, row.opened_at, ctx.zone)]))
  const rows: BulkOutcome['rows'] = []
  for (const one of once) {
    const refusal = await refusalOf(ctx, act(one))
    rows.push({ id: one.id, number: numbers.get(one.id) ?? null, isDone: refusal === null, refusal })
  }
  return { rows }
}

async function refusalOf(ctx: Context, attempt: Promise<unknown>): Promise<{ code: string; title: string } | null> {
  try {
    await attempt
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const field = error.fields[0]?.say[ctx.language]
    return { code: error.code, title: field ?? error.say[ctx.language] }
  }
}
