/** IMAP as text (RFC 3501, RFC 9051): what servers answer taken apart, names and dates put into words. Pure. */

/** An atom or a string as text, NIL, a literal (its place among those of the answer), or a list. */
export type Token = string | null | { literal: number } | Token[]

/** The tokens of an answer; literals stand in it as `{n}`, in order. */
export function tokensOf(text: string): Token[] {
  const root: Token[] = []
  const stack: Token[][] = [root]
  let literal = 0
  let at = 0
  const add = (token: Token) => stack.at(-1)?.push(token)
  while (at < text.length) {
    const char = text[at]
    if (char === ' ') at += 1
    else if (char === '(') {
      const list: Token[] = []
      add(list)
      stack.push(list)
      at += 1
    } else if (char === ')') {
      if (stack.length > 1) stack.pop()
      at += 1
    } else if (char === '"') {
      const end = endOfQuoted(text, at)
      add(text.slice(at + 1, end).replace(/\\(.)/g, '$1'))
      at = end + 1
    } else if (char === '{') {
      add({ literal })
      literal += 1
      at = text.indexOf('}', at) + 1 || text.length
    } else {
      const end = endOfAtom(text, at)
      const atom = text.slice(at, end)
      add(atom.toUpperCase() === 'NIL' ? null : atom)
      at = end
    }
  }
  return root
}

function endOfQuoted(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

// "BODY[HEADER.FIELDS (DATE)]" is one atom.
function endOfAtom(text: string, start: number): number {
  let at = start
  let depth = 0
  while (at < text.length) {
    const char = text[at] ?? ''
    if (char === '[') depth += 1
    if (char === ']') depth -= 1
    if (depth <= 0 && ' ()"{'.includes(char)) break
    at += 1
  }
  return Math.max(at, start + 1)
}

/** A string as a command carries it: an atom where that is enough, quoted otherwise; null when only a literal will do. */
export function quoted(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the bytes a quoted string may not hold
  if (/[\x00\r\n\x80-\uffff]/.test(text)) return null
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

/** A folder's name in modified UTF-7 (RFC 3501 §5.1.3). */
export function encodeFolder(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') return '&-'
    const bytes = Buffer.from(run, 'utf16le').swap16()
    return `&${bytes.toString('base64').replaceAll('/', ',').replace(/=+$/, '')}-`
  })
}

/** The name behind modified UTF-7; a name that is none stays as it is. */
export function decodeFolder(name: string): string {
  return name.replace(/&([A-Za-z0-9+,]*)-/g, (whole, code: string) => {
    if (code === '') return '&'
    const bytes = Buffer.from(code.replaceAll(',', '/'), 'base64')
    return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : whole
  })
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An instant as INTERNALDATE, in UTC: "17-Jul-1996 02:44:25 +0000". */
export function internalDate(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${String(at.getUTCDate()).padStart(2, ' ')}-${months[at.getUTCMonth()]}-${String(at.getUTCFullYear()).padStart(4, '0')}`
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
}

/** The instant of an INTERNALDATE; null when it is none. */
export function instantOf(text: string): Date | null {
  const found = /^\s*(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text)
  if (found === null) return null
  const [, day, month = '', year, hour, minute, second, sign, zoneHours, zoneMinutes] = found
  const index = months.findIndex((name) => name.toLowerCase() === month.toLowerCase())
  if (index < 0) return null
  const local = Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second))
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return new Date(local - zone)
}

/** Flags in one canonical order, without \Recent, which belongs to a session (RFC 3501 §2.3.2). */
export function flagText(flags: Iterable<string>): string {
  const kept = [...new Set(flags)].filter((flag) => flag !== '' && flag.toLowerCase() !== '\\recent')
  return kept.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(' ')
}

/** Whether two flag texts mean the same: names of flags have no case. */
export function sameFlags(a: string, b: string): boolean {
  return flagText(a.toLowerCase().split(' ')) === flagText(b.toLowerCase().split(' '))
}

/** Numbers as the shortest sequence set: "1:4,7". They must ascend. */
export function sequenceSet(numbers: readonly number[]): string {
  const parts: string[] = []
  let first = numbers[0]
  let last = first
  for (const number of [...numbers.slice(1), undefined]) {
    if (first === undefined || last === undefined) break
    if (number === last + 1) {
      last = number
      continue
    }
    parts.push(first === last ? String(first) : `${first}:${last}`)
    first = number
    last = number
  }
  return parts.join(',')
}

/** The numbers of a sequence set, in its order: of APPENDUID, whose order is that of the messages (RFC 4315 §3). */
export function numbersOf(set: string): number[] {
  return set.split(',').flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split(':').map(Number)
    if (!(to >= from) || to - from > 1_000_000) return []
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  })
}
