/** What every module's `cli.ts` exports: commands as data, run with a context, answering in text and JSON. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { MailCopySecrets } from '../config.ts'
import type { Context } from './context.ts'

/** 0 good, 1 a finding (the command worked and something is wrong), 2 bad input. */
export type Exit = 0 | 1 | 2

/** `json` is printed with --json, `text` otherwise. */
export type Outcome = { exit: Exit; json: unknown; text: string }

export type Invocation = {
  /** Of the tenant; acts as the person of --as, or as SITEC's command line. */
  context: Context
  positionals: string[]
  values: Record<string, string | boolean | undefined>
  /** A path as the person meant it: relative to where they stand. */
  resolvePath: (path: string) => string
  /** Reads a file named on the command line, relative to where the person stands; a Problem when it cannot. */
  readFile: (path: string) => Promise<Uint8Array>
  /** Writes a line to standard output at once, for commands that go on for long; waits when the reader is slow. */
  print: (line: string) => Promise<void>
}

/** What commands that sign in elsewhere and go on for long get besides. */
export type Terminal = {
  /** Options that may be given several times, in their order. */
  lists: Record<string, readonly string[] | undefined>
  /** What the environment says for the mailboxes of a copy. */
  mailCopy: MailCopySecrets
  /** What the environment says for a directory. */
  ldapPassword: string | null
  /** Asks at the terminal, without showing what is typed; null when there is no terminal. */
  ask: (question: string) => Promise<string | null>
  /** Writes a line to standard error at once: how far it is. */
  tell: (line: string) => void
}

export type Command = {
  /** Noun and verb as typed: "case open". */
  name: string
  /** What follows the name: "FILE". */
  usage: string
  /** One sentence. */
  help: string
  options?: ParseArgsOptionsConfig
  run: (invocation: Invocation) => Promise<Outcome>
}

/** A command that needs the terminal. */
export type TerminalCommand = Omit<Command, 'run'> & {
  run: (invocation: Invocation & Terminal) => Promise<Outcome>
}
