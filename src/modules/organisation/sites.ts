/** The places where offices are. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound, type Problem } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { insertSite, lockSite, selectSites, updateSite } from './internal/queries/offices.ts'
import { record, requireVersion } from './internal/record.ts'
import { wrong } from './problems.ts'
import {
  type AddedRow,
  type AddSiteInput,
  addSiteInput,
  type ChangedRow,
  type ChangeSiteInput,
  changeSiteInput,
  type Site,
} from './schema.ts'

/** Every site, by name. */
export async function listSites(ctx: Context): Promise<Site[]> {
  allow(ctx.actor, 'organisation.read')
  return read(ctx, selectSites)
}

/** Adds a site under a code of its own. */
export async function addSite(ctx: Context, input: AddSiteInput): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  const request = parse(addSiteInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'site.add', request, id)
    if (earlier !== null) return { id: earlier }
    await phrasing(violations, () => insertSite(ctx, { id, ...request }))
    await record(ctx, happening('site.added', id, request))
    return { id }
  })
}

/** Changes code, name or address of a site. */
export async function changeSite(ctx: Context, id: string, input: ChangeSiteInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version, ...request } = parse(changeSiteInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockSite(ctx, id)) ?? fail(notFound())
    await requireVersion(ctx, 'site', found, version)
    await phrasing(violations, () => updateSite(ctx, { id, ...request }, version + 1))
    await record(ctx, happening('site.changed', id, request))
    return { id, version: version + 1 }
  })
}

function happening(kind: string, id: string, { code, name, address }: { code: string; name: string; address: string }) {
  return { subjectType: 'site' as const, subjectId: id, kind, payload: { code }, text: { name, address } }
}

const violations: Record<string, () => Problem> = {
  site_organisation_id_code_key: () => wrong('code', (t) => t.problems.codeTaken),
}
