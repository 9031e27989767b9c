/** What the calendar of waves gives: the contract of API and page. */
import { z } from '@hono/zod-openapi'
import { waveStates } from './wave-vocabulary.ts'

/** `day` is local; `sameDay`: numbers of other waves of that day; `estimate`: how long the copy still takes. */
export const calendarWave = z
  .object({
    id: z.uuid(),
    number: z.int(),
    name: z.string(),
    state: z.enum(waveStates),
    version: z.int(),
    cutOverAt: z.string(),
    day: z.iso.date(),
    supportUntil: z.iso.date(),
    mailboxes: z.int(),
    messages: z.int(),
    estimate: z.object({ seconds: z.int(), days: z.int() }).nullable(),
    sameDay: z.array(z.int()),
    isHoliday: z.boolean(),
  })
  .openapi('CalendarWave')
export type CalendarWave = z.output<typeof calendarWave>

/** `ends` is the Sunday. Closures are those of the offices' calendar: holidays, the patron's day, exceptions. */
export const calendarWeek = z
  .object({
    begins: z.iso.date(),
    ends: z.iso.date(),
    cutOvers: z.array(calendarWave),
    supported: z.array(z.object({ number: z.int(), name: z.string(), until: z.iso.date(), endsHere: z.boolean() })),
    closures: z.array(z.object({ date: z.iso.date(), name: z.string() })),
  })
  .openapi('CalendarWeek')
export type CalendarWeek = z.output<typeof calendarWeek>

export const waveCalendar = z
  .object({
    today: z.iso.date(),
    weeks: z.array(calendarWeek),
    /** Not stopped, and nobody said when. */
    undated: z.array(z.object({ number: z.int(), name: z.string() })),
    /** The Monday of the page of weeks before this one, and of that after it. */
    earlier: z.iso.date(),
    later: z.iso.date(),
  })
  .openapi('WaveCalendar')
export type WaveCalendar = z.output<typeof waveCalendar>

export const waveCalendarQuery = z.object({ from: z.iso.date().optional() })
export type WaveCalendarQuery = z.input<typeof waveCalendarQuery>
