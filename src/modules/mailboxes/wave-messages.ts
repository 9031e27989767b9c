/** What users are told of a wave: one mail each, from a template, previewed before it goes. The outbox sends it. */
import { type Context, read } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import type { LetterWords, LetterWriter } from '../../platform/mail/letters.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { dayAndTime, type Language } from '../../platform/texts.ts'
import { tellPeople, toldOf } from '../servicedesk/tell-people.ts'
import { selectCutOver, selectRecipients } from './internal/message-queries.ts'
import { selectWave } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { waveConflict } from './wave-problems.ts'
import { type ChangedWave, type MessagePreview, type WaveMessageInput, waveMessageInput } from './wave-schema.ts'
import { waveTexts } from './wave-texts.ts'
import type { MessageTemplate } from './wave-vocabulary.ts'
import { onWave } from './waves.ts'

/** What stands between greeting and signature in the mail that the first of them would get, and to how many it goes. */
export async function previewMessage(ctx: Context, number: number, template: MessageTemplate): Promise<MessagePreview> {
  allow(ctx.actor, 'mailboxes.copy')
  return read(ctx, async (ctx) => {
    const wave = (await selectWave(ctx, number)) ?? fail(notFound())
    const recipients = await selectRecipients(ctx, wave.id, null)
    const told = await toldOf(ctx, `wave_${template}`, wave.id)
    const { subject, body } = wordsOf(template, recipients[0]?.addresses ?? [], wave.cutOverAt, ctx)
    return { template, recipients: recipients.length, told: told.length, subject, text: body.join('\n\n') }
  })
}

/** Tells everybody who answers for a mailbox of the wave, or has one, once; who was told already is not told again. */
export async function tellWave(
  ctx: Context,
  number: number,
  version: number,
  input: WaveMessageInput,
): Promise<ChangedWave & { told: number }> {
  const { template } = parse(waveMessageInput, input)
  let told = 0
  const changed = await onWave(ctx, number, version, async (ctx, wave) => {
    if (template !== 'after' && wave.cutOverAt === null) throw waveConflict('no_day', (t) => t.noDay)
    const recipients = await selectRecipients(ctx, wave.id, null)
    if (recipients.length === 0) throw waveConflict('nobody', (t) => t.nobody)
    const before = new Set(await toldOf(ctx, `wave_${template}`, wave.id))
    const personIds = recipients.map(({ personId }) => personId).filter((id) => !before.has(id))
    told = personIds.length
    const { id: eventId } = await recordWave(ctx, wave.id, 'users_told', { template, people: told })
    await tellPeople(ctx, { notice: `wave_${template}`, subjectId: wave.id, eventId, personIds })
    return wave.version
  })
  return { ...changed, told }
}

/** Writes the mail of a template, as things stand when it goes; nothing for who has no mailbox in the wave any more. */
export function waveLetter(template: MessageTemplate): LetterWriter {
  return async (ctx, { subjectId, personId, language }) => {
    if (subjectId === null) throw new Error('A mail of a wave has its wave')
    const [recipient] = await selectRecipients(ctx, subjectId, personId)
    if (recipient === undefined) return null
    return wordsOf(template, recipient.addresses, await selectCutOver(ctx, subjectId), { language, zone: ctx.zone })
  }
}

function wordsOf(
  template: MessageTemplate,
  addresses: readonly string[],
  cutOverAt: string | null,
  { language, zone }: { language: Language; zone: string },
): LetterWords {
  const t = waveTexts[language].messages[template]
  const at =
    cutOverAt === null ? '…' : dayAndTime(new Date(cutOverAt).toISOString(), new Date(0).toISOString(), zone, language)
  return { subject: t.subject, body: t.body(addresses.map((one) => `- ${one}`).join('\n'), at) }
}
