/** A number field of a form: null when it was left empty; what is no number is left for the operation to refuse. */
export function numberOrNull(text: unknown): number | null | undefined {
  if (text === undefined || text === null || text === '') return null
  return typeof text === 'string' && /^\d{1,12}$/.test(text.trim()) ? Number(text) : Number.NaN
}
