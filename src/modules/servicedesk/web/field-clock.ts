/** Times of a visit as people type them, and time left as they say it. Runs in the browser and on the server. */
import type { FieldTexts } from '../texts/field-it.ts'

const minuteMs = 60_000

/** "10:05" of an instant, on the clock of whoever looks. */
export function clockNow(at: number): string {
  const date = new Date(at)
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
}

/** The last instant, not after `before`, at which this clock showed these hours and minutes; null when they are none. */
export function lastTime(text: string, before: number): number | null {
  const [, hours, minutes] = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim()) ?? []
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null
  const at = new Date(before)
  at.setHours(Number(hours), Number(minutes), 0, 0)
  if (at.getTime() > before) at.setDate(at.getDate() - 1)
  return at.getTime()
}

export type TimeLeft = { shape: 'st-ok' | 'st-warn' | 'st-late' | 'st-idle'; words: string }

/** Less than this is little. */
const soonMs = 2 * 60 * minuteMs

/** How much time is left until an instant: words, and the shape and colour that go with them. */
export function timeLeft(dueAt: string | null, now: number, t: FieldTexts['left']): TimeLeft {
  if (dueAt === null) return { shape: 'st-idle', words: t.none }
  const ms = Date.parse(dueAt) - now
  if (ms < 0) return { shape: 'st-late', words: t.late(span(-ms, t)) }
  return { shape: ms < soonMs ? 'st-warn' : 'st-ok', words: t.left(span(ms, t)) }
}

function span(ms: number, t: FieldTexts['left']): string {
  const minutes = Math.floor(ms / minuteMs)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return t.minutes(minutes)
  // Past six hours nobody plans by the minute.
  if (hours < 24) return t.hours(hours, hours < 6 ? minutes % 60 : 0)
  return t.days(Math.floor(hours / 24), Math.floor(hours / 24) < 3 ? hours % 24 : 0)
}
