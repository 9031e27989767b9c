/** Trying a calendar: when something is due, and which days of a year are unlike the others. Server side only. */
import { z } from 'zod'
import { type CompiledCalendar, endOfWorkingDay, isOpen, nextOpening } from '../../../platform/calendar.ts'
import type { Context } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { type Calendar, loadCalendar } from '../calendars.ts'
import { type Special, specialDays } from '../closures.ts'

const asked = z.object({
  at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
  days: z.coerce.number().int().min(1).max(250),
})

export type Trial = {
  at: string
  days: string
  calendarId: string | null
  problem: 'wrong' | 'beyond' | null
  answer: { due: string; isOpen: boolean; opens: string | null } | null
  year: number
  special: Special[]
}

/** The answer to what the address asks, and the year's special days of the calendar chosen. */
export async function tryCalendar(ctx: Context, calendars: Calendar[], search: URLSearchParams): Promise<Trial> {
  const now = Temporal.Now.plainDateTimeISO(ctx.zone)
  const rightNow = now.toString({ smallestUnit: 'minute' })
  const at = search.get('quando') ?? rightNow
  const days = search.get('giorni') ?? '3'
  const chosen = calendars.find(({ id }) => id === search.get('calendario')) ?? calendars[0]
  const parsed = asked.safeParse({ at, days })
  const day = parsed.success ? plainDay(at) : null
  const year = day !== null && day.year > 1986 && day.year < 2200 ? day.year : now.year
  const base = {
    at: day === null ? rightNow : at,
    days,
    calendarId: chosen?.id ?? null,
    year,
    special: chosen ? specialDays(chosen, year) : [],
  }
  if (!search.has('quando') || chosen === undefined) return { ...base, problem: null, answer: null }
  if (!parsed.success || day === null || day.year !== year) return { ...base, problem: 'wrong', answer: null }
  const answer = await answerOf(ctx, chosen.id, instantOf(at, ctx.zone), parsed.data.days, year)
  return { ...base, problem: answer === null ? 'beyond' : null, answer }
}

async function answerOf(ctx: Context, id: string, at: number, days: number, year: number): Promise<Trial['answer']> {
  try {
    const calendar = await loadCalendar(ctx, id, year, year + 2)
    return reckon(calendar, at, days)
  } catch (error) {
    // Beyond what the calendar knows; anything else is not ours.
    if (error instanceof RangeError || (error instanceof Problem && error.code === 'calendar_empty')) return null
    throw error
  }
}

function reckon(calendar: CompiledCalendar, at: number, days: number) {
  const open = isOpen(calendar, at)
  return {
    due: new Date(endOfWorkingDay(calendar, at, days)).toISOString(),
    isOpen: open,
    opens: open ? null : new Date(nextOpening(calendar, at)).toISOString(),
  }
}

function plainDay(at: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDateTime.from(at, { overflow: 'reject' }).toPlainDate()
  } catch {
    return null
  }
}

function instantOf(at: string, zone: string): number {
  return Temporal.PlainDateTime.from(at).toZonedDateTime(zone).epochMilliseconds
}
