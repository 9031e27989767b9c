/** Known outages: open one, tell users, change it, close it. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { teamExists } from './internal/case-queries.ts'
import { recordHappening, requireSeen } from './internal/knowledge-record.ts'
import { insertOutage, lockOutage, type OutageWords, selectPlaces, updateOutageRow } from './internal/outage-queries.ts'
import { standing, wrongRow } from './knowledge-problems.ts'
import {
  type ChangedOutage,
  type ChangeOutageInput,
  changeOutageInput,
  closeOutageInput,
  type OpenOutageInput,
  openOutageInput,
  updateOutageInput,
} from './outage-schema.ts'

/** Opens an outage: from now on whom it concerns reads "lo sappiamo già". */
export async function openOutage(ctx: Context, input: OpenOutageInput): Promise<ChangedOutage> {
  allow(ctx.actor, 'outage.manage')
  const request = parse(openOutageInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'outage.open', request, id)
    if (earlier !== null) return { id: earlier, state: 'open', version: 1 }
    const words = await checkedWords(ctx, request)
    const at = await recordHappening(ctx, happening('outage.opened', id, words), 'case')
    await insertOutage(ctx, id, words, at)
    return { id, state: 'open', version: 1 }
  })
}

/** Corrects what was said of an open outage, or what it touches. */
export async function changeOutage(ctx: Context, id: string, input: ChangeOutageInput): Promise<ChangedOutage> {
  allow(ctx.actor, 'outage.manage')
  const { version, ...request } = parse(changeOutageInput, input)
  return transact(ctx, async (ctx) => {
    const found = await openOutageFor(ctx, id, version)
    const words = await checkedWords(ctx, request, found.team_id)
    const at = await recordHappening(ctx, happening('outage.changed', id, words), 'case')
    await updateOutageRow(ctx, id, { words }, at)
    return { id, state: 'open', version: found.version + 1 }
  })
}

/** Tells users how it goes, and when it should end if that changed. */
export async function updateOutage(
  ctx: Context,
  id: string,
  input: z.input<typeof updateOutageInput>,
): Promise<ChangedOutage> {
  allow(ctx.actor, 'outage.manage')
  const { version, body, expectedAt } = parse(updateOutageInput, input)
  return transact(ctx, async (ctx) => {
    const found = await openOutageFor(ctx, id, version)
    if (expectedAt !== undefined && Date.parse(expectedAt) < Date.now())
      throw invalid([wrongRow('expectedAt', (t) => t.expectedInThePast)])
    const at = await recordHappening(
      ctx,
      {
        subjectType: 'outage',
        subjectId: id,
        kind: 'outage.updated',
        payload: { expectedAt: expectedAt ?? null },
        text: { body },
      },
      'case',
    )
    await updateOutageRow(ctx, id, expectedAt === undefined ? {} : { expectedAt }, at)
    return { id, state: 'open', version: found.version + 1 }
  })
}

/** Closes an outage; its open cases are then marked as resolved one by one, in the name of who closed it. */
export async function closeOutage(
  ctx: Context,
  id: string,
  input: z.input<typeof closeOutageInput>,
): Promise<ChangedOutage> {
  allow(ctx.actor, 'outage.manage')
  const { version, body, endedAt: given } = parse(closeOutageInput, input)
  return transact(ctx, async (ctx) => {
    const found = await openOutageFor(ctx, id, version)
    const endedAt = given ?? new Date().toISOString()
    if (Date.parse(endedAt) < Date.parse(found.started_at))
      throw invalid([wrongRow('endedAt', (t) => t.endsBeforeStart)])
    if (Date.parse(endedAt) > Date.now() + clockSlackMs) throw invalid([wrongRow('endedAt', (t) => t.inTheFuture)])
    const at = await recordHappening(
      ctx,
      { subjectType: 'outage', subjectId: id, kind: 'outage.closed', payload: { endedAt }, text: { body } },
      'case',
    )
    await updateOutageRow(ctx, id, { endedAt }, at)
    await enqueueSettling(ctx, id)
    return { id, state: 'closed', version: found.version + 1 }
  })
}

/** Tries again the cases that the end of an outage could not resolve. */
export async function settleAgain(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'outage.manage')
  await transact(ctx, async (ctx) => {
    const found = (await lockOutage(ctx, id)) ?? fail(notFound())
    if (found.state === 'open') throw standing('outage_open', (t) => t.outageOpen)
    await enqueueSettling(ctx, id)
  })
}

async function enqueueSettling(ctx: TxContext, outageId: string) {
  await ctx.services.jobs.enqueue(ctx, 'servicedesk.settle_outage', { outageId, personId: ctx.actor.personId ?? '' })
}

/** The outage, locked; refused when it is over or was changed since `version`. */
export async function openOutageFor(ctx: TxContext, id: string, version?: number) {
  const found = (await lockOutage(ctx, id)) ?? fail(notFound())
  await requireSeen(ctx, 'outage', found, version)
  if (found.state === 'closed') throw standing('outage_closed', (t) => t.outageClosed)
  return found
}

/** Clocks of people and servers may differ by this much before "now" counts as the future. */
const clockSlackMs = 5 * 60_000

async function checkedWords(
  ctx: TxContext,
  { teamId: wanted, expectedAt: end, ...words }: z.output<typeof openOutageInput>,
  teamNow?: string,
): Promise<OutageWords> {
  const expectedAt = end ?? null
  const teamId = wanted ?? teamNow ?? ctx.actor.teamIds[0]
  if (teamId === undefined || !(await teamExists(ctx, teamId)))
    throw invalid([wrongRow('teamId', (t) => t.unknownTeam)])
  const known = await selectPlaces(ctx, words.officeIds, words.siteIds)
  const wrongs = [
    ...words.officeIds.flatMap((id) => (known.has(id) ? [] : [wrongRow('officeIds', (t) => t.unknownPlace)])),
    ...words.siteIds.flatMap((id) => (known.has(id) ? [] : [wrongRow('siteIds', (t) => t.unknownPlace)])),
    ...(Date.parse(words.startedAt) > Date.now() + clockSlackMs ? [wrongRow('startedAt', (t) => t.inTheFuture)] : []),
    ...(expectedAt !== null && Date.parse(expectedAt) < Date.parse(words.startedAt)
      ? [wrongRow('expectedAt', (t) => t.endsBeforeStart)]
      : []),
  ]
  if (wrongs.length > 0) throw invalid(wrongs)
  return { ...words, teamId, expectedAt }
}

function happening(kind: string, id: string, { title, body, words, ...payload }: OutageWords) {
  return { subjectType: 'outage' as const, subjectId: id, kind, payload, text: { title, body, words } }
}
