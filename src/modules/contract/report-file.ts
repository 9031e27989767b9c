/** A quarter's report as a file for the record: CSV, JSON, PDF/UA, all from one verification. */
import type { Context } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { sayCents } from '../../platform/money.ts'
import { type PdfDocument, renderPdf } from '../../platform/pdf.ts'
import { Problem } from '../../platform/problem.ts'
import { wholeNumber } from '../../platform/texts.ts'
import { findApproval } from './approvals.ts'
import { localDay } from './contracts.ts'
import { listTerms } from './deadlines.ts'
import { describeContract } from './overview.ts'
import type { ShownFigure, Verification, VerifiedIndicator } from './schema.ts'
import { reportEn } from './texts/report-en.ts'
import { reportIt } from './texts/report-it.ts'
import { contractTexts } from './texts.ts'
import { verifyPeriod } from './verify-period.ts'

const reportTexts = { it: reportIt, en: reportEn }

/** Every line with its figures in three ways, for spreadsheets. */
export async function reportCsv(ctx: Context, period: string): Promise<string> {
  const { indicators } = await verifyPeriod(ctx, period)
  const t = contractTexts[ctx.language]
  const r = reportTexts[ctx.language]
  const head = csvLine(Object.values(r.csv))
  const figure = (one: ShownFigure | null) => [one?.inTime ?? null, one?.total ?? null, one?.value ?? null]
  const lines = indicators.map((line) =>
    csvLine([
      line.code,
      line.service,
      line.scope,
      line.period,
      line.label,
      line.target,
      ...figure(line.declared),
      ...figure(line.observed),
      ...figure(line.agreed),
      line.observed?.openBacklog ?? null,
      line.observed?.provedShare ?? null,
      t.outcomes[line.outcome],
      line.flags.map((flag) => t.flags[flag]).join(', '),
      line.penalty.onDeclared,
      line.penalty.onObserved,
      line.penalty.onAgreed,
      line.act,
    ]),
  )
  return csvByteOrderMark + head + lines.join('')
}

/** The report as PDF/UA, to be printed for the file. */
export async function reportPdf(ctx: Context, period: string): Promise<Uint8Array> {
  return renderPdf(await reportDocument(ctx, period))
}

/** The report as a document: what the PDF is made of. */
export async function reportDocument(ctx: Context, period: string): Promise<PdfDocument> {
  const verified = await verifyPeriod(ctx, period)
  const overview = await describeContract(ctx, period)
  const r = reportTexts[ctx.language]
  const approval = await findApproval(ctx, period).catch((error) => {
    if (error instanceof Problem && error.code === 'not_approved') return null
    throw error
  })
  const terms = (await listTerms(ctx)).filter((term) => term.period === period)
  return {
    title: r.title(period),
    language: ctx.language,
    subject: overview.title,
    date: localDay(ctx),
    header: ctx.organisationName,
    footer: r.title(period),
    testData: ctx.isDemo,
    blocks: [
      { kind: 'heading', level: 1, text: r.title(period) },
      { kind: 'paragraph', text: overview.title },
      {
        kind: 'paragraph',
        text: approval === null ? r.notApproved : r.approved(approval.approvedAt.slice(0, 10), approval.sha256),
      },
      { kind: 'heading', level: 2, text: r.indicators },
      indicatorTable(ctx, verified),
      { kind: 'heading', level: 2, text: r.penalties },
      penaltyTable(ctx, verified),
      { kind: 'heading', level: 2, text: r.toCheck },
      { kind: 'list', items: toCheck(ctx, verified) },
      { kind: 'heading', level: 2, text: r.fee },
      {
        kind: 'facts',
        rows: [
          [r.measured, `${overview.coverage.measured.share} %`],
          [r.subset, `${overview.coverage.subset.share} %`],
          [r.without, `${overview.coverage.without.share} %`],
          [r.highest, `${sayCents(overview.coverage.highestPenalty, ctx.language)} €`],
          ...terms.map(({ what, dueOn }): [string, string] => [r.terms[what], dueOn]),
        ],
      },
    ],
  }
}

type Table = Extract<PdfDocument['blocks'][number], { kind: 'table' }>

function indicatorTable(ctx: Context, { indicators }: Verification): Table {
  const r = reportTexts[ctx.language]
  const t = contractTexts[ctx.language]
  const said = (figure: ShownFigure | null, line: VerifiedIndicator) =>
    figure?.value == null ? '–' : `${figure.value}${line.measure === 'mean_days' ? '' : ' %'}`
  return {
    kind: 'table',
    caption: r.indicatorsCaption,
    columns: [
      { title: r.csv.code, align: 'left' },
      { title: r.csv.period, align: 'left' },
      { title: r.csv.target, align: 'left' },
      { title: r.declared, align: 'right' },
      { title: r.observed, align: 'right' },
      { title: r.agreed, align: 'right' },
      { title: r.csv.outcome, align: 'left' },
    ],
    rows: indicators.map((line) => [
      [line.code, line.service, line.scope].filter((part) => part !== '').join(' '),
      line.period,
      line.target,
      said(line.declared, line),
      said(line.observed, line),
      said(line.agreed, line),
      t.outcomes[line.outcome],
    ]),
  }
}

function penaltyTable(ctx: Context, { indicators, totals }: Verification): Table {
  const r = reportTexts[ctx.language]
  const money = (text: string) => sayCents(text, ctx.language)
  const worth = indicators.filter(({ penalty }) =>
    [penalty.onDeclared, penalty.onObserved, penalty.onAgreed].some((amount) => amount !== '0.00'),
  )
  return {
    kind: 'table',
    caption: r.penaltiesCaption,
    columns: [
      { title: r.csv.code, align: 'left' },
      { title: r.csv.period, align: 'left' },
      { title: r.declared, align: 'right' },
      { title: r.observed, align: 'right' },
      { title: r.agreed, align: 'right' },
    ],
    rows: worth.map(({ code, service, period, penalty }) => [
      `${code} ${service}`,
      period,
      money(penalty.onDeclared),
      money(penalty.onObserved),
      money(penalty.onAgreed),
    ]),
    footer: [r.total, '', money(totals.onDeclared), money(totals.onObserved), money(totals.onAgreed)],
  }
}

function toCheck(ctx: Context, { indicators }: Verification): string[] {
  const r = reportTexts[ctx.language]
  const t = contractTexts[ctx.language]
  const items = indicators
    .filter(({ flags }) => flags.some((flag) => flag !== 'singleThreshold'))
    .map(({ code, service, period, flags, observed }) => {
      const words = flags.filter((flag) => flag !== 'singleThreshold').map((flag) => t.flags[flag])
      const backlog = observed?.openBacklog ? r.backlog(wholeNumber(observed.openBacklog, ctx.language)) : ''
      return `${code} ${service}, ${period}: ${[...words, backlog].filter((word) => word !== '').join(', ')}.`
    })
  return items.length === 0 ? [r.nothingToCheck] : items
}
