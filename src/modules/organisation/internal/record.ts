/** What every change of this module shares: the event of one row, the events of many, staleness. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, type NewEvent, witnessOf } from '../../../platform/events.ts'
import { type Change, stale } from '../problems.ts'
import { selectLastChange } from './queries/events.ts'

export type SubjectType =
  | 'organisation'
  | 'office'
  | 'site'
  | 'person'
  | 'account'
  | 'api_key'
  | 'party'
  | 'team'
  | 'calendar'

/** What happened to one row. `payload` has ids and codes, `text` what is personal or was written by people. */
export type Happening = {
  subjectType: SubjectType
  subjectId: string
  kind: string
  payload: Record<string, unknown>
  text?: Record<string, string>
}

/** Appends the event and tells open pages. */
export async function record(ctx: TxContext, happening: Happening, retention: NewEvent['retention'] = 'organisation') {
  await appendEvent(ctx, { ...happening, version: 1, witness: witnessOf(ctx), retention })
  ctx.services.live.announce(ctx)
}

/** Goes on if the row is still the one the person saw; throws `stale` with who changed it and when otherwise. */
export async function requireVersion(
  ctx: TxContext,
  type: SubjectType,
  row: { id: string; version: number },
  seen: number,
) {
  if (row.version === seen) return
  const last = await selectLastChange(ctx, type, row.id)
  const change: Change | null = last ? { by: last.by, at: last.at, zone: ctx.zone } : null
  throw stale(change)
}
