/** The yearly verification report as PDF/UA, for the file: the same figures as the page and the CSV. */
import type { Context } from '../../platform/context.ts'
import { sayCents } from '../../platform/money.ts'
import { type PdfBlock, type PdfDocument, renderPdf } from '../../platform/pdf.ts'
import { wholeNumber } from '../../platform/texts.ts'
import { deliveryPagesTexts } from './delivery-pages-texts.ts'
import { today } from './plans.ts'
import { reconcilePlan } from './reconcile.ts'
import type { ReconciledLine, Reconciliation } from './schema.ts'

/** The report of a year as PDF. Who reads for an office gets the lines that have something for it. */
export async function reconciliationPdf(ctx: Context, year: number): Promise<Uint8Array<ArrayBuffer>> {
  return renderPdf(await reconciliationDocument(ctx, year))
}

/** The report as a document: what the PDF is made of. */
export async function reconciliationDocument(ctx: Context, year: number): Promise<PdfDocument> {
  const found = await reconcilePlan(ctx, year)
  const words = wordsOf(ctx)
  const { t } = words
  const day = today(ctx)
  const long = new Intl.DateTimeFormat(ctx.language === 'it' ? 'it-IT' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  })
  const title = t.report.title(year)
  const heading = (text: string): PdfBlock => ({ kind: 'heading', level: 2, text })
  const reasons = found.lines.flatMap((line) =>
    line.reasons.length === 0 ? [] : [`${t.report.lineOf(line.line, line.description)}: ${line.reasons.join(', ')}.`],
  )
  return {
    ...{ title, language: ctx.language, subject: t.report.subject, date: day, header: ctx.organisationName },
    ...{ footer: title, testData: ctx.isDemo },
    blocks: [
      { kind: 'heading', level: 1, text: title },
      { kind: 'paragraph', text: `${t.report.subject}. ${t.report.date(long.format(new Date(`${day}T00:00:00Z`)))}` },
      { kind: 'paragraph', text: sentenceOf(words, found) },
      heading(t.report.totals),
      totals(words, found),
      heading(t.report.toCheck),
      toCheck(words, found),
      heading(t.report.counts),
      counts(words, found),
      ...(reasons.length === 0 ? [] : [heading(t.report.why), { kind: 'list' as const, items: reasons }]),
      heading(t.report.money),
      amounts(words, found),
      ...offices(words, found),
    ],
  }
}

type Words = ReturnType<typeof wordsOf>

function wordsOf({ language }: Pick<Context, 'language'>) {
  return {
    t: deliveryPagesTexts[language],
    amount: (text: string) => sayCents(text, language),
    count: (value: number | null) => (value === null ? '–' : wholeNumber(value, language)),
  }
}

function sentenceOf({ t }: Words, { lines }: Reconciliation): string {
  return t.reconciliation.sentence(lines.length, lines.filter(({ findings }) => findings.length > 0).length)
}

function totals({ t, amount }: Words, found: Reconciliation): PdfBlock {
  const names = {
    planned: found.plannedExVat,
    ordered: found.orderedExVat,
    payable: found.payableExVat,
    paid: found.paidExVat,
  }
  return {
    kind: 'facts',
    rows: Object.entries(names).map(([name, value]) => [
      t.reconciliation.sum[name as keyof typeof names],
      t.euro(amount(value)),
    ]),
  }
}

function toCheck({ t }: Words, { lines, findings }: Reconciliation): PdfBlock {
  const items = [
    ...lines.flatMap(({ line, description, findings }) =>
      findings.map(({ says }) => `${t.report.lineOf(line, description)}. ${says}.`),
    ),
    ...findings.map(({ says }) => `${says}.`),
  ]
  return items.length === 0 ? { kind: 'paragraph', text: t.report.nothing } : { kind: 'list', items }
}

const steps = ['planned', 'ordered', 'declared', 'verified', 'installed', 'retired', 'paid'] as const

function counts({ t, count }: Words, { lines }: Reconciliation): PdfBlock {
  const c = t.reconciliation.columns
  return {
    ...{ kind: 'table', caption: t.report.countsCaption },
    columns: [
      { title: c.line, align: 'right' },
      { title: t.report.what, align: 'left', width: 1 },
      ...steps.map((name) => ({ title: c[name], align: 'right' as const })),
    ],
    rows: lines.map((line) => [String(line.line), line.description, ...steps.map((name) => count(line[name]))]),
  }
}

const sums = ['plannedExVat', 'orderedExVat', 'payableExVat', 'paidExVat'] as const satisfies (keyof ReconciledLine)[]

function amounts({ t, amount }: Words, found: Reconciliation): PdfBlock {
  const { planned, ordered, payable, paid } = t.reconciliation.sum
  return {
    ...{ kind: 'table', caption: t.report.moneyCaption },
    columns: [
      { title: t.reconciliation.columns.line, align: 'right' },
      { title: t.report.what, align: 'left', width: 1 },
      ...[planned, ordered, payable, paid].map((title) => ({ title, align: 'right' as const })),
    ],
    rows: found.lines.map((line) => [String(line.line), line.description, ...sums.map((name) => amount(line[name]))]),
    footer: ['', t.report.total, ...sums.map((name) => amount(found[name]))],
  }
}

/** More rows than this by office are in the page and not in the PDF. */
const mostOffices = 500

function offices({ t, count }: Words, { lines }: Reconciliation): PdfBlock[] {
  const r = t.reconciliation
  const rows = lines.flatMap((line) =>
    line.offices.map((one) => [
      ...[String(line.line), one.office ?? r.noOffice],
      ...[one.planned, one.declared, one.verified, one.installed].map(count),
    ]),
  )
  if (rows.length === 0 || rows.length > mostOffices) return []
  const titles = [r.columns.planned, r.columns.declared, r.columns.verified, r.columns.installed]
  return [
    { kind: 'heading', level: 2, text: t.report.offices },
    {
      ...{ kind: 'table', caption: t.report.officesCaption, rows },
      columns: [
        { title: r.columns.line, align: 'right' },
        { title: r.office, align: 'left', width: 1 },
        ...titles.map((title) => ({ title, align: 'right' as const })),
      ],
    },
  ]
}
