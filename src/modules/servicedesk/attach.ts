/** Files of a case: tied to the event they came with. */
import { randomUUIDv7 } from 'node:crypto'
import type { TxContext } from '../../platform/context.ts'
import { recordFile } from '../../platform/files.ts'
import { insertAttachments } from './internal/case-queries.ts'
import type { NamedFile } from './open-case.ts'
import type { Visibility } from './vocabulary.ts'

/** Ties files to the event they came with. */
export async function attach(
  ctx: TxContext,
  caseId: string,
  eventId: number,
  visibility: Visibility,
  files: readonly NamedFile[],
) {
  for (const file of files) await recordFile(ctx, file)
  await insertAttachments(
    ctx,
    files.map((file) => ({
      id: randomUUIDv7(),
      case_id: caseId,
      event_id: eventId,
      sha256: file.sha256,
      name: safeName(file.name),
      visibility,
    })),
  )
}

// A name is shown and offered for saving: no folders, no control characters, no trailing dots.
function safeName(name: string): string {
  const last = name.replaceAll('\\', '/').split('/').at(-1) ?? ''
  return (
    last
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
      .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '_')
      .replace(/[. ]+$/, '')
      .slice(-150) || 'allegato'
  )
}
