/**
 * One JSON line per fact, to standard output. Fields are ids, codes, counts and durations:
 * no names, addresses, texts, query strings or network addresses (they are personal data).
 */
type Fact = Record<string, string | number | boolean | null | undefined>

let output: NodeJS.WritableStream = process.stdout

/** On the command line standard output is the answer: facts go beside it. */
export function logBeside(): void {
  output = process.stderr
}

function write(level: 'info' | 'warn' | 'error', what: string, fact: Fact) {
  output.write(`${JSON.stringify({ at: new Date().toISOString(), level, what, ...fact })}\n`)
}

export const log = {
  info: (what: string, fact: Fact = {}) => write('info', what, fact),
  warn: (what: string, fact: Fact = {}) => write('warn', what, fact),
  /** Unexpected errors: the stack is ours and holds no input; database details are left out, they may quote rows. */
  error: (what: string, error: unknown, fact: Fact = {}) =>
    write('error', what, {
      ...fact,
      error: error instanceof Error ? error.name : typeof error,
      code: error instanceof Error && 'code' in error ? String(error.code) : undefined,
      stack:
        error instanceof Error
          ? error.stack
              ?.split('\n')
              .slice(1, 8)
              .map((line) => line.trim())
              .join(' < ')
          : undefined,
    }),
}
