/** Inventory campaigns: what the register expects, what is read, and what differs. Nothing moves because it was not found. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, transact } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import {
  type Campaign,
  type CampaignDetail,
  type ClosedCampaign,
  type ExpectedItem,
  mostExpected,
  type OpenCampaignInput,
  type OpenedCampaign,
  openCampaignInput,
  type ReadingInput,
  type RecordedReading,
  readingInput,
  type SettleInput,
  settleInput,
} from './campaign-schema.ts'
import { campaignTexts } from './campaign-texts.ts'
import {
  closeCampaignRows,
  insertCampaign,
  insertReading,
  lockCampaign,
  selectCampaigns,
  selectExpected,
  selectReading,
  selectRows,
  selectToVerify,
  settleItem,
} from './internal/campaign-queries.ts'
import { selectMarked } from './internal/marks.ts'
import { record } from './internal/record.ts'
import { itemTypeNames, itemTypes } from './item-types.ts'
import { conflict, wrong } from './problems.ts'

/** More differences are in the file. */
const mostShown = 1000
/** A phone keeps so many; what else it reads is decided by the server. */
export const mostOnPhone = 3000
/** A phone's clock may be ahead; a reading older than this was not of this inventory. */
const clockSlackMs = 5 * 60_000
const oldestReadingMs = 14 * 86_400_000

/** The newest fifty campaigns with their counts. */
export async function listCampaigns(ctx: Context): Promise<Campaign[]> {
  allow(ctx.actor, 'register.manage')
  return read(ctx, (ctx) => selectCampaigns(ctx))
}

/** One campaign with its differences: missing, elsewhere, unknown. */
export async function findCampaign(ctx: Context, id: string): Promise<CampaignDetail> {
  allow(ctx.actor, 'register.manage')
  return read(ctx, async (ctx) => {
    const found = (await selectCampaigns(ctx, id))[0] ?? fail(notFound())
    return { ...found, rows: await selectRows(ctx, id, 'differences', mostShown) }
  })
}

/** What a campaign expects, as a phone keeps it, by room and code. */
export async function listExpected(ctx: Context, id: string): Promise<ExpectedItem[]> {
  allow(ctx.actor, 'register.manage')
  return read(ctx, (ctx) => selectExpected(ctx, id, mostOnPhone))
}

/**
 * Opens a campaign: it expects what the register has now at these offices (and below), sites and of these types. Refused
 * when that is nothing, or more than one campaign can hold.
 */
export async function openCampaign(ctx: Context, input: OpenCampaignInput): Promise<OpenedCampaign> {
  allow(ctx.actor, 'register.manage')
  const request = parse(openCampaignInput, input)
  // Databases and procedures are in no room.
  const things = itemTypeNames.filter((type) => itemTypes[type].usefulLife !== null)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'campaign.open', request, id)
    if (earlier !== null) return { id: earlier, expected: (await selectCampaigns(ctx, earlier))[0]?.expected ?? 0 }
    const expected = await insertCampaign(ctx, { ...request, id }, request.types.length > 0 ? request.types : things)
    if (expected === 0) throw wrong('name', (t) => t.nothingExpected)
    if (expected > mostExpected) throw wrong('name', (t) => t.tooMuchExpected(mostExpected))
    const { name, on, officeIds, siteIds, types } = request
    await record(ctx, {
      ...{ subjectType: 'inventory_campaign', subjectId: id, kind: 'campaign.opened' },
      ...{ payload: { on, officeIds, siteIds, types, expected }, text: { name } },
    })
    return { id, expected }
  })
}

/**
 * Notes that a thing was read, where and when: by label, code, serial or inventory number. Told twice with one key it is
 * kept once. What is not in the register is noted as unknown. Refused when the campaign is closed.
 */
export async function recordReading(ctx: Context, campaignId: string, input: ReadingInput): Promise<RecordedReading> {
  allow(ctx.actor, 'register.manage')
  const { readAt = new Date().toISOString(), ...request } = parse(readingInput, input)
  const at = Date.parse(readAt)
  if (at > Date.now() + clockSlackMs) throw wrong('readAt', (t) => t.inFuture)
  if (at < Date.now() - oldestReadingMs) throw wrong('readAt', (t) => t.readTooOld)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const told = { ...request, ...(input.readAt !== undefined && { readAt }) }
    const earlier = await claimKey(ctx, `campaign.read ${campaignId}`, told, id)
    if (earlier === null) {
      const found = (await lockCampaign(ctx, campaignId, 'read')) ?? fail(notFound())
      if (found.closedAt !== null) throw conflict('campaign_closed', (t) => t.campaignClosed)
      const [itemId = null] = await selectMarked(ctx, [request.mark])
      await phrasing(
        { campaign_reading_organisation_id_site_id_fkey: () => wrong('siteId', (t) => t.unknownSite) },
        () => insertReading(ctx, campaignId, { id, ...request, itemId, readAt }),
      )
      await record(ctx, {
        ...{ subjectType: 'inventory_campaign', subjectId: campaignId, kind: 'campaign.read', occurredAt: readAt },
        ...{ payload: { readingId: id, itemId, siteId: request.siteId } },
        text: { room: request.room, ...(itemId === null && { mark: request.mark }) },
      })
    }
    const row = (await selectReading(ctx, campaignId, earlier ?? id)) ?? fail(notFound())
    return { id: earlier ?? id, code: row.code, finding: row.finding }
  })
}

/** Ends a campaign: what was not read is to be verified by a person; the register itself does not change. */
export async function closeCampaign(ctx: Context, id: string): Promise<ClosedCampaign> {
  allow(ctx.actor, 'register.manage')
  return transact(ctx, async (ctx) => {
    const found = (await lockCampaign(ctx, id, 'close')) ?? fail(notFound())
    if (found.closedAt !== null) throw conflict('campaign_closed', (t) => t.campaignClosed)
    const missing = await closeCampaignRows(ctx, id)
    const counts = (await selectCampaigns(ctx, id))[0]
    await record(ctx, {
      ...{ subjectType: 'inventory_campaign', subjectId: id, kind: 'campaign.closed' },
      payload: {
        found: counts?.found,
        elsewhere: counts?.elsewhere,
        unknown: counts?.unknown,
        missing: missing.length,
      },
    })
    return { id, toVerify: missing.length }
  })
}

/** Says what became of a thing that was missing; whatever has to change in the register is a movement of its own. */
export async function settleMissing(
  ctx: Context,
  campaignId: string,
  itemId: string,
  input: SettleInput,
): Promise<{ id: string }> {
  allow(ctx.actor, 'register.manage')
  const { note } = parse(settleInput, input)
  return transact(ctx, async (ctx) => {
    if (!(await settleItem(ctx, campaignId, itemId))) throw notFound()
    await record(ctx, {
      ...{ subjectType: 'inventory_campaign', subjectId: campaignId, kind: 'campaign.settled' },
      ...{ payload: { itemId }, text: { note } },
    })
    return { id: itemId }
  })
}

/** The campaigns in which an item was missing and is still to be verified, newest first. */
export async function listToVerify(ctx: Context, itemId: string): Promise<{ id: string; name: string; on: string }[]> {
  allow(ctx.actor, 'register.read')
  return read(ctx, (ctx) => selectToVerify(ctx, itemId))
}

/** Every thing of a campaign with what came of it, for spreadsheets. */
export async function campaignCsv(ctx: Context, id: string): Promise<string> {
  allow(ctx.actor, 'register.manage')
  const rows = await read(ctx, async (ctx) => {
    if ((await selectCampaigns(ctx, id)).length === 0) throw notFound()
    return selectRows(ctx, id, 'all', mostExpected * 2)
  })
  const t = campaignTexts[ctx.language]
  const head = [
    'finding',
    'code',
    'read',
    'name',
    'serial',
    'office',
    'site',
    'room',
    'read_site',
    'read_room',
    'read_at',
    'to_verify',
  ]
  const lines = rows.map((row) =>
    csvLine([
      ...[t.findings[row.finding], row.code, row.mark, row.name, row.serial, row.officeName, row.siteName, row.room],
      ...[row.readSiteName, row.readRoom, row.readAt, row.toVerify ? t.yes : t.no],
    ]),
  )
  return csvByteOrderMark + csvLine(head) + lines.join('')
}
