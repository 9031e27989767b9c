/** Inputs and outputs of the register: the one contract of API, forms and command line. */
import { z } from '@hono/zod-openapi'
import { parseCents } from '../../platform/money.ts'
import { isItemType, itemTypeNames } from './item-types.ts'
import { families, itemActs, itemStates, itemTitles } from './vocabulary.ts'

const version = z.coerce.number().int().min(1).optional()
const code = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
  .openapi({ example: 'PC-000123' })
const empty = z.union([z.null(), z.literal('')]).transform(() => null)
const noId = z.union([z.uuid(), empty]).openapi({ type: 'string', format: 'uuid' })
const noDay = z.union([z.iso.date(), empty]).openapi({ type: 'string', format: 'date' })
// One line: files of the register have a line for each item.
const line = (given: string) => given.replace(/\s+/g, ' ')
const noText = (most: number) =>
  z.union([empty, z.string().trim().min(1).max(most).transform(line)]).openapi({ type: 'string' })
const someText = (most: number) => z.string().trim().max(most).transform(line)
const type = z
  .string()
  .refine(isItemType)
  .openapi({ enum: [...itemTypeNames] })

/** "1.234,56" is never meant: "1234.56", "1234,56" or a number of whole euros. */
export const cost = z
  .union([empty, z.number().transform(String), z.string().trim().min(1)])
  .transform((given, context) => {
    if (given === null) return null
    const cents = parseCents(given.replace(',', '.'))
    if (cents !== null && cents >= 0n) return Number(cents)
    context.addIssue({ code: 'custom' })
    return z.NEVER
  })
  .openapi({ type: 'string', description: 'Euros, such as 774.00', example: '774.00' })

const facts = {
  name: z.string().trim().min(2).max(200).transform(line),
  title: z.enum(itemTitles),
  takenOverOn: noDay.openapi({ description: 'Taken over into SITEC on; null: not taken over' }),
  attributes: z.record(z.string(), z.unknown()).openapi({ description: 'Those of the type, see /item-types' }),
  tag: noText(60).openapi({ description: 'Inventory number' }),
  serial: noText(100),
  maker: someText(100),
  model: someText(200),
  cost,
  purchasedOn: noDay,
  warrantyUntil: noDay,
  funding: someText(200),
}
const email = z
  .union([z.literal('').transform(() => undefined), z.email().toLowerCase()])
  .optional()
  .openapi({ type: 'string', format: 'email', description: 'In place of custodianId' })
const place = {
  officeId: noId,
  siteId: noId,
  custodianId: noId.openapi({ description: 'The person who has it' }),
  room: someText(60),
}

export const addItemInput = z
  .object({
    code: z
      .union([empty, code])
      .default(null)
      .openapi({ type: 'string', description: 'Given by the register when empty' }),
    type,
    ...facts,
    title: facts.title.default('owned'),
    state: z.enum(itemStates).exclude(['disposed']).default('in_stock'),
    document: someText(200).default('').openapi({ description: 'What it is put in the register under' }),
    takenOverOn: facts.takenOverOn.default(null),
    attributes: facts.attributes.default({}),
    tag: facts.tag.default(null),
    serial: facts.serial.default(null),
    maker: facts.maker.default(''),
    model: facts.model.default(''),
    cost: facts.cost.default(null),
    purchasedOn: facts.purchasedOn.default(null),
    warrantyUntil: facts.warrantyUntil.default(null),
    funding: facts.funding.default(''),
    officeId: place.officeId.default(null),
    siteId: place.siteId.default(null),
    custodianId: place.custodianId.default(null),
    custodianEmail: email,
    room: place.room.default(''),
  })
  .openapi('AddItem')
export type AddItemInput = z.input<typeof addItemInput>

export const changeItemInput = z.object(facts).partial().extend({ version }).openapi('ChangeItem')
export type ChangeItemInput = z.input<typeof changeItemInput>

export const moveItemInput = z
  .object({
    act: z.enum(itemActs),
    version,
    document: z.string().trim().min(1).max(200).openapi({ description: 'Of the act: number and date of its document' }),
    note: someText(1000).default(''),
    on: z
      .union([empty, z.iso.date()])
      .default(null)
      .openapi({ type: 'string', format: 'date', description: 'null: today' }),
    officeId: place.officeId.optional(),
    siteId: place.siteId.optional(),
    custodianId: place.custodianId.optional(),
    custodianEmail: email,
    room: place.room.optional(),
    loanUntil: noDay.default(null),
    replacementId: noId.default(null),
    replacementCode: z
      .union([empty, code])
      .default(null)
      .openapi({ type: 'string', description: 'In place of replacementId' }),
  })
  .openapi('MoveItem')
export type MoveItemInput = z.input<typeof moveItemInput>

export const listItemsInput = z
  .object({
    words: z.string().trim().max(200).default(''),
    family: z.enum(families).optional(),
    type: type.optional(),
    state: z
      .enum([...itemStates, 'present', 'all'])
      .default('present')
      .openapi({ description: 'present: not retired, not disposed of' }),
    title: z.enum(itemTitles).optional(),
    officeId: z.uuid().optional().openapi({ description: 'With the offices below it' }),
    siteId: z.uuid().optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .openapi('ListItems')
export type ListItemsInput = z.input<typeof listItemsInput>

export const itemRow = z
  .object({
    id: z.uuid(),
    code: z.string(),
    type: z.enum(itemTypeNames),
    name: z.string(),
    state: z.enum(itemStates),
    title: z.enum(itemTitles),
    officeId: z.uuid().nullable(),
    officeName: z.string().nullable(),
    siteId: z.uuid().nullable(),
    siteName: z.string().nullable(),
    tag: z.string().nullable(),
    serial: z.string().nullable(),
    model: z.string(),
    takenOverOn: z.string().nullable(),
    version: z.int(),
  })
  .openapi('Item')
export type ItemRow = z.output<typeof itemRow>

export const itemPage = z
  .object({
    rows: z.array(itemRow),
    nextCursor: z.string().nullable(),
    isCapped: z.boolean().openapi({ description: 'More than a thousand hold these words' }),
  })
  .openapi('ItemPage')
export type ItemPage = z.output<typeof itemPage>

export const itemDetail = itemRow
  .extend({
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    acquisitionId: z.uuid().nullable(),
    maker: z.string(),
    custodianId: z.uuid().nullable(),
    custodianName: z.string().nullable(),
    room: z.string(),
    cost: z.string().nullable(),
    residualValue: z
      .string()
      .nullable()
      .openapi({ description: 'Of today, straight line over the useful life of its type' }),
    purchasedOn: z.string().nullable(),
    warrantyUntil: z.string().nullable(),
    funding: z.string(),
    loanUntil: z.string().nullable(),
    writeOffOn: z.string().nullable(),
    writeOffDocument: z.string().nullable(),
    createdAt: z.string(),
  })
  .openapi('ItemDetail')
export type ItemDetail = z.output<typeof itemDetail>

export const addedItem = z.object({ id: z.uuid(), code: z.string() }).openapi('AddedItem')
export type AddedItem = z.output<typeof addedItem>
export const changedItem = z
  .object({ id: z.uuid(), state: z.enum(itemStates), version: z.int() })
  .openapi('ChangedItem')
export type ChangedItem = z.output<typeof changedItem>
