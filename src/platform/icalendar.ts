/**
 * Calendar files (RFC 5545), so that what is planned goes into people's calendars. Pure.
 *
 * A day is written as a date, an instant in UTC; lines end with CRLF and are folded at 75 octets, never within a character.
 */

/** `days`: whole days, from the first to the last, both in it. `at`: an instant and how many minutes it takes. */
export type CalendarEvent = {
  /** Stays the same when the event changes, and is nobody else's. */
  uid: string
  /** Higher with each change. */
  sequence: number
  summary: string
  description: string
  url: string
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
  when: { days: { from: string; to: string } } | { at: string; minutes: number }
}

/** The file: `name` is shown as the calendar's, `now` is when it was written. */
export function writeCalendar(name: string, now: string, events: readonly CalendarEvent[]): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//SITEC//SITEC//IT', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap((event) => linesOf(event, utc(now))),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

function linesOf({ uid, sequence, summary, description, url, status, when }: CalendarEvent, stamp: string): string[] {
  return [
    ...['BEGIN:VEVENT', `UID:${uid}`, `DTSTAMP:${stamp}`, `SEQUENCE:${sequence}`],
    ...('days' in when ? wholeDays(when.days) : [`DTSTART:${utc(when.at)}`, `DURATION:PT${when.minutes}M`]),
    ...[`SUMMARY:${escaped(summary)}`, ...(description === '' ? [] : [`DESCRIPTION:${escaped(description)}`])],
    ...[`URL:${url}`, `STATUS:${status}`, `TRANSP:${'days' in when ? 'TRANSPARENT' : 'OPAQUE'}`, 'END:VEVENT'],
  ]
}

// The end is the first day that is not in it any more.
function wholeDays({ from, to }: { from: string; to: string }): string[] {
  const plain = (day: Temporal.PlainDate) => day.toString().replaceAll('-', '')
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
  return [`DTSTART;VALUE=DATE:${plain(first)}`, `DTEND;VALUE=DATE:${plain(last.add({ days: 1 }))}`]
}

function utc(at: string): string {
  return new Date(at).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
}

// RFC 5545 §3.3.11; other control characters are not allowed in a text.
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r?\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '')
}

const mostOctets = 75

function fold(line: string): string {
  const folded: string[] = []
  let [part, octets] = ['', 0]
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > mostOctets) {
      folded.push(part)
      // A line that goes on begins with a blank, which is one of its octets.
      part = ' '
      octets = 1
    }
    part += character
    octets += size
  }
  return [...folded, part].join('\r\n')
}
