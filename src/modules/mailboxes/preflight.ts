/** What is looked at before a mailbox is copied: both ends opened for real, nothing changed at either. */
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import type { Account } from './internal/account.ts'
import { countAlike } from './internal/alike.ts'
import { type AnyAccount, isGmail } from './internal/gmail-account.ts'
import { preflightFindings, waitsFor } from './internal/preflight-rules.ts'
import { type BoxRow, lockBox, updateBox } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { selectHolder } from './internal/wave-run-queries.ts'
import { previewCopy } from './preview.ts'
import { waveConflict } from './wave-problems.ts'
import type { ChangedWave, VersionInput } from './wave-schema.ts'
import { versionInput } from './wave-schema.ts'
import { onWave } from './waves.ts'

export type Ends = { from: Account; to: AnyAccount; largest: number | null; isEncrypted: boolean }

/** Has all mailboxes of a wave that are not copied yet looked at; the results come to the page one by one. */
export async function checkWave(ctx: Context, number: number, input: VersionInput): Promise<ChangedWave> {
  const { version } = parse(versionInput, input)
  return onWave(ctx, number, version, async (ctx, wave) => {
    if (!['planned', 'paused', 'copying'].includes(wave.state)) throw waveConflict('wave_over', (t) => t.over)
    if (wave.carriedOutBy === 'third_party') throw waveConflict('third_party', (t) => t.thirdPartyCopies)
    await recordWave(ctx, wave.id, 'check_asked', {})
    await ctx.services.jobs.enqueue(ctx, 'mailboxes.check_wave', { waveId: wave.id })
    return wave.version
  })
}

/** Looks at one mailbox and writes down how everything stood; it goes on, or waits and says for what. */
export async function preflightBox(ctx: Context, waveId: string, box: BoxRow, ends: Ends): Promise<void> {
  const holder = await read(ctx, (ctx) => selectHolder(ctx, box.mailboxId))
  const limits = { largest: ends.largest }
  const { result } = await previewCopy(
    ctx,
    { from: ends.from, to: ends.to, folders: [] },
    { limits, under: box.underFolder },
  )
  const isToGmail = isGmail(ends.to)
  const { sameIds, equal } = await countAlike(ends.from, isToGmail)
  const findings = preflightFindings({
    hasHolder: holder,
    needsHolder: ['office', 'service', 'project'].includes(box.kind),
    isEncrypted: ends.isEncrypted,
    problems: result.problems,
    tooLarge: result.messages.refused,
    sameIds,
    // Gmail keeps equal ones once, and its API does not say how much room is left.
    equal: isToGmail ? equal : null,
    isRoomTold: !isToGmail,
  })
  const reason = waitsFor(findings)
  await transact(ctx, async (ctx) => {
    const now = await lockBox(ctx, waveId, box.mailboxId)
    if (now === undefined || !['surveyed', 'prepared'].includes(now.state)) return
    const to = reason === null ? 'prepared' : 'surveyed'
    const outcomes = Object.fromEntries(findings.map(({ check, outcome }) => [check, outcome]))
    await recordWave(ctx, waveId, 'mailbox_checked', { mailboxId: box.mailboxId, to, waitsFor: reason, outcomes })
    await updateBox(ctx, waveId, box.mailboxId, {
      ...{ state: to, waits_for: reason, preflight: JSON.stringify(findings) },
      preflight_at: new Date().toISOString(),
      ...(result.folders > 0 && { messages: result.messages.source, bytes: result.bytes }),
    })
  })
}
