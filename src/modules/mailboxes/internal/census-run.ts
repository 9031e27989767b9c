/** A census under way: mailbox after mailbox, each its own transaction, so that it goes on wherever it broke off. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { decrypt } from '../../../platform/auth/secrets.ts'
import { type Context, read, type TxContext, transact } from '../../../platform/context.ts'
import type { Census } from '../census-schema.ts'
import { addedBox, changedBoxEvent, emptyBox } from '../mailboxes.ts'
import { bandOf } from './box-activity.ts'
import { recordBox, recordBoxes } from './box-record.ts'
import { insertBoxes, lockByAddress, markGone, markSeen, type StoredBox, updateBoxes } from './box-writes.ts'
import { type Measured, measureBox } from './census-measure.ts'
import {
  type CensusAccount,
  endCensus,
  forgetSecrets,
  lockCensus,
  putSketch,
  replaceOverlaps,
  selectAsked,
  selectCensus,
  selectSketches,
  selectWaiting,
  settleAccount,
} from './census-queries.ts'
import { signIn } from './mail-server.ts'
import { accountOn } from './server-account.ts'
import { type ServerRow, selectServer } from './server-queries.ts'
import { overlapsOf } from './sketch.ts'
import { MailTrouble } from './trouble.ts'

export type CensusLimits = { connect: number; silence: number; slice: number }
export const censusLimits: CensusLimits = { connect: 10_000, silence: 60_000, slice: 480_000 }

/** Of two mailboxes less alike than this nothing is kept. */
const leastShared = 500
/** After so many in a row that could not be reached the rest is not tried. */
const mostUnreachable = 5

/** Looks at those that wait, until none is left, it is to stop, or the slice is over. */
export async function goOn(ctx: Context, censusId: string, limits: CensusLimits): Promise<void> {
  const endAt = Date.now() + limits.slice
  let unreachable = 0
  while (Date.now() < endAt) {
    const { census, server, waiting } = await read(ctx, async (ctx) => {
      const census = await selectCensus(ctx, censusId)
      const server = census?.serverId ? await selectServer(ctx, census.serverId) : undefined
      return { census, server, waiting: await selectWaiting(ctx, censusId, 50) }
    })
    if (census === undefined || server === undefined || census.state !== 'running') return
    if (census.stopAskedAt !== null) return finish(ctx, census, 'stopped', null)
    if (unreachable >= mostUnreachable) return finish(ctx, census, 'failed', 'unreachable')
    if (waiting.length === 0) return finish(ctx, census, 'done', census.failed > 0 ? 'some_failed' : null)
    const atOnce = Math.min(server.mostConnections, 8)
    for (let at = 0; at < waiting.length && unreachable < mostUnreachable; at += atOnce) {
      const codes = await Promise.all(
        waiting.slice(at, at + atOnce).map((one) => lookAt(ctx, census, server, one, limits)),
      )
      for (const code of codes) unreachable = code === 'unreachable' || code === 'certificate' ? unreachable + 1 : 0
      if (await isToStop(ctx, censusId)) break
    }
  }
}

async function isToStop(ctx: Context, id: string): Promise<boolean> {
  return read(ctx, async (ctx) => (await selectCensus(ctx, id))?.stopAskedAt !== null)
}

async function lookAt(
  ctx: Context,
  census: Census,
  server: ServerRow,
  one: CensusAccount,
  limits: CensusLimits,
): Promise<string | null> {
  try {
    const password = one.secret === null ? null : decrypt(ctx.services.secret, one.secret).toString('utf8')
    const account = await accountOn(ctx.services.secret, server, one.login, { password })
    const wire = await signIn(account, limits)
    const measured = await measureBox(wire, ctx.services.secret, one.kind === 'personal').finally(() => wire.close())
    await transact({ ...ctx, door: 'import' }, async (ctx) => {
      const outcome = await write(ctx, server, one, measured)
      await settleAccount(ctx, census.id, one.address, { state: 'done', outcome })
      ctx.services.live.announce(ctx)
    })
    return null
  } catch (error) {
    if (!(error instanceof MailTrouble)) throw error
    await transact(ctx, async (ctx) => {
      await settleAccount(ctx, census.id, one.address, { state: 'failed', trouble: error.code })
      ctx.services.live.announce(ctx)
    })
    return error.code
  }
}

async function write(
  ctx: TxContext,
  server: ServerRow,
  one: CensusAccount,
  measured: Measured,
): Promise<'added' | 'changed' | 'same'> {
  const before = (await lockByAddress(ctx, [one.address])).get(one.address)
  // Somebody may have said meanwhile that it is a person's: then no more is kept of it than of one.
  const kind = before?.kind ?? one.kind
  const base = before ?? { ...emptyBox, id: randomUUIDv7(), address: one.address, kind }
  const after: StoredBox = {
    ...base,
    ...stored(ctx, base, one, measured),
    serverId: server.id,
    login: one.login,
    source: 'imap',
  }
  if (before === undefined) {
    await insertBoxes(ctx, [after])
    await recordBox(ctx, addedBox(after))
  } else if (JSON.stringify(before) === JSON.stringify(after)) await markSeen(ctx, [after.id], 'imap')
  else {
    await updateBoxes(ctx, [after], true)
    const happened = changedBoxEvent(before, after)
    if (happened !== null) await recordBox(ctx, happened)
  }
  if (measured.sketch !== null && kind !== 'personal' && kind !== 'certified')
    await putSketch(ctx, after.id, kind, measured.sketch)
  if (before === undefined) return 'added'
  return JSON.stringify(before) === JSON.stringify(after) ? 'same' : 'changed'
}

function stored(ctx: TxContext, base: StoredBox, one: CensusAccount, measured: Measured): Partial<StoredBox> {
  const day = (at: Date | null) =>
    at === null
      ? null
      : Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(ctx.zone).toPlainDate().toString()
  const { sizeBytes, messageCount, unreadCount } = measured
  const [received, readOn, sent] = [day(measured.lastReceivedAt), day(measured.lastReadAt), day(measured.lastSentAt)]
  const quotaBytes = measured.quotaBytes ?? base.quotaBytes
  if (base.kind === 'personal' || base.kind === 'certified') {
    const today = Temporal.Now.plainDateISO(ctx.zone).toString()
    const used =
      [received, sent]
        .filter((on) => on !== null)
        .sort()
        .at(-1) ?? null
    const activity = base.kind === 'personal' ? (bandOf(used, messageCount, today) ?? base.activity) : null
    return { sizeBytes, messageCount, quotaBytes, activity }
  }
  const delegates = measured.readers === null ? base.delegates : delegatesOf(measured.readers, one)
  return {
    sizeBytes,
    messageCount,
    unreadCount,
    quotaBytes,
    delegates,
    lastReceivedOn: received,
    lastReadOn: readOn,
    lastSentOn: sent,
  }
}

// Names on the server are addresses, or the part before the @ of the same domain; groups and everybody are nobody's delegate.
function delegatesOf(readers: readonly string[], { address, login }: CensusAccount): string[] {
  const domain = address.split('@')[1] ?? ''
  return readers
    .map((name) => name.toLowerCase())
    .filter(
      (name) =>
        !['owner', 'anyone', 'anonymous', 'authenticated', login.toLowerCase(), address].includes(name) &&
        !/^[-$#]/.test(name),
    )
    .map((name) => (name.includes('@') ? name : `${name}@${domain}`))
    .filter((name) => name !== address && z.email().safeParse(name).success)
    .sort()
}

async function finish(ctx: Context, census: Census, state: 'done' | 'stopped' | 'failed', trouble: string | null) {
  const sketches = await read(ctx, selectSketches)
  const overlaps = overlapsOf(sketches, leastShared)
  await transact({ ...ctx, door: 'import' }, async (ctx) => {
    const now = await lockCensus(ctx, census.id)
    if (now?.state !== 'running') return
    await forgetSecrets(ctx, census.id)
    await replaceOverlaps(ctx, overlaps)
    const gone =
      state === 'done' && now.isComplete
        ? await markGone(ctx, 'imap', now.serverId, await selectAsked(ctx, census.id))
        : []
    await recordBoxes(
      ctx,
      gone.map((id) => ({ subjectType: 'mailbox', subjectId: id, kind: 'mailbox.gone', payload: {} })),
    )
    await endCensus(ctx, census.id, { ...now, state, trouble, gone: gone.length })
  })
}
