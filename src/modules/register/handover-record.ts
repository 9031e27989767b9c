/** The record of a handover as PDF/UA: who gave what to whom, on which day, under which document. */
import type { Context } from '../../platform/context.ts'
import { type PdfBlock, type PdfDocument, renderPdf } from '../../platform/pdf.ts'
import { qrDrawing } from '../../platform/qr.ts'
import { exactTime } from '../../platform/texts.ts'
import type { Handover } from './handover-schema.ts'
import { findHandover } from './handovers.ts'
import { handsTexts } from './hands-texts.ts'
import { registerTexts } from './texts.ts'

/** "Verbale di consegna" as PDF, for whoever may see the handover; with the QR codes of its items. */
export async function handoverPdf(ctx: Context, id: string): Promise<Uint8Array<ArrayBuffer>> {
  return renderPdf(handoverDocument(ctx, await findHandover(ctx, id)))
}

/** The address of an item, as its label holds it. */
export function itemAddress(ctx: Context, itemId: string): string {
  return `${ctx.services.url}/registro/${itemId}`
}

/** The record as a document: what the PDF is made of. */
export function handoverDocument(ctx: Context, found: Handover): PdfDocument {
  const { record: t, records } = handsTexts[ctx.language]
  const title = t.title(records[found.act], found.number)
  return {
    title,
    language: ctx.language,
    subject: found.lines
      .map(({ code }) => code)
      .join(', ')
      .slice(0, 900),
    date: found.on,
    header: ctx.organisationName,
    footer: title,
    testData: ctx.isDemo,
    blocks: [
      { kind: 'facts', rows: facts(ctx, found) },
      { kind: 'heading', level: 1, text: t.items },
      itemTable(ctx, found),
      { kind: 'heading', level: 1, text: t.codes },
      {
        kind: 'labels',
        items: found.lines.map((line) => ({
          svg: qrDrawing(itemAddress(ctx, line.itemId)),
          alt: t.qr(line.code),
          title: line.code,
          text: line.name,
        })),
      },
      { kind: 'heading', level: 1, text: t.signatures },
      { kind: 'paragraph', text: t.signGiver },
      { kind: 'paragraph', text: t.signReceiver },
    ],
  }
}

function facts(ctx: Context, found: Handover): [string, string][] {
  const { record: t, answers, notAsked } = handsTexts[ctx.language]
  const { answer, answeredAt } = found
  const said = answer === null ? notAsked : answers[answer]
  const day = new Intl.DateTimeFormat(ctx.language === 'it' ? 'it-IT' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  return [
    [t.number, found.number],
    [t.on, day.format(new Date(`${found.on}T00:00:00Z`))],
    [t.document, found.document || t.unknown],
    [t.giver, found.giverName ?? found.partyName ?? 'SITEC'],
    [t.receiver, found.receiverName ?? t.nobody],
    [t.office, found.officeName ?? t.unknown],
    [t.place, [found.siteName, found.room].filter(Boolean).join(', ') || t.unknown],
    [t.answer, answeredAt === null ? said : t.answered(said, exactTime(answeredAt, ctx.zone, ctx.language))],
    ...[found.note, found.answerNote].flatMap((note): [string, string][] => (note ? [[t.note, note]] : [])),
  ]
}

function itemTable(ctx: Context, { lines }: Handover): PdfBlock {
  const { record: t } = handsTexts[ctx.language]
  const { types } = registerTexts[ctx.language]
  const c = t.columns
  return {
    kind: 'table',
    caption: t.items,
    columns: [c.code, c.name, c.model, c.serial, c.tag, c.what].map((title) => ({ title, align: 'left' })),
    rows: lines.map((line) => [
      line.code,
      `${line.name}\n${types[line.type]}`,
      [line.maker, line.model].filter(Boolean).join(' ') || t.unknown,
      line.serial ?? t.unknown,
      line.tag ?? t.unknown,
      line.isBack ? t.back : t.handed,
    ]),
  }
}
