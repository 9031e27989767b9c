/**
 * Descriptions of published data: a catalogue after DCAT-AP_IT 2 for dati.gov.it, as Turtle and JSON-LD, and the
 * dictionary of a CSV file after CSV on the Web. Pure: what goes in decides what comes out, byte for byte.
 *
 * Source: the guide to DCAT-AP_IT (italia/linee-guida-cataloghi-dati-dcat-ap-it). Everything has an address of its own
 * and authorities are named by address, never by text: the two mistakes the national catalogue meets most.
 */
import { iri, jsonLd, type RdfNode, type Term, turtle } from './rdf.ts'
import type { Say } from './texts.ts'

/** Subjects of the European vocabulary of data themes. */
export type DataTheme =
  | ('AGRI' | 'ECON' | 'EDUC' | 'ENER' | 'ENVI' | 'GOVE' | 'HEAL')
  | ('INTR' | 'JUST' | 'OP_DATPRO' | 'REGI' | 'SOCI' | 'TECH' | 'TRAN')

/** How often data are renewed, after the European vocabulary of frequencies. */
export type DataFrequency =
  | ('ANNUAL' | 'ANNUAL_2' | 'QUARTERLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY')
  | ('UPDATE_CONT' | 'IRREG' | 'NEVER' | 'OTHER' | 'UNKNOWN')

/** File types of the European vocabulary that are published here. */
export type DataFormat = 'CSV' | 'JSON' | 'JSON_LD' | 'RDF_TURTLE' | 'XML' | 'XLSX' | 'ODS' | 'PDF' | 'HTML' | 'ZIP'

/** Licences known by name; the address is that of the guide. */
const licenses = {
  'CC-BY-4.0': {
    address: 'http://creativecommons.org/licenses/by/4.0/',
    name: 'CC BY',
    version: '4.0',
    kind: 'Attribution',
  },
  'CC0-1.0': {
    address: 'http://creativecommons.org/publicdomain/zero/1.0/',
    name: 'CC0',
    version: '1.0',
    kind: 'PublicDomain',
  },
} as const

/** One file in which a dataset is offered. `bytes` and `sha256` (hex) are of exactly that file. */
export type Distribution = {
  title: Say
  format: DataFormat
  /** The page that leads to it. */
  accessUrl: string
  /** The file itself. */
  downloadUrl: string
  bytes: number
  sha256: string
  license: keyof typeof licenses
}

/** A set of data. Days are ISO days, instants ISO instants in UTC. */
export type Dataset = {
  /** Stable and unique in the catalogue; published after the code of the administration, `c_g273:tempi`. */
  identifier: string
  title: Say
  description: Say
  themes: readonly [DataTheme, ...DataTheme[]]
  frequency: DataFrequency
  modified: string
  issued: string
  /** First and last day the data speak of; without a last day they go on. */
  temporal?: { from: string; to: string | null }
  keywords?: readonly string[]
  distributions: readonly [Distribution, ...Distribution[]]
}

/** A catalogue. `baseUrl` is the address of its page; what it describes is named by parts of that address. */
export type Catalogue = {
  publisher: {
    name: string
    /** Its code in IndicePA; without one it is identified by the address of the catalogue. */
    ipaCode: string | null
    /** Recommended by the profile: where to ask about the data. */
    contact?: { name: string; email: string }
  }
  baseUrl: string
  title: Say
  description: Say
  modified: string
  datasets: readonly Dataset[]
}

/** Content types of what is built here. */
export const openDataTypes = {
  turtle: 'text/turtle; charset=utf-8',
  jsonLd: 'application/ld+json; charset=utf-8',
  csvDictionary: 'application/csvm+json; charset=utf-8',
} as const

/** The catalogue as Turtle, with every mandatory property of DCAT-AP_IT. Throws TypeError for an address that is none. */
export function catalogueTurtle(catalogue: Catalogue): string {
  return turtle(nodesOf(catalogue))
}

/** The same catalogue as a JSON-LD document. */
export function catalogueJsonLd(catalogue: Catalogue): ReturnType<typeof jsonLd> {
  return jsonLd(nodesOf(catalogue))
}

const authority = (list: string, code: string): Term => ({
  iri: `http://publications.europa.eu/resource/authority/${list}/${code}`,
})

const text = (value: string): Term => ({ text: value })
const inBoth = ({ it, en }: Say): Term[] => [
  { text: it, language: 'it' },
  { text: en, language: 'en' },
]
const day = (value: string): Term => ({ text: value, type: value.includes('T') ? 'xsd:dateTime' : 'xsd:date' })
const languages = [authority('language', 'ITA'), authority('language', 'ENG')]

function nodesOf(catalogue: Catalogue): RdfNode[] {
  const page = iri(catalogue.baseUrl)
  const part = (name: string) => iri(new URL(`#${encodeURIComponent(name)}`, page.iri).href)
  const [publisher, contact] = [part('editore'), part('contatto')]
  const { name, ipaCode, contact: desk } = catalogue.publisher
  const usedLicenses = new Set(catalogue.datasets.flatMap((one) => one.distributions.map(({ license }) => license)))
  return [
    {
      ...part('catalogo'),
      types: ['dcatapit:Catalog', 'dcat:Catalog'],
      properties: [
        ['dct:title', inBoth(catalogue.title)],
        ['dct:description', inBoth(catalogue.description)],
        ['dct:publisher', [publisher]],
        ['dct:modified', [day(catalogue.modified)]],
        ['dct:language', languages],
        ['foaf:homepage', [page]],
        ['dcat:themeTaxonomy', [{ iri: 'http://publications.europa.eu/resource/authority/data-theme' }]],
        ['dcat:dataset', catalogue.datasets.map(({ identifier }) => part(`dati-${identifier}`))],
      ],
    },
    {
      ...publisher,
      types: ['dcatapit:Agent', 'foaf:Agent'],
      properties: [
        ['dct:identifier', [text(ipaCode ?? new URL(page.iri).host)]],
        ['foaf:name', [{ text: name, language: 'it' }]],
      ],
    },
    ...(desk ? [contactNode(contact, desk)] : []),
    ...catalogue.datasets.flatMap((one) => datasetNodes(one, ipaCode, publisher, desk ? [contact] : [], part)),
    ...[...usedLicenses].map(licenseNode),
  ]
}

type Part = (name: string) => { iri: string }

function datasetNodes(
  dataset: Dataset,
  ipaCode: string | null,
  publisher: Term,
  contact: Term[],
  part: Part,
): RdfNode[] {
  const { identifier, temporal } = dataset
  const period = part(`periodo-${identifier}`)
  return [
    {
      ...part(`dati-${identifier}`),
      types: ['dcatapit:Dataset', 'dcat:Dataset'],
      properties: [
        ['dct:identifier', [text(ipaCode === null ? identifier : `${ipaCode}:${identifier}`)]],
        ['dct:title', inBoth(dataset.title)],
        ['dct:description', inBoth(dataset.description)],
        ['dct:modified', [day(dataset.modified)]],
        ['dct:issued', [day(dataset.issued)]],
        ['dcat:theme', dataset.themes.map((theme) => authority('data-theme', theme))],
        ['dct:rightsHolder', [publisher]],
        ['dct:publisher', [publisher]],
        ['dct:accrualPeriodicity', [authority('frequency', dataset.frequency)]],
        ['dct:language', languages],
        ['dcat:contactPoint', contact],
        ['dcat:keyword', (dataset.keywords ?? []).map((word): Term => ({ text: word, language: 'it' }))],
        ['dct:temporal', temporal ? [period] : []],
        ['dcat:distribution', dataset.distributions.map((_, at) => part(`file-${identifier}-${at + 1}`))],
      ],
    },
    ...(temporal ? [periodNode(period, temporal)] : []),
    ...dataset.distributions.flatMap((one, at) => distributionNodes(one, `${identifier}-${at + 1}`, part)),
  ]
}

function periodNode(name: { iri: string }, { from, to }: { from: string; to: string | null }): RdfNode {
  return {
    ...name,
    types: ['dct:PeriodOfTime'],
    properties: [
      ['dcatapit:startDate', [day(from)]],
      ['dcatapit:endDate', to === null ? [] : [day(to)]],
    ],
  }
}

function distributionNodes(file: Distribution, name: string, part: Part): RdfNode[] {
  const checksum = part(`impronta-${name}`)
  return [
    {
      ...part(`file-${name}`),
      types: ['dcatapit:Distribution', 'dcat:Distribution'],
      properties: [
        ['dct:title', inBoth(file.title)],
        ['dct:format', [authority('file-type', file.format)]],
        ['dcat:accessURL', [iri(file.accessUrl)]],
        ['dcat:downloadURL', [iri(file.downloadUrl)]],
        ['dct:license', [{ iri: licenses[file.license].address }]],
        ['dcat:byteSize', [{ text: String(file.bytes), type: 'xsd:decimal' }]],
        ['spdx:checksum', [checksum]],
      ],
    },
    {
      ...checksum,
      types: ['spdx:Checksum'],
      properties: [
        ['spdx:algorithm', [{ iri: 'http://spdx.org/rdf/terms#checksumAlgorithm_sha256' }]],
        ['spdx:checksumValue', [{ text: file.sha256, type: 'xsd:hexBinary' }]],
      ],
    },
  ]
}

function licenseNode(license: keyof typeof licenses): RdfNode {
  const { address, name, version, kind } = licenses[license]
  return {
    iri: address,
    types: ['dcatapit:LicenseDocument', 'dct:LicenseDocument'],
    properties: [
      ['dct:type', [{ iri: `http://purl.org/adms/licencetype/${kind}` }]],
      ['foaf:name', [text(name)]],
      ['owl:versionInfo', [text(version)]],
    ],
  }
}

function contactNode(name: { iri: string }, desk: { name: string; email: string }): RdfNode {
  return {
    ...name,
    types: ['dcatapit:Organization', 'vcard:Organization', 'vcard:Kind'],
    properties: [
      ['vcard:fn', [{ text: desk.name, language: 'it' }]],
      ['vcard:hasEmail', [iri(`mailto:${encodeURIComponent(desk.email).replace('%40', '@')}`)]],
    ],
  }
}
