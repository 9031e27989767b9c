/** Which quarters are approved, for whoever publishes them. */
import type { TxContext } from '../../platform/context.ts'
import { selectApprovedPeriods } from './internal/approval-queries.ts'

/** The approved quarters, the oldest first. */
export function approvedPeriods(ctx: TxContext): Promise<string[]> {
  return selectApprovedPeriods(ctx)
}
