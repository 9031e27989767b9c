/** What is done with a delivery, out of forms. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { largestFile, tooLarge } from '../../../platform/files.ts'
import { allow } from '../../../platform/permissions.ts'
import { addPhoto } from '../photos.ts'
import { wrong } from '../problems.ts'
import { beginVerification, closeVerification, confirmVerification } from '../verification.ts'

/** Carries out the act of a delivery's form; returns what its address says afterwards. */
export async function actOnDelivery(ctx: Context, id: string, form: FormData): Promise<string> {
  const version = Number(form.get('version')) || undefined
  switch (form.get('act')) {
    case 'begin':
      await beginVerification(ctx, id)
      return '/verifica'
    case 'close': {
      const rest = form.get('rest') === 'missing' ? 'missing' : 'refuse'
      const { state } = await closeVerification(ctx, id, { version, rest })
      return state === 'confirming' ? '?seconda' : '?chiusa'
    }
    case 'confirm': {
      const { itemsTakenIn } = await confirmVerification(ctx, id, { version, agrees: true })
      return `?confermata=${itemsTakenIn}`
    }
    case 'photo':
      await keepPhoto(ctx, id, form)
      return '?foto'
    default:
      await confirmVerification(ctx, id, { version, agrees: false, reason: String(form.get('reason') ?? '') })
      return '?restituita'
  }
}

async function keepPhoto(ctx: Context, id: string, form: FormData) {
  const file = form.get('photo')
  if (!(file instanceof File) || file.size === 0) throw wrong('photo', (t) => t.fileMissing)
  if (file.size > largestFile) throw tooLarge()
  allow(ctx.actor, 'needs.verify')
  const kept = await ctx.services.files.keep(await file.bytes())
  await addPhoto(ctx, id, kept, { caption: String(form.get('caption') ?? '') })
}
