/** What every change of a wave shares: its event, and live pages told. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, witnessOf } from '../../../platform/events.ts'

/** Ids, states and counts in the payload; what people wrote, and what servers answered, beside it. */
export async function recordWave(
  ctx: TxContext,
  waveId: string,
  kind: string,
  payload: Record<string, unknown>,
  text?: Record<string, string>,
) {
  const appended = await appendEvent(ctx, {
    ...{ subjectType: 'migration_wave', subjectId: waveId, kind: `wave.${kind}`, version: 1, payload },
    ...{ ...(text && { text }), witness: witnessOf(ctx), retention: 'organisation' as const },
  })
  ctx.services.live.announce(ctx)
  return appended
}
