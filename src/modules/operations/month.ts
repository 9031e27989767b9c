/** What the pages of operations show: one month, of all scopes or of one. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound, Problem } from '../../platform/problem.ts'
import { loadCalendar } from '../organisation/calendars.ts'
import { availabilityFigures, callFigures, outageRows } from './figures.ts'
import { selectImports } from './internal/import-queries.ts'
import { selectInterruptions } from './internal/interruption-queries.ts'
import { selectProbes, selectScope, selectScopes } from './internal/scope-queries.ts'
import { toRow } from './interruptions.ts'
import { wrong } from './problems.ts'
import { monthInput } from './schema.ts'

/** A month of the administration's calendar, until now when it is the present one. */
export type Month = { month: string; from: string; until: string }

/** The month named ("2026-11"; the present one when absent), as instants; refused when it is not one. */
export function monthOf(ctx: Pick<Context, 'zone'>, text: string | undefined): Month {
  const parsed = monthInput.safeParse(text)
  if (!parsed.success) throw wrong('month', (t) => t.wrongMonth)
  const now = Temporal.Now.zonedDateTimeISO(ctx.zone)
  const month = parsed.data ?? now.toPlainDate().toPlainYearMonth().toString()
  const first = Temporal.PlainDate.from(`${month}-01`)
  const from = first.toZonedDateTime(ctx.zone).toInstant()
  const end = first.add({ months: 1 }).toZonedDateTime(ctx.zone).toInstant()
  const until = Temporal.Instant.compare(end, now.toInstant()) > 0 ? now.toInstant() : end
  const isAhead = Temporal.Instant.compare(from, until) >= 0
  return { month, from: from.toString(), until: (isAhead ? end : until).toString() }
}

/** The last twelve months, the present one first. */
export function monthsOffered(ctx: Pick<Context, 'zone'>): string[] {
  const now = Temporal.Now.plainDateISO(ctx.zone).toPlainYearMonth()
  return Array.from({ length: 12 }, (_, back) => now.subtract({ months: back }).toString())
}

/** The month of all scopes: availability, calls, interruptions (those that wait first), probes and files. */
export async function findMonth(ctx: Context, text: string | undefined) {
  allow(ctx.actor, 'operations.read')
  const { month, from, until } = monthOf(ctx, text)
  return read(ctx, async (ctx) => {
    const hours = await officeHours(ctx, from, until)
    const interruptions = (await selectInterruptions(ctx, { from, until: endOf(ctx, month), withWaiting: true })).map(
      toRow,
    )
    return {
      month,
      scopes: await availabilityFigures(ctx, { from, until, hours: null }),
      calls: await callFigures(ctx, { from, until, hours }),
      hasHours: hours !== null,
      interruptions,
      probes: await selectProbes(ctx),
      allScopes: (await selectScopes(ctx, null)).map(({ id, code, name }) => ({ id, code, name })),
      imports: await selectImports(ctx, 10),
      may: mayHere(ctx),
    }
  })
}

/** The month of one scope: its figure opened into outages, declarations, single checks and interruptions. */
export async function findScopeMonth(ctx: Context, id: string, text: string | undefined) {
  allow(ctx.actor, 'operations.read')
  const { month, from, until } = monthOf(ctx, text)
  return read(ctx, async (ctx) => {
    const scope = (await selectScope(ctx, id)) ?? fail(notFound())
    const rows = (await outageRows(ctx, { scopeId: id, from, until, hours: null })) ?? fail(notFound())
    const figures = (await availabilityFigures(ctx, { from, until, hours: null })).find((one) => one.scopeId === id)
    const interruptions = await selectInterruptions(ctx, { from, until: endOf(ctx, month), scopeId: id })
    return {
      month,
      until,
      scope,
      ...rows,
      figures: figures ?? null,
      interruptions: interruptions.map(toRow),
      may: mayHere(ctx),
    }
  })
}

// What is planned for the rest of the present month is shown too.
function endOf(ctx: Context, month: string): string {
  return Temporal.PlainDate.from(`${month}-01`).add({ months: 1 }).toZonedDateTime(ctx.zone).toInstant().toString()
}

// Without a calendar the calls are counted at all hours, and the page says so.
async function officeHours(ctx: TxContext, from: string, until: string) {
  const year = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO(ctx.zone).year
  try {
    return await loadCalendar(ctx, null, year(from), year(until))
  } catch (error) {
    if (error instanceof Problem && error.code === 'calendar_empty') return null
    throw error
  }
}

function mayHere({ actor }: Context) {
  return {
    import: may(actor, 'operations.import'),
    manage: may(actor, 'operations.manage'),
    propose: may(actor, 'interruption.propose'),
    decide: may(actor, 'interruption.decide'),
    tell: may(actor, 'interruption.propose') || may(actor, 'interruption.decide'),
  }
}
