/** How people type and read figures and texts. */
import { expect, test } from 'vitest'
import type { EditionContent, ShownBlock } from './edition-schema.ts'
import { figureText, readTypedNumber } from './figure-words.ts'
import { editionDifferences } from './internal/report-differences.ts'
import { proseParts } from './report-prose.ts'

test('a number is read as Italians type it, and what is not one is refused', () => {
  expect(['25.380', '25380', '1.234.567,5', '4,3', '3.5', '-12', ' 7 '].map(readTypedNumber)).toEqual([
    25_380, 25_380, 1_234_567.5, 4.3, 3.5, -12, 7,
  ])
  expect(['', 'tanti', '1,2,3', '1.23.456', '12%', '1e5'].map(readTypedNumber)).toEqual(Array(6).fill(null))
})

test('a figure is written with its unit in words, grouped also on four digits', () => {
  expect(figureText(4120, 'count', 'it')).toBe('4.120')
  expect(figureText(4.3, 'percent', 'it')).toBe('4,3\u00a0%')
  expect(figureText(112_140, 'FP', 'en')).toBe('112,140\u00a0function points')
  expect(figureText(23, 'min', 'it')).toBe('23\u00a0min')
})

test('a text has paragraphs, lists and small headings, and nothing else', () => {
  const parts = proseParts('## Titolo\nprima riga\nseconda\n\n- uno\n\n- due\n1. passo\n<b>resta</b> testo')
  expect(parts).toEqual([
    { what: 'heading', lines: ['Titolo'] },
    { what: 'paragraph', lines: ['prima riga', 'seconda'] },
    { what: 'bullets', lines: ['uno', 'due'] },
    { what: 'steps', lines: ['passo'] },
    { what: 'paragraph', lines: ['<b>resta</b> testo'] },
  ])
})

function edition(blocks: ShownBlock[], number = 2): EditionContent {
  const objective = { number, title: 'I servizi in rete', lead: '', priority: null, blocks }
  const sections = [{ code: '1-B', title: 'Servizi', intro: '', objectives: [objective] }]
  const head = { organisation: 'Comune', isDemo: true, year: 2016, title: 'Bilancio', summary: '', office: 'Ufficio' }
  return { format: 1, ...head, lines: [], sections }
}

test('differences name what changed and where: figures and series by value, texts by heading, parts by title', () => {
  const series = (last: number): ShownBlock => ({
    ...{
      kind: 'series',
      heading: '',
      title: 'Pratiche',
      chart: 'columns',
      disagreements: [],
      collectedOn: '2017-01-16',
    },
    lines: [{ label: 'In rete', unit: 'count', source: 'registro' }],
    rows: [
      { year: 2015, values: [16_240] },
      { year: 2016, values: [last] },
    ],
  })
  const text = (body: string): ShownBlock => ({ kind: 'text', heading: 'Impegni', body })
  const said = (before: EditionContent, after: EditionContent) =>
    editionDifferences(before, after, 'it').map((one) => [one.objective, one.what, one.label, one.before, one.after])
  expect(said(edition([series(25_000), text('a')]), edition([series(25_380), text('b')]))).toEqual([
    [2, 'series', 'In rete, 2016', '25.000', '25.380'],
    [2, 'words', 'Impegni', null, null],
  ])
  expect(said(edition([text('a'), series(1)]), edition([series(1), text('a')]))).toEqual([[2, 'block', '', null, null]])
  expect(said(edition([]), edition([], 3))).toEqual([
    [3, 'added', 'I servizi in rete', null, null],
    [2, 'removed', 'I servizi in rete', null, null],
  ])
  expect(said(edition([text('a')]), edition([text('a')]))).toEqual([])
})
