/** Answers that are saved, never shown. */

const headers = (type: string, name: string) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
})

/** Headers of a CSV file. */
export const csvHeaders = (name: string) => headers('text/csv; charset=utf-8', `${name}.csv`)

/** Headers of a JSON file. */
export const jsonHeaders = (name: string) => headers('application/json; charset=utf-8', `${name}.json`)

/** A PDF, to be saved. */
export function pdfResponse(bytes: Uint8Array<ArrayBuffer>, name: string): Response {
  return new Response(bytes, { headers: headers('application/pdf', `${name}.pdf`) })
}

/** Pieces as they come; a refusal shows before the first byte, because the first piece is asked for before answering. */
export async function streamed(pieces: AsyncGenerator<string>, headers: Record<string, string>): Promise<Response> {
  const first = await pieces.next()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(first.value ?? '')),
    pull: async (controller) => {
      const next = await pieces.next()
      if (next.done) controller.close()
      else if (next.value !== '') controller.enqueue(encoder.encode(next.value))
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
  return new Response(body, { headers })
}
