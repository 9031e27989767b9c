/** Moving open cases to another version of the agreement: an explicit run that says what changes (contract-logic §1.9). */
import { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { loadRules } from './agreements.ts'
import { selectAgreements } from './internal/agreement-queries.ts'
import { lockCase } from './internal/case-queries.ts'
import { selectCheckIds } from './internal/check-queries.ts'
import { clocksOf, nextDue } from './internal/clocks.ts'
import { caseNumber } from './internal/number.ts'
import { record } from './internal/record.ts'

export const rerateInput = z
  .object({
    version: z.coerce.number().int().min(1).openapi({ description: 'Number of the version to move to' }),
    apply: z.boolean().default(false).openapi({ description: 'false: only say what would change' }),
  })
  .openapi('RerateCases')

const reratedCase = z.object({
  number: z.string(),
  before: z.string().nullable().openapi({ description: 'Next deadline before' }),
  after: z.string().nullable(),
})
export const reratingReport = z
  .object({
    version: z.int(),
    applied: z.boolean(),
    cases: z.int().openapi({ description: 'Open cases on other versions' }),
    changed: z.array(reratedCase).openapi({ description: 'Those whose next deadline moves, at most 1,000' }),
  })
  .openapi('ReratingReport')
export type ReratingReport = z.output<typeof reratingReport>

const batch = 200
const mostListed = 1000

/** Moves every open case to a version, one transaction each, or only says what would change. */
export async function rerateCases(ctx: Context, input: z.input<typeof rerateInput>): Promise<ReratingReport> {
  const { version, apply } = parse(rerateInput, input)
  allow(ctx.actor, 'agreement.manage')
  const to = await read(ctx, async (ctx) => (await selectAgreements(ctx)).find(({ number }) => number === version))
  if (to === undefined) return fail(notFound())
  const report: ReratingReport = { version, applied: apply, cases: 0, changed: [] }
  let after: string | null = null
  for (;;) {
    const ids: string[] = await read(ctx, (ctx) => selectCheckIds(ctx, after, batch))
    for (const id of ids) {
      const moved = await transact(ctx, (ctx) => rerateCase(ctx, id, to.id, apply))
      if (moved === null) continue
      report.cases += 1
      if (moved.before !== moved.after && report.changed.length < mostListed) report.changed.push(moved)
    }
    after = ids.at(-1) ?? null
    if (ids.length < batch) return report
  }
}

async function rerateCase(ctx: TxContext, id: string, to: string, apply: boolean) {
  const found = await lockCase({ ...ctx, actor: { ...ctx.actor, isSystem: true } }, id)
  if (!found || found.agreementId === to) return null
  const due = async (agreementId: string | null) => {
    const rules = await loadRules(ctx, agreementId, found.openedAt)
    const next = rules && nextDue(clocksOf(found.timeline, rules.terms, rules.calendar))
    return next ? new Date(next.at).toISOString() : null
  }
  const before = await due(found.agreementId)
  const after = await due(to)
  if (apply)
    await record(ctx, found, { kind: 'case.agreement_changed', version: 1, payload: { from: found.agreementId, to } })
  return { number: caseNumber(found.number, found.openedAt, ctx.zone), before, after }
}
