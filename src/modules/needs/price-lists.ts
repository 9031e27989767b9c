/** Price lists: what things cost from a day on, and what a public buyer pays for the same. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { phrasing } from '../../platform/violations.ts'
import { type Findings, readFileRows } from '../organisation/read-file.ts'
import { allowBuyer } from './internal/buyer.ts'
import { insertList, selectListOn, selectPrices } from './internal/price-queries.ts'
import { record } from './internal/record.ts'
import { money, today } from './plans.ts'
import { find, refuseFile, wrong } from './problems.ts'
import { centsOf, type PriceList, type PriceListInput, price, priceListInput } from './schema.ts'
import { categories } from './vocabulary.ts'

const columns = {
  required: ['code', 'category', 'description', 'unit_price_eur'],
  optional: ['reference_price_eur', 'reference'],
}
const cents = price.transform(centsOf)
const row = z.object({
  code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/),
  category: z.enum(categories),
  description: z.string().min(3).max(300),
  unit_price_eur: cents,
  reference_price_eur: z.union([z.literal('').transform(() => null), cents]).optional(),
  reference: z.string().max(200).optional(),
})

/** The list in force today; an empty one when there is none. */
export async function listPrices(ctx: Context): Promise<PriceList> {
  allow(ctx.actor, 'needs.read')
  return read(ctx, async (ctx) => {
    const list = await selectListOn(ctx, today(ctx))
    if (list === undefined) return { name: '', effectiveFrom: '', act: '', items: [] }
    const items = (await selectPrices(ctx, list.id)).map(({ unitCents, referenceCents, ...item }) => ({
      ...item,
      unitPrice: money(unitCents),
      referencePrice: referenceCents === null ? null : money(referenceCents),
    }))
    return { name: list.name, effectiveFrom: list.effectiveFrom, act: list.act, items }
  })
}

/** Loads a list from CSV, in force from a day; the earlier ones stay, and so do the estimates made with them. */
export async function loadPriceList(ctx: Context, bytes: Uint8Array, input: PriceListInput): Promise<{ id: string }> {
  allowBuyer(ctx, 'needs.manage')
  const { name, effectiveFrom, act } = parse(priceListInput, input)
  const findings: Findings = []
  const rows = readFileRows(bytes, columns, row, findings, { mostRows: 5_000, mostBytes: 4_000_000 })
  const first = new Map<string, number>()
  for (const { line, values } of rows) {
    const before = first.get(values.code)
    if (before !== undefined) find(findings, line, 'code', (t) => t.repeated(before))
    first.set(values.code, before ?? line)
  }
  if (rows.length === 0 && findings.length === 0) find(findings, 1, null, (t) => t.noLines)
  refuseFile(findings)
  const items = rows.map(({ values }) => ({
    ...{ code: values.code, category: values.category, description: values.description },
    unitCents: values.unit_price_eur,
    referenceCents: values.reference_price_eur ?? null,
    reference: values.reference || null,
  }))
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    const id = randomUUIDv7()
    const payload = { effectiveFrom, items: items.length }
    await record(ctx, {
      subjectType: 'price_list',
      subjectId: id,
      kind: 'needs.prices_loaded',
      payload,
      text: { name, act },
    })
    await phrasing(
      { price_list_organisation_id_effective_from_key: () => wrong('effectiveFrom', (t) => t.listTaken) },
      () => insertList(ctx, { id, name, effectiveFrom, act }, items),
    )
    return { id }
  })
}
