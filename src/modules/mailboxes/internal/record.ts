import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, witnessOf } from '../../../platform/events.ts'
import type { CopyResult } from '../schema.ts'

type Happening =
  | { kind: 'mailcopy.begun'; payload: { folders: number } }
  | {
      kind: 'mailcopy.ended'
      payload: Omit<CopyResult, 'problems'> & { problems: Record<string, number>; isWhole: boolean }
    }
  | { kind: 'mailcopy.proved'; payload: { sha256: string; publicKey: string; messages: number; verified: number } }

/** Appends what happened to a copy. Numbers, codes and digests only: nothing of what is in the mailbox. */
export async function record(ctx: TxContext, copyId: string, happening: Happening): Promise<void> {
  await appendEvent(ctx, {
    ...{ subjectType: 'mail_copy', subjectId: copyId, kind: happening.kind, version: 1, payload: happening.payload },
    ...{ witness: witnessOf(ctx), retention: 'organisation' },
  })
}
