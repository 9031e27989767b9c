/** Today's date in the organisation's zone. */
export function today(zone: string): string {
  return Temporal.Now.plainDateISO(zone).toString()
}
