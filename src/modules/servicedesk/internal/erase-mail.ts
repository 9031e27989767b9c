/** Taking the words out of mail that came in: of a case, of a person. */
import type { TxContext } from '../../../platform/context.ts'
import { eraseText } from '../../../platform/events.ts'
import { blankMailOfCase, blankMailOfPerson } from './mail-erasure-queries.ts'

/** The messages by which a case was opened or answered: their bytes, senders and subjects. Answers how many texts. */
export async function eraseMailOfCase(ctx: TxContext, caseId: string, reason: string): Promise<number> {
  return erased(ctx, await blankMailOfCase(ctx, caseId), reason)
}

/** What a person sent that is in no case: those that are go with their cases. */
export async function erasePersonFromMail(ctx: TxContext, person: { id: string }, reason: string): Promise<number> {
  return erased(ctx, await blankMailOfPerson(ctx, person.id), reason)
}

async function erased(ctx: TxContext, events: readonly number[], reason: string): Promise<number> {
  return events.length === 0 ? 0 : eraseText(ctx, events, reason)
}
