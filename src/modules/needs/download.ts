/** Answers that are saved, never shown: CSV and photographs. */
import type { Context } from '../../platform/context.ts'
import { readFileStream } from '../../platform/files.ts'
import type { findPhoto } from './photos.ts'

/** Headers of a CSV file: saved under this name, never shown. */
export function csvHeaders(name: string): Record<string, string> {
  return {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  }
}

const extensions = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const

/** A photograph as a download and nothing else: no browser runs it, and its name says nothing. */
export function photoResponse(ctx: Context, found: Awaited<ReturnType<typeof findPhoto>>): Response {
  return new Response(readFileStream(ctx.services.files, found.sha256), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(found.bytes),
      'content-disposition': `attachment; filename="${found.id}.${extensions[found.mediaType]}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  })
}
