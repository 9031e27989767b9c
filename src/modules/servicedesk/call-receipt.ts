/** What the receipt of a call lets the caller say: the hour is right, or it was another. */
import type { z } from 'zod'
import { type Context, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { lockCase } from './internal/case-queries.ts'
import { correctCallInput } from './notice-schema.ts'

/** Records when the asker says they called; the same hour again confirms it. Refused: a time to come. */
export async function correctCall(
  ctx: Context,
  id: string,
  input: z.input<typeof correctCallInput>,
): Promise<{ id: string }> {
  const { calledAt } = parse(correctCallInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockCase(ctx, id)) ?? fail(notFound())
    allow(ctx.actor, 'case.answer', found)
    await appendEvent(ctx, {
      subjectType: 'case',
      subjectId: id,
      kind: 'case.call_corrected',
      version: 1,
      witness: witnessOf(ctx),
      payload: { calledAt },
      retention: 'case',
    })
    return { id }
  })
}
