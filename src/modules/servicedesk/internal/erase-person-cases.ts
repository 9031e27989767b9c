/** A person's own words in the service desk: in the cases they asked for, and in those of others. */
import type { TxContext } from '../../../platform/context.ts'
import { eraseText } from '../../../platform/events.ts'
import type { PersonToErase } from '../../organisation/erase-person.ts'
import { openCases } from '../retention-problems.ts'
import { lockCase } from './case-queries.ts'
import { eraseCase } from './erase-case.ts'
import { selectCasesOf, selectMessagesOf, selectWordsOf } from './erasure-queries.ts'
import { stateClass } from './lifecycle.ts'
import { caseNumber } from './number.ts'
import { deleteAttachmentsOf, deleteViewsOf } from './person-trace-queries.ts'

/** Empties the cases a person asked for; refused while one of theirs, or one they hold, is open. Answers how many. */
export async function erasePersonFromCases(ctx: TxContext, person: PersonToErase, reason: string): Promise<number> {
  const cases = await selectCasesOf(ctx, person.id)
  const open = cases.filter(({ state }) => stateClass[state] !== 'final')
  if (open.length > 0) throw openCases(open.map((one) => caseNumber(one.number, one.opened_at, ctx.zone)))
  let emptied = 0
  for (const { id } of cases.filter(({ isRequester }) => isRequester)) {
    // Erasing needs no right to read cases.
    const found = await lockCase({ ...ctx, actor: { ...ctx.actor, isSystem: true } }, id)
    if (found === undefined) continue
    await eraseCase(ctx, found, reason)
    emptied += 1
  }
  return emptied
}

/**
 * Erases what a person of the administration wrote in cases of others, and the files that came with it. What the supplier's people and the desk wrote is
 * the record of the service and stays as long as its case does; their name is gone with their row.
 */
export async function erasePersonFromMessages(ctx: TxContext, person: PersonToErase, reason: string): Promise<number> {
  if (person.isOfSupplier) return 0
  const events = await selectMessagesOf(ctx, person.id)
  await deleteAttachmentsOf(ctx, events)
  return eraseText(ctx, events, reason)
}

/** Takes a person's saved views away, with their names and filters. */
export async function erasePersonFromViews(ctx: TxContext, person: PersonToErase, reason: string): Promise<number> {
  return eraseText(ctx, await deleteViewsOf(ctx, person.id), reason)
}

/** The cases a person asked for, and the words written there and by them elsewhere. */
export async function collectPersonFromCases(ctx: TxContext, personId: string) {
  const cases = (await selectCasesOf(ctx, personId)).filter(({ isRequester }) => isRequester)
  const words = await selectWordsOf(ctx, personId)
  return {
    cases: cases.map(({ number, opened_at, state, title }) => ({
      number: caseNumber(number, opened_at, ctx.zone),
      openedAt: opened_at,
      state,
      title,
    })),
    words: words.map(({ number, opened_at, content, ...word }) => ({
      ...word,
      number: caseNumber(number, opened_at, ctx.zone),
      text: wordsFor(word.isTheirs, JSON.parse(content)),
    })),
  }
}

// Notes for staff stand beside words for the asker: they are of whoever wrote them.
function wordsFor(isTheirs: boolean, text: Record<string, string>): Record<string, string> {
  const { note: _, serial: __, reason: ___, ...shown } = text
  return isTheirs ? text : shown
}
