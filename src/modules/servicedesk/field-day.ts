/** A technician's day: the work on site that is theirs, by site, and what somebody asks them in person there. */
import { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { toRow } from './case-rows.ts'
import { undelivered } from './consumables.ts'
import { lockCase } from './internal/case-queries.ts'
import { selectClosedToday, selectFieldCases } from './internal/field-queries.ts'
import type { CaseFacts } from './internal/fold.ts'
import { readsWords } from './internal/reserved.ts'
import { openCase } from './open-case.ts'
import { caseRow, type OpenedCase } from './schema.ts'
import { takeCase } from './work-case.ts'

const fieldCase = caseRow
  .pick({ id: true, number: true, title: true, kind: true, state: true, waitingFor: true, dueAt: true })
  .extend({
    teamId: z.uuid().nullable(),
    place: z.string(),
    requesterName: z.string(),
    requesterPhone: z.string(),
    /** Pieces that were asked for and not delivered yet: such a case ends with a signature, not with a visit. */
    undelivered: z.int(),
  })
export type FieldCase = z.output<typeof fieldCase>

const fieldSite = z.object({
  id: z.uuid().nullable(),
  name: z.string().nullable(),
  address: z.string(),
  cases: z.array(fieldCase),
})
export type FieldSite = z.output<typeof fieldSite>

const fieldDay = z.object({
  sites: z.array(fieldSite),
  closed: z.array(z.object({ id: z.uuid(), number: z.string(), title: z.string(), at: z.string() })),
  isCapped: z.boolean(),
})
export type FieldDay = z.output<typeof fieldDay>

/** A phone page: what does not fit here is found in the queue. */
export const mostFieldCases = 40

/**
 * Work on site that the technician holds or a team of theirs may take up, grouped by the site of the asker's place, the
 * most urgent site first; beside it what they resolved today.
 */
export async function listFieldDay(ctx: Context): Promise<FieldDay> {
  allow(ctx.actor, 'case.work')
  return read(ctx, async (ctx) => {
    const found = await selectFieldCases(ctx, mostFieldCases + 1)
    const closed = await selectClosedToday(ctx)
    const sites = new Map<string | null, FieldSite>()
    for (const row of found.slice(0, mostFieldCases)) {
      const site = sites.get(row.site_id) ?? {
        id: row.site_id,
        name: row.site_name,
        address: row.site_address ?? '',
        cases: [],
      }
      site.cases.push(toFieldCase(ctx, row))
      sites.set(row.site_id, site)
    }
    return fieldDay.parse({
      sites: [...sites.values()],
      closed: closed.map((row) => ({ ...toRow(ctx, row), at: row.resolved_at })),
      isCapped: found.length > mostFieldCases,
    })
  })
}

type Found = Awaited<ReturnType<typeof selectFieldCases>>[number]

function toFieldCase(ctx: TxContext, row: Found): FieldCase {
  // Written by the fold and by nothing else.
  const goods = { details: row.details, deliveries: row.deliveries } as Pick<CaseFacts, 'details' | 'deliveries'>
  const place = readsWords(ctx, row) ? row.place : ''
  return fieldCase.parse({
    ...toRow(ctx, row),
    teamId: row.team_id,
    // The heading says the site already.
    place: place.startsWith(`${row.site_name}, `) ? place.slice(`${row.site_name}, `.length) : place,
    requesterName: row.requester_name,
    requesterPhone: row.requester_phone,
    undelivered: row.kind === 'consumable' ? undelivered(goods) : 0,
  })
}

export const addInPersonInput = z.object({
  kind: z.enum(['incident', 'service_request']).default('incident'),
  title: z.string().trim().min(3).max(200),
  requesterId: z.uuid(),
})

/** Opens a case for who asked in person, on site, and takes it in charge at once. The same key opens it once. */
export async function addInPerson(ctx: Context, input: z.input<typeof addInPersonInput>): Promise<OpenedCase> {
  const asked = parse(addInPersonInput, input)
  return transact({ ...ctx, door: 'desk' }, async (ctx) => {
    const opened = await openCase(ctx, { ...asked, inPerson: true })
    const found = await lockCase(ctx, opened.id)
    if (found?.state === 'new') await takeCase(ctx, opened.id)
    return opened
  })
}
