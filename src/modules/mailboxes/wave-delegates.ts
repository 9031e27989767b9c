/** Delegations that a wave would part: who opens a mailbox that moves and stays, or moves and leaves one behind. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { upsertCheck } from './internal/check-queries.ts'
import { selectDelegations, selectOutside } from './internal/delegate-queries.ts'
import { partedBy } from './internal/together.ts'
import { selectWaveEnds } from './internal/wave-candidate-queries.ts'
import { type BoxRow, selectBoxes } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import type { PartedDelegate } from './wave-schema.ts'

/** The mailboxes that a wave leaves behind though they share a delegation with one that moves, by address. */
export async function listPartedDelegates(ctx: Context, number: number): Promise<PartedDelegate[]> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => selectParted(ctx, (await selectWaveEnds(ctx, number)) ?? fail(notFound())))
}

type Moving = { id: string; fromServerId: string }

/** The same within a transaction. */
export async function selectParted(ctx: TxContext, { id, fromServerId }: Moving): Promise<PartedDelegate[]> {
  const boxes = (await selectBoxes(ctx, id)).filter(({ state }) => state !== 'rolled_back')
  return partedFrom(ctx, fromServerId, boxes)
}

async function partedFrom(ctx: TxContext, fromServerId: string, boxes: readonly BoxRow[]): Promise<PartedDelegate[]> {
  if (boxes.length === 0) return []
  const addresses = new Map(boxes.map(({ mailboxId, address }) => [mailboxId, address]))
  const parted = new Map(
    partedBy(new Set(addresses.keys()), await selectDelegations(ctx, fromServerId)).map((one) => [one.outsideId, one]),
  )
  const outside = await selectOutside(ctx, [...parted.keys()])
  return outside.map(({ hasDecision, ...row }) => {
    const { insideIds = [], isDelegate = false } = parted.get(row.mailboxId) ?? {}
    const shares = insideIds.flatMap((id) => addresses.get(id) ?? []).sort()
    return { ...row, isDelegate, shares, mayJoin: hasDecision && row.waveNumber === null }
  })
}

/** Who accepted that some are parted did not accept that others are: the check is open again when there are more. */
export async function reopenParted(ctx: TxContext, wave: Moving, before: readonly PartedDelegate[]): Promise<void> {
  const known = new Set(before.map(({ mailboxId }) => mailboxId))
  const more = (await selectParted(ctx, wave)).filter(({ mailboxId }) => !known.has(mailboxId))
  if (more.length === 0) return
  const payload = { code: 'delegates', state: 'open', mailboxIds: more.map(({ mailboxId }) => mailboxId) }
  const { id } = await recordWave(ctx, wave.id, 'check_ticked', payload)
  await upsertCheck(ctx, wave.id, 'delegates', 'open', id)
}
