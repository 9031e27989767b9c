/** Waves out of forms. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { filledTexts, typedInstant, uuidOf } from '../../../web/form-fields.ts'
import { checkWave } from '../preflight.ts'
import { chooseAside } from '../set-aside.ts'
import { importCopyLog } from '../third-party.ts'
import { holdMailbox, moveWave, tryAgain } from '../wave-acts.ts'
import { addWaveCase, removeWaveCase } from '../wave-cases.ts'
import { tickCheck } from '../wave-checks.ts'
import { tellWave } from '../wave-messages.ts'
import type { AsideChoice, CheckState, MessageTemplate, WaveAct } from '../wave-vocabulary.ts'
import { addToWave, changeWave, planWave, takeOut } from '../waves.ts'

/** The number of a wave in an address, or "not found". */
export function numberOf(text: string | undefined): number {
  return /^\d{1,6}$/.test(text ?? '') ? Number(text) : fail(notFound())
}

export async function planFromForm(ctx: Context, form: FormData) {
  const { act: _, once: __, cutOverAt, ...fields } = filledTexts(form)
  // Parsed by the operation, as are the others.
  const input = { ...fields, ...(cutOverAt && { cutOverAt: typedInstant(ctx, cutOverAt) }) }
  return planWave(ctx, input as unknown as Parameters<typeof planWave>[1])
}

/** Carries out the act of the page's form; returns what its address says afterwards. */
export async function actOnWave(ctx: Context, number: number, form: FormData): Promise<string> {
  const fields = filledTexts(form)
  const version = Number(fields.version ?? 0)
  switch (fields.act) {
    case 'move': {
      const reason = fields.reason ?? ''
      await moveWave(ctx, number, { version, act: fields.deed as WaveAct, reason })
      return ''
    }
    case 'check':
      await checkWave(ctx, number, { version })
      return ''
    case 'change': {
      const { name = '', mostAtOnce = '', cutOverAt } = fields
      await changeWave(ctx, number, {
        version,
        name,
        mostAtOnce,
        ...(cutOverAt && { cutOverAt: typedInstant(ctx, cutOverAt) }),
      })
      return ''
    }
    case 'add':
      await addToWave(ctx, number, { version, mailboxIds: form.getAll('mailboxIds') })
      return ''
    case 'log': {
      const file = form.get('file')
      const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()
      await importCopyLog(ctx, number, version, bytes)
      return '?registro'
    }
    case 'tell':
      await tellWave(ctx, number, version, { template: fields.template as MessageTemplate })
      return '?avvisati'
    default:
      return actOnPart(ctx, number, fields)
  }
}

async function actOnPart(ctx: Context, number: number, fields: Record<string, string>): Promise<string> {
  const version = Number(fields.version ?? 0)
  switch (fields.act) {
    case 'hold':
      await holdMailbox(ctx, number, uuidOf(fields.part), { version, isHeld: fields.isHeld === 'true' })
      return ''
    case 'again':
      await tryAgain(ctx, number, uuidOf(fields.part), { version })
      return ''
    case 'out':
      await takeOut(ctx, number, uuidOf(fields.part), { version })
      return ''
    case 'tick':
      await tickCheck(ctx, number, fields.part ?? '', { state: fields.state as CheckState, note: fields.note ?? '' })
      return '#controlli'
    case 'tie':
      await addWaveCase(ctx, number, { number: fields.number ?? '' })
      return '#richieste'
    case 'untie':
      await removeWaveCase(ctx, number, uuidOf(fields.part))
      return '#richieste'
    default:
      throw notFound()
  }
}

/** Decides on messages set aside: those that were ticked, or all. */
export async function chooseFromForm(ctx: Context, number: number, mailboxId: string, form: FormData): Promise<void> {
  const { choice, note = '' } = filledTexts(form)
  const ticked = form.getAll('message').flatMap((text) => {
    const [folderId, uidvalidity, uid] = String(text).split(' ')
    return [{ folderId: uuidOf(folderId), uidvalidity: Number(uidvalidity), uid: Number(uid) }]
  })
  await chooseAside(ctx, number, mailboxId, {
    ...{ choice: choice as AsideChoice, note },
    ...(ticked.length > 0 && { messages: ticked }),
  })
}
