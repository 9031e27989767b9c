/** Waves set going, paused, cut over, closed, stopped; single mailboxes held, and set going again. */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { openGates } from './internal/check-queries.ts'
import { accountOn } from './internal/server-account.ts'
import { type ServerRow, selectServer } from './internal/server-queries.ts'
import { MailTrouble } from './internal/trouble.ts'
import { carryOut } from './internal/wave-candidate-queries.ts'
import { notReadyToCutOver, waveSteps } from './internal/wave-lifecycle.ts'
import {
  type BoxRow,
  hasClosedPilot,
  type LockedWave,
  lockBox,
  lockWave,
  selectBoxes,
  updateBox,
  updateWave,
} from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { selectToClose } from './internal/wave-run-queries.ts'
import { supportDays } from './internal/wave-weeks.ts'
import { selectParted } from './wave-delegates.ts'
import { staleWave, waveConflict, wrongInWave } from './wave-problems.ts'
import {
  type ChangedWave,
  type HoldInput,
  holdInput,
  type MoveWaveInput,
  moveWaveInput,
  type VersionInput,
  versionInput,
} from './wave-schema.ts'
import { waveTexts } from './wave-texts.ts'
import type { MovingState, WaveAct } from './wave-vocabulary.ts'
import { onWave } from './waves.ts'

/**
 * Sets a wave going, pauses, resumes, cuts over, closes or stops it. Refuses what does not follow from how it stands: the
 * pilot comes first (or a reason), a cut-over wants every mailbox proved and its checks ticked, and so does the closing. Before
 * it is closed the old mailboxes are looked at once more, in the run; with a reason it is closed at once.
 */
export async function moveWave(ctx: Context, number: number, input: MoveWaveInput): Promise<ChangedWave> {
  const { version, act, reason } = parse(moveWaveInput, input)
  return onWave(ctx, number, version, async (ctx, wave) => {
    const { from, to } = waveSteps[act]
    if (!from.includes(wave.state)) throw waveConflict('wrong_state', (t) => t.wrongState)
    const boxes = await selectBoxes(ctx, wave.id)
    await checks[act](ctx, wave, boxes, reason)
    if (act === 'close' && reason === null && boxes.some(({ state }) => state === 'verified'))
      return askToClose(ctx, wave, boxes.length)
    const payload = { from: wave.state, to, mailboxes: boxes.length }
    await recordWave(ctx, wave.id, moved[act], payload, reason === null ? undefined : { reason })
    const changes = await effects[act](ctx, wave, boxes)
    return updateWave(ctx, wave.id, { state: to, ...changes })
  })
}

async function askToClose(ctx: TxContext, wave: LockedWave, mailboxes: number): Promise<number> {
  await recordWave(ctx, wave.id, 'closing_asked', { mailboxes })
  return updateWave(ctx, wave.id, { closing_at: new Date().toISOString() })
}

/** Closes the waves that were asked to close and whose old mailboxes were looked at once more. Those with checks open again wait. */
export async function closeAsked(ctx: Context): Promise<void> {
  for (const number of await read(ctx, selectToClose))
    await transact(ctx, async (ctx) => {
      const wave = await lockWave(ctx, number)
      if (wave?.state !== 'cut_over' || wave.closingAt === null) return
      if ((await openGates(ctx, wave.id, 'close')).length > 0) return
      const boxes = await selectBoxes(ctx, wave.id)
      await recordWave(ctx, wave.id, 'closed', { from: wave.state, to: 'closed', mailboxes: boxes.length })
      await updateWave(ctx, wave.id, { state: 'closed', ...(await effects.close(ctx, wave, boxes)) })
    })
}

const moved: Record<WaveAct, string> = {
  start: 'started',
  pause: 'paused',
  resume: 'resumed',
  cut_over: 'cut_over',
  close: 'closed',
  stop: 'stopped',
}

type Check = (ctx: TxContext, wave: LockedWave, boxes: readonly BoxRow[], reason: string | null) => Promise<void>
const nothing = async () => undefined

const checks: Record<WaveAct, Check> = {
  start: async (ctx, wave, boxes, reason) => {
    if (boxes.length === 0) throw waveConflict('empty', (t) => t.empty)
    await refuseClosedServers(ctx, wave)
    if (!wave.isPilot && reason === null && !(await hasClosedPilot(ctx)))
      throw wrongInWave('reason', (t) => t.pilotFirst)
  },
  pause: nothing,
  resume: refuseClosedServers,
  cut_over: async (ctx, wave, boxes) => {
    const behind = notReadyToCutOver(boxes).map(({ address }) => address)
    if (behind.length > 0)
      throw waveConflict('not_ready', (t) => t.notReady(behind.length, behind.slice(0, 5).join(', ')))
    await refuseOpenGates(ctx, wave, 'cut_over')
  },
  close: async (ctx, wave, boxes) => {
    const open = boxes.filter(({ state }) => !['verified', 'closed', 'rolled_back'].includes(state))
    if (open.length > 0)
      throw waveConflict('not_verified', (t) =>
        t.notVerified(
          open.length,
          open
            .map(({ address }) => address)
            .slice(0, 5)
            .join(', '),
        ),
      )
    await refuseOpenGates(ctx, wave, 'close')
  },
  stop: async (_ctx, _wave, _boxes, reason) => {
    if (reason === null) throw wrongInWave('reason', (t) => t.whyStopped)
  },
}

// Without somebody who opens the mailboxes nothing would move, and nobody would know why.
async function refuseClosedServers(ctx: TxContext, { fromServerId, toServerId }: LockedWave) {
  for (const id of [fromServerId, toServerId]) {
    const server = await selectServer(ctx, id)
    if (server !== undefined && !mayOpen(ctx, server)) throw waveConflict('no_access', (t) => t.noAccess(server.name))
  }
}

function mayOpen(ctx: TxContext, server: ServerRow): boolean {
  try {
    accountOn(ctx.services.secret, server, '-')
    return true
  } catch (error) {
    if (error instanceof MailTrouble) return false
    throw error
  }
}

async function refuseOpenGates(ctx: TxContext, wave: LockedWave, gate: 'cut_over' | 'close') {
  const gates = await openGates(ctx, wave.id, gate)
  const isParted = gates.includes('delegates') && (await selectParted(ctx, wave)).length > 0
  const open = gates.filter((code) => code !== 'delegates' || isParted)
  if (open.length === 0) return
  throw waveConflict('checks_open', (t) => {
    const words = t === waveTexts.it.problems ? waveTexts.it : waveTexts.en
    return t.checksOpen(open.map((code) => words.checks[code]).join('; '))
  })
}

type Effect = (ctx: TxContext, wave: LockedWave, boxes: readonly BoxRow[]) => Promise<Parameters<typeof updateWave>[2]>

const effects: Record<WaveAct, Effect> = {
  start: async () => ({}),
  pause: async () => ({}),
  resume: async () => ({}),
  cut_over: async (ctx, wave, boxes) => {
    for (const box of boxes) if (box.state === 'delta') await moveBox(ctx, wave.id, box, 'cut_over')
    const now = Temporal.Now.zonedDateTimeISO(ctx.zone)
    const supportUntil = now.add({ days: supportDays }).toPlainDate().toString()
    return { cut_over_at: now.toInstant().toString(), support_until: supportUntil }
  },
  close: async (ctx, wave, boxes) => {
    for (const box of boxes) if (box.state === 'verified') await moveBox(ctx, wave.id, box, 'closed')
    const decisionIds = await carryOut(ctx, wave.id, wave.toServerId)
    await recordWave(ctx, wave.id, 'carried_out', { decisionIds })
    return { closing_at: null }
  },
  // What was handed over has mail of its own at the target: the run brings it back first.
  stop: async (ctx, wave, boxes) => {
    for (const box of boxes)
      if (['surveyed', 'prepared', 'copying', 'delta'].includes(box.state))
        await moveBox(ctx, wave.id, box, 'rolled_back')
    return { closing_at: null }
  },
}

/** A mailbox goes on to another state, with its event. */
export async function moveBox(
  ctx: TxContext,
  waveId: string,
  box: Pick<BoxRow, 'mailboxId' | 'state'>,
  to: MovingState,
) {
  await recordWave(ctx, waveId, 'mailbox_moved', { mailboxId: box.mailboxId, from: box.state, to })
  await updateBox(ctx, waveId, box.mailboxId, { state: to, speed: null })
}

/** Holds one mailbox, or lets it go on; what is being copied stops within seconds and goes on from there. */
export async function holdMailbox(
  ctx: Context,
  number: number,
  mailboxId: string,
  input: HoldInput,
): Promise<ChangedWave> {
  const { version, isHeld } = parse(holdInput, input)
  return onBox(ctx, number, mailboxId, version, async (ctx, wave, box) => {
    if (['closed', 'rolled_back'].includes(box.state)) throw waveConflict('wave_over', (t) => t.over)
    if (box.isHeld === isHeld) return
    await recordWave(ctx, wave.id, isHeld ? 'mailbox_held' : 'mailbox_released', { mailboxId })
    await updateBox(ctx, wave.id, mailboxId, { is_held: isHeld })
  })
}

/** After what stopped a mailbox was put right: it is looked at again, and goes on. */
export async function tryAgain(
  ctx: Context,
  number: number,
  mailboxId: string,
  input: VersionInput,
): Promise<ChangedWave> {
  const { version } = parse(versionInput, input)
  return onBox(ctx, number, mailboxId, version, async (ctx, wave, box) => {
    if (box.waitsFor === null) return
    if (box.waitsFor === 'choices' && box.undecided > 0) throw waveConflict('choices', (t) => t.choicesFirst)
    await recordWave(ctx, wave.id, 'mailbox_tried_again', { mailboxId, waitedFor: box.waitsFor })
    await updateBox(ctx, wave.id, mailboxId, {
      waits_for: null,
      ...(box.state === 'surveyed' && { preflight_at: null }),
    })
  })
}

/** What every change of one mailbox of a wave begins and ends with. */
export async function onBox(
  ctx: Context,
  number: number,
  mailboxId: string,
  version: number | null,
  work: (ctx: TxContext, wave: LockedWave, box: BoxRow) => Promise<void>,
): Promise<ChangedWave> {
  allow(ctx.actor, 'mailboxes.copy')
  return transact(ctx, async (ctx) => {
    const wave = (await lockWave(ctx, number)) ?? fail(notFound())
    const box = (await lockBox(ctx, wave.id, mailboxId)) ?? fail(notFound())
    if (version !== null && box.version !== version) throw staleWave()
    await work(ctx, wave, box)
    return { number, version: wave.version }
  })
}
