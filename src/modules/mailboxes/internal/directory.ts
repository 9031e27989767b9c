/** A directory as the register reads it: who has which address. What it tells of use is not asked for. */
import type { BoxKind } from '../box-vocabulary.ts'

export type DirectoryBox = {
  /** In small letters, as are all others. */
  address: string
  name: string
  /** null: a mailbox of which the directory does not say what it is. */
  kind: BoxKind | null
  /** null: the directory does not speak of them. */
  aliases: string[] | null
  /** Where its mail goes, of a list to whom; null when the directory does not say. */
  forwards: { address: string; keepsCopy: boolean }[] | null
  /** Bytes; null when the directory does not say. */
  quotaBytes: number | null
}

/** Reads a directory page by page. */
export type Directory = () => AsyncIterable<readonly DirectoryBox[]>

/** The directory did not answer as it should: `code` is ours, `words` its own. */
export class DirectoryTrouble extends Error {
  override name = 'DirectoryTrouble'
  readonly code: 'auth' | 'unreachable' | 'quota' | 'other'
  readonly words: string
  constructor(code: DirectoryTrouble['code'], words: string, options?: ErrorOptions) {
    super(`${code}: ${words}`, options)
    this.code = code
    this.words = words
  }
}
