/** Interventions on site. */
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { endedAs, movedTo, notYours } from './field-problems.ts'
import { lockCase } from './internal/case-queries.ts'
import { selectStanding, selectTeamName } from './internal/field-queries.ts'
import { isAllowed } from './internal/lifecycle.ts'
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
 * Refused: an end before the start, in the future, over a day long or over two weeks old. With `seen`, what the phone knew
 * when the signal went, also refused: a case that ended, left the technician's sight or changed team meanwhile.
 */
export async function recordVisit(
  ctx: Context,
  id: string,
  input: z.input<typeof visitInput>,
  seen?: { teamId: string | null },
): Promise<ChangedCase> {
  allow(ctx.actor, 'case.work')
  const { version, startedAt, endedAt, outcome, note, serial } = parse(visitInput, input)
  return transact(ctx, async (ctx) => {
    const repeated = await claimKey(ctx, `case.visit ${id}`, { startedAt, endedAt, outcome, note, serial }, id)
    // Told before: whatever became of the case since, also its resolution by this very visit.
    if (repeated !== null) return { id, ...(await selectStanding(ctx, id)) } as ChangedCase
    if (seen !== undefined) await requireSame(ctx, id, seen)
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

// Whether somebody wrote to the case meanwhile does not matter to a visit; who has it and whether it still goes on does.
async function requireSame(ctx: TxContext, id: string, seen: { teamId: string | null }) {
  const found = await lockCase(ctx, id)
  if (found === undefined || !may(ctx.actor, 'case.work', found)) throw notYours()
  if (!isAllowed(found.kind, 'visit', found.state)) throw endedAs(found.state)
  if (found.teamId !== seen.teamId) throw movedTo((await selectTeamName(ctx, found.teamId)) ?? '–')
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
