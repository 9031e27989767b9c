/** How the person-days of a year stand, and how many there may be. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow, may, scopesOf } from '../../platform/permissions.ts'
import { selectApplications } from './internal/application-queries.ts'
import { insertQuota, selectEntries, selectLedger, selectQuotas } from './internal/entry-queries.ts'
import { type AreaStanding, dayOfYear, standingOf } from './internal/ledger.ts'
import { record } from './internal/record.ts'
import { type EntryRow, listEntriesInput, type QuotasInput, quotasInput } from './schema.ts'
import type { Area } from './vocabulary.ts'

export type { AreaStanding }

/**
 * How each area stands in a year, in tenths of a person-day, as of today. For the modules above: the caller's operation
 * has checked its permission.
 */
export async function personDayStanding(ctx: TxContext, year: number): Promise<Record<Area, AreaStanding>> {
  const entries = await selectLedger(ctx, year)
  const quotas = await selectQuotas(ctx, [year])
  const today = Temporal.Now.plainDateISO(ctx.zone).toString()
  const { dayOfYear: day, daysInYear } = dayOfYear(year, today)
  const of = (area: Area) =>
    standingOf(
      entries.filter((entry) => entry.area === area),
      quotas.find((one) => one.area === area) ?? null,
      day,
      daysInYear,
    )
  return { applications: of('applications'), web: of('web') }
}

/** The same, for whoever may read all of the ledger. */
export async function findStanding(ctx: Context, input: { year: unknown }): Promise<Record<Area, AreaStanding>> {
  requireAll(ctx)
  const { year } = parse(listEntriesInput, input)
  return read(ctx, (ctx) => personDayStanding(ctx, year))
}

// A steward reads the entries of their own applications; how the whole stands is for those who read all of them.
function requireAll(ctx: Context) {
  allow(ctx.actor, 'persondays.read', {})
}

const mostShown = 500

/** The entries of a year, newest first, at most 500; a steward's own applications only, unless all may be read. */
export async function listEntries(ctx: Context, input: { year: unknown }): Promise<EntryRow[]> {
  allow(ctx.actor, 'persondays.read')
  const { year } = parse(listEntriesInput, input)
  return read(ctx, (ctx) => selectEntries(ctx, year, onlyOf(ctx), mostShown))
}

/** Whose applications alone the actor reads; null is everybody's. */
export function onlyOf({ actor }: Pick<Context, 'actor'>): string | null {
  return scopesOf(actor, 'persondays.read').has('all') ? null : (actor.personId ?? noOne)
}

const noOne = '00000000-0000-0000-0000-000000000000'

/** What the page shows: the year, how it stands, entries and applications. */
export async function findYear(ctx: Context, input: { year: unknown }) {
  allow(ctx.actor, 'persondays.read')
  const { year } = parse(listEntriesInput, input)
  return read(ctx, async (ctx) => {
    const only = onlyOf(ctx)
    const applications = await selectApplications(ctx, only)
    const decidesAll = scopesOf(ctx.actor, 'persondays.decide').has('all')
    const mayDecide = may(ctx.actor, 'persondays.decide')
    const own = applications.filter((one) => mayDecide && one.stewardId === ctx.actor.personId)
    return {
      year,
      standing: only === null ? await personDayStanding(ctx, year) : null,
      entries: await selectEntries(ctx, year, only, mostShown),
      applications,
      /** On whose entries the actor decides: those of these applications; null is everybody's. */
      decidable: decidesAll ? null : own.map((one) => one.id),
    }
  })
}

/**
 * Sets how many days a year may have, by area, from an act. What is set already stays: another number is a new version
 * beside it, and the newest known one counts. The same again changes nothing.
 */
export async function setPersonDayQuotas(
  ctx: Context,
  input: QuotasInput,
): Promise<{ set: number; unchanged: number }> {
  allow(ctx.actor, 'persondays.quota')
  const wanted = parse(quotasInput, input)
  return transact(ctx, async (ctx) => {
    const known = await selectQuotas(ctx, [...new Set(wanted.map(({ year }) => year))])
    const fresh = wanted.filter(
      (one) =>
        !known.some((before) =>
          (['year', 'area', 'tenths', 'mostTenths', 'act'] as const).every((name) => before[name] === one[name]),
        ),
    )
    for (const quota of fresh) {
      const id = randomUUIDv7()
      const happening = { subjectType: 'person_day_quota', subjectId: id, kind: 'persondays.quota_set' } as const
      const { occurredAt } = await record(ctx, { ...happening, payload: { ...quota } })
      await insertQuota(ctx, { id, knownFrom: occurredAt, ...quota })
    }
    return { set: fresh.length, unchanged: wanted.length - fresh.length }
  })
}
