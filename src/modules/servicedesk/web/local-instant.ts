/**
 * The instant (ISO) of what a field of type datetime-local holds, "2026-11-24T15:00", in the administration's zone. What
 * is no local time is given back as it is: the operation refuses it in words.
 */
export function localInstant(text: string, zone: string): string {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant().toString()
  } catch {
    return text
  }
}
