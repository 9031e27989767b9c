/** For the modules above: people are told by mail of something that is no case; its words are theirs (`platform/mail/letters.ts`). */
import type { TxContext } from '../../platform/context.ts'
import type { DayNotice, SubjectNotice } from './internal/notices.ts'
import { insertDayMails, insertOutgoingOf, selectTold } from './internal/outbox-queries.ts'

/** Notes, in the transaction of an event, who is to be told of it; done again, nobody is told twice. */
export async function tellPeople(
  ctx: TxContext,
  mail: { notice: SubjectNotice; subjectId: string; eventId: number; personIds: readonly string[] },
): Promise<void> {
  if (mail.personIds.length > 0) await insertOutgoingOf(ctx, mail)
}

/** Who was told this of a subject already. */
export function toldOf(ctx: TxContext, notice: SubjectNotice, subjectId: string): Promise<string[]> {
  return selectTold(ctx, notice, subjectId)
}

/** Notes one mail a day, notice and person, to go at an instant; noted again, nothing more. */
export async function tellPeopleOnDay(
  ctx: TxContext,
  mail: { notice: DayNotice; day: string; goesAt: string; personIds: readonly string[] },
): Promise<void> {
  if (mail.personIds.length > 0) await insertDayMails(ctx, mail)
}
