/** Secrets typed at a terminal. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Asks on standard error and shows nothing of what is typed; null when standard input is no terminal. */
export async function askSecret(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null
  const nowhere = new Writable({ write: (_, __, done) => done() })
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  process.stderr.write(question)
  try {
    return await reader.question('')
  } finally {
    reader.close()
    process.stderr.write('\n')
  }
}
