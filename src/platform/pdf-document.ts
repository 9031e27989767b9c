/** What a PDF says: a tree of plain data, checked and cleaned before it reaches the process that writes it. */
import { z } from 'zod'
import { Problem } from './problem.ts'
import { platformTexts, say } from './texts.ts'

/** What a document may have at most; the bound on the memory and time of the program that writes it. */
export const pdfLimits = { blocks: 2_000, cells: 6_000, characters: 600_000, drawings: 2_000_000 } as const

/** A run without a blank longer than this gets places where it may break, so that no word leaves the page. */
const longRun = { text: 80, cell: 30 }

// Control, unassigned and private characters have no meaning on paper, and half characters none at all.
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[^\P{C}\n\u200b-\u200d\u00ad]/gu, ' ')
}

function breakable(text: string, run: number): string {
  return text.replace(/[^\s\u200b]+/gu, (word) => {
    const letters = [...word]
    if (letters.length <= run) return word
    return letters.map((letter, at) => (at > 0 && at % run === 0 ? `\u200b${letter}` : letter)).join('')
  })
}

const words = z.string().transform((text) => breakable(clean(text), longRun.text))
const inCell = z.string().transform((text) => breakable(clean(text), longRun.cell))
const line = (text: string) => clean(text).replace(/\s+/g, ' ').trim()
const plainLine = z.string().max(1000).transform(line)
const filledLine = plainLine.pipe(z.string().min(1))

const column = z.strictObject({
  title: inCell.pipe(z.string().trim().min(1)),
  align: z.enum(['left', 'right']),
  width: z.number().positive().max(100).optional(),
})

const table = z
  .strictObject({
    kind: z.literal('table'),
    caption: filledLine,
    columns: z.array(column).min(1).max(20),
    rows: z.array(z.array(inCell)),
    footer: z.array(inCell).optional(),
  })
  .refine(({ columns, rows }) => rows.every((row) => row.length === columns.length))
  .refine(({ columns, footer }) => footer === undefined || footer.length === columns.length)

const tag = /<(?:[^"'<>]|"[^"<]*"|'[^'<]*')*>/g
const drawingTag = /^<\/?(svg|title|desc|defs|clipPath|g|path|rect|circle|line|polyline|polygon|text|tspan)[\s>/]/

// A drawing is a picture and nothing else: it runs nothing, has no style sheet and asks for nothing.
function isPlainDrawing(text: string): boolean {
  const tags = text.match(tag) ?? []
  const isPlain = (one: string) => drawingTag.test(one) && !/\bhref\b|\bstyle\b|url\((?!#)|\son\w+\s*=/i.test(one)
  return text.startsWith('<svg') && tags.every(isPlain) && !text.replace(tag, '').includes('<')
}

const svg = z.string().refine(isPlainDrawing)

const label = z.strictObject({ svg, alt: filledLine, title: filledLine, text: words })

const block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), level: z.literal([1, 2, 3]), text: filledLine }),
  z.strictObject({ kind: z.literal('paragraph'), text: words }),
  z.strictObject({ kind: z.literal('list'), items: z.array(words).min(1) }),
  z.strictObject({ kind: z.literal('facts'), rows: z.array(z.tuple([filledLine, words])).min(1) }),
  table,
  z.strictObject({ kind: z.literal('chart'), svg, alt: filledLine, caption: filledLine }),
  z.strictObject({ kind: z.literal('labels'), items: z.array(label.nullable()).min(1) }),
  z.strictObject({ kind: z.literal('pagebreak') }),
])

type Blocks = readonly z.output<typeof block>[]

const shape = z
  .strictObject({
    title: filledLine,
    language: z.enum(['it', 'en']),
    subject: plainLine.optional(),
    date: z.iso.date(),
    header: plainLine.optional(),
    footer: plainLine.optional(),
    testData: z.boolean(),
    isSheet: z.boolean().default(false),
    blocks: z.array(block).max(pdfLimits.blocks),
  })
  .refine(({ blocks }) => hasStairs(blocks))
  .refine(({ blocks }) => isOfSize(blocks))

/**
 * A document: `title` stands on the first page and in the window, `date` (ISO day) is its date of creation, `header`
 * and `footer` stand small on every page, `testData` puts "Dati di prova…" on every page. Headings go down one level
 * at a time, beginning with 1. Column widths are shares of the page; without one a number column is as wide as its
 * content. `svg` is a drawing of `renderChart` or `qrDrawing`; `alt` says in words what it shows. Labels stand three in a
 * row, null is one left free; with `isSheet` they fill the page from edge to edge, 3 × 8 of 70 × 37 mm, without title, header or footer, and each
 * bears the notice of test data itself. Text is text: nothing in it is markup; `\n` begins a new line.
 */
export type PdfDocument = z.input<typeof shape>

/** One block of a document. */
export type PdfBlock = PdfDocument['blocks'][number]

/** What the template reads; it knows no missing keys. */
export type TypstDocument = ReturnType<typeof forTypst>

/** What the process answers. */
export type PdfAnswer = { is: 'pdf'; bytes: Uint8Array<ArrayBuffer> } | { is: 'refused' | 'missing'; why: string }

/** The document as the template reads it, or a Problem `invalid_pdf` (422) for one that cannot be written. */
export function checkPdf(document: PdfDocument): TypstDocument {
  const found = shape.safeParse(document)
  if (found.success) return forTypst(found.data)
  throw invalidPdf(found.error)
}

/** The refusal of a document that cannot be written; what exactly is wrong with it is its cause, for the log. */
export function invalidPdf(cause: unknown): Problem {
  return new Problem(
    'invalid',
    'invalid_pdf',
    say(platformTexts, (t) => t.problems.invalidPdf),
    [],
    { cause },
  )
}

function forTypst({
  title,
  language,
  subject = '',
  date,
  header = '',
  footer = '',
  testData,
  isSheet,
  blocks,
}: z.output<typeof shape>) {
  const { testDataNotice, page, of } = platformTexts[language].pdf
  return {
    ...{ title, language, subject, header, footer, isSheet },
    date: date.split('-').map(Number),
    notice: testData ? testDataNotice : '',
    words: { page, of },
    blocks: blocks.map((one) =>
      one.kind === 'table'
        ? {
            ...one,
            columns: one.columns.map((each) => ({ ...each, width: each.width ?? null })),
            footer: one.footer ?? [],
          }
        : one,
    ),
  }
}

// PDF/UA-1 knows no heading without the one above it.
function hasStairs(blocks: Blocks): boolean {
  let level = 0
  for (const one of blocks) {
    if (one.kind !== 'heading') continue
    if (one.level > level + 1) return false
    level = one.level
  }
  return true
}

function isOfSize(blocks: Blocks): boolean {
  let [cells, characters, drawings] = [0, 0, 0]
  for (const one of blocks) {
    if (one.kind === 'table') cells += one.rows.length * one.columns.length
    if (one.kind === 'chart') drawings += one.svg.length
    else if (one.kind === 'labels')
      for (const item of one.items) {
        drawings += item?.svg.length ?? 0
        characters += (item?.title.length ?? 0) + (item?.text.length ?? 0)
      }
    else characters += JSON.stringify(one).length
  }
  return cells <= pdfLimits.cells && characters <= pdfLimits.characters && drawings <= pdfLimits.drawings
}
