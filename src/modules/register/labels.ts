/** Labels: a QR code that leads to the item, and its code in letters. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { type PdfDocument, renderPdf } from '../../platform/pdf.ts'
import { allow } from '../../platform/permissions.ts'
import { qrDrawing } from '../../platform/qr.ts'
import { type LabelsInput, labelsInput, mostLabels } from './bulk-schema.ts'
import { itemAddress } from './handover-record.ts'
import { handsTexts } from './hands-texts.ts'
import { selectItems, selectItemsById } from './internal/list-queries.ts'
import { wrong } from './problems.ts'
import type { ItemRow } from './schema.ts'
import { registerTexts } from './texts.ts'

/** The items of a sheet of labels, by code: those with these ids, or those a filter finds. At most {@link mostLabels}. */
export async function listLabelled(ctx: Context, input: LabelsInput = {}): Promise<ItemRow[]> {
  allow(ctx.actor, 'register.read')
  const { ids, skip: _, ...filter } = parse(labelsInput, input)
  const rows = await read(ctx, async (ctx: TxContext) =>
    ids === undefined ? (await selectItems(ctx, filter, null, mostLabels + 1)).rows : selectItemsById(ctx, ids),
  )
  if (rows.length > mostLabels) throw wrong('ids', (t) => t.tooManyLabels(mostLabels))
  if (rows.length === 0) throw wrong('ids', (t) => t.noLabels)
  return rows
}

/** The sheets as PDF, 3 × 8 labels of 70 × 37 mm on A4; `skip` leaves the first ones free. */
export async function labelsPdf(ctx: Context, input: LabelsInput = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { skip } = parse(labelsInput, input)
  return renderPdf(labelsDocument(ctx, await listLabelled(ctx, input), skip))
}

/** The sheets as a document: what the PDF is made of. */
export function labelsDocument(ctx: Context, rows: readonly ItemRow[], skip: number): PdfDocument {
  const { labels: t, record } = handsTexts[ctx.language]
  const { types } = registerTexts[ctx.language]
  const items = rows.map((row) => ({
    svg: qrDrawing(itemAddress(ctx, row.id)),
    alt: record.qr(row.code),
    title: row.code,
    text: [ctx.organisationName, types[row.type], row.tag === null ? '' : t.tag(row.tag)].filter(Boolean).join('\n'),
  }))
  return {
    title: t.title,
    language: ctx.language,
    date: Temporal.Now.plainDateISO(ctx.zone).toString(),
    testData: ctx.isDemo,
    isSheet: true,
    blocks: [{ kind: 'labels', items: [...Array.from({ length: skip }, () => null), ...items] }],
  }
}
