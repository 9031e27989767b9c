/** Waves: mailboxes that move together, planned, filled, and looked at. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { selectDelegations } from './internal/delegate-queries.ts'
import {
  defaultSpeed,
  type Estimate,
  estimateMailbox,
  estimateWave,
  gmailSpeed,
  secondsLeft,
  withinProject,
} from './internal/estimate.ts'
import { type ServerRow, selectServer } from './internal/server-queries.ts'
import { movesTogether, partedBy } from './internal/together.ts'
import {
  type CandidateRow,
  selectAddresses,
  selectCandidates,
  selectWaveEnds,
} from './internal/wave-candidate-queries.ts'
import { groupOf, untouched } from './internal/wave-lifecycle.ts'
import {
  type BoxRow,
  countWaves,
  deleteBox,
  insertBoxes,
  insertWave,
  type LockedWave,
  lockBox,
  lockWave,
  nextNumber,
  selectBoxes,
  selectWave,
  selectWaves,
  updateWave,
} from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { reopenParted, selectParted } from './wave-delegates.ts'
import { staleWave, waveConflict, wrongInWave } from './wave-problems.ts'
import {
  type AddToWaveInput,
  addToWaveInput,
  type Candidate,
  type ChangedWave,
  type ChangeWaveInput,
  changeWaveInput,
  type PlanWaveInput,
  planWaveInput,
  type VersionInput,
  versionInput,
  type WaveDetail,
  type WaveMailbox,
  type WaveRow,
} from './wave-schema.ts'

/** All waves, by number, with how far each is. */
export async function listWaves(ctx: Context): Promise<WaveRow[]> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, selectWaves)
}

/** One wave with its mailboxes, how fast it goes and how long it still takes. */
export async function findWave(ctx: Context, number: number): Promise<WaveDetail> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const wave = (await selectWave(ctx, number)) ?? fail(notFound())
    const boxes = (await selectBoxes(ctx, wave.id)).map(toBox)
    const speed = boxes.reduce((sum, box) => sum + (box.isRunning ? (box.speed ?? 0) : 0), 0)
    const moving = boxes.filter(({ group }) => group === 'running' || group === 'waiting')
    const left = moving.reduce((sum, box) => sum + Math.max(0, box.messages - box.doneMessages), 0)
    const server = await selectServer(ctx, await targetOf(ctx, number))
    return {
      ...{ ...wave, of: await countWaves(ctx), boxes, speed },
      secondsLeft: secondsLeft(left, speed),
      estimate: moving.length === 0 ? null : estimateOf(moving, server, wave.mostAtOnce),
    }
  })
}

function estimateOf(moving: readonly WaveMailbox[], server: ServerRow | undefined, atOnce: number): Estimate {
  const isGmail = server?.writtenBy === 'gmail_api'
  const speed = isGmail ? gmailSpeed(server.unitsPerMinute) : defaultSpeed
  const loads = moving.map(leftOf)
  const each = loads.map((load) => estimateMailbox(load, speed, server?.dailyBytes ?? null))
  const all = estimateWave(each, atOnce)
  return isGmail
    ? withinProject(
        all,
        loads.reduce((sum, { messages }) => sum + messages, 0),
      )
    : all
}

const leftOf = ({ messages, bytes, doneMessages, doneBytes }: WaveMailbox) => ({
  messages: Math.max(0, messages - doneMessages),
  bytes: Math.max(0, bytes - doneBytes),
})

async function targetOf(ctx: TxContext, number: number): Promise<string> {
  const row = await ctx.db
    .selectFrom('migration_wave')
    .select('to_server_id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  return row.to_server_id
}

/** A row as it is shown. */
export function toBox({ copyId: _, proofSha256, preflight, ...row }: BoxRow): WaveMailbox {
  return {
    ...{ ...row, preflight: preflight ?? [], hasProof: proofSha256 !== null },
    group: groupOf(row, row.isRunning),
    secondsLeft: row.isRunning ? secondsLeft(row.messages - row.doneMessages, row.speed) : null,
  }
}

/** The mailboxes that may go into a wave, with those that would go with each. */
export async function listCandidates(ctx: Context, number: number): Promise<Candidate[]> {
  allow(ctx.actor, 'mailboxes.copy')
  return read(ctx, async (ctx) => {
    const wave = (await selectWaveEnds(ctx, number)) ?? fail(notFound())
    const all = await selectCandidates(ctx, wave.fromServerId)
    const addresses = new Map(all.map(({ mailboxId, address }) => [mailboxId, address]))
    const here = (await selectBoxes(ctx, wave.id)).map(({ mailboxId }) => mailboxId)
    const delegations = await selectDelegations(ctx, wave.fromServerId)
    return all
      .filter(({ isTaken }) => !isTaken)
      .map(({ mailboxId, address, office, decision, messages, bytes }) => ({
        ...{ mailboxId, address, office, decision, messages, bytes },
        together: movesTogether([mailboxId], bondsOf(all)).flatMap((id) =>
          id === mailboxId ? [] : [addresses.get(id) ?? '?'],
        ),
        delegates: partedBy(new Set([...here, mailboxId]), delegations)
          .filter(({ insideIds }) => insideIds.includes(mailboxId))
          .flatMap(({ outsideId }) => addresses.get(outsideId) ?? []),
      }))
  })
}

const bondsOf = (all: readonly CandidateRow[]) => all.map(({ mailboxId: id, intoId }) => ({ id, intoId }))

/** Plans a wave from one server to another. Refuses servers that are the same, and a third party without a name. */
export async function planWave(ctx: Context, input: PlanWaveInput): Promise<ChangedWave> {
  const { thirdParty = '', ...wave } = parse(planWaveInput, input)
  allow(ctx.actor, 'mailboxes.copy')
  if (wave.fromServerId === wave.toServerId) throw wrongInWave('toServerId', (t) => t.sameServer)
  if ((wave.carriedOutBy === 'third_party') !== (thirdParty !== ''))
    throw wrongInWave('thirdParty', (t) => t.whichThirdParty)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'wave.plan', input, id)
    if (earlier !== null) return numberOf(ctx, earlier)
    for (const field of ['fromServerId', 'toServerId'] as const)
      if ((await selectServer(ctx, wave[field])) === undefined) throw wrongInWave(field, (t) => t.noServer)
    const number = await nextNumber(ctx)
    const { name, ...facts } = wave
    await insertWave(ctx, {
      ...{ ...wave, id, number, cutOverAt: wave.cutOverAt ?? null },
      thirdParty: thirdParty === '' ? null : thirdParty,
    })
    await recordWave(ctx, id, 'planned', { number, ...facts }, { name, ...(thirdParty && { thirdParty }) })
    return { number, version: 1 }
  })
}

async function numberOf(ctx: TxContext, id: string): Promise<ChangedWave> {
  return ctx.db
    .selectFrom('migration_wave')
    .select(['number', 'version'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Changes name, day of the cut-over and how many are copied at once; not once it is over. */
export async function changeWave(ctx: Context, number: number, input: ChangeWaveInput): Promise<ChangedWave> {
  const { version, name, mostAtOnce, cutOverAt } = parse(changeWaveInput, input)
  return onWave(ctx, number, version, async (ctx, wave) => {
    if (['closed', 'stopped'].includes(wave.state)) throw waveConflict('wave_over', (t) => t.over)
    // When it was cut over is a fact, no longer a plan.
    const at = wave.state === 'cut_over' ? wave.cutOverAt : (cutOverAt ?? null)
    await recordWave(ctx, wave.id, 'changed', { mostAtOnce, cutOverAt: at }, { name })
    return updateWave(ctx, wave.id, { name, most_at_once: mostAtOnce, cut_over_at: at })
  })
}

/**
 * Puts mailboxes into a wave, and with them what must move together: what they are merged into, and what is merged into
 * the same. Refuses a mailbox without an approved decision, a certified one, and one that another wave has.
 */
export async function addToWave(ctx: Context, number: number, input: AddToWaveInput): Promise<ChangedWave> {
  const { version, mailboxIds } = parse(addToWaveInput, input)
  return onWave(ctx, number, version, async (ctx, wave) => {
    if (!['planned', 'copying', 'paused'].includes(wave.state)) throw waveConflict('wave_over', (t) => t.over)
    const all = await selectCandidates(ctx, wave.fromServerId)
    const known = new Map(all.map((one) => [one.mailboxId, one]))
    const wanted = movesTogether(mailboxIds, bondsOf(all))
    const missing = wanted.filter((id) => !known.has(id))
    if (missing.length > 0) {
      const addresses = await selectAddresses(ctx, missing)
      if (missing.some((id) => !addresses.has(id))) throw notFound()
      throw wrongInWave('mailboxIds', (t) => t.notApproved([...addresses.values()].sort().join(', ')))
    }
    const chosen = wanted.flatMap((id) => known.get(id) ?? [])
    const boxes = await selectBoxes(ctx, wave.id)
    const here = new Set(boxes.map(({ mailboxId }) => mailboxId))
    const taken = chosen.filter(({ mailboxId, isTaken }) => isTaken && !here.has(mailboxId))
    if (taken.length > 0)
      throw wrongInWave('mailboxIds', (t) => t.inAnotherWave(taken.map(({ address }) => address).join(', ')))
    const added = chosen.filter(({ mailboxId }) => !here.has(mailboxId))
    if (added.length === 0) return wave.version
    const parted = await selectParted(ctx, wave)
    const used = new Set(boxes.map(({ targetLogin, underFolder }) => placeText(targetLogin, underFolder)))
    await insertBoxes(
      ctx,
      wave.id,
      added.map((one) => ({ ...one, ...endsOf(one, known, used) })),
    )
    await recordWave(ctx, wave.id, 'mailboxes_added', { mailboxIds: added.map(({ mailboxId }) => mailboxId) })
    await reopenParted(ctx, wave, parted)
    return updateWave(ctx, wave.id, {})
  })
}

// As whom it is opened at both ends: at the target under its new address, or as the mailbox it is merged into. No two of those
// go below one folder there: each takes what is in its folders for its own.
function endsOf(one: CandidateRow, known: ReadonlyMap<string, CandidateRow>, used: Set<string>) {
  const into = one.intoId === null ? one : (known.get(one.intoId) ?? one)
  const isMerged = into !== one
  const targetLogin = into.newAddress ?? into.address
  const wanted = isMerged ? (one.folderPrefix ?? one.address.split('@')[0] ?? '') : ''
  let underFolder = wanted
  for (let number = 2; isMerged && used.has(placeText(targetLogin, underFolder)); number += 1)
    underFolder = `${wanted}-${number}`
  used.add(placeText(targetLogin, underFolder))
  return { sourceLogin: one.login ?? one.address, targetLogin, underFolder }
}

// There are servers to whom letters are the same in either case.
const placeText = (login: string, folder: string) => `${login}\n${folder.toLowerCase()}`

/** Takes a mailbox out of a wave. Refuses once something of it was copied. */
export async function takeOut(
  ctx: Context,
  number: number,
  mailboxId: string,
  input: VersionInput,
): Promise<ChangedWave> {
  const { version } = parse(versionInput, input)
  allow(ctx.actor, 'mailboxes.copy')
  return transact(ctx, async (ctx) => {
    const wave = (await lockWave(ctx, number)) ?? fail(notFound())
    const box = (await lockBox(ctx, wave.id, mailboxId)) ?? fail(notFound())
    if (box.version !== version) throw staleWave()
    if (!untouched.includes(box.state)) throw waveConflict('begun', (t) => t.begun)
    const parted = await selectParted(ctx, wave)
    await deleteBox(ctx, wave.id, mailboxId)
    await recordWave(ctx, wave.id, 'mailbox_taken_out', { mailboxId })
    await reopenParted(ctx, wave, parted)
    return { number, version: await updateWave(ctx, wave.id, {}) }
  })
}

/** What every change of a wave begins and ends with: locked, allowed, not stale. */
export async function onWave(
  ctx: Context,
  number: number,
  version: number,
  work: (ctx: TxContext, wave: LockedWave) => Promise<number>,
): Promise<ChangedWave> {
  allow(ctx.actor, 'mailboxes.copy')
  return transact(ctx, async (ctx) => {
    const wave = (await lockWave(ctx, number)) ?? fail(notFound())
    if (wave.version !== version) throw staleWave()
    return { number, version: await work(ctx, wave) }
  })
}
