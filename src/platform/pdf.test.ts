import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { getDocumentProxy } from 'unpdf'
import { afterAll, describe, expect, test } from 'vitest'
import { closeCharts, renderChart } from './chart.ts'
import { closePdf, type PdfBlock, type PdfDocument, renderPdf } from './pdf.ts'
import { qrDrawing } from './qr.ts'

afterAll(() => Promise.all([closePdf(), closeCharts()]))

const report: PdfDocument = {
  title: 'Rapporto sul contratto, terzo trimestre 2026',
  language: 'it',
  subject: 'Livelli di servizio e penali',
  date: '2026-10-05',
  header: 'Comune di prova',
  footer: 'SITEC',
  testData: true,
  blocks: [
    { kind: 'heading', level: 1, text: 'Disponibilità' },
    { kind: 'paragraph', text: 'La rete è stata disponibile per il 99,7 % del tempo.\nLa soglia è 99,5 %.' },
    { kind: 'list', items: ['Rete', 'Anagrafe'] },
    { kind: 'facts', rows: [['CIG', 'Z0000000AA']] },
    { kind: 'heading', level: 2, text: 'Per servizio' },
    {
      kind: 'table',
      caption: 'Disponibilità per servizio',
      columns: [
        { title: 'Servizio', align: 'left' },
        { title: 'Quota', align: 'right' },
      ],
      rows: Array.from({ length: 90 }, (_, at) => [`Servizio ${at + 1}`, '99,7 %']),
      footer: ['Media', '99,7 %'],
    },
  ],
}

type Node = { role?: string; alt?: string; type?: string; id?: string; children?: Node[] }
type Found = { page: number; role: string; alt: string | undefined; text: string }

const open = async (bytes: Uint8Array) => getDocumentProxy(Uint8Array.from(bytes))

/** What a screen reader meets: each element with its role and its text, page by page. */
async function readOut(bytes: Uint8Array): Promise<Found[]> {
  const pdf = await open(bytes)
  const found: Found[] = []
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const one = await pdf.getPage(page)
    const { items } = await one.getTextContent({ includeMarkedContent: true })
    const texts = new Map<string, string>()
    const ids: (string | null)[] = []
    for (const item of items) {
      if ('str' in item) {
        const id = ids.findLast((each) => each !== null)
        if (id) texts.set(id, `${texts.get(id) ?? ''}${item.str}${item.hasEOL ? '\n' : ''}`)
      } else if (item.type === 'endMarkedContent') ids.pop()
      else ids.push(item.id ?? null)
    }
    const textOf = (node: Node): string =>
      node.id ? (texts.get(node.id) ?? '') : (node.children ?? []).map(textOf).join('')
    const walk = (node: Node) => {
      if (node.role) found.push({ page, role: node.role, alt: node.alt, text: textOf(node) })
      for (const child of node.children ?? []) walk(child)
    }
    walk((await one.getStructTree()) as Node)
  }
  return found
}

/** All text of the pages, headers and footers included. */
async function pages(bytes: Uint8Array): Promise<string[]> {
  const pdf = await open(bytes)
  return Promise.all(
    Array.from({ length: pdf.numPages }, async (_, at) => {
      const { items } = await (await pdf.getPage(at + 1)).getTextContent()
      return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')
    }),
  )
}

const withBlocks = (...blocks: PdfBlock[]): PdfDocument => ({ ...report, testData: false, blocks })
const refusal = (document: object) =>
  renderPdf({ ...report, ...document }).then(
    () => null,
    (problem) => problem.code,
  )

describe('a report as PDF', () => {
  test('is PDF/UA-1: tagged, with title, language and the day of its date', async () => {
    const bytes = await renderPdf(report)
    const raw = Buffer.from(bytes).toString('latin1')
    expect(raw.slice(0, 5)).toBe('%PDF-')
    expect(raw).toMatch(/\/StructTreeRoot \d+ 0 R/)
    expect(raw).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/)
    expect(raw).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/)
    expect(raw).toMatch(/\/DisplayDocTitle true/)
    const { info } = await (await open(bytes)).getMetadata()
    expect(info).toMatchObject({
      ...{ Title: report.title, Language: 'it', Subject: report.subject },
      CreationDate: 'D:20261005000000Z',
    })
  })

  test('is read out in order, by what each part is', async () => {
    const found = await readOut(await renderPdf(report))
    const texts = (role: string) => found.filter((one) => one.role === role).map(({ text }) => text.trim())
    expect(texts('H1')).toEqual(['Disponibilità'])
    expect(texts('H2')).toEqual(['Per servizio'])
    expect(found.filter(({ page }) => page === 1).map(({ text }) => text.trim())).toContain(report.title)
    expect(texts('P')).toContain('Dati di prova: persone, fatti e numeri sono inventati.')
    expect(texts('LBody')).toEqual(expect.arrayContaining(['Rete', 'Anagrafe', 'Z0000000AA']))
    expect(texts('Caption')).toContain('Disponibilità per servizio')
    expect(texts('TH').filter((text) => text !== '')).toEqual(['Servizio', 'Quota'])
    expect(texts('TD').filter((text) => text !== '')).toHaveLength(182)
  })

  test('every page has its number, its header, the notice of test data, and the head of the table', async () => {
    const found = await pages(await renderPdf(report))
    expect(found.length).toBeGreaterThan(2)
    for (const [at, page] of found.entries()) {
      expect(page).toContain(`Pagina ${at + 1} di ${found.length}`)
      expect(page).toContain('Comune di prova')
      expect(page).toContain('Dati di prova')
      expect(page).toContain('Quota')
    }
    const [english = ''] = await pages(await renderPdf({ ...report, language: 'en', testData: false }))
    expect(english).toContain('Page 1 of')
    expect(english).not.toMatch(/Dati di prova|Test data/)
  })

  test('the same document gives the same bytes, also from a new process', async () => {
    const first = await renderPdf(report)
    await renderPdf(withBlocks({ kind: 'paragraph', text: 'altro' }))
    await closePdf()
    expect(Buffer.from(await renderPdf(report)).equals(Buffer.from(first))).toBe(true)
  })

  test('a chart is a figure with words', async () => {
    const svg = await renderChart({
      ...{ kind: 'lines', title: '<&"', description: ']]>', unit: '%', language: 'it', width: 760, height: 300 },
      series: [
        { name: '"<b>&amp;', points: [{ label: "<a href='x'>", value: 99.1 }] },
        { name: 'Rete', points: [{ label: "<a href='x'>", value: null }] },
      ],
      threshold: { value: 99, label: '<Soglia>' },
    })
    const bytes = await renderPdf(withBlocks({ kind: 'chart', svg, alt: 'Una linea', caption: 'Disponibilità' }))
    const found = await readOut(bytes)
    expect(found.find(({ role }) => role === 'Figure')?.alt).toBe('Una linea')
    expect((await pages(bytes)).join()).toContain('<Soglia>')
  })
})

const hostile = [
  '#import "@preview/x:1.0.0": *',
  '#read("/0001_first.sql") #sys.inputs #panic("no")',
  '$x^2$ *grassetto* _corsivo_ `codice` ```raw``` <label> @ref',
  '\\ \\u{41} ] [ } { ) ( " \' // commento /* ancora */',
  '= Titolo\n- voce\n+ voce\n/ termine: voce',
  '#pagebreak() #set page(width: 1pt)',
  '{"kind":"pagebreak"}',
]

describe('no text becomes markup or code', () => {
  test('whatever looks like it is shown as it was written', async () => {
    const rows = hostile.map((text) => [text, text])
    const bytes = await renderPdf({
      ...report,
      ...{ title: hostile.join(' '), header: hostile[0], footer: hostile[1], subject: hostile[2] },
      blocks: [
        { kind: 'heading', level: 1, text: hostile.join(' ') },
        ...hostile.map((text): PdfBlock => ({ kind: 'paragraph', text })),
        { kind: 'list', items: hostile },
        { kind: 'facts', rows: hostile.map((text): [string, string] => [text, text]) },
        {
          ...{ kind: 'table', caption: hostile.join(' '), rows },
          columns: hostile.slice(0, 2).map((title) => ({ title, align: 'left' })),
        },
      ],
    })
    const squeezed = (text: string) => text.replace(/[\s\u200b]+/g, '')
    const text = squeezed((await pages(bytes)).join(''))
    for (const one of hostile) expect(text.split(squeezed(one)).length, one).toBeGreaterThan(5)
    expect((await (await open(bytes)).getMetadata()).info).toMatchObject({
      Title: hostile.join(' ').replace(/\s+/g, ' '),
    })
  })

  test('any text at all gives a document, and its Latin letters are in it', async () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ maxLength: 200 }),
      fc.constantFrom(...hostile),
    )
    await fc.assert(
      fc.asyncProperty(anything, anything, async (one, two) => {
        const bytes = await renderPdf(
          withBlocks(
            { kind: 'paragraph', text: `inizio${one}fine` },
            { kind: 'list', items: [two] },
            {
              ...{ kind: 'table', caption: 'Tabella', rows: [[one, two]] },
              columns: [
                { title: 'A', align: 'left' },
                { title: 'B', align: 'right', width: 2 },
              ],
            },
          ),
        )
        const text = (await pages(bytes)).join('')
        expect(text).toContain('inizio')
        expect(text).toContain('fine')
      }),
      { numRuns: 60, seed: 4711 },
    )
  })

  test('a word of ten thousand letters stays on the pages', async () => {
    const long = 'a'.repeat(10_000)
    const column = { title: 'A', align: 'left' } as const
    const bytes = await renderPdf(
      withBlocks(
        { kind: 'paragraph', text: long },
        { kind: 'table', caption: 'Tabella', columns: [column, { ...column, title: 'B' }], rows: [[long, 'x']] },
      ),
    )
    expect((await pages(bytes)).join('').match(/a/g)?.length).toBeGreaterThanOrEqual(20_000)
  })

  test('letters no font has are replaced, the others stay', async () => {
    const text = (await pages(await renderPdf(withBlocks({ kind: 'paragraph', text: 'Là 中文 🙂 € fine' })))).join('')
    expect(text).toContain('Là \ufffd\ufffd \ufffd € fine')
  })
})

describe('what cannot be written is refused', () => {
  test('incomplete or too large: invalid_pdf', async () => {
    const table = { kind: 'table', caption: 'T', columns: [{ title: 'A', align: 'left' }] }
    expect(await refusal({ title: ' ' })).toBe('invalid_pdf')
    expect(await refusal({ date: '2026-02-30' })).toBe('invalid_pdf')
    expect(await refusal({ blocks: [{ kind: 'heading', level: 2, text: 'Salta un livello' }] })).toBe('invalid_pdf')
    expect(await refusal({ blocks: [{ ...table, rows: [['a', 'b']] }] })).toBe('invalid_pdf')
    expect(await refusal({ blocks: [{ ...table, rows: Array.from({ length: 6001 }, () => ['a']) }] })).toBe(
      'invalid_pdf',
    )
    expect(await refusal({ blocks: [{ kind: 'paragraph', text: 'a'.repeat(600_001) }] })).toBe('invalid_pdf')
    expect(await refusal({ blocks: [] })).toBe(null)
  })

  test('a drawing that runs, reads or asks for something', async () => {
    const inside = [
      '<script>1</script>',
      '<image href="/etc/passwd"/>',
      '<image xlink:href="http://127.0.0.1/x"/>',
      '<use href="#a"/>',
      '<rect fill="url(http://127.0.0.1/x)"/>',
      '<!ENTITY a "b">',
    ]
    for (const one of [
      ...inside,
      'broken <',
      '<style>a{}</style>',
      '<a href="x"><path/></a>',
      '<path onload="x"/>',
      '<foreignObject/>',
    ]) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${one}</svg>`
      expect(await refusal({ blocks: [{ kind: 'chart', svg, alt: 'a', caption: 'c' }] }), one).toBe('invalid_pdf')
    }
  })

  test('a machine on which the program does not start: pdf_missing, in words', async () => {
    // The process as it is, in a folder where its package is not to be found.
    const folder = mkdtempSync(join(tmpdir(), 'sitec-pdf-'))
    for (const name of readdirSync(import.meta.dirname).filter((one) => /^(pdf-(worker|template)|root)/.test(one)))
      writeFileSync(join(folder, name), readFileSync(join(import.meta.dirname, name)))
    for (const name of ['package.json', 'migrations']) writeFileSync(join(folder, name), '{"type":"module"}')
    const { openPdfWriter } = await import('./pdf.ts')
    const writer = openPdfWriter({ entry: join(folder, 'pdf-worker.ts') })
    await expect(writer.render(report)).rejects.toMatchObject({ code: 'pdf_missing', status: 503 })
    await writer.close()
  })

  test('a document that takes too long: pdf_unavailable, and the next one is written', async () => {
    const { openPdfWriter } = await import('./pdf.ts')
    const writer = openPdfWriter({ timeLimitMs: 1 })
    await expect(writer.render(report)).rejects.toMatchObject({ code: 'pdf_unavailable', status: 503 })
    await writer.close()
    expect((await renderPdf(report)).length).toBeGreaterThan(1000)
  })
})

describe('labels', () => {
  const item = (at: number) => ({
    svg: qrDrawing(`https://sitec.example.it/registro/${at}`),
    alt: `Codice QR di PC-${at}`,
    title: `PC-${at}`,
    text: 'Postazione fissa',
  })
  const items = Array.from({ length: 25 }, (_, at) => item(at))

  test('fill sheets of three by eight, each with its notice, and are read out', async () => {
    const bytes = await renderPdf({ ...report, isSheet: true, blocks: [{ kind: 'labels', items }] })
    const [first = '', second = '', ...rest] = await pages(bytes)
    expect(rest).toEqual([])
    expect(first.match(/PC-\d+/g)).toHaveLength(24)
    expect(second.match(/PC-\d+/g)).toEqual(['PC-24'])
    expect(first.match(/Dati di prova/g)).toHaveLength(24)
    const figures = (await readOut(bytes)).filter(({ role }) => role === 'Figure')
    expect(figures.map(({ alt }) => alt)).toContain('Codice QR di PC-24')
  })

  test('stand in a report below its text', async () => {
    const found = await pages(await renderPdf(withBlocks({ kind: 'labels', items: items.slice(0, 2) })))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain('PC-1')
  })
})
