/** A reading as a form or a phone sends it. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { say } from '../../../platform/texts.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import type { ReadingInput, RecordedReading } from '../campaign-schema.ts'
import { recordReading } from '../campaigns.ts'
import { registerTexts } from '../texts.ts'

/** Records it under its key; refused when somebody else is signed in on the phone by now. */
export async function sendReading(ctx: Context, campaignId: string, form: FormData): Promise<RecordedReading> {
  const { once, personId, mark = '', siteId, room, readAt } = filledTexts(form)
  if (personId !== undefined && personId !== ctx.actor.personId)
    throw new Problem(
      'conflict',
      'reading_other_person',
      say(registerTexts, (t) => t.problems.otherReader),
    )
  const input: ReadingInput = { mark, siteId: siteId ?? null, room: room ?? '', ...(readAt && { readAt }) }
  return recordReading(once === undefined ? ctx : { ...ctx, idempotencyKey: once }, campaignId, input)
}
