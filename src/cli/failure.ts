import type { Outcome } from '../platform/command.ts'
import { Problem, problemBody } from '../platform/problem.ts'

/** Folders, disks and databases that are not as they should be: the message says it all. */
const plainCodes = [
  ...['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT', 'EROFS'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', '28P01', '28000', '3D000'],
]

/** What went wrong, for people and programs; a bug keeps its stack. */
export function commandFails(error: unknown): Outcome {
  if (error instanceof Problem) {
    const body = problemBody(error, 'it')
    const lines = (body.fields ?? []).map((field) => `  ${field.path}: ${field.message}`)
    return { exit: 2, json: { problem: body }, text: [body.title, ...lines].join('\n') }
  }
  if (!(error instanceof Error)) return { exit: 2, json: { problem: { title: String(error) } }, text: String(error) }
  const code = 'code' in error ? String(error.code) : ''
  const isPlain =
    code.startsWith('ERR_PARSE_ARGS') ||
    plainCodes.includes(code) ||
    ['ConfigError', 'PostgresError', 'ArchiveError'].includes(error.name)
  return {
    exit: 2,
    json: { problem: { title: error.message } },
    text: isPlain ? error.message : (error.stack ?? error.message),
  }
}
