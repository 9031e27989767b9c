/** QR codes (ISO/IEC 18004): bytes, error correction M, versions 1 to 10, which is up to 213 bytes: an address. */

/** Per version: error-correction codewords of a block, then how many blocks hold how many data codewords. */
const versions: readonly (readonly [ecc: number, blocks: readonly (readonly [count: number, data: number])[]])[] = [
  [10, [[1, 16]]],
  [16, [[1, 28]]],
  [26, [[1, 44]]],
  [18, [[2, 32]]],
  [24, [[2, 43]]],
  [16, [[4, 27]]],
  [18, [[4, 31]]],
  [
    22,
    [
      [2, 38],
      [2, 39],
    ],
  ],
  [
    22,
    [
      [3, 36],
      [2, 37],
    ],
  ],
  [
    26,
    [
      [4, 43],
      [1, 44],
    ],
  ],
]

/** A square of modules, true where dark. */
export type QrCode = readonly (readonly boolean[])[]

/** The code of a text in UTF-8. Throws RangeError when it is longer than 213 bytes. */
export function qrCode(text: string): QrCode {
  const bytes = new TextEncoder().encode(text)
  const version = versions.findIndex((_, index) => capacity(index + 1) >= bytes.length) + 1
  if (version === 0) throw new RangeError(`${bytes.length} bytes do not fit in a QR code of version 10`)
  const bare = emptyCode(version)
  place(bare, codewords(bytes, version))
  const masked = masks.map((mask, number) => finish(bare, mask, number))
  return masked.reduce((best, one) => (penalty(one) < penalty(best) ? one : best))
}

/** The dark modules as the `d` of an SVG path, one unit a module; leave four units of light around it. */
export function qrPath(code: QrCode): string {
  return code.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
}

/** The code as a drawing for a PDF, with its margin of light. */
export function qrDrawing(text: string): string {
  const code = qrCode(text)
  const side = code.length + 8
  // One rectangle for each run of dark modules: a third of the drawing it would be otherwise.
  const runs = code.flatMap((row, y) =>
    [
      ...row
        .map((isDark) => (isDark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ index, 0: run }) => `M${index + 4} ${y + 4}h${run.length}v1h-${run.length}z`),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path d="${runs.join('')}" fill="#000"/></svg>`
}

type Grid = (boolean | null)[][]
/** The modules that data may not use, and the modules laid so far: null is still free. */
type Bare = { fixed: boolean[][]; grid: Grid }

const dataCodewords = (version: number) =>
  (versions[version - 1]?.[1] ?? []).reduce((sum, [count, data]) => sum + count * data, 0)
const countBits = (version: number) => (version < 10 ? 8 : 16)
const capacity = (version: number) => Math.floor((dataCodewords(version) * 8 - 4 - countBits(version)) / 8)

function codewords(bytes: Uint8Array, version: number): number[] {
  const room = dataCodewords(version)
  const bits = `0100${bytes.length.toString(2).padStart(countBits(version), '0')}${[...bytes].map(octet).join('')}0000`
  const data = (bits.slice(0, room * 8).match(/.{1,8}/g) ?? []).map((part) => Number.parseInt(part.padEnd(8, '0'), 2))
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad)
  const [ecc, groups] = versions[version - 1] ?? [0, []]
  const blocks = groups.flatMap(([count, size]) => Array.from({ length: count }, () => data.splice(0, size)))
  return [...interleaved(blocks), ...interleaved(blocks.map((block) => correction(block, ecc)))]
}

const octet = (byte: number) => byte.toString(2).padStart(8, '0')

function interleaved(blocks: readonly number[][]): number[] {
  const longest = Math.max(...blocks.map((block) => block.length))
  return Array.from({ length: longest }, (_, at) => blocks.flatMap((block) => block[at] ?? [])).flat()
}

// Reed-Solomon over GF(256) with the polynomial 0x11d.
function correction(data: readonly number[], length: number): number[] {
  const generator = [1]
  for (let power = 0, root = 1; power < length; power += 1, root = times(root, 2)) {
    generator.push(0)
    for (let at = generator.length - 1; at > 0; at -= 1)
      generator[at] = (generator[at] ?? 0) ^ times(generator[at - 1] ?? 0, root)
  }
  const rest = new Array<number>(length).fill(0)
  for (const word of data) {
    const factor = word ^ (rest.shift() ?? 0)
    rest.push(0)
    for (let at = 0; at < length; at += 1) rest[at] = (rest[at] ?? 0) ^ times(generator[at + 1] ?? 0, factor)
  }
  return rest
}

function times(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit -= 1) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> bit) & 1) * a)
  return product
}

function emptyCode(version: number): Bare {
  const size = 17 + version * 4
  const grid: Grid = Array.from({ length: size }, () => new Array<boolean | null>(size).fill(null))
  const set = (x: number, y: number, isDark: boolean) => {
    const row = grid[y]
    if (row && x >= 0 && x < size) row[x] = isDark
  }
  const both = (x: number, y: number, isDark: boolean) => {
    set(x, y, isDark)
    set(y, x, isDark)
  }
  for (let at = 0; at < size; at += 1) both(6, at, at % 2 === 0)
  const rings = (cx: number, cy: number, reach: number, isDark: (ring: number) => boolean) => {
    for (let y = -reach; y <= reach; y += 1)
      for (let x = -reach; x <= reach; x += 1) set(cx + x, cy + y, isDark(Math.max(Math.abs(x), Math.abs(y))))
  }
  const corner = (ring: number) => ring !== 2 && ring !== 4
  rings(3, 3, 4, corner)
  rings(size - 4, 3, 4, corner)
  rings(3, size - 4, 4, corner)
  const centres = alignment(version, size)
  const last = centres.length - 1
  for (const [i, x] of centres.entries())
    for (const [j, y] of centres.entries())
      if (!((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)))
        rings(x, y, 2, (ring) => ring !== 1)
  // Kept free for format and version, which depend on the mask.
  for (let at = 0; at < 9; at += 1) if (at !== 6) both(at, 8, false)
  for (let at = size - 8; at < size; at += 1) both(at, 8, false)
  set(8, size - 8, true)
  if (version >= 7) for (let bit = 0; bit < 18; bit += 1) setVersion(set, size, version, bit)
  return { grid, fixed: grid.map((row) => row.map((module) => module !== null)) }
}

function alignment(version: number, size: number): number[] {
  if (version === 1) return []
  return version < 7 ? [6, size - 7] : [6, (size - 1) / 2, size - 7]
}

type Set = (x: number, y: number, isDark: boolean) => void

function setVersion(set: Set, size: number, version: number, bit: number) {
  const isDark = ((((version << 12) | remainder(version, 12, 0x1f25)) >> bit) & 1) === 1
  const [along, across] = [size - 11 + (bit % 3), Math.floor(bit / 3)]
  set(along, across, isDark)
  set(across, along, isDark)
}

// What is left of a number, shifted by some bits, after division by a polynomial.
function remainder(value: number, bits: number, divisor: number): number {
  let rest = value << bits
  for (let at = 31; at >= bits; at -= 1) if ((rest >>> at) & 1) rest ^= divisor << (at - bits)
  return rest
}

// Two columns at a time from the right, up and down in turn, past the upright timing line.
function place({ grid, fixed }: Bare, words: readonly number[]) {
  const bits = words.map(octet).join('')
  const size = grid.length
  let next = 0
  for (let pair = 0; pair < (size - 1) / 2; pair += 1) {
    const right = size - 1 - pair * 2 - (pair * 2 >= size - 7 ? 1 : 0)
    for (let step = 0; step < size; step += 1) {
      const y = pair % 2 === 0 ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        const row = grid[y]
        if (!row || fixed[y]?.[x]) continue
        row[x] = bits[next] === '1'
        next += 1
      }
    }
  }
}

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

function finish({ grid, fixed }: Bare, mask: (x: number, y: number) => boolean, number: number): QrCode {
  const size = grid.length
  const code = grid.map((row, y) =>
    row.map((module, x) => (fixed[y]?.[x] ? module === true : (module === true) !== mask(x, y))),
  )
  // Level M is 00 in the format's first two bits.
  const format = ((number << 10) | remainder(number, 10, 0x537)) ^ 0x5412
  const set: Set = (x, y, isDark) => {
    const row = code[y]
    if (row) row[x] = isDark
  }
  for (let bit = 0; bit < 15; bit += 1) {
    const isDark = ((format >> bit) & 1) === 1
    set(...beside(bit), isDark)
    if (bit < 8) set(size - 1 - bit, 8, isDark)
    else set(8, size - 15 + bit, isDark)
  }
  return code
}

// Where a bit of the format lies round the first corner; the timing lines are jumped.
function beside(bit: number): [x: number, y: number] {
  if (bit < 8) return [8, bit < 6 ? bit : bit + 1]
  return [bit === 8 ? 7 : 14 - bit, 8]
}

// Long runs, blocks, false corners and an uneven share of dark modules make a code hard to read.
function penalty(code: QrCode): number {
  const size = code.length
  const rows = code.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''))
  const columns = rows.map((_, x) => rows.map((row) => row[x]).join(''))
  const lines = [...rows, ...columns]
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0)
  const corners = lines.flatMap((line) => [...line.matchAll(/(?=00001011101|10111010000)/g)]).length
  let blocks = 0
  for (let y = 1; y < size; y += 1)
    for (let x = 1; x < size; x += 1) {
      const module = code[y]?.[x]
      if (module === code[y - 1]?.[x] && module === code[y]?.[x - 1] && module === code[y - 1]?.[x - 1]) blocks += 1
    }
  const dark = code.flat().filter(Boolean).length
  return runs + blocks * 3 + corners * 40 + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10
}
