/** Files of the GLPI agent on this machine. Command line only. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { GlpiSource } from './import-glpi.ts'
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
  for (const file of files) sources.push({ source: basename(file), inventory: await readJson(file) })
  return sources
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong('FILE', (t) => t.notJson(basename(file)))
    throw error
  }
}
