import fc from 'fast-check'
import { Parser, type Quad } from 'n3'
import { describe, expect, test } from 'vitest'
import { csvDictionary } from './csv-dictionary.ts'
import { type Catalogue, catalogueJsonLd, catalogueTurtle } from './open-data.ts'
import { prefixes } from './rdf.ts'

const say = (it: string) => ({ it, en: `${it} (en)` })
const page = 'https://sitec.comune.example.it/dati'

const catalogue: Catalogue = {
  publisher: {
    ...{ name: 'Comune di prova', ipaCode: 'c_x000' },
    contact: { name: 'Ufficio statistica', email: 'dati@comune.example.it' },
  },
  baseUrl: page,
  title: say('Dati sul contratto'),
  description: say('Livelli di servizio, consegne, pagamenti.'),
  modified: '2026-11-25T08:00:00Z',
  datasets: [
    {
      identifier: 'tempi-2026-3',
      title: say('Tempi di risposta'),
      description: say('Minuti di lavoro per richiesta.'),
      themes: ['GOVE', 'TECH'],
      frequency: 'QUARTERLY',
      modified: '2026-10-05',
      issued: '2026-10-05',
      temporal: { from: '2026-07-01', to: '2026-09-30' },
      keywords: ['contratto'],
      distributions: [
        {
          title: say('Tempi in CSV'),
          format: 'CSV',
          accessUrl: `${page}/tempi`,
          downloadUrl: `${page}/tempi/2026-3.csv`,
          ...{ bytes: 2048, sha256: 'a'.repeat(64), license: 'CC-BY-4.0' },
        },
      ],
    },
  ],
}

const full = (name: string) => name.replace(/^(\w+):/, (_, prefix: keyof typeof prefixes) => prefixes[prefix])
const graphOf = (given: Catalogue) => new Parser().parse(catalogueTurtle(given))
const of = (quads: readonly Quad[], subject: string, property: string) =>
  quads.filter((quad) => quad.subject.value === subject && quad.predicate.value === full(property)).map((q) => q.object)
const eu = 'http://publications.europa.eu/resource/authority'

describe('the catalogue as Turtle', () => {
  const quads = graphOf(catalogue)
  const data = `${page}#dati-tempi-2026-3`

  test.each([
    ['dcatapit:Catalog', ['dct:title', 'dct:description', 'dct:publisher', 'dct:modified', 'dcat:dataset']],
    [
      'dcatapit:Dataset',
      [
        ...['dct:identifier', 'dct:title', 'dct:description', 'dct:modified', 'dcat:theme', 'dct:rightsHolder'],
        ...['dct:accrualPeriodicity', 'dcat:distribution'],
      ],
    ],
    ['dcatapit:Distribution', ['dct:format', 'dcat:accessURL', 'dct:license']],
    ['dcatapit:Agent', ['dct:identifier', 'foaf:name']],
    ['dct:PeriodOfTime', ['dcatapit:startDate']],
    ['dcatapit:Organization', ['vcard:fn', 'vcard:hasEmail']],
  ])('%s has what the profile makes mandatory', (type, properties) => {
    const subjects = quads.filter((quad) => quad.object.value === full(type)).map((quad) => quad.subject.value)
    expect(subjects.length).toBeGreaterThan(0)
    for (const subject of subjects)
      for (const property of properties) expect(of(quads, subject, property).length, property).toBeGreaterThan(0)
  })

  test('names authorities, licence and files by address, not by text', () => {
    const addresses = quads.filter(({ predicate }) =>
      /theme$|accrualPeriodicity|format|license|URL|rightsHolder|publisher|homepage|dataset$|distribution$/.test(
        predicate.value,
      ),
    )
    expect(addresses.length).toBeGreaterThan(10)
    expect(addresses.filter(({ object }) => object.termType !== 'NamedNode')).toEqual([])
    expect(of(quads, data, 'dcat:theme').map(({ value }) => value)).toEqual([
      `${eu}/data-theme/GOVE`,
      `${eu}/data-theme/TECH`,
    ])
    expect(of(quads, data, 'dct:accrualPeriodicity')[0]?.value).toBe(`${eu}/frequency/QUARTERLY`)
    const [file] = of(quads, data, 'dcat:distribution')
    expect(of(quads, file?.value ?? '', 'dct:format')[0]?.value).toBe(`${eu}/file-type/CSV`)
    expect(of(quads, file?.value ?? '', 'dct:license')[0]?.value).toBe('http://creativecommons.org/licenses/by/4.0/')
  })

  test('gives each thing an address of its own, and describes all it points to', () => {
    const subjects = new Set(quads.map(({ subject }) => subject.value))
    expect(subjects.size).toBe(8)
    const pointed = quads.filter(({ object }) => object.value.startsWith(`${page}#`)).map(({ object }) => object.value)
    expect(pointed.filter((name) => !subjects.has(name))).toEqual([])
  })

  test('the identifier begins with the code of the administration; without one it stands alone', () => {
    expect(of(quads, data, 'dct:identifier')[0]?.value).toBe('c_x000:tempi-2026-3')
    const bare = graphOf({ ...catalogue, publisher: { name: 'Comune', ipaCode: null } })
    expect(of(bare, data, 'dct:identifier')[0]?.value).toBe('tempi-2026-3')
    expect(of(bare, `${page}#editore`, 'dct:identifier')[0]?.value).toBe('sitec.comune.example.it')
    expect(of(bare, data, 'dcat:contactPoint')).toEqual([])
  })

  test('days are days, instants are instants, sizes are numbers', () => {
    const typed = (subject: string, property: string) => {
      const [found] = of(quads, subject, property)
      return found?.termType === 'Literal' ? found.datatype.value.replace(prefixes.xsd, '') : null
    }
    expect(typed(data, 'dct:modified')).toBe('date')
    expect(typed(`${page}#catalogo`, 'dct:modified')).toBe('dateTime')
    expect(typed(`${page}#file-tempi-2026-3-1`, 'dcat:byteSize')).toBe('decimal')
  })

  test('any text comes back as it was, and no text adds a statement', () => {
    const count = quads.length
    const bad = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '" . <x:a> <x:b> <x:c> .',
        '\\',
        '"""',
        '\\u0041',
        '\r\n\t',
        '@it',
        '^^xsd:date',
        "'",
        '€ “x” 🙂',
      ),
    )
    fc.assert(
      fc.property(bad, (text) => {
        const [first] = catalogue.datasets
        if (!first) return
        const found = graphOf({
          ...catalogue,
          publisher: { ...catalogue.publisher, name: text },
          datasets: [{ ...first, title: { it: text, en: text }, identifier: text || 'x' }],
        })
        expect(found).toHaveLength(count)
        const titles = found.filter(({ object }) => object.termType === 'Literal' && object.value === text)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those are replaced, as the docstring says
        if (!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/.test(text))
          expect(titles.length).toBeGreaterThanOrEqual(3)
      }),
      { numRuns: 300, seed: 4711 },
    )
  })

  test('an address that is none is a mistake of the program', () => {
    expect(() => catalogueTurtle({ ...catalogue, baseUrl: 'javascript:alert(1)' })).toThrow(TypeError)
    expect(() => catalogueTurtle({ ...catalogue, baseUrl: 'dati' })).toThrow(TypeError)
    const odd = graphOf({ ...catalogue, baseUrl: `${page}?a=<b>"{|}^\`\\` })
    expect(odd.length).toBe(quads.length)
  })
})

test('the catalogue as JSON-LD says the same as the Turtle', () => {
  const quads = graphOf(catalogue)
  const document = catalogueJsonLd(catalogue)
  const said = document['@graph'].flatMap((node) =>
    Object.entries(node).flatMap(([name, value]) =>
      name === '@id' ? [] : [value].flat().map((one) => [node['@id'], name, one] as const),
    ),
  )
  expect(said).toHaveLength(quads.length)
  for (const [subject, name, value] of said) {
    const predicate = name === '@type' ? full('rdf:type') : full(name)
    const object = typeof value === 'string' ? full(value) : (value['@id'] ?? value['@value'])
    const isSaid = quads.some(
      (quad) => quad.subject.value === subject && quad.predicate.value === predicate && quad.object.value === object,
    )
    expect(isSaid, `${subject} ${name} ${object}`).toBe(true)
  }
})

describe('the dictionary of a CSV file', () => {
  const table = {
    url: '2026-3.csv',
    title: say('Tempi di risposta'),
    description: say('Minuti di lavoro per richiesta.'),
    primaryKey: ['richiesta'],
    columns: [
      ...[{ name: 'richiesta', title: say('Richiesta'), description: say('Numero della richiesta.') }].map((one) => ({
        ...one,
        datatype: 'string' as const,
        isRequired: true,
      })),
      {
        ...{ name: 'minuti', title: say('Minuti'), description: say('Minuti di lavoro fino alla risposta.') },
        ...{ datatype: 'integer' as const, unit: 'min' },
      },
    ],
  }

  test('says of each column its titles, meaning, kind and unit', () => {
    const found = csvDictionary(table)
    expect(found).toMatchObject({
      '@context': ['http://www.w3.org/ns/csvw', { '@language': 'it' }],
      url: '2026-3.csv',
      dialect: { delimiter: ',', header: true, encoding: 'utf-8' },
      tableSchema: { primaryKey: ['richiesta'] },
    })
    expect(found.tableSchema.columns).toEqual([
      expect.objectContaining({ name: 'richiesta', datatype: 'string', required: true }),
      {
        name: 'minuti',
        titles: { it: ['minuti', 'Minuti'], en: ['minuti', 'Minuti (en)'] },
        'dc:description': [
          { '@value': 'Minuti di lavoro fino alla risposta.', '@language': 'it' },
          { '@value': 'Minuti di lavoro fino alla risposta. (en)', '@language': 'en' },
        ],
        datatype: 'integer',
        'schema:unitText': 'min',
      },
    ])
  })

  test('refuses names that are doubled, empty or unfit, and keys that name no column', () => {
    const [first] = table.columns
    if (!first) throw new Error('no column')
    expect(() => csvDictionary({ ...table, columns: [first, first] })).toThrow(TypeError)
    for (const name of ['', 'con spazio', '1a', 'a-b'])
      expect(() => csvDictionary({ ...table, columns: [{ ...first, name }] })).toThrow(TypeError)
    expect(() => csvDictionary({ ...table, primaryKey: ['altro'] })).toThrow(TypeError)
  })
})
