/** Taking the words out of mail that came in: of a case, of a person. */
import type { TxContext } from '../../../platform/context.ts'
import { eraseText } from '../../../platform/events.ts'
import type { PersonToErase } from '../../organisation/erase-person.ts'
import { mailIt } from '../texts/mail-it.ts'
import { blankMailOf, blankMailOfCase, blankMailOfPerson } from './mail-erasure-queries.ts'
import { deleteAttachmentsOf, deleteSuppressedOf, type NoteLine, selectMailNotes } from './person-trace-queries.ts'

/** The messages by which a case was opened or answered: their bytes, senders and subjects. Answers how many texts. */
export async function eraseMailOfCase(ctx: TxContext, caseId: string, reason: string): Promise<number> {
  return erased(ctx, await blankMailOfCase(ctx, caseId), reason)
}

/** What a person sent that was set aside, and their address among those not written to: the rest goes with their cases. */
export async function erasePersonFromMail(ctx: TxContext, person: PersonToErase, reason: string): Promise<number> {
  const addresses = await deleteSuppressedOf(ctx, person.id)
  return addresses + (await erased(ctx, await blankMailOfPerson(ctx, person.id), reason))
}

/**
 * The notes that say who wrote, which SITEC left in others' cases of a person's mail, with the files and the mail behind
 * them. Of the supplier's people too: their name and address are in them.
 */
export async function erasePersonFromMailNotes(ctx: TxContext, person: PersonToErase, reason: string): Promise<number> {
  const notes = await selectMailNotes(ctx, person.id, noteLines())
  const ids = notes.map((note) => note.id)
  await deleteAttachmentsOf(ctx, ids)
  const mails = notes.flatMap((note) => note.mail_id ?? [])
  return erased(ctx, [...ids, ...(await blankMailOf(ctx, mails))], reason)
}

// Written by the same texts as the notes, around an address that stands for any.
function noteLines(): NoteLine[] {
  const { byOther, byHand } = mailIt.inCase
  return [byOther('', '\0'), byHand('', '\0', '\0', '')].map((line) => {
    const [begins = '', goesOn = ''] = line.split('\0')
    return { begins, goesOn: goesOn.toLowerCase() }
  })
}

async function erased(ctx: TxContext, events: readonly number[], reason: string): Promise<number> {
  return events.length === 0 ? 0 : eraseText(ctx, events, reason)
}
