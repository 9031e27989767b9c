/** The acts of the pages of operations, each one operation. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { filledTexts, typedInstant, uuidOf } from '../../../web/form-fields.ts'
import { importCalls } from '../import-calls.ts'
import { importOutages } from '../import-outages.ts'
import { importSamples } from '../import-samples.ts'
import { acceptInterruption, proposeInterruption, refuseInterruption, tellUsers } from '../interruptions.ts'
import { wrong } from '../problems.ts'
import type { AddProbeInput, AddScopeInput, ProposeInterruptionInput } from '../schema.ts'
import { addProbe, addScope, endScope } from '../scopes.ts'

/** Carries out what the form's button asks for; everything is parsed by the operation. */
export async function carryOut(ctx: Context, form: FormData): Promise<void> {
  const { act, once: _, ...input } = filledTexts(form)
  const version = input.version === undefined ? undefined : Number(input.version)
  const seen = version === undefined ? {} : { version }
  switch (act) {
    case 'upload':
      return upload(ctx, form, input.what)
    case 'scope':
      await addScope(ctx, input as AddScopeInput)
      break
    case 'probe':
      await addProbe(ctx, input as AddProbeInput)
      break
    case 'end':
      await endScope(ctx, uuidOf(input.id), { ...seen, endsOn: input.endsOn ?? null })
      break
    case 'propose': {
      const [from, until] = [typedInstant(ctx, input.from), typedInstant(ctx, input.until)]
      await proposeInterruption(ctx, { ...input, from, until } as ProposeInterruptionInput)
      break
    }
    case 'accept':
      await acceptInterruption(ctx, uuidOf(input.id), seen)
      break
    case 'refuse':
      await refuseInterruption(ctx, uuidOf(input.id), { ...seen, reason: input.reason ?? '' })
      break
    default:
      await tellUsers(ctx, uuidOf(input.id), { ...seen, notice: input.notice ?? '' })
  }
}

async function upload(ctx: Context, form: FormData, what: string | undefined): Promise<void> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw wrong('file', (t) => t.fileMissing)
  const source = file.stream()
  if (what === 'calls') await importCalls(ctx, source)
  else if (what === 'outages') await importOutages(ctx, source)
  else await importSamples(ctx, source)
}
