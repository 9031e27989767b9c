/** The instant in a cell of a file. Pure. */

const plain = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/

export type CellProblem = 'missing' | 'wrong' | 'ambiguous'

/**
 * Epoch milliseconds of "2026-05-04T10:30:00Z", of any offset, or of a local time of the administration ("2026-05-04
 * 10:30", "04/05/2026 10:30:15"). A local time that the change of the hour skips or repeats needs its offset.
 */
export function instantInCell(cell: string, zone: string): number | CellProblem {
  if (cell === '') return 'missing'
  if (plain.test(cell)) {
    const at = Date.parse(cell)
    return Number.isNaN(at) ? 'wrong' : at
  }
  const text = cell.replace(/^(\d{2})\/(\d{2})\/(\d{4})/, '$3-$2-$1').replace(' ', 'T')
  try {
    if (/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) return Temporal.Instant.from(text).epochMilliseconds
    if (!text.includes('T')) return 'wrong'
    const local = Temporal.PlainDateTime.from(text)
    const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds
    const later = local.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
    return earlier === later ? earlier : 'ambiguous'
  } catch (error) {
    if (error instanceof RangeError) return 'wrong'
    throw error
  }
}

/** The day (UTC) of an instant, YYYY-MM-DD, and the milliseconds since it began. */
export function dayAndMs(at: number): { day: number; ms: number } {
  const day = Math.floor(at / 86_400_000)
  return { day, ms: at - day * 86_400_000 }
}

export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}
