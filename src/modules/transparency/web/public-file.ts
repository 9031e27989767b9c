/** Answers with published files: the same bytes for everybody, kept for five minutes, readable from other sites. */
import { createHash } from 'node:crypto'

/** A CSV file to be saved under this name. */
export function publicCsv(text: string, name: string): Response {
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'public, max-age=300',
      etag: `"${createHash('sha256').update(text).digest('hex')}"`,
      'access-control-allow-origin': '*',
    },
  })
}

/** JSON, or a type built on it. */
export function publicJson(body: unknown, type = 'application/json'): Response {
  return new Response(JSON.stringify(body, null, 2), {
    headers: { 'content-type': type, 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' },
  })
}
