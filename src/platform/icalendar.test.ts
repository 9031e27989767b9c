/** Calendar files against the letter of RFC 5545. */
import { describe, expect, test } from 'vitest'
import { type CalendarEvent, writeCalendar } from './icalendar.ts'

const event: CalendarEvent = {
  ...{ uid: 'uno@sitec', sequence: 3, summary: 'Passaggio', description: '', url: 'https://sitec.example.it/g/1' },
  ...{ status: 'CONFIRMED', when: { at: '2026-12-02T17:00:00+01:00', minutes: 60 } },
}
const write = (more: Partial<CalendarEvent> = {}) =>
  writeCalendar('Gruppi', '2026-11-30T10:00:00.123Z', [{ ...event, ...more }])
/** As a reader unfolds it (§3.1). */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

describe('a calendar file', () => {
  test('an instant is in UTC with its length; every line ends with CRLF', () => {
    const text = write()
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(unfolded(text)).toEqual(
      expect.arrayContaining(['DTSTAMP:20261130T100000Z', 'DTSTART:20261202T160000Z', 'DURATION:PT60M', 'SEQUENCE:3']),
    )
  })

  test('whole days end with the day after the last, also over the turn of the year and of summer time', () => {
    const days = unfolded(write({ when: { days: { from: '2026-12-02', to: '2026-12-31' } } }))
    expect(days).toEqual(
      expect.arrayContaining(['DTSTART;VALUE=DATE:20261202', 'DTEND;VALUE=DATE:20270101', 'TRANSP:TRANSPARENT']),
    )
  })

  test('what a text may not hold is escaped, and nothing a name says begins a line of its own', () => {
    const summary = 'Tributi; anagrafe, «città»\\\r\nEND:VCALENDAR\u0007'
    const lines = unfolded(write({ summary }))
    expect(lines).toContain('SUMMARY:Tributi\\; anagrafe\\, «città»\\\\\\nEND:VCALENDAR')
    expect(lines.filter((line) => line === 'END:VCALENDAR')).toHaveLength(1)
  })

  test('long lines are folded at 75 octets and never within a character', () => {
    const summary = 'àèìòù€𝄞'.repeat(40)
    const text = write({ summary })
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(line).not.toContain('\uFFFD')
    }
    expect(unfolded(text)).toContain(`SUMMARY:${summary}`)
  })
})
