/** The files of a form. Server side only. */
import { type GlpiSource, inventoryOf } from '../import-glpi.ts'
import { wrong } from '../problems.ts'

/** The bytes of the chosen file as they come, or a Problem when none was chosen. */
export function fileOf(form: FormData): AsyncIterable<Uint8Array> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw wrong('file', (t) => t.fileMissing)
  return file.stream()
}

/** The inventories that were chosen, one or many; a Problem names the one that is no JSON. */
export async function inventoriesOf(form: FormData): Promise<GlpiSource[]> {
  const sources: GlpiSource[] = []
  for (const file of form.getAll('file'))
    if (file instanceof File && file.size > 0) sources.push(inventoryOf(file.name, await file.text(), 'file'))
  if (sources.length === 0) throw wrong('file', (t) => t.fileMissing)
  return sources
}
