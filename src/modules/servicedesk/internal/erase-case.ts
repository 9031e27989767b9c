/** Taking the words out of a case and of all that hangs on it. */
import type { TxContext } from '../../../platform/context.ts'
import { eraseText } from '../../../platform/events.ts'
import { blankCase, type LockedCase } from './case-queries.ts'
import { eraseMailOfCase } from './erase-mail.ts'
import { selectStepTexts } from './erasure-queries.ts'
import { record } from './record.ts'

/** Erases what one noun keeps about a case outside the case's own events; answers how many texts. */
export type CaseEraser = (ctx: TxContext, caseId: string, reason: string) => Promise<number>

/** Everything that hangs on a case and holds words. A noun that keeps some elsewhere adds its line here. */
export const caseErasers: readonly CaseEraser[] = [eraseStepsOfCase, eraseMailOfCase]

/** Removes, for ever, what people wrote in a locked case; events and chain stay, with the reason. Answers how many texts. */
export async function eraseCase(ctx: TxContext, found: LockedCase, reason: string): Promise<number> {
  let texts = await eraseText(ctx, await blankCase(ctx, found.id), reason)
  for (const erase of caseErasers) texts += await erase(ctx, found.id, reason)
  await record(ctx, found, { kind: 'case.text_erased', version: 1, payload: { texts } }, { reason })
  return texts
}

/** The words of the supplier's steps that were set aside. */
async function eraseStepsOfCase(ctx: TxContext, caseId: string, reason: string): Promise<number> {
  return eraseText(ctx, await selectStepTexts(ctx, caseId), reason)
}
