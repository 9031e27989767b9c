/** Answers that are saved, never shown: attachments and CSV. */
import type { Context } from '../../platform/context.ts'
import { readFileStream } from '../../platform/files.ts'
import type { findAttachment } from './converse.ts'

/** An attachment as a download and nothing else: no browser ever runs or shows it. */
export function downloadResponse(ctx: Context, found: Awaited<ReturnType<typeof findAttachment>>): Response {
  return new Response(readFileStream(ctx.services.files, found.sha256), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(found.bytes),
      'content-disposition': `attachment; filename="allegato"; filename*=UTF-8''${encodeURIComponent(found.name || 'allegato').replaceAll("'", '%27')}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  })
}

/** Headers of a CSV download. */
export const csvHeaders = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="richieste.csv"',
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
}

/** Headers of the list of consumables as CSV. */
export const itemsCsvHeaders = { ...csvHeaders, 'content-disposition': 'attachment; filename="materiali.csv"' }

/** Lines as they come; refusals show before the first byte, because the first line was asked for already. */
export function csvStream(first: string, lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(first)),
    pull: async (controller) => {
      const next = await lines.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    cancel: async () => void (await lines.return(undefined)),
  })
}
