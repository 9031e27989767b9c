/** Waves that somebody else carries out: their log is taken in, and SITEC proves by reading both sides. */
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { say } from '../../platform/texts.ts'
import { type Findings, place, readFileRows, refuseFileFor } from '../organisation/read-file.ts'
import { type LogLine, replaceLog } from './internal/log-queries.ts'
import { selectBoxes } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { waveConflict } from './wave-problems.ts'
import type { ChangedWave } from './wave-schema.ts'
import { type WaveTexts, waveTexts } from './wave-texts.ts'
import { onWave } from './waves.ts'

const columns = {
  required: ['address', 'folder', 'uid', 'result'],
  optional: ['size', 'sha256', 'target_uid'],
}
const number = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
const noNumber = z.union([z.literal('').transform(() => null), number]).optional()
const row = z.object({
  address: z.string().trim().toLowerCase(),
  folder: z.string().min(1).max(500),
  uid: number.refine((uid) => uid > 0),
  result: z.enum(['copied', 'refused', 'skipped']),
  size: noNumber,
  sha256: z
    .union([
      z.literal('').transform(() => null),
      z
        .string()
        .toLowerCase()
        .regex(/^[0-9a-f]{64}$/),
    ])
    .optional(),
  target_uid: noNumber,
})
const limits = { mostRows: 300_000, mostBytes: 60_000_000 }

/**
 * Takes in what a third party says it has copied: whole, or line by line why not. The log of a mailbox replaces its earlier
 * one, and the mailbox is compared anew. What the log says is never the proof.
 */
export async function importCopyLog(
  ctx: Context,
  number: number,
  version: number,
  bytes: Uint8Array,
): Promise<ChangedWave & { lines: number }> {
  const findings: Findings = []
  const rows = readFileRows(bytes, columns, row, findings, limits)
  let lines: LogLine[] = []
  const changed = await onWave({ ...ctx, door: 'import' }, number, version, async (ctx, wave) => {
    if (wave.carriedOutBy !== 'third_party') throw waveConflict('not_third_party', (t) => t.sitecCopies)
    if (['closed', 'stopped'].includes(wave.state)) throw waveConflict('wave_over', (t) => t.over)
    const boxes = new Map((await selectBoxes(ctx, wave.id)).map(({ address, mailboxId }) => [address, mailboxId]))
    const seen = new Map<string, number>()
    lines = rows.flatMap(({ line, values }) => {
      const mailboxId = boxes.get(values.address)
      const key = `${values.address}\0${values.folder}\0${values.uid}`
      const before = seen.get(key)
      seen.set(key, line)
      if (mailboxId === undefined) find(findings, line, 'address', (t) => t.notInWave)
      else if (before !== undefined) find(findings, line, 'uid', (t) => t.repeatedLine(before))
      else return [toLine(mailboxId, values)]
      return []
    })
    if (rows.length === 0 && findings.length === 0) find(findings, 1, null, (t) => t.noLines)
    refuseFileFor(
      findings.slice(0, 100),
      say(waveTexts, (t) => t.problems.fileRefused),
    )
    const released = await replaceLog(ctx, wave.id, lines)
    const mailboxes = new Set(lines.map(({ mailboxId }) => mailboxId)).size
    await recordWave(ctx, wave.id, 'log_taken_in', { lines: lines.length, mailboxes, released })
    return wave.version
  })
  return { ...changed, lines: lines.length }
}

function toLine(mailboxId: string, values: z.output<typeof row>): LogLine {
  const { folder, uid, result, size = null, sha256 = null, target_uid: targetUid = null } = values
  return { mailboxId, folder, uid, result, size, sha256, targetUid }
}

function find(findings: Findings, line: number, column: string | null, pick: (t: WaveTexts['problems']) => string) {
  findings.push({ path: place(line, column), say: say(waveTexts, (t) => pick(t.problems)) })
}
