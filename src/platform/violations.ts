/** Constraints speak in names; this puts them into words. */
import type { Problem } from './problem.ts'

/** Runs one write; a violated constraint named in `problems` becomes that Problem, anything else flies. */
export async function phrasing<Result>(
  problems: Record<string, () => Problem>,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const constraint = error instanceof Error && 'constraint' in error ? String(error.constraint) : ''
    throw problems[constraint]?.() ?? error
  }
}
