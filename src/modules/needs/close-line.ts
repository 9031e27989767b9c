/** Closing a line: nothing more is ordered or delivered on it. */
import type { z } from 'zod'
import { type Context, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { allowBuyer } from './internal/buyer.ts'
import { lockLines, lockPlan, updateClosed } from './internal/plan-queries.ts'
import { record } from './internal/record.ts'
import { today } from './plans.ts'
import { conflict } from './problems.ts'
import { factsOf, stillToRetire } from './reconcile.ts'
import { closeLineInput } from './schema.ts'

/**
 * Closes a line of an approved plan, with the reason. It stays open while something is being verified and while old items
 * that it replaces are still in use: a replacement must not raise the fleet. What was verified with a number of its own counts as
 * installed here, otherwise a line would close before anything is installed and the old items would stay.
 */
export async function closeLine(ctx: Context, id: string, input: z.input<typeof closeLineInput>) {
  allowBuyer(ctx, 'needs.order')
  const { version, reason } = parse(closeLineInput, input)
  return transact(ctx, async (ctx) => {
    const [line = fail(notFound())] = await lockLines(ctx, [id])
    const plan = (await lockPlan(ctx, { id: line.planId })) ?? fail(notFound())
    if (version !== undefined && version !== line.version) throw conflict('stale', (t) => t.stale)
    if (plan.state !== 'approved') throw conflict('not_approved', (t) => t.notApproved)
    if (line.closedOn !== null) throw conflict('line_closed', (t) => t.lineClosed(line.number))
    const facts = (await factsOf(ctx, plan)).lines.find((one) => one.line.id === id)?.facts ?? fail(notFound())
    const { declared, accepted, reserved, rejected, missing } = facts.delivered
    if (declared > accepted + reserved + rejected + missing) throw conflict('verifying', (t) => t.stillVerifying)
    const toRetire = stillToRetire({ ...facts, installed: Math.max(facts.installed, facts.delivered.numbered) })
    if (toRetire > 0) throw conflict('not_retired', (t) => t.stillToRetire(toRetire))
    const of = { subjectType: 'needs_line', subjectId: id, kind: 'needs.line_closed' } as const
    await record(ctx, { ...of, payload: { closedOn: today(ctx) }, text: { reason } })
    await updateClosed(ctx, id, today(ctx))
    return { id, version: line.version + 1 }
  })
}
