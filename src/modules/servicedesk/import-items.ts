/** The list of consumables as a CSV file, out and in: the whole file or nothing. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { readCsv, writeCsv } from '../../platform/csv.ts'
import { tooLarge } from '../../platform/files.ts'
import { sayIssue } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { place, sayCsv } from '../organisation/read-file.ts'
import type { ImportResult } from '../organisation/schema.ts'
import { organisationTexts } from '../organisation/texts.ts'
import { goodsTexts } from './goods-texts.ts'
import { lockItems, type StoredItem, selectItems, upsertItem } from './internal/consumable-queries.ts'
import { recordItemEvent } from './internal/record-item.ts'

/** Columns of the file, in the order in which they are written. */
export const itemColumns = { required: ['code', 'name', 'printer_model'], optional: ['active'] }
const mostRows = 2000
const mostBytes = 2_000_000
const mostShown = 100

// What the export wrote before a text that a spreadsheet would run as a formula.
const cell = (most: number) =>
  z
    .string()
    .transform((text) => text.replace(/^'(?=\s*[=+\-@])/, '').trim())
    .pipe(z.string().max(most))
const itemRow = z.object({
  code: cell(40).pipe(z.string().min(1)),
  name: cell(120).pipe(z.string().min(2)),
  printer_model: cell(120),
  active: z.string().trim().toLowerCase().default(''),
})

/** The whole list, also what is no longer offered; loaded again it changes nothing. */
export async function exportItems(ctx: Context): Promise<string> {
  allow(ctx.actor, 'consumable.manage')
  const { yes, no } = goodsTexts[ctx.language].list.active
  const items = await read(ctx, selectItems)
  const header = [...itemColumns.required, ...itemColumns.optional]
  return writeCsv(
    header,
    items.map((item) => [item.code, item.name, item.printerModel, item.isActive ? yes : no]),
  )
}

/**
 * Adds the items whose code is new and changes those that differ; none is removed. An empty `active` offers a new item
 * and leaves a known one as it is. Refused as a whole, with line and column of everything that is wrong.
 */
export async function importItems(ctx: Context, bytes: Uint8Array): Promise<ImportResult> {
  allow(ctx.actor, 'consumable.manage')
  if (bytes.byteLength > mostBytes) throw tooLarge(mostBytes)
  const { rows, findings } = readItems(bytes)
  if (findings.length > 0) throw refused(findings)
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    const stored = new Map((await lockItems(ctx)).map((item) => [item.code, item]))
    const wanted = rows.map((row) => wantedItem(row, stored.get(row.code)))
    const changed = wanted.filter((item) => differs(item, stored.get(item.code)))
    await write(ctx, changed)
    const added = changed.filter(({ code }) => !stored.has(code)).length
    return { added, changed: changed.length - added, unchanged: wanted.length - changed.length }
  })
}

type ItemValues = { code: string; name: string; printerModel: string; active: boolean | null }

function readItems(bytes: Uint8Array): { rows: ItemValues[]; findings: FieldProblem[] } {
  const reading = readCsv(bytes, itemColumns.required, itemColumns.optional, mostRows)
  const findings = reading.problems.map((one) => ({ path: place(one.line, one.column), say: sayCsv(one) }))
  const firstLine = new Map<string, number>()
  const rows = reading.rows.flatMap(({ line, values }) => {
    const parsed = itemRow.safeParse(values)
    if (!parsed.success) {
      for (const issue of parsed.error.issues)
        findings.push({ path: place(line, String(issue.path[0] ?? '')), say: sayIssue(issue, values) })
      return []
    }
    const { code, name, printer_model: printerModel } = parsed.data
    const before = firstLine.get(code)
    if (before === undefined) firstLine.set(code, line)
    else findings.push({ path: place(line, 'code'), say: say(organisationTexts, (t) => t.import.repeated(before)) })
    const active = activeOf(parsed.data.active)
    if (active === undefined)
      findings.push({ path: place(line, 'active'), say: say(goodsTexts, (t) => t.problems.wrongActive) })
    return [{ code, name, printerModel, active: active ?? null }]
  })
  return { rows, findings }
}

// Null: the cell is empty; undefined: it says something else.
function activeOf(cell: string): boolean | null | undefined {
  if (cell === '') return null
  if (['sì', 'si', 'yes', 'true', '1'].includes(cell)) return true
  return ['no', 'false', '0'].includes(cell) ? false : undefined
}

function wantedItem({ active, ...values }: ItemValues, before: StoredItem | undefined): StoredItem {
  return { id: before?.id ?? randomUUIDv7(), ...values, isActive: active ?? before?.isActive ?? true }
}

function differs(item: StoredItem, before: StoredItem | undefined): boolean {
  return (
    before === undefined ||
    item.name !== before.name ||
    item.printerModel !== before.printerModel ||
    item.isActive !== before.isActive
  )
}

// One event an item, one after the other: such a list is a few hundred lines, loaded once a year.
async function write(ctx: TxContext, items: readonly StoredItem[]) {
  for (const { id, ...item } of items) await recordItemEvent(ctx, await upsertItem(ctx, { id, ...item }), item)
}

function refused(findings: readonly FieldProblem[]): Problem {
  const rest = findings.length - mostShown
  const more = rest > 0 ? [{ path: place(0, null), say: say(organisationTexts, (t) => t.import.more(rest)) }] : []
  return new Problem(
    'invalid',
    'import_refused',
    say(organisationTexts, (t) => t.import.refused),
    [...findings.slice(0, mostShown), ...more],
  )
}
