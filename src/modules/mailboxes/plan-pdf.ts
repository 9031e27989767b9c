/** The plan as PDF/UA, for the file: the same figures as the page and the CSV. */
import type { Context } from '../../platform/context.ts'
import { sayCents } from '../../platform/money.ts'
import { type PdfBlock, type PdfDocument, renderPdf } from '../../platform/pdf.ts'
import { wholeNumber } from '../../platform/texts.ts'
import type { MailboxPlan, PlanOffice } from './decision-schema.ts'
import { decisionPagesTexts, decisionTexts } from './decision-texts.ts'
import { sayBytes, sayDay } from './decision-words.ts'
import { findPlan } from './plan.ts'

/** The plan as PDF. Who reads for an office gets what concerns it. */
export async function planPdf(ctx: Context): Promise<Uint8Array<ArrayBuffer>> {
  return renderPdf(planDocument(ctx, await findPlan(ctx)))
}

/** More offices than this are in the CSV and not in the PDF. */
const mostOffices = 400

/** The plan as a document: what the PDF is made of. */
export function planDocument(
  ctx: Pick<Context, 'language' | 'organisationName' | 'isDemo'>,
  plan: MailboxPlan,
): PdfDocument {
  const { language } = ctx
  const t = decisionPagesTexts[language].plan
  const heading = (text: string): PdfBlock => ({ kind: 'heading', level: 2, text })
  const number = (value: number) => wholeNumber(value, language)
  const price =
    plan.licencePrice === null
      ? t.noPriceLine
      : t.priceLine(sayCents(plan.licencePrice, language), plan.licenceSource ?? '')
  const decided = plan.total.boxesBefore - plan.total.proposed - plan.total.without
  return {
    ...{ title: t.title, language, subject: t.caption, date: plan.date, header: ctx.organisationName },
    ...{ footer: t.title, testData: ctx.isDemo },
    blocks: [
      { kind: 'heading', level: 1, text: t.title },
      {
        kind: 'paragraph',
        text: `${t.date(sayDay(plan.date, language))}. ${t.lead(decided, number(decided), number(plan.total.boxesBefore))}`,
      },
      { kind: 'paragraph', text: `${price} ${t.how}` },
      heading(t.sums.label),
      sums(ctx, plan),
      ...kinds(ctx, plan),
      heading(t.caption),
      offices(ctx, plan),
    ],
  }
}

type Said = Pick<Context, 'language'>

function sums({ language }: Said, { total }: MailboxPlan): PdfBlock {
  const t = decisionPagesTexts[language].plan
  const number = (value: number) => wholeNumber(value, language)
  const change = (before: number, after: number) => `${number(before)} → ${number(after)}`
  return {
    kind: 'facts',
    rows: [
      [t.sums.boxes, change(total.boxesBefore, total.boxesAfter)],
      [t.sums.licences, change(total.licencesBefore, total.licencesAfter)],
      [t.sums.bytes, `${sayBytes(total.bytesBefore, language)} → ${sayBytes(total.bytesAfter, language)}`],
      [t.sums.saved, number(total.saved)],
      [t.sums.worth, total.worth === null ? t.sums.noPrice : `${sayCents(total.worth, language)} €`],
      [t.sums.open, t.sums.waiting(number(total.proposed), number(total.without))],
    ],
  }
}

function kinds({ language }: Said, plan: MailboxPlan): PdfBlock[] {
  if (plan.kinds.length === 0) return []
  const t = decisionPagesTexts[language].plan
  const names = decisionTexts[language].kinds
  return [
    { kind: 'heading', level: 2, text: t.kinds },
    {
      ...{ kind: 'table', caption: t.kinds },
      columns: [
        { title: t.kindsColumns.kind, align: 'left', width: 1 },
        { title: t.kindsColumns.count, align: 'right' },
      ],
      rows: plan.kinds.map(({ kind, count }) => [names[kind], wholeNumber(count, language)]),
    },
  ]
}

function offices({ language }: Said, plan: MailboxPlan): PdfBlock {
  const pages = decisionPagesTexts[language]
  const t = pages.plan
  const c = t.columns
  const number = (value: number) => wholeNumber(value, language)
  const row = (name: string, one: Omit<PlanOffice, 'officeId' | 'office'>) => [
    ...[name, number(one.boxesBefore), number(one.boxesAfter), number(one.licencesBefore), number(one.licencesAfter)],
    ...[number(one.saved), one.worth === null ? pages.none : sayCents(one.worth, language)],
    number(one.proposed + one.without),
  ]
  const titles = [c.boxesBefore, c.boxesAfter, c.licencesBefore, c.licencesAfter, c.saved, c.worth, c.open]
  return {
    ...{ kind: 'table', caption: t.caption },
    columns: [
      { title: c.office, align: 'left', width: 1 },
      ...titles.map((title) => ({ title, align: 'right' as const })),
    ],
    rows: plan.offices.slice(0, mostOffices).map((one) => row(one.office ?? pages.nowhere, one)),
    footer: row(t.total, plan.total),
  }
}
