/** A calendar as people write it in a form, and back. Pure. */
import type { CalendarRules } from '../../../platform/calendar.ts'

/** Rules as the form gives them: not yet checked. `lines` says on which line each exception stands. */
export type WrittenRules = {
  rules: Omit<CalendarRules, 'zone'>
  /** The form's field for the path of a wrong rule, and its line if it has one. */
  fieldOf: (path: string) => { name: string; line: number | null; isUnreadable: boolean }
}

type Window = { from: string; to: string }

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** Reads the fields day1 … day7, holidays, patronDay and exceptions. What cannot be read is left for the check to refuse. */
export function readRules(field: (name: string) => string): WrittenRules {
  const weekly = weekdays.flatMap((day) => windowsOf(field(`day${day}`)).map((window) => ({ day, ...window })))
  const lines = field('exceptions')
    .split('\n')
    .flatMap((content, index) => (content.trim() === '' ? [] : [{ line: index + 1, ...exceptionOf(content.trim()) }]))
  return {
    rules: {
      weekly,
      holidays: field('holidays') === '' ? 'none' : 'italian',
      patronDay: field('patronDay').trim() || null,
      exceptions: lines.map(({ date, windows, reason }) => ({ date, windows, reason })),
    },
    fieldOf: (path) => {
      const [, part = path, index] = path.split('.')
      const plain = { name: part, line: null, isUnreadable: false }
      if (index === undefined) return part === 'weekly' ? { ...plain, name: 'week' } : plain
      if (part === 'weekly') return { ...plain, name: `day${weekly[Number(index)]?.day}` }
      const written = lines[Number(index)]
      return { ...plain, line: written?.line ?? null, isUnreadable: written?.windows[0]?.from === '' }
    },
  }
}

/** "08:00-13:00 15:00-18:00", also written "8-13, 15-18" or with a dash. */
function windowsOf(text: string): Window[] {
  return text
    .trim()
    .replaceAll(/\s*[-–]\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(windowOf)
}

function windowOf(text: string): Window {
  const [from = '', to = ''] = text.split('-')
  return { from: timeOf(from), to: timeOf(to) }
}

function timeOf(text: string): string {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text) ?? []
  return hour === undefined ? text : `${hour.padStart(2, '0')}:${minute}`
}

/** "2026-12-24 08:00-13:00 vigilia" or "24/12/2026 chiuso ponte". */
function exceptionOf(content: string): { date: string; windows: Window[]; reason: string } {
  const [first = '', ...rest] = content.replaceAll(/(?<=\d)\s*[-–]\s*(?=\d{1,2}[:.]?\d{0,2}\b)/g, '-').split(/\s+/)
  const date = dateOf(first)
  const [second = '', ...after] = rest
  if (/^(chiuso|closed)$/i.test(second)) return { date, windows: [], reason: after.join(' ') }
  const until = rest.findIndex((word) => !/^\d[\d:.]*[-–]\d[\d:.]*$/.test(word))
  const hours = until === -1 ? rest : rest.slice(0, until)
  const reason = until === -1 ? [] : rest.slice(until)
  // Neither closed nor hours: an empty time, which the check refuses.
  return { date, windows: hours.length === 0 ? [{ from: '', to: '' }] : hours.map(windowOf), reason: reason.join(' ') }
}

function dateOf(text: string): string {
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? []
  return day === undefined || month === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** The rules as the form's fields hold them, to begin a new version from the one before. */
export function writeRules(rules: CalendarRules, closed: string): Record<string, string> {
  const span = ({ from, to }: Window) => `${from}-${to}`
  const week = weekdays.map((day) => [
    `day${day}`,
    rules.weekly
      .filter((window) => window.day === day)
      .map(span)
      .join(' '),
  ])
  return {
    ...Object.fromEntries(week),
    holidays: rules.holidays === 'italian' ? 'on' : '',
    patronDay: rules.patronDay ?? '',
    exceptions: rules.exceptions
      .map(
        ({ date, windows, reason }) =>
          `${date} ${windows.length === 0 ? closed : windows.map(span).join(' ')} ${reason}`,
      )
      .join('\n'),
  }
}
