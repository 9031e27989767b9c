/** Items from a CSV file: the whole file, or nothing and why; a second time it changes nothing. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { type StreamedRow, streamCsv } from '../../platform/csv-stream.ts'
import { allow } from '../../platform/permissions.ts'
import type { ItemImport } from './import-schema.ts'
import { giveCodes, noteCodes } from './internal/code-queries.ts'
import { differencesOf } from './internal/differences.ts'
import { addedEvent, changedEvent } from './internal/item-events.ts'
import { type ItemLine, itemColumns, mergeItem, readItem } from './internal/item-lines.ts'
import {
  insertItems,
  lockByCode,
  lockBySerial,
  lockByTag,
  type NewItem,
  type StoredItem,
  updateItems,
} from './internal/item-queries.ts'
import { lockRegisterImports, type Places, selectPeople, selectPlaces } from './internal/place-queries.ts'
import { recordAll } from './internal/record.ts'
import { itemTypes } from './item-types.ts'
import { type Findings, find, findInCsv, noFindings, refuseFile } from './problems.ts'

/** Lines looked up and written with one set of statements. */
const atATime = 5_000
const mostLines = 200_000
const mostDifferences = 500

/**
 * Adds the items that are new and changes those that differ. A line is reconciled by code, else by serial, else by inventory
 * number, and needs one of them; an empty cell changes nothing, none is removed, and a state that differs is an error,
 * because states change by movements. `isTrial` tells the differences and writes nothing. All lines are looked at
 * before the first is written: what is wrong is named in one pass.
 */
export async function importItems(
  ctx: Context,
  source: AsyncIterable<Uint8Array>,
  { isTrial = false }: { isTrial?: boolean } = {},
): Promise<ItemImport> {
  allow(ctx.actor, 'register.manage')
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockRegisterImports(ctx)
    const findings = noFindings()
    const batches = await readAll(source, findings)
    const places = await selectPlaces(ctx)
    const outcome: ItemImport = {
      lines: 0,
      added: 0,
      changed: 0,
      unchanged: 0,
      isTrial,
      differences: [],
      isCapped: false,
    }
    const seen = new Map<string, number>()
    for (const batch of batches) {
      count(outcome, await planOf(ctx, batch, places, findings, seen), places)
    }
    refuseFile(findings)
    if (!isTrial) for (const batch of batches) await write(ctx, await planOf(ctx, batch, places, noFindings(), null))
    return outcome
  })
}

async function readAll(source: AsyncIterable<Uint8Array>, findings: Findings): Promise<StreamedRow[][]> {
  const batches: StreamedRow[][] = []
  let batch: StreamedRow[] = []
  let lines = 0
  for await (const rows of streamCsv(source, itemColumns, (problem) => findInCsv(findings, problem))) {
    for (const row of rows) {
      if (batch.length === 0) batches.push(batch)
      batch.push(row)
      lines += 1
      if (batch.length === atATime) batch = []
    }
    if (lines <= mostLines) continue
    findInCsv(findings, { line: mostLines + 2, column: null, code: 'too_many_rows', detail: String(mostLines) })
    refuseFile(findings)
  }
  return batches
}

type Planned = { line: number; before: StoredItem | undefined; after: NewItem }

/** What a batch asks for. `seen` null: it was looked at before, and is right. */
async function planOf(
  ctx: TxContext,
  batch: readonly StreamedRow[],
  places: Places,
  findings: Findings,
  seen: Map<string, number> | null,
): Promise<Planned[]> {
  const lines = batch.flatMap((row) => readItem(row, findings) ?? [])
  const known = await knownItems(ctx, lines)
  const people = await selectPeople(
    ctx,
    lines.flatMap(({ custodian }) => custodian ?? []),
    true,
  )
  return lines.flatMap((line) => {
    const before = known.of(line)
    if (seen !== null) checkKeys(line, before, known, seen, findings)
    const merged = mergeItem(line, before, { ...places, people }, findings)
    if (merged === null) return []
    const after = { ...merged, id: before?.id ?? randomUUIDv7(), code: before?.code ?? line.code ?? '' }
    return [{ line: line.line, before, after }]
  })
}

type Known = {
  of: (line: ItemLine) => StoredItem | undefined
  serials: ReadonlyMap<string, StoredItem>
  tags: ReadonlyMap<string, StoredItem>
}

async function knownItems(ctx: TxContext, lines: readonly ItemLine[]): Promise<Known> {
  const all = <Key>(pick: (line: ItemLine) => Key | null | undefined) => lines.flatMap((line) => pick(line) ?? [])
  const codes = new Map(
    (
      await lockByCode(
        ctx,
        all(({ code }) => code),
      )
    ).map((one) => [one.code, one]),
  )
  const bySerial = await lockBySerial(
    ctx,
    all(({ values }) => values.serial),
  )
  const serials = new Map(bySerial.map((one) => [one.serial?.toUpperCase() ?? '', one]))
  const tags = new Map(
    (
      await lockByTag(
        ctx,
        all(({ values }) => values.tag),
      )
    ).map((one) => [one.tag ?? '', one]),
  )
  const of = ({ code, values: { serial, tag } }: ItemLine) => {
    if (code !== null) return codes.get(code)
    return serials.get(serial?.toUpperCase() ?? '') ?? tags.get(tag ?? '')
  }
  return { of, serials, tags }
}

// A line that nothing names would be another item each time; a number that is another's, or twice in the file, is wrong.
function checkKeys(
  given: ItemLine,
  before: StoredItem | undefined,
  { serials, tags }: Known,
  seen: Map<string, number>,
  findings: Findings,
): void {
  const { line, code, values } = given
  const serial = values.serial?.toUpperCase()
  if (code === null && !serial && !values.tag) find(findings, line, 'code', (t) => t.noKey)
  const repeated = (column: string, value: string | null | undefined) => {
    if (!value) return
    const first = seen.get(`${column} ${value}`)
    if (first !== undefined) find(findings, line, column, (t) => t.repeated(first))
    seen.set(`${column} ${value}`, first ?? line)
  }
  repeated('code', code ?? before?.code)
  repeated('serial', serial)
  repeated('tag', values.tag)
  const ofSerial = serials.get(serial ?? '')
  if (ofSerial && ofSerial.id !== before?.id) find(findings, line, 'serial', (t) => t.serialTaken(ofSerial.code))
  const ofTag = tags.get(values.tag ?? '')
  if (ofTag && ofTag.id !== before?.id) find(findings, line, 'tag', (t) => t.tagTaken(ofTag.code))
}

function count(outcome: ItemImport, plan: readonly Planned[], places: Places): void {
  for (const { line, before, after } of plan) {
    outcome.lines += 1
    if (before === undefined) {
      outcome.added += 1
      continue
    }
    const differences = differencesOf(before, after, places)
    if (differences.length === 0) outcome.unchanged += 1
    else outcome.changed += 1
    const room = mostDifferences - outcome.differences.length
    outcome.isCapped ||= differences.length > room
    for (const one of differences.slice(0, room)) outcome.differences.push({ line, code: after.code, ...one })
  }
}

async function write(ctx: TxContext, plan: readonly Planned[]): Promise<void> {
  const fresh = plan.flatMap(({ before, after }) => (before === undefined ? [after] : []))
  const nameless = fresh.filter(({ code }) => code === '')
  const codes = await giveCodes(
    ctx,
    nameless.map(({ type }) => itemTypes[type].prefix),
  )
  for (const [at, item] of nameless.entries()) item.code = codes[at] ?? ''
  await noteCodes(
    ctx,
    fresh.map(({ code }) => code),
  )
  await insertItems(ctx, fresh)
  const changed = plan.flatMap(({ before, after }) =>
    before !== undefined && differencesOf(before, after, null).length > 0 ? [{ before, after }] : [],
  )
  await updateItems(
    ctx,
    changed.map(({ after }) => after),
  )
  await recordAll(ctx, [
    ...fresh.map((item) => addedEvent(item, '')),
    ...changed.map(({ before, after }) => changedEvent(before, after)),
  ])
}
