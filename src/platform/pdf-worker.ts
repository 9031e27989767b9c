/** The process of pdf.ts: a checked document in, the bytes of its PDF or the reason why there are none out. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { PdfAnswer, TypstDocument } from './pdf-document.ts'
import { projectRoot } from './root.ts'

const require = createRequire(import.meta.url)

/** The fonts of the national look, in the weights the template uses; their licence (OFL) lies beside them. */
const weights = ['regular', 'italic', '600', '700']

function openTypst() {
  const {
    NodeCompiler,
  }: typeof import('@myriaddreamin/typst-ts-node-compiler') = require('@myriaddreamin/typst-ts-node-compiler')
  const fonts = join(projectRoot(), 'node_modules/bootstrap-italia/dist/fonts/Titillium_Web')
  const fontBlobs = weights.map((weight) =>
    readFileSync(join(fonts, `titillium-web-v10-latin-ext_latin-${weight}.ttf`)),
  )
  // The workspace is where a template may read files: ours reads none, and a drawing in it finds none.
  const workspace = join(projectRoot(), 'migrations')
  return NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] })
}

const template = readFileSync(join(import.meta.dirname, 'pdf-template.typ'), 'utf8')
let compiler: ReturnType<typeof openTypst> | null = null

function write(document: TypstDocument): PdfAnswer {
  try {
    compiler ??= openTypst()
  } catch (error) {
    return { is: 'missing', why: String(error) }
  }
  const text = JSON.stringify(document)
  const first = writeOnce(compiler, text)
  if (first.is !== 'refused' || !first.why.includes(noGlyph)) return first
  // PDF/UA-1 allows no letter that no font can show: those are replaced, by name or, failing that, all unusual ones.
  const second = writeOnce(compiler, withoutLetters(text, first.why))
  if (second.is !== 'refused' || !second.why.includes(noGlyph)) return second
  return writeOnce(compiler, text.replace(/[^\n\x20-\x7e\u00a0-\u017f–—‘’“”•…€]/gu, unknownLetter))
}

const noGlyph = 'could not be displayed'
const unknownLetter = '\ufffd'

/** Typst names the letters it cannot show, in Rust's spelling of strings. */
function withoutLetters(text: string, why: string): string {
  const named = [...why.matchAll(/the text `\\?"(.*?)\\?"` could not be displayed/gu)].map(([, found = '']) => found)
  const letters = named.flatMap((found) => [
    ...found.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
  ])
  const unknown = new Set(letters.filter((letter) => letter > '\x7f'))
  return [...text].map((letter) => (unknown.has(letter) ? unknownLetter : letter)).join('')
}

function writeOnce(typst: ReturnType<typeof openTypst>, document: string): PdfAnswer {
  try {
    const done = typst.compile({ mainFileContent: template, inputs: { document } })
    const found = done.result
    if (found === null) return { is: 'refused', why: sayError(typst, done.takeError()) }
    return { is: 'pdf', bytes: Uint8Array.from(typst.pdf(found, { pdfStandard: 'ua-1' })) }
  } catch (error) {
    return { is: 'refused', why: String(error) }
  } finally {
    // What typst remembers of this document is of no use to the next.
    typst.evictCache(0)
  }
}

type Diagnosed = Parameters<ReturnType<typeof openTypst>['fetchDiagnostics']>[0]

function sayError(typst: ReturnType<typeof openTypst>, error: Diagnosed | null): string {
  return error === null ? 'no document' : JSON.stringify(typst.fetchDiagnostics(error)).slice(0, 2000)
}

process.on('message', (document: TypstDocument) => process.send?.(write(document)))
