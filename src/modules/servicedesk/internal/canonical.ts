/**
 * One text for equal values: the database keeps the keys of JSON in an order of its own, JSON columns are written as text
 * and read as values, and instants have microseconds there.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(ordered(value))
}

function ordered(value: unknown): unknown {
  if (typeof value === 'string' && /^[[{]/.test(value)) return orderedText(value)
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value)) return new Date(value).toISOString()
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}

// A reference that somebody typed may begin with a bracket too.
function orderedText(text: string): unknown {
  try {
    return ordered(JSON.parse(text))
  } catch {
    return text
  }
}
