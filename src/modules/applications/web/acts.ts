/** The acts of the page, each one operation. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { filledTexts, uuidOf } from '../../../web/form-fields.ts'
import { addApplication, changeApplication } from '../applications.ts'
import { importApplications } from '../import-applications.ts'
import { counterEntry, decideDays, declareDays } from '../person-days.ts'
import { importEntries } from '../person-days-file.ts'
import { wrong } from '../problems.ts'
import type { AddApplicationInput, ChangeApplicationInput, DeclareInput } from '../schema.ts'

/** Carries out what the form's button asks for; everything is parsed by the operation. */
export async function carryOut(ctx: Context, form: FormData): Promise<void> {
  const { act, once: _, ...input } = filledTexts(form)
  const seen = input.version === undefined ? {} : { version: Number(input.version) }
  switch (act) {
    case 'declare':
      await declareDays(ctx, input as DeclareInput)
      break
    case 'accept':
    case 'contest':
      await decideDays(ctx, { entries: ticked(form), decision: act, reason: input.reason ?? '' })
      break
    case 'correct':
      await counterEntry(ctx, uuidOf(input.id), { ...seen, reason: input.reason ?? '' })
      break
    case 'add':
      await addApplication(ctx, input as AddApplicationInput)
      break
    case 'change': {
      const { id, ...values } = input
      await changeApplication(ctx, uuidOf(id), {
        ...values,
        ...seen,
        endsOn: input.endsOn ?? null,
      } as ChangeApplicationInput)
      break
    }
    default:
      await upload(ctx, form, input.what)
  }
}

/** The ticked entries, each as `id:version`. */
function ticked(form: FormData): { id: string; version: number }[] {
  const all = form.getAll('entry').map((value) => {
    const [id, version] = String(value).split(':')
    return { id: uuidOf(id), version: Number(version) }
  })
  if (all.length === 0) throw wrong('entry', (t) => t.nothingTicked)
  return all
}

async function upload(ctx: Context, form: FormData, what: string | undefined): Promise<void> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw wrong('file', (t) => t.fileMissing)
  const bytes = await file.bytes()
  if (what === 'applications') await importApplications(ctx, bytes)
  else await importEntries(ctx, bytes)
}
