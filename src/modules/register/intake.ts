/** Taking in what was acquired and verified: many items at once, all or none. */
import { randomUUIDv7 } from 'node:crypto'
import type { TxContext } from '../../platform/context.ts'
import type { FieldProblem } from '../../platform/problem.ts'
import { giveCodes } from './internal/code-queries.ts'
import { insertItems, lockBySerial, type NewItem, type StoredItem, updateItems } from './internal/item-queries.ts'
import { awaitedStates } from './internal/lifecycle.ts'
import { type Happening, recordAll } from './internal/record.ts'
import { isItemType, itemTypes } from './item-types.ts'
import { conflict, wrong, wrongField } from './problems.ts'

/** One acquired thing. `type` is a key of `item-types.ts`; money in cents, days as ISO dates. */
export type IntakeRow = {
  acquisitionId: string
  type: string
  name: string
  model: string | null
  serial: string | null
  officeId: string | null
  siteId: string | null
  costCents: number | null
  purchasedOn: string | null
  warrantyUntil: string | null
  funding: string | null
  /** Of the delivery or its verification: number and date. */
  document: string
}

/**
 * Makes an item in state `verified` of each row, or completes the one that is awaited (planned, ordered, delivered) under
 * the same serial number and type; answers in the order of the rows. Refused with nothing written (`serial_in_use`, a field
 * `<place>.serial` for each) when a serial is another item's that is not disposed of, or is twice among the rows.
 *
 * No door leads here and no permission is asked: the operation that verifies a delivery calls it inside its transaction,
 * having asked its own. Whoever verifies for the administration takes in without managing the register. A dozen
 * statements for any number of rows.
 */
export async function intakeItems(ctx: TxContext, rows: readonly IntakeRow[]): Promise<{ itemId: string }[]> {
  const serials = rows.flatMap(({ serial }) => serial?.trim() || [])
  const known = new Map((await lockBySerial(ctx, serials)).map((item) => [keyOf(item.serial), item]))
  refuseTaken(rows, known)
  const place = rows.map((row) => known.get(keyOf(row.serial)) ?? null)
  const codes = await giveCodes(
    ctx,
    rows.flatMap((row, at) => (place[at] === null ? prefixOf(row) : [])),
  )
  let given = 0
  const items = rows.map((row, at) => {
    const awaited = place[at] ?? null
    return awaited === null ? fresh(row, codes[given++] ?? '') : completed(row, awaited)
  })
  const isFresh = (_: unknown, at: number) => place[at] === null
  await updateItems(
    ctx,
    items.filter((_, at) => place[at] !== null),
  )
  await insertItems(ctx, items.filter(isFresh))
  await recordAll(
    ctx,
    items.map((item, at) => happening(item, place[at] ?? null, rows[at]?.document ?? '')),
  )
  return items.map(({ id }) => ({ itemId: id }))
}

const keyOf = (serial: string | null) => serial?.trim().toUpperCase() ?? ''

function prefixOf({ type }: IntakeRow): string {
  if (!isItemType(type)) throw wrong('type', (t) => t.unknownType)
  return itemTypes[type].prefix
}

function refuseTaken(rows: readonly IntakeRow[], known: ReadonlyMap<string, StoredItem>): void {
  const seen = new Set<string>()
  const fields = rows.flatMap((row, at): FieldProblem[] => {
    const key = keyOf(row.serial)
    if (key === '') return []
    const path = `${at}.serial`
    const serial = row.serial?.trim() ?? ''
    if (seen.has(key)) return [wrongField(path, (t) => t.serialRepeated(serial))]
    seen.add(key)
    const item = known.get(key)
    if (item === undefined) return []
    if (!awaitedStates.includes(item.state)) return [wrongField(path, (t) => t.serialOf(serial, item.code, item.state))]
    return item.type === row.type ? [] : [wrongField(path, (t) => t.serialOtherType(serial, item.code))]
  })
  if (fields.length > 0) throw conflict('serial_in_use', (t) => t.serialsTaken, fields)
}

const serialOf = (row: IntakeRow) => row.serial?.trim() || null

function fresh(row: IntakeRow, code: string): NewItem {
  const { type, name, officeId, siteId, costCents, purchasedOn, warrantyUntil, acquisitionId } = row
  if (!isItemType(type)) throw wrong('type', (t) => t.unknownType)
  return {
    ...{ id: randomUUIDv7(), code, type, name, officeId, siteId, costCents, purchasedOn, warrantyUntil, acquisitionId },
    ...{ state: 'verified', title: 'owned', attributes: {}, takenOverOn: null, tag: null, serial: serialOf(row) },
    ...{ maker: '', model: row.model ?? '', custodianId: null, room: '', funding: row.funding ?? '' },
  }
}

// What the intake says wins; what it leaves out stays as it was planned.
function completed(row: IntakeRow, awaited: StoredItem): NewItem {
  return {
    ...awaited,
    state: 'verified',
    acquisitionId: row.acquisitionId,
    name: row.name,
    model: row.model ?? awaited.model,
    officeId: row.officeId ?? awaited.officeId,
    siteId: row.siteId ?? awaited.siteId,
    costCents: row.costCents ?? awaited.costCents,
    purchasedOn: row.purchasedOn ?? awaited.purchasedOn,
    warrantyUntil: row.warrantyUntil ?? awaited.warrantyUntil,
    funding: row.funding ?? awaited.funding,
  }
}

function happening(item: NewItem, before: StoredItem | null, document: string): Happening {
  const { id, code, type, state, title, officeId, siteId, costCents, purchasedOn, acquisitionId } = item
  return {
    subjectType: 'configuration_item',
    subjectId: id,
    kind: 'item.taken_in',
    payload: {
      ...{ type, state, title, officeId, siteId, costCents, purchasedOn, acquisitionId },
      custodianId: item.custodianId,
      before: before?.state ?? null,
    },
    text: { code, name: item.name, serial: item.serial ?? '', document },
  }
}
