/**
 * Documents as PDF/UA-1: tagged, with title and language, written by typst in a process of its own. The same document
 * always gives the same bytes. Texts reach the program as data, so none of them can become markup or code.
 */
import type { PdfAnswer, PdfDocument, TypstDocument } from './pdf-document.ts'
import { checkPdf, invalidPdf } from './pdf-document.ts'
import { Problem } from './problem.ts'
import { platformTexts, say } from './texts.ts'
import { openWorkerPool } from './worker-pool.ts'

export type { PdfBlock, PdfDocument } from './pdf-document.ts'

export type PdfWriter = {
  render: (document: PdfDocument) => Promise<Uint8Array<ArrayBuffer>>
  close: () => Promise<void>
}

/** A writer of its own; the process starts with the first document and ends when there was none for half a minute. */
export function openPdfWriter({
  timeLimitMs = 30_000,
  entry,
}: {
  timeLimitMs?: number
  entry?: string
} = {}): PdfWriter {
  const pool = openWorkerPool<TypstDocument, PdfAnswer>({
    entry: entry ?? 'src/platform/pdf-worker.ts',
    apart: 'process',
    threads: 1,
    timeLimitMs,
    idleMs: 30_000,
    memoryMb: 128,
    waitingLimit: 20,
  })
  async function render(document: PdfDocument) {
    const outcome = await pool.run(checkPdf(document))
    if (outcome.is !== 'answer') throw unavailable('pdf_unavailable', outcome.is)
    const { answer } = outcome
    if (answer.is === 'pdf') return answer.bytes
    if (answer.is === 'missing') throw unavailable('pdf_missing', answer.why)
    throw invalidPdf(answer.why)
  }
  return { render, close: pool.close }
}

const writer = openPdfWriter()

/**
 * Writes a document as PDF.
 * @throws Problem `invalid_pdf` (422) for a document that is too large or incomplete (see `pdfLimits`);
 * `pdf_unavailable` (503) when it was not written within thirty seconds or too many wait; `pdf_missing` (503) when
 * the program that writes PDFs does not start on this machine.
 */
export function renderPdf(document: PdfDocument): Promise<Uint8Array<ArrayBuffer>> {
  return writer.render(document)
}

/** Ends the process if it has nothing to do; it starts again with the next document. */
export function closePdf(): Promise<void> {
  return writer.close()
}

function unavailable(code: 'pdf_unavailable' | 'pdf_missing', cause: string): Problem {
  const sentence = say(platformTexts, ({ problems }) =>
    code === 'pdf_missing' ? problems.pdfMissing : problems.pdfUnavailable,
  )
  return new Problem('unavailable', code, sentence, [], { cause })
}
