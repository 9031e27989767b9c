/** The calendar of waves: by week for people, and as a file for their own calendars. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { type CalendarEvent, writeCalendar } from '../../platform/icalendar.ts'
import { allow } from '../../platform/permissions.ts'
import { loadClosures, type Special } from '../organisation/closures.ts'
import { organisationTexts } from '../organisation/texts.ts'
import { defaultSpeed, estimateMailbox, estimateWave } from './internal/estimate.ts'
import { selectLoads, type WaveLoad } from './internal/wave-calendar-queries.ts'
import { selectWaves } from './internal/wave-queries.ts'
import { type Dated, dayOf, supportDays, weeksOf, withClashes } from './internal/wave-weeks.ts'
import {
  type CalendarWave,
  type WaveCalendar,
  type WaveCalendarQuery,
  waveCalendarQuery,
} from './wave-calendar-schema.ts'
import type { WaveRow } from './wave-schema.ts'
import { waveTexts } from './wave-texts.ts'

const weeksShown = 13
/** Weeks before this one that are shown at first: what was cut over lately is still looked after. */
const weeksBefore = 2

/** A quarter of weeks with cut-overs, support and closures; two cut-overs on one day, or one on a closed day, are marked. */
export async function listWaveCalendar(ctx: Context, query: WaveCalendarQuery = {}): Promise<WaveCalendar> {
  const { from } = parse(waveCalendarQuery, query)
  allow(ctx.actor, 'mailboxes.read')
  const today = Temporal.Now.plainDateISO(ctx.zone)
  const asked = from === undefined ? today.subtract({ weeks: weeksBefore }) : Temporal.PlainDate.from(from)
  const first = asked.subtract({ days: asked.dayOfWeek - 1 })
  const last = first.add({ weeks: weeksShown }).subtract({ days: 1 })
  const { dated, undated } = await read(ctx, loadWaves)
  const closures = await loadClosures(ctx, first.toString(), last.toString())
  const closed = new Set(closures.map(({ date }) => date))
  const shown = closures.map((closure) => ({ date: closure.date, name: nameOf(ctx, closure) }))
  return {
    today: today.toString(),
    weeks: weeksOf(first.toString(), weeksShown, withClashes(dated, closed), shown),
    undated,
    earlier: first.subtract({ weeks: weeksShown }).toString(),
    later: first.add({ weeks: weeksShown }).toString(),
  }
}

function nameOf({ language }: Context, { holiday, reason }: Special): string {
  if (holiday !== null) return organisationTexts[language].holidays[holiday]
  return reason ?? waveTexts[language].calendar.patron
}

async function loadWaves(ctx: TxContext) {
  const waves = await selectWaves(ctx)
  const loads = Map.groupBy(await selectLoads(ctx), ({ waveId }) => waveId)
  return {
    dated: waves.flatMap((wave) =>
      wave.cutOverAt === null ? [] : [toDated(ctx, wave, wave.cutOverAt, loads.get(wave.id) ?? [])],
    ),
    undated: waves
      .filter(({ cutOverAt, state }) => cutOverAt === null && state !== 'stopped')
      .map(({ number, name }) => ({ number, name })),
  }
}

function toDated({ zone }: TxContext, wave: WaveRow, cutOverAt: string, loads: readonly WaveLoad[]): Dated {
  const { id, number, name, state, version, mailboxes, messages, mostAtOnce } = wave
  const day = dayOf(cutOverAt, zone)
  const estimates = loads.map((load) => estimateMailbox(load, defaultSpeed, load.dailyBytes))
  return {
    ...{ id, number, name, state, version, mailboxes, messages, day },
    cutOverAt: new Date(cutOverAt).toISOString(),
    supportUntil: wave.supportUntil ?? Temporal.PlainDate.from(day).add({ days: supportDays }).toString(),
    estimate: loads.length === 0 ? null : estimateWave(estimates, mostAtOnce),
  }
}

/** Every wave that has a day, as a calendar file (RFC 5545): its cut-over and its support days. Numbers only, no addresses. */
export async function waveCalendarFile(ctx: Context): Promise<string> {
  allow(ctx.actor, 'mailboxes.read')
  const { dated } = await read(ctx, loadWaves)
  const { calendar: t } = waveTexts[ctx.language]
  const events = withClashes(dated, new Set()).flatMap((wave) => eventsOf(ctx, wave))
  return writeCalendar(t.fileName(ctx.organisationName), new Date().toISOString(), events)
}

const cutOverMinutes = 60

function eventsOf(ctx: Context, wave: CalendarWave): CalendarEvent[] {
  const { id, number, name, version: sequence, state, day, supportUntil, mailboxes } = wave
  const { calendar: t } = waveTexts[ctx.language]
  const url = new URL(`/caselle/gruppi/${number}`, ctx.services.url).href
  const isPlanned = ['planned', 'copying', 'paused'].includes(state)
  const status = state === 'stopped' ? 'CANCELLED' : isPlanned ? 'TENTATIVE' : 'CONFIRMED'
  const common = { sequence, url, status, description: t.mailboxes(mailboxes) } as const
  return [
    {
      ...{ ...common, uid: `${id}-cutover@sitec`, summary: t.cutOver(number, name) },
      when: { at: wave.cutOverAt, minutes: cutOverMinutes },
    },
    {
      ...{ ...common, uid: `${id}-support@sitec`, summary: t.support(number, name) },
      when: { days: { from: day, to: supportUntil } },
    },
  ]
}
