/** A case's number as people say it: the year it was opened in, where it was opened, and its place in the sequence. */
export function caseNumber(number: number, openedAt: string, zone: string): string {
  return `${Temporal.Instant.from(openedAt).toZonedDateTimeISO(zone).year}/${number}`
}
