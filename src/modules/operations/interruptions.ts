/** Planned interruptions: the supplier proposes, the city decides, users are told; all before they begin, or it does not count. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { isAgreed, isNoticeKept } from './internal/availability.ts'
import {
  insertInterruption,
  lockInterruption,
  type StoredInterruption,
  selectInterruptions,
  updateInterruption,
} from './internal/interruption-queries.ts'
import { record } from './internal/record.ts'
import { selectScope } from './internal/scope-queries.ts'
import { conflict, wrong } from './problems.ts'
import {
  acceptInterruptionInput,
  type ChangedInterruption,
  type InterruptionRow,
  type ProposeInterruptionInput,
  periodInput,
  proposeInterruptionInput,
  refuseInterruptionInput,
  tellUsersInput,
} from './schema.ts'
import { noticeDays } from './vocabulary.ts'

const longestMs = 31 * 86_400_000

/** Interruptions that overlap a period, in order. */
export async function listInterruptions(ctx: Context, input: z.input<typeof periodInput>): Promise<InterruptionRow[]> {
  allow(ctx.actor, 'operations.read')
  const period = parse(periodInput, input)
  return read(ctx, async (ctx) => (await selectInterruptions(ctx, period)).map(toRow))
}

/** Proposes an interruption. Refused once it would have begun: an outage is not planned afterwards. */
export async function proposeInterruption(ctx: Context, input: ProposeInterruptionInput): Promise<ChangedInterruption> {
  allow(ctx.actor, 'interruption.propose')
  const request = parse(proposeInterruptionInput, input)
  const [from, until] = [Date.parse(request.from), Date.parse(request.until)]
  if (until <= from) throw wrong('until', (t) => t.endsBeforeStart)
  if (until - from > longestMs) throw wrong('until', (t) => t.tooLong)
  if (from <= Date.now()) throw wrong('from', (t) => t.startsInPast)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'interruption.propose', request, id)
    if (earlier !== null) return { id: earlier, state: 'proposed', version: 1 }
    if ((await selectScope(ctx, request.scopeId)) === undefined) throw wrong('scopeId', (t) => t.unknownScope)
    const { reason, ...payload } = request
    const at = await happened(ctx, id, 'interruption.proposed', payload, { reason })
    await insertInterruption(ctx, { id, ...request, at })
    return { id, state: 'proposed', version: 1 }
  })
}

/** The city accepts. Done after the start it is an acceptance, but the interruption is not agreed. */
export async function acceptInterruption(
  ctx: Context,
  id: string,
  input: z.input<typeof acceptInterruptionInput> = {},
): Promise<ChangedInterruption> {
  requireCity(ctx)
  const { version } = parse(acceptInterruptionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await undecided(ctx, id, version)
    const at = await happened(ctx, id, 'interruption.accepted', {})
    await updateInterruption(ctx, id, { state: 'accepted', decided_at: at })
    return { id, state: 'accepted', version: found.version + 1 }
  })
}

/** The city does not accept, and says why. */
export async function refuseInterruption(
  ctx: Context,
  id: string,
  input: z.input<typeof refuseInterruptionInput>,
): Promise<ChangedInterruption> {
  requireCity(ctx)
  const { version, reason } = parse(refuseInterruptionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await undecided(ctx, id, version)
    const at = await happened(ctx, id, 'interruption.refused', {}, { reason })
    await updateInterruption(ctx, id, { state: 'refused', decided_at: at })
    return { id, state: 'refused', version: found.version + 1 }
  })
}

/** Says that users were told, and how. The instant is the one at which it is said: nobody dates a notice back. */
export async function tellUsers(
  ctx: Context,
  id: string,
  input: z.input<typeof tellUsersInput>,
): Promise<ChangedInterruption> {
  if (!may(ctx.actor, 'interruption.decide')) allow(ctx.actor, 'interruption.propose')
  const { version, notice } = parse(tellUsersInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockInterruption(ctx, id)) ?? fail(notFound())
    if (version !== undefined && version !== found.version) throw conflict('stale', (t) => t.stale)
    if (found.state === 'refused') throw conflict('interruption_refused', (t) => t.refusedOne)
    if (found.noticed_at !== null) throw conflict('told_already', (t) => t.toldAlready)
    const at = await happened(ctx, id, 'interruption.users_told', {}, { notice })
    await updateInterruption(ctx, id, { noticed_at: at })
    return { id, state: found.state, version: found.version + 1 }
  })
}

/** As it is shown. */
export function toRow(row: StoredInterruption): InterruptionRow {
  return {
    id: row.id,
    scopeId: row.scope_id,
    scopeCode: row.scope_code,
    scopeName: row.scope_name,
    kind: row.kind,
    from: row.from_at,
    until: row.until_at,
    reason: row.reason,
    state: row.state,
    proposedAt: row.proposed_at,
    decidedAt: row.decided_at,
    noticedAt: row.noticed_at,
    isAgreed: isAgreed(row),
    isNoticeKept: isNoticeKept(row.kind, row.from_at, row.noticed_at, noticeDays),
    version: row.version,
  }
}

// Whatever roles somebody has: who works for the supplier does not decide on its interruptions.
function requireCity(ctx: Context) {
  allow(ctx.actor, 'interruption.decide')
  if (!ctx.actor.isSystem && ctx.actor.partyKind !== 'administration')
    throw conflict('supplier_decides', (t) => t.supplierDecides)
}

async function undecided(ctx: TxContext, id: string, version: number | undefined): Promise<StoredInterruption> {
  const found = (await lockInterruption(ctx, id)) ?? fail(notFound())
  if (version !== undefined && version !== found.version) throw conflict('stale', (t) => t.stale)
  if (found.state !== 'proposed') throw conflict('interruption_decided', (t) => t.decided)
  return found
}

function happened(
  ctx: TxContext,
  id: string,
  kind: string,
  payload: Record<string, unknown>,
  text?: Record<string, string>,
) {
  return record(ctx, { subjectType: 'planned_interruption', subjectId: id, kind, payload, ...(text && { text }) })
}
