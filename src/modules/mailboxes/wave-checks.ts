/** The runbook of a wave: what is done days before and after, ticked by people with a note; some of it stands before a step. */
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { selectChecks, upsertCheck } from './internal/check-queries.ts'
import { selectWaveEnds } from './internal/wave-candidate-queries.ts'
import { lockWave, selectWave } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { selectParted } from './wave-delegates.ts'
import { waveConflict, wrongInWave } from './wave-problems.ts'
import { type TickCheckInput, tickCheckInput, type WaveCheck } from './wave-schema.ts'
import { type CheckCode, checkCodes, runbook } from './wave-vocabulary.ts'

/** All checks in the order of their days, with who ticked what. */
export async function listChecks(ctx: Context, number: number): Promise<WaveCheck[]> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const wave = (await selectWave(ctx, number)) ?? fail(notFound())
    const ticked = new Map((await selectChecks(ctx, wave.id)).map((row) => [row.code, row]))
    const ends = (await selectWaveEnds(ctx, number)) ?? fail(notFound())
    const parted = ['closed', 'stopped'].includes(wave.state) ? [] : await selectParted(ctx, ends)
    const isThere = ({ code }: { code: CheckCode }) => code !== 'delegates' || parted.length > 0 || ticked.has(code)
    return runbook.filter(isThere).map(({ code, days, gate }) => {
      const row = ticked.get(code)
      return {
        ...{ code, days, gate, dueOn: dueOn(wave.cutOverAt, days, ctx.zone) },
        ...{ state: row?.state ?? 'open', at: row?.at ?? null, by: row?.by ?? null, note: row?.note ?? '' },
        names: code === 'delegates' ? parted.map(({ address }) => address) : [],
      }
    })
  })
}

function dueOn(cutOverAt: string | null, days: number, zone: string): string | null {
  if (cutOverAt === null) return null
  const day = Temporal.Instant.from(new Date(cutOverAt).toISOString()).toZonedDateTimeISO(zone).toPlainDate()
  return day.add({ days }).toString()
}

/** Ticks a check as done or not needed, or takes the tick back. "Not needed" wants to know why. */
export async function tickCheck(
  ctx: Context,
  number: number,
  code: string,
  input: TickCheckInput,
): Promise<{ number: number }> {
  const { state, note } = parse(tickCheckInput, input)
  allow(ctx.actor, 'mailboxes.copy')
  const known = checkCodes.find((one): one is CheckCode => one === code) ?? fail(notFound())
  if (state === 'not_needed' && note.length < 5) throw wrongInWave('note', (t) => t.whyNotNeeded)
  return transact(ctx, async (ctx) => {
    const wave = (await lockWave(ctx, number)) ?? fail(notFound())
    if (['closed', 'stopped'].includes(wave.state)) throw waveConflict('wave_over', (t) => t.over)
    const { id } = await recordWave(
      ctx,
      wave.id,
      'check_ticked',
      { code: known, state },
      note === '' ? undefined : { note },
    )
    await upsertCheck(ctx, wave.id, known, state, id)
    return { number }
  })
}
