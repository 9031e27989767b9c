import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of package.json and migrations/, whether the code runs from src/ or from build/. */
export function projectRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'migrations'))) return from
  const above = dirname(from)
  if (above === from) throw new Error('SITEC runs from its own folder: package.json and migrations/ were not found')
  return projectRoot(above)
}
