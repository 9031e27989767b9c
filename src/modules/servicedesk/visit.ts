/** Interventions on site. */
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { lockCase } from './internal/case-queries.ts'
import { caseFor, record } from './internal/record.ts'
import { wrongField } from './problems.ts'
import { type ChangedCase, visitInput } from './schema.ts'
import { resolveCase } from './work-case.ts'

const longestVisitMs = 24 * 3_600_000
const oldestVisitMs = 14 * 86_400_000

/**
 * Records an intervention on site: when it began and ended, what was done, the serial of what was put in. It may be told
 * later, from a phone that had no signal: the instants are those of the phone, the recording is ours. `resolved` also
 * marks the case as resolved; `nobody_there` and `to_return` leave it at work. Told twice with one key, it is kept once.
 * Refused: an end before the start, in the future, over a day long or over two weeks old.
 */
export async function recordVisit(ctx: Context, id: string, input: z.input<typeof visitInput>): Promise<ChangedCase> {
  const { version, startedAt, endedAt, outcome, note, serial } = parse(visitInput, input)
  return transact(ctx, async (ctx) => {
    const repeated = await claimKey(ctx, `case.visit ${id}`, { startedAt, endedAt, outcome, note, serial }, id)
    if (repeated !== null) return caseNow(ctx, id)
    const found = await caseFor(ctx, id, 'visit', 'case.work', version)
    requireTimes(Date.parse(startedAt), Date.parse(endedAt))
    if (outcome === 'resolved' && note === '') fail(invalid([wrongField('note', (t) => t.problems.missingNote)]))
    const { changed } = await record(
      ctx,
      found,
      { kind: 'case.visited', version: 1, payload: { startedAt, endedAt, outcome, teamId: found.teamId } },
      textOf(note, serial),
      endedAt,
    )
    if (outcome !== 'resolved') return changed
    return resolveCase({ ...ctx, idempotencyKey: undefined }, id, { note })
  })
}

// What was told before may have closed the case: how it stands is the answer.
async function caseNow(ctx: TxContext, id: string): Promise<ChangedCase> {
  const found = (await lockCase(ctx, id)) ?? fail(notFound())
  return { id, state: found.state, version: found.version }
}

function textOf(note: string, serial: string): Record<string, string> | undefined {
  const text = { ...(note !== '' && { note }), ...(serial !== '' && { serial }) }
  return Object.keys(text).length === 0 ? undefined : text
}

function requireTimes(start: number, end: number) {
  const now = Date.now()
  if (end < start) fail(invalid([wrongField('endedAt', (t) => t.problems.visitBackwards)]))
  if (end > now + 5 * 60_000) fail(invalid([wrongField('endedAt', (t) => t.problems.visitInFuture)]))
  if (end - start > longestVisitMs) fail(invalid([wrongField('startedAt', (t) => t.problems.visitTooLong)]))
  if (end < now - oldestVisitMs) fail(invalid([wrongField('endedAt', (t) => t.problems.visitTooOld)]))
}
