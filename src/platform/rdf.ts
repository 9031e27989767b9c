/** The little of RDF that open data need: a graph of named nodes, written as Turtle and as JSON-LD. */

/** Names that stand for the beginning of an IRI. */
export const prefixes = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  dct: 'http://purl.org/dc/terms/',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatapit: 'http://dati.gov.it/onto/dcatapit#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  spdx: 'http://spdx.org/rdf/terms#',
  owl: 'http://www.w3.org/2002/07/owl#',
} as const

/** A name with a prefix, such as `dct:title`. */
export type Name = `${keyof typeof prefixes}:${string}`

/** What a property holds: the IRI of something, a text in a language, or a value of a kind. */
export type Term = { iri: string } | { text: string; language: 'it' | 'en' } | { text: string; type?: Name }

/** One thing and what is said of it. */
export type RdfNode = { iri: string; types: readonly Name[]; properties: readonly (readonly [Name, readonly Term[]])[] }

/**
 * An address as an IRI that is legal in Turtle. Throws TypeError for anything but http, https and mailto: a program
 * gave it, so that is a mistake in the program.
 */
export function iri(address: string): { iri: string } {
  const url = new URL(address)
  if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) throw new TypeError(`not a public address: ${address}`)
  return { iri: url.href.replace(/[<>"{}|^`\\\s]/g, (one) => encodeURIComponent(one)) }
}

/** The graph as Turtle (RDF 1.1), a block for each node, in the order given. */
export function turtle(nodes: readonly RdfNode[]): string {
  const head = Object.entries(prefixes).map(([name, start]) => `@prefix ${name}: <${start}> .`)
  const blocks = nodes.map(({ iri, types, properties }) => {
    const lines = properties
      .filter(([, terms]) => terms.length > 0)
      .map(([name, terms]) => `    ${name} ${terms.map(turtleTerm).join(' , ')}`)
    return `<${iri}>\n${[`    a ${types.join(' , ')}`, ...lines].join(' ;\n')} .`
  })
  return `${head.join('\n')}\n\n${blocks.join('\n\n')}\n`
}

function turtleTerm(term: Term): string {
  if ('iri' in term) return `<${term.iri}>`
  const quoted = `"${escapedText(term.text)}"`
  if ('language' in term) return `${quoted}@${term.language}`
  return term.type ? `${quoted}^^${term.type}` : quoted
}

const escapes: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapedText(text: string): string {
  return plainText(text).replace(/[\\"\n\r\t]/g, (one) => escapes[one] ?? one)
}

// Characters that neither XML nor Turtle readers agree on say nothing in a title.
function plainText(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\n\r\t]|[\ufffe\uffff]/gu, ' ')
}

/** The graph as a JSON-LD document: the same nodes, the same order, the prefixes as its context. */
export function jsonLd(nodes: readonly RdfNode[]) {
  return {
    '@context': prefixes,
    '@graph': nodes.map(({ iri, types, properties }) => ({
      '@id': iri,
      '@type': types,
      ...Object.fromEntries(
        properties
          .filter(([, terms]) => terms.length > 0)
          .map(([name, terms]) => [name, terms.length === 1 ? jsonTerms(terms)[0] : jsonTerms(terms)]),
      ),
    })),
  }
}

function jsonTerms(terms: readonly Term[]) {
  return terms.map((term) => {
    if ('iri' in term) return { '@id': term.iri }
    const text = plainText(term.text)
    if ('language' in term) return { '@value': text, '@language': term.language }
    return term.type ? { '@value': text, '@type': term.type } : { '@value': text }
  })
}
