/** What staff do to a case: take it in charge, entrust it, ask, pause, promise, resolve. */
import type { z } from 'zod'
import { endOfWorkingDay } from '../../platform/calendar.ts'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { loadCalendar } from '../organisation/calendars.ts'
import { undelivered } from './consumables.ts'
import { lockCase, teamExists } from './internal/case-queries.ts'
import { isAllowed } from './internal/lifecycle.ts'
import { caseFor, changer, record } from './internal/record.ts'
import { alreadyTaken, notDelivered, wrongField } from './problems.ts'
import {
  askUserInput,
  assignCaseInput,
  type ChangedCase,
  pauseCaseInput,
  promiseInput,
  resolveCaseInput,
  takeCaseInput,
  versionInput,
} from './schema.ts'

/** Working days in which the asker may still say that it is not resolved. */
export const answerDays = 5

/** Takes a case in charge: one person's act on one case. The second of two agents learns who was first. */
export async function takeCase(
  ctx: Context,
  id: string,
  input: z.input<typeof takeCaseInput> = {},
): Promise<ChangedCase> {
  const { version } = parse(takeCaseInput, input)
  return transact(ctx, async (ctx) => {
    await refuseIfTaken(ctx, id)
    const found = await caseFor(ctx, id, 'take', 'case.take', version)
    const teamId =
      found.teamId !== null && ctx.actor.teamIds.includes(found.teamId)
        ? found.teamId
        : (ctx.actor.teamIds[0] ?? found.teamId)
    const { changed } = await record(ctx, found, {
      kind: 'case.taken',
      version: 1,
      payload: { holderId: ctx.actor.personId, teamId },
    })
    return changed
  })
}

// Said before "stale": for the second agent, who took it matters more than that the form is old.
async function refuseIfTaken(ctx: TxContext, id: string) {
  const found = await lockCase(ctx, id)
  if (found) allow(ctx.actor, 'case.take', found)
  if (found?.holderId && found.holderId !== ctx.actor.personId && !isAllowed(found.kind, 'take', found.state)) {
    throw alreadyTaken({ by: await changer(ctx, found), at: found.takenAt ?? found.updatedAt, zone: ctx.zone })
  }
}

/** Entrusts a case to a team; whoever held it lets go. The note, if any, is for staff. */
export async function assignCase(
  ctx: Context,
  id: string,
  input: z.input<typeof assignCaseInput>,
): Promise<ChangedCase> {
  const { version, teamId, note } = parse(assignCaseInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'assign', 'case.assign', version)
    if (!(await teamExists(ctx, teamId))) fail(invalid([wrongField('teamId', (t) => t.problems.unknownTeam)]))
    const { changed } = await record(
      ctx,
      found,
      { kind: 'case.assigned', version: 1, payload: { teamId } },
      note === '' ? undefined : { note },
    )
    return changed
  })
}

/** Asks the person who opened the case; it waits for the answer. */
export async function askUser(ctx: Context, id: string, input: z.input<typeof askUserInput>): Promise<ChangedCase> {
  const { version, body } = parse(askUserInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'ask', 'case.ask', version)
    const { changed } = await record(
      ctx,
      found,
      { kind: 'case.asked', version: 1, payload: { teamId: found.teamId } },
      { body },
    )
    return changed
  })
}

/** Says what the case waits for, from a closed list, and why; which clocks stop is for the agreement to say. */
export async function pauseCase(ctx: Context, id: string, input: z.input<typeof pauseCaseInput>): Promise<ChangedCase> {
  const { version, reason, note } = parse(pauseCaseInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'pause', 'case.work', version)
    const event = { kind: 'case.paused', version: 1, payload: { reason, teamId: found.teamId } } as const
    return (await record(ctx, found, event, { body: note })).changed
  })
}

/** The wait is over: the case goes back to work. */
export async function resumeCase(
  ctx: Context,
  id: string,
  input: z.input<typeof versionInput> = {},
): Promise<ChangedCase> {
  const { version } = parse(versionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'resume', 'case.work', version)
    // Whether to go ahead is the city's to say.
    if (found.waitingFor === 'approval') allow(ctx.actor, 'case.decide')
    const event = { kind: 'case.resumed', version: 1, payload: { teamId: found.teamId } } as const
    return (await record(ctx, found, event)).changed
  })
}

const farthestPromiseMs = 2 * 366 * 86_400_000

/**
 * Promises the user a date. The first one stays for ever beside the later ones; from the second on the reason is asked
 * for, and the user reads it. Refused: a date in the past or more than two years away.
 */
export async function promiseDate(ctx: Context, id: string, input: z.input<typeof promiseInput>): Promise<ChangedCase> {
  const { version, promisedFor, reason } = parse(promiseInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'promise', 'case.work', version)
    const due = Date.parse(promisedFor)
    if (due <= Date.now()) fail(invalid([wrongField('promisedFor', (t) => t.problems.promiseInPast)]))
    if (due > Date.now() + farthestPromiseMs)
      fail(invalid([wrongField('promisedFor', (t) => t.problems.promiseTooFar)]))
    if (found.promisedAt !== null && reason === '')
      fail(invalid([wrongField('reason', (t) => t.problems.promiseNeedsReason)]))
    const event = {
      kind: 'case.promised',
      version: 1,
      payload: { promisedFor: new Date(due).toISOString(), teamId: found.teamId },
    } as const
    return (await record(ctx, found, event, reason === '' ? undefined : { body: reason })).changed
  })
}

/**
 * Says that a case is resolved and how. The user confirms or reopens; silence closes it after five working days.
 * Refused for consumables that were not all delivered.
 */
export async function resolveCase(
  ctx: Context,
  id: string,
  input: z.input<typeof resolveCaseInput>,
): Promise<ChangedCase> {
  const { version, note } = parse(resolveCaseInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'resolve', 'case.resolve', version)
    if (undelivered(found) > 0) fail(notDelivered(undelivered(found)))
    const closesAt = await answerDeadline(ctx)
    const event = {
      kind: 'case.resolved',
      version: 1,
      payload: { teamId: found.teamId, closesAt: closesAt.toISOString() },
    } as const
    const { changed } = await record(ctx, found, event, { body: note })
    await ctx.services.jobs.enqueue(ctx, 'servicedesk.close_silent', { caseId: id }, closesAt)
    return changed
  })
}

/** The last instant for the asker's answer to a resolution made now. */
export async function answerDeadline(ctx: TxContext): Promise<Date> {
  const now = Date.now()
  const year = new Date(now).getUTCFullYear()
  return new Date(endOfWorkingDay(await loadCalendar(ctx, null, year - 1, year + 1), now, answerDays))
}
