/** The conversation of a case: replies, notes, attachments, and erasing what was written. */

import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { type Action, allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { attach } from './attach.ts'
import { lockCase, selectAttachments, selectCase } from './internal/case-queries.ts'
import { eraseCase } from './internal/erase-case.ts'
import { caseFor, record } from './internal/record.ts'
import { readsWords } from './internal/reserved.ts'
import type { NamedFile } from './open-case.ts'
import { type ChangedCase, eraseInput, replyInput } from './schema.ts'
import type { Visibility } from './vocabulary.ts'

const writes = {
  public: 'case.reply',
  internal: 'entry.internal',
  supplier: 'entry.supplier',
  verifier: 'entry.verifier',
} as const satisfies Record<Visibility, Action>

/** Writes to a case, for everybody or for some. The asker's answer puts a waiting case back to work. */
export async function replyToCase(
  ctx: Context,
  id: string,
  input: z.input<typeof replyInput>,
  files: readonly NamedFile[] = [],
): Promise<ChangedCase> {
  const { body, visibility } = parse(replyInput, input)
  return transact(ctx, async (ctx) => {
    const repeated = await claimKey(ctx, `case.reply ${id}`, { body, visibility }, randomUUIDv7())
    const found = await caseFor(ctx, id, 'reply', 'case.reply')
    if (visibility !== 'public') allow(ctx.actor, writes[visibility])
    if (repeated !== null) return { id, state: found.state, version: found.version }
    const isRequester = ctx.actor.personId === found.requesterId
    const teamId = ctx.actor.partyKind === 'supplier' ? (found.teamId ?? ctx.actor.teamIds[0] ?? null) : null
    const { changed, eventId } = await record(
      ctx,
      found,
      { kind: 'case.replied', version: 1, payload: { visibility, isRequester, teamId } },
      { body },
    )
    await attach(ctx, id, eventId, visibility, files)
    return changed
  })
}

/** One attachment, if the actor may read it: where its bytes are and under what name to save them. */
export async function findAttachment(ctx: Context, caseId: string, attachmentId: string) {
  return read(ctx, async (ctx) => {
    const row = await selectCase(ctx, caseId)
    if (row === undefined || !readsWords(ctx, row)) fail(notFound())
    const found = (await selectAttachments(ctx, caseId)).find((attachment) => attachment.id === attachmentId)
    return found ?? fail(notFound())
  })
}

/** Removes, for ever, what people wrote in a case; events and chain stay, with the reason. Returns how many texts. */
export async function eraseCaseText(ctx: Context, id: string, input: z.input<typeof eraseInput>): Promise<number> {
  const { reason } = parse(eraseInput, input)
  return transact(ctx, async (ctx) => {
    allow(ctx.actor, 'case.erase')
    const found = (await lockCase({ ...ctx, actor: { ...ctx.actor, isSystem: true } }, id)) ?? fail(notFound())
    return eraseCase(ctx, found, reason)
  })
}
