/** The run of waves: mailboxes checked, copied, copied again for what has come since, proved; or brought back. */
import { systemContextFor } from '../../platform/auth/actors.ts'
import { type Context, read, type Services, transact } from '../../platform/context.ts'
import { log } from '../../platform/log.ts'
import { listOrganisations } from '../organisation/set-up.ts'
import type { CopyOptions } from './copy-mailbox.ts'
import { type CopyLimits, copyLimits } from './internal/copy-limits.ts'
import { gmailLimits } from './internal/gmail-limits.ts'
import { selectTold } from './internal/log-queries.ts'
import { accountOn, targetOn } from './internal/server-account.ts'
import { type ServerRow, selectServer } from './internal/server-queries.ts'
import { type BoxRow, lockBox, selectBox, updateBox } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { countRunning, type Due, type Rhythm, selectDue } from './internal/wave-run-queries.ts'
import { type Ends, preflightBox } from './preflight.ts'
import { closeAsked, moveBox } from './wave-acts.ts'
import { bringBack, copyWatched } from './wave-back.ts'
import { type Carried, renewProof, settleCopy } from './wave-settle.ts'
import type { WaitReason } from './wave-vocabulary.ts'

/**
 * `together`: copies in one process at most; each has a window of its own, which bounds memory. `failures`: so many unforeseen
 * ones in a row, and a mailbox waits for somebody. `tick` in ms.
 */
export type WaveRunLimits = Rhythm & {
  tick: number
  together: number
  failures: number
  copy: CopyOptions['limits']
}

const runLimits: WaveRunLimits = {
  tick: 2000,
  deltaSeconds: 900,
  late: { firstDays: 3, firstSeconds: 3600, thenSeconds: 86_400 },
  together: 8,
  failures: 5,
  copy: { firstWindow: 1_000_000, mostWindow: 2_000_000 },
}
/** A row that says it is being copied and has not moved for so long was left by a process that is gone. */
const aliveSeconds = 10

type Running = { waveId: string; halt: AbortController; done: Promise<void> }
/** What this process has in hand, and what failed how often in a row, by administration, wave and mailbox. */
type Hands = { running: Map<string, Running>; failures: Map<string, number> }

/** Carries on with all waves until stopped; what is under way then stops between two batches and goes on at the next start. */
export function startWaves(services: Services, changes: Partial<WaveRunLimits> = {}): { stop: () => Promise<void> } {
  const limits = { ...runLimits, ...changes }
  const hands: Hands = { running: new Map(), failures: new Map() }
  let stopped = false
  let wake: () => void = () => undefined
  const loop = (async () => {
    while (!stopped) {
      await tick(services, limits, hands).catch((error) => {
        if (!stopped) log.error('waves.failed', error)
      })
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, limits.tick).unref()
      })
    }
  })()
  return {
    stop: async () => {
      stopped = true
      wake()
      await loop
      for (const { halt } of hands.running.values()) halt.abort()
      await Promise.all([...hands.running.values()].map(({ done }) => done))
    },
  }
}

async function tick(services: Services, limits: WaveRunLimits, hands: Hands): Promise<void> {
  // What goes wrong in one administration is no reason to leave the others waiting.
  for (const { id } of await listOrganisations(services))
    await tickFor(services, id, limits, hands).catch((error) => log.error('waves.failed', error, { organisation: id }))
}

async function tickFor(services: Services, id: string, limits: WaveRunLimits, hands: Hands): Promise<void> {
  const { running, failures } = hands
  const ctx = await systemContextFor(services, id, 'Migrazione della posta')
  for (const one of await read(ctx, (ctx) => selectDue(ctx, limits, aliveSeconds))) {
    const key = `${id} ${one.waveId} ${one.mailboxId}`
    if (running.size >= limits.together || running.has(key)) continue
    const ours = [...running.values()].filter(({ waveId }) => waveId === one.waveId).length
    const all = await read(ctx, (ctx) => countRunning(ctx, one.waveId, aliveSeconds))
    if (Math.max(ours, all) >= one.mostAtOnce) continue
    const halt = new AbortController()
    const done = carry(ctx, one, limits, halt)
      .then(() => void failures.delete(key))
      .catch(async (error) => {
        log.error('waves.mailbox_failed', error, { mailbox: one.mailboxId })
        failures.set(key, (failures.get(key) ?? 0) + 1)
        if ((failures.get(key) ?? 0) < limits.failures) return
        // Tried often enough: the page says so, and somebody sets it going again.
        await wait(ctx, one, 'incomplete')
        failures.delete(key)
      })
      .catch((error) => log.error('waves.mailbox_failed', error, { mailbox: one.mailboxId }))
      .finally(() => running.delete(key))
    running.set(key, { waveId: one.waveId, halt, done })
  }
  await closeAsked(ctx)
}

/** One mailbox, one step further. */
async function carry(ctx: Context, due: Due, limits: WaveRunLimits, halt: AbortController): Promise<void> {
  const { box, from, to, told } = await load(ctx, due)
  if (box === undefined || from === undefined || to === undefined) return
  const isThirdParty = due.carriedOutBy === 'third_party'
  if (isThirdParty && told.size === 0) return wait(ctx, due, 'log')
  const ends = endsOf(ctx, box, from, to, isThirdParty)
  if (typeof ends === 'string') return wait(ctx, due, ends)
  if (box.state === 'surveyed' && !isThirdParty) return preflightBox(ctx, due.waveId, box, ends)
  const beganAt = new Date().toISOString()
  const begun = await begin(ctx, due)
  if (begun === null) return
  const isBack = await isStopped(ctx, due.waveId)
  const isLate = due.state === 'verified' && !isBack
  const options = {
    limits: { ...limits.copy, ...(isBack ? limitsOf(to, from, limits.copy) : limitsOf(from, to, limits.copy)) },
    signal: halt.signal,
    under: box.underFolder,
    isHandedOver: due.state === 'cut_over' && !isBack,
  }
  const carried: Carried = { waveId: due.waveId, box: begun, ends, isBack, lateAt: isLate ? beganAt : null }
  if (isBack) await bringBack(ctx, carried, options, halt)
  else
    await bring(ctx, carried, { ...options, isLate, ...(isThirdParty && { sends: false, told: toldBy(told) }) }, halt)
}

async function load(ctx: Context, { waveId, mailboxId }: Pick<Due, 'waveId' | 'mailboxId'>) {
  return read(ctx, async (ctx) => {
    const wave = await ctx.db
      .selectFrom('migration_wave')
      .select(['from_server_id', 'to_server_id'])
      .where('organisation_id', '=', ctx.organisationId)
      .where('id', '=', waveId)
      .executeTakeFirstOrThrow()
    return {
      box: await selectBox(ctx, waveId, mailboxId),
      from: await selectServer(ctx, wave.from_server_id),
      to: await selectServer(ctx, wave.to_server_id),
      told: await selectTold(ctx, waveId, mailboxId),
    }
  })
}

const toldBy = (told: ReadonlyMap<string, number | null>) => (folder: string, uid: number) =>
  told.get(`${folder}\0${uid}`) ?? null

// Whether the administration has what opens every mailbox of a server: a wave asks nobody for a password.
const opens = ({ signIn, secret }: ServerRow) => signIn !== 'own' && secret !== null

/** Both ends, or what is missing to open them. What others copied is read over IMAP, whichever way we would have written. */
function endsOf(
  ctx: Context,
  box: BoxRow,
  source: ServerRow,
  target: ServerRow,
  isThirdParty = false,
): Ends | WaitReason {
  const { secret } = ctx.services
  if (!opens(source)) return 'source_auth'
  if (!opens(target)) return 'target_auth'
  const from = accountOn(secret, source, box.sourceLogin)
  const writing = isThirdParty ? { ...target, writtenBy: 'imap' as const } : target
  const to = targetOn(secret, writing, box.targetLogin)
  return { from, to, largest: target.mostMessageBytes, isEncrypted: from.isEncrypted && to.isEncrypted }
}

// One connection to look, one to read back, the others write; never more than the servers allow.
const limitsOf = (from: ServerRow, to: ServerRow, given: Partial<CopyLimits> = {}) => {
  const unitsPerMinute = to.unitsPerMinute ?? from.unitsPerMinute
  return {
    writers: Math.max(1, Math.min(copyLimits.writers, to.mostConnections - 1, from.mostConnections)),
    largest: to.mostMessageBytes,
    gmail: { ...(given.gmail ?? gmailLimits), ...(unitsPerMinute !== null && { unitsPerMinute }) },
  }
}

// From here on it is being copied; null when somebody changed it meanwhile.
async function begin(ctx: Context, { waveId, mailboxId, state }: Due): Promise<BoxRow | null> {
  return transact(ctx, async (ctx) => {
    const box = await lockBox(ctx, waveId, mailboxId)
    if (box === undefined || box.isHeld || box.state !== state) return null
    // What it waited for is there now: a responsible person, since somebody named one.
    if (box.waitsFor !== null)
      await recordWave(ctx, waveId, 'mailbox_tried_again', { mailboxId, waitedFor: box.waitsFor })
    if (box.state === 'surveyed') await moveBox(ctx, waveId, box, 'prepared')
    if (box.state === 'surveyed' || box.state === 'prepared')
      await moveBox(ctx, waveId, { ...box, state: 'prepared' }, 'copying')
    await updateBox(
      ctx,
      waveId,
      mailboxId,
      { waits_for: null, speed: '0.0', progressed_at: new Date().toISOString() },
      true,
    )
    return (await selectBox(ctx, waveId, mailboxId)) ?? null
  })
}

async function isStopped(ctx: Context, waveId: string): Promise<boolean> {
  return read(ctx, async (ctx) => {
    const row = await ctx.db
      .selectFrom('migration_wave')
      .select('state')
      .where('organisation_id', '=', ctx.organisationId)
      .where('id', '=', waveId)
      .executeTakeFirst()
    return row?.state === 'stopped'
  })
}

async function bring(ctx: Context, carried: Carried, options: CopyOptions, halt: AbortController): Promise<void> {
  const copied = await copyWatched(ctx, carried, { ...carried.ends, folders: [] }, options, halt)
  if (copied !== null) await settleCopy(ctx, carried, copied)
}

async function wait(ctx: Context, { waveId, mailboxId }: Due, reason: WaitReason): Promise<void> {
  await transact(ctx, async (ctx) => {
    const box = await lockBox(ctx, waveId, mailboxId)
    if (box === undefined || box.state === 'closed' || box.state === 'rolled_back') return
    await recordWave(ctx, waveId, 'mailbox_waits', { mailboxId, waitsFor: reason })
    await updateBox(ctx, waveId, mailboxId, { waits_for: reason, speed: null })
  })
}

/** The job behind a decision on messages set aside of a mailbox that was proved before. */
export async function renewProofNow(
  services: Services,
  organisationId: string,
  waveId: string,
  mailboxId: string,
): Promise<void> {
  const ctx = await systemContextFor(services, organisationId, 'Prova di copia')
  const { box, from, to } = await load(ctx, { waveId, mailboxId })
  if (box === undefined || from === undefined || to === undefined) return
  const ends = endsOf(ctx, box, from, to)
  // Without what opens the servers nothing is copied either: the next copy makes the proof.
  if (typeof ends !== 'string') await renewProof(ctx, { waveId, box, ends })
}

/** The job behind `checkWave`: every mailbox of a wave that is not copied yet, one after the other. */
export async function checkWaveNow(services: Services, organisationId: string, waveId: string): Promise<void> {
  const ctx = await systemContextFor(services, organisationId, 'Controllo prima della copia')
  const ids = await read(ctx, (ctx) =>
    ctx.db
      .selectFrom('wave_mailbox')
      .select('mailbox_id')
      .where('organisation_id', '=', organisationId)
      .where('wave_id', '=', waveId)
      .where('state', 'in', ['surveyed', 'prepared'])
      .orderBy('mailbox_id')
      .execute(),
  )
  for (const { mailbox_id: mailboxId } of ids) {
    const due = { waveId, mailboxId, number: 0, state: 'surveyed' as const, mostAtOnce: 1, carriedOutBy: 'sitec' }
    const { box, from, to } = await load(ctx, due)
    if (box === undefined || from === undefined || to === undefined) continue
    const ends = endsOf(ctx, box, from, to)
    if (typeof ends === 'string') await wait(ctx, due, ends)
    else await preflightBox(ctx, waveId, box, ends)
  }
}
