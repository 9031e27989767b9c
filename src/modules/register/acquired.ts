/**
 * What was acquired, as the register has it: for the modules that acquire. No door leads here and no permission is asked:
 * the operations above ask their own; each joins the open transaction.
 */
import { type Context, read } from '../../platform/context.ts'
import {
  type AcquiredCount,
  type FoundSerial,
  type FoundState,
  selectAcquired,
  selectByCode,
  selectSerials,
  selectStates,
} from './internal/acquired-queries.ts'

export type { ItemState } from './vocabulary.ts'
export type { AcquiredCount, FoundSerial, FoundState }

/** How many items there are by acquisition, office and state; of all acquisitions when none is named. */
export function countAcquired(ctx: Context, acquisitionIds: readonly string[] | null): Promise<AcquiredCount[]> {
  return read(ctx, (ctx) => selectAcquired(ctx, acquisitionIds))
}

/**
 * The items that have one of these serial numbers, capitals do not matter; also those that are disposed of, which come first
 * and without a code: their number is free again, but it was seen.
 */
export function findSerials(ctx: Context, serials: readonly string[]): Promise<FoundSerial[]> {
  return read(ctx, (ctx) => selectSerials(ctx, serials))
}

/** How these items stand; one that is not there is left out. */
export function findItemStates(ctx: Context, ids: readonly string[]): Promise<FoundState[]> {
  return read(ctx, (ctx) => selectStates(ctx, ids))
}

/** The items with these codes; one that is not there is left out. */
export function findItemsByCode(ctx: Context, codes: readonly string[]): Promise<FoundState[]> {
  return read(ctx, (ctx) => selectByCode(ctx, codes))
}
