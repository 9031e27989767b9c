/** Files of the GLPI agent on this machine. Command line only. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type GlpiSource, inventoryOf } from './import-glpi.ts'
import { wrong } from './problems.ts'

/** The inventory of a file, or of every .json of a folder in the order of their names; refused for what is not JSON. */
export async function glpiSources(
  given: string | undefined,
  resolvePath: (path: string) => string,
): Promise<GlpiSource[]> {
  if (given === undefined) throw wrong('FILE', (t) => t.fileMissing)
  const path = resolvePath(given)
  const found = await stat(path).catch(() => null)
  if (found === null) throw wrong('FILE', (t) => t.fileMissing)
  const names = found.isDirectory() ? (await readdir(path)).filter((name) => name.endsWith('.json')).sort() : null
  const files = names === null ? [path] : names.map((name) => join(path, name))
  const sources: GlpiSource[] = []
  // One after the other: a folder may hold thousands.
  for (const file of files) sources.push(inventoryOf(basename(file), await readFile(file, 'utf8'), 'FILE'))
  return sources
}
