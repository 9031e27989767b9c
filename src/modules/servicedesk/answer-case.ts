/** What the person who asked does with a case: confirm, reopen, withdraw. And what silence does. */
import type { z } from 'zod'
import { type Context, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { lockCase } from './internal/case-queries.ts'
import { caseFor, record } from './internal/record.ts'
import { type ChangedCase, reopenCaseInput, versionInput } from './schema.ts'

/** "Sì, è risolta": only the asker says it; it closes the case. */
export async function confirmCase(
  ctx: Context,
  id: string,
  input: z.input<typeof versionInput> = {},
): Promise<ChangedCase> {
  const { version } = parse(versionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'confirm', 'case.answer', version)
    return (await record(ctx, found, { kind: 'case.confirmed', version: 1, payload: {} })).changed
  })
}

/** "Non è risolta", or only in part: the case goes back to whoever worked on it, with the reason. */
export async function reopenCase(
  ctx: Context,
  id: string,
  input: z.input<typeof reopenCaseInput>,
): Promise<ChangedCase> {
  const { version, reason, extent } = parse(reopenCaseInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'reopen', 'case.answer', version)
    const event = { kind: 'case.reopened', version: 1, payload: { extent } } as const
    return (await record(ctx, found, event, { body: reason })).changed
  })
}

/** "Non serve più": the asker withdraws a case that is not resolved yet. */
export async function cancelCase(
  ctx: Context,
  id: string,
  input: z.input<typeof versionInput> = {},
): Promise<ChangedCase> {
  const { version } = parse(versionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'cancel', 'case.cancel', version)
    return (await record(ctx, found, { kind: 'case.cancelled', version: 1, payload: {} })).changed
  })
}

/**
 * Closes a case that was resolved and not answered by its deadline; "Chiusa senza risposta" is never a confirmation.
 * Does nothing when the asker answered meanwhile or the deadline moved, so it may run twice.
 */
export async function closeSilentCase(ctx: Context, id: string): Promise<void> {
  await transact(ctx, async (ctx) => {
    const found = await lockCase(ctx, id)
    if (found?.state !== 'resolved' || found.closesAt === null || Date.parse(found.closesAt) > Date.now()) return
    await record(ctx, found, { kind: 'case.closed_silent', version: 1, payload: {} })
  })
}
