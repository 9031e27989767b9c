/** Files of a form, made durable before the transaction that names them. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { largestFile, tooLarge } from '../../../platform/files.ts'
import type { NamedFile } from '../open-case.ts'

export async function keptFiles(ctx: Context, form: FormData, name = 'files'): Promise<NamedFile[]> {
  const given = form.getAll(name).filter((value): value is File => value instanceof File && value.size > 0)
  if (given.some((file) => file.size > largestFile)) throw tooLarge()
  const kept: NamedFile[] = []
  for (const file of given) kept.push({ ...(await ctx.services.files.keep(await file.bytes())), name: file.name })
  return kept
}
