/** Inputs and outputs of inventory campaigns. */
import { z } from '@hono/zod-openapi'
import { itemTypeNames } from './item-types.ts'
import { findings } from './vocabulary.ts'

/** More than this is several campaigns. */
export const mostExpected = 20_000

export const openCampaignInput = z
  .object({
    name: z.string().trim().min(2).max(200),
    on: z.iso.date().openapi({ description: 'The day of the inventory' }),
    officeIds: z
      .array(z.uuid())
      .max(200)
      .default([])
      .openapi({ description: 'With the offices below them; none: all' }),
    siteIds: z.array(z.uuid()).max(200).default([]),
    types: z
      .array(z.enum(itemTypeNames))
      .max(100)
      .default([])
      .openapi({ description: 'None: things, not databases or procedures' }),
  })
  .openapi('OpenCampaign')
export type OpenCampaignInput = z.input<typeof openCampaignInput>

export const readingInput = z
  .object({
    mark: z.string().trim().min(1).max(300).openapi({ description: 'Code, serial, inventory number or label' }),
    siteId: z
      .union([z.uuid(), z.literal('').transform(() => null), z.null()])
      .default(null)
      .openapi({ type: 'string', format: 'uuid', description: 'Where it was read' }),
    room: z.string().trim().max(60).default(''),
    readAt: z.iso
      .datetime({ offset: true })
      .optional()
      .openapi({ description: 'When, by the clock of who read it; now when absent' }),
  })
  .openapi('CampaignReading')
export type ReadingInput = z.input<typeof readingInput>

export const recordedReading = z
  .object({ id: z.uuid(), code: z.string().nullable(), finding: z.enum(findings) })
  .openapi('RecordedReading')
export type RecordedReading = z.output<typeof recordedReading>

export const campaign = z
  .object({
    id: z.uuid(),
    name: z.string(),
    on: z.string().openapi({ format: 'date' }),
    openedAt: z.string(),
    closedAt: z.string().nullable(),
    expected: z.int(),
    found: z.int(),
    elsewhere: z.int(),
    unknown: z.int(),
    missing: z.int().openapi({ description: 'Expected and not read yet' }),
    toVerify: z.int().openapi({ description: 'Missing at the close, and nobody has said what became of them' }),
  })
  .openapi('Campaign')
export type Campaign = z.output<typeof campaign>

export const campaignRow = z.object({
  itemId: z.uuid().nullable(),
  code: z.string().nullable(),
  mark: z.string().nullable(),
  name: z.string().nullable(),
  serial: z.string().nullable(),
  finding: z.enum(findings),
  isExpected: z.boolean(),
  officeName: z.string().nullable(),
  siteName: z.string().nullable().openapi({ description: 'Where the register has it' }),
  room: z.string(),
  readSiteName: z.string().nullable(),
  readRoom: z.string(),
  readAt: z.string().nullable(),
  toVerify: z.boolean(),
})
export type CampaignRow = z.output<typeof campaignRow>

export const campaignDetail = campaign
  .extend({ rows: z.array(campaignRow).openapi({ description: 'The differences; at most a thousand' }) })
  .openapi('CampaignDetail')
export type CampaignDetail = z.output<typeof campaignDetail>

export const openedCampaign = z.object({ id: z.uuid(), expected: z.int() }).openapi('OpenedCampaign')
export type OpenedCampaign = z.output<typeof openedCampaign>
export const closedCampaign = z.object({ id: z.uuid(), toVerify: z.int() }).openapi('ClosedCampaign')
export type ClosedCampaign = z.output<typeof closedCampaign>

export const settleInput = z
  .object({ note: z.string().trim().min(1).max(1000).openapi({ description: 'What became of it' }) })
  .openapi('SettleMissing')
export type SettleInput = z.input<typeof settleInput>

/** What a phone keeps of what is expected, to say at once what it reads. */
export type ExpectedItem = {
  id: string
  code: string
  name: string
  serial: string | null
  tag: string | null
  siteId: string | null
  room: string
  isRead: boolean
}
