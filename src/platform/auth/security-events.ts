import type { TxContext } from '../context.ts'
import { appendEvent } from '../events.ts'

/** Records what happened to an account: signing in, a second factor. */
export async function appendSecurityEvent(ctx: TxContext, accountId: string, kind: string) {
  await appendEvent(ctx, {
    subjectType: 'account',
    subjectId: accountId,
    kind,
    version: 1,
    witness: 'U',
    payload: {},
    retention: 'security',
  })
}
