/** Labels made where they are not. */
import { labelKey, type MappedLabel } from './gmail-names.ts'
import type { GmailRun } from './gmail-run.ts'

/** The label of a folder, with those above it; under another name where Gmail does not like this one. Or its words. */
export async function ensureLabel(
  into: Pick<GmailRun, 'gmail' | 'labels'>,
  { target, isSystem }: Pick<MappedLabel, 'target' | 'isSystem'>,
): Promise<{ id: string; name: string } | { refused: string }> {
  if (isSystem) return { id: target, name: target }
  const parts = target.split('/')
  for (let depth = 1; depth < parts.length; depth += 1) {
    // Without the ones above it a label is shown with its whole path: no reason to stop.
    await make(into, parts.slice(0, depth).join('/'))
  }
  const made = await make(into, target)
  if (!('refused' in made)) return made
  // Names are reserved in the language of the account, too, which nobody tells.
  const other = await make(into, `${target}_`)
  return 'refused' in other ? made : other
}

async function make({ gmail, labels }: Pick<GmailRun, 'gmail' | 'labels'>, name: string) {
  const found = labels.get(labelKey(name))
  if (found !== undefined) return found
  const made = await gmail.createLabel(name)
  if (!('refused' in made)) labels.set(labelKey(name), made)
  return made
}
