/** A plan from its CSV file, to the cent: the whole file, or nothing and why. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, transact } from '../../platform/context.ts'
import { Problem, problemBody } from '../../platform/problem.ts'
import { type FileRow, type Findings, readFileRows } from '../organisation/read-file.ts'
import { allowBuyer } from './internal/buyer.ts'
import { sumOf, type Totals, totalsOf } from './internal/plan-lines.ts'
import { lockPlan, type StoredLine, selectLines } from './internal/plan-queries.ts'
import { keepLineChange, keepLines } from './lines.ts'
import { keepPlan, money } from './plans.ts'
import { conflict, find, refuseFile } from './problems.ts'
import { centsOf, type LineValues, type PlanImport, price } from './schema.ts'
import { categories, kinds, usualVatPerMille } from './vocabulary.ts'

const columns = {
  required: [
    'line',
    'category',
    'description',
    'quantity',
    'unit_price_eur',
    'total_ex_vat_eur',
    'total_inc_vat_eur',
    'kind',
  ],
  optional: ['chapter', 'fund'],
}
const limits = { mostRows: 100_000, mostBytes: 25_000_000 }
const count = z
  .string()
  .regex(/^[0-9]{1,6}$/)
  .transform(Number)
const cents = price.transform(centsOf)
const lineRow = z.object({
  line: count.refine((value) => value > 0),
  category: z.enum(categories),
  description: z.string().min(3).max(300),
  quantity: count.refine((value) => value > 0 && value <= 100_000),
  unit_price_eur: cents,
  total_ex_vat_eur: cents,
  total_inc_vat_eur: cents,
  kind: z.enum(kinds),
  chapter: z.string().max(40).optional(),
  fund: z.string().max(120).optional(),
})
// A last row "total" says what the lines come to.
const totalRow = z.object({ line: z.literal('total'), total_ex_vat_eur: cents, total_inc_vat_eur: cents })
const row = z.union([lineRow, totalRow])
type Line = z.output<typeof lineRow>

/**
 * Loads the lines of a plan; each total must be quantity × price, with VAT rounded on the line, and a row `total` the sum of
 * them. A line that is known by its number and differs is changed; one that does not differ stays. The plan of a year that
 * has none is opened, ready to be decided on. An approved plan is refused: it changes by a variation.
 */
export async function importPlan(ctx: Context, bytes: Uint8Array, year: number): Promise<PlanImport> {
  allowBuyer(ctx, 'needs.manage')
  const findings: Findings = []
  const rows = readRows(bytes, findings)
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    const before = await lockPlan(ctx, { year })
    const vatPerMille = before?.vatPerMille ?? usualVatPerMille
    const totals = checkTotals(rows, vatPerMille, findings)
    refuseFile(findings)
    if (before?.state === 'approved') throw conflict('approved', (t) => t.approved)
    const plan = before ?? (await keepPlan(ctx, year, 'deciding', null))
    const known = new Map((await selectLines(ctx, plan.id, null)).map((line) => [line.number, line]))
    const wanted = linesOf(rows).map(({ values }) => ({
      number: values.line,
      values: valuesOf(values, known.get(values.line)),
    }))
    const fresh = wanted.filter(({ number }) => !known.has(number))
    await keepLines(
      ctx,
      plan,
      fresh.map((line) => ({ id: randomUUIDv7(), ...line, offices: [] })),
      0,
    )
    for (const { number, values } of wanted) {
      const line = known.get(number)
      if (line !== undefined && differs(values, line)) await keepLineChange(ctx, plan, line, values)
    }
    return {
      plan: year,
      lines: wanted.length,
      totalExVat: money(totals.exCents),
      totalIncVat: money(totals.incCents),
      errors: [],
    }
  })
}

/** The same for programs that want the errors as a list; nothing was loaded when there is one. */
export async function tryImportPlan(ctx: Context, bytes: Uint8Array, year: number): Promise<PlanImport> {
  try {
    return await importPlan(ctx, bytes, year)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { title, fields = [] } = problemBody(error, ctx.language)
    const said = fields.length === 0 ? [{ path: '', message: title }] : fields
    const errors = said.map(({ path, message }) => ({
      line: Number(/^line (\d+)/.exec(path)?.[1] ?? 0) || null,
      column: /column (\w+)$/.exec(path)?.[1] ?? null,
      message,
    }))
    return { plan: year, lines: 0, totalExVat: '0.00', totalIncVat: '0.00', errors }
  }
}

type Row = FileRow<z.output<typeof row>>

// A union says nothing of what is wrong with a line: the row that is no total is read as a line.
function readRows(bytes: Uint8Array, findings: Findings): Row[] {
  const isTotal = (values: Record<string, string>) =>
    values.line?.toLowerCase() === 'total' || values.line?.toLowerCase() === 'totale'
  const either = z.record(z.string(), z.string()).transform((values, ctx) => {
    const parsed = isTotal(values) ? totalRow.safeParse({ ...values, line: 'total' }) : lineRow.safeParse(values)
    if (parsed.success) return parsed.data
    // The issues as they are: their codes say what is wrong in the user's words.
    for (const issue of parsed.error.issues) ctx.issues.push({ ...issue, input: values } as (typeof ctx.issues)[number])
    return z.NEVER
  })
  return readFileRows(bytes, columns, either, findings, limits)
}

function linesOf(rows: readonly Row[]): FileRow<Line>[] {
  return rows.flatMap(({ line, values }) => (values.line === 'total' ? [] : [{ line, values }]))
}

function checkTotals(rows: readonly Row[], vatPerMille: number, findings: Findings): Totals {
  const first = new Map<number, number>()
  const lines = linesOf(rows)
  const totals = lines.map(({ line, values }) => {
    const before = first.get(values.line)
    if (before !== undefined) find(findings, line, 'line', (t) => t.repeated(before))
    first.set(values.line, before ?? line)
    const reckoned = totalsOf(values.quantity, values.unit_price_eur, vatPerMille)
    const [ex, inc] = [money(reckoned.exCents), money(reckoned.incCents)]
    if (reckoned.exCents !== values.total_ex_vat_eur) find(findings, line, 'total_ex_vat_eur', (t) => t.wrongTotal(ex))
    if (reckoned.incCents !== values.total_inc_vat_eur)
      find(findings, line, 'total_inc_vat_eur', (t) => t.wrongVat(inc))
    return reckoned
  })
  const sum = sumOf(totals)
  for (const { line, values } of rows) {
    if (values.line !== 'total') continue
    if (values.total_ex_vat_eur !== sum.exCents)
      find(findings, line, 'total_ex_vat_eur', (t) => t.wrongSum(money(sum.exCents)))
    if (values.total_inc_vat_eur !== sum.incCents)
      find(findings, line, 'total_inc_vat_eur', (t) => t.wrongSum(money(sum.incCents)))
  }
  if (lines.length === 0 && findings.length === 0) find(findings, 1, null, (t) => t.noLines)
  return sum
}

function valuesOf(line: Line, before: StoredLine | undefined): LineValues {
  const kept = {
    purpose: before?.purpose ?? null,
    priceCode: before?.priceCode ?? null,
    cup: before?.cup ?? null,
    cpv: before?.cpv ?? null,
    cui: before?.cui ?? null,
    softwareNote: before?.softwareNote ?? null,
    effectNote: before?.effectNote ?? null,
  }
  const { category, description, quantity, kind } = line
  const chapter = line.chapter === undefined ? (before?.chapter ?? null) : line.chapter || null
  const fund = line.fund === undefined ? (before?.fund ?? null) : line.fund || null
  return { ...kept, category, description, quantity, kind, unitCents: line.unit_price_eur, chapter, fund }
}

function differs(values: LineValues, before: StoredLine): boolean {
  const { unitCents, ...rest } = values
  return (
    unitCents !== before.unitCents || Object.entries(rest).some(([name, value]) => value !== Reflect.get(before, name))
  )
}
