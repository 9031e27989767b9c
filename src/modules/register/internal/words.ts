/** The words by which an item is found, and those somebody looks for. Pure. */

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const parts = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** Every word of these texts once; a number also without the zeros before it, so that "123" finds PC-000123. */
export function wordsOf(texts: readonly (string | null)[]): string[] {
  const words = texts.flatMap((text) => (text === null ? [] : parts(text)))
  return [...new Set(words.flatMap((word) => [word, word.replace(/^0+(?=\d)/, '')]))].slice(0, 200)
}

/** The search for items that have a word beginning with each of these; null when there is nothing to look for. */
export function beginningsOf(words: string): string | null {
  const all = parts(words).slice(0, 10)
  return all.length === 0 ? null : all.map((word) => `'${word}':*`).join(' & ')
}
