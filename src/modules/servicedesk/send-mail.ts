/** Sends what waits in the outbox: at least once each, always under the same Message-ID, in order, by any number of workers. */
import { systemContextFor } from '../../platform/auth/actors.ts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import { log } from '../../platform/log.ts'
import type { Handed, Letter } from '../../platform/mail/smtp.ts'
import { compose } from './internal/compose.ts'
import { deleteUnusedLinks } from './internal/mail-link-queries.ts'
import { nextAttemptIn } from './internal/notices.ts'
import {
  type Claimed,
  claimDue,
  giveBack,
  selectMailToSend,
  settleLater,
  settleSent,
  settleStopped,
} from './internal/outbox-queries.ts'

const batch = 20
/** Longer than a batch can take, short enough that what a dead worker had is sent soon. */
const leaseMinutes = 15

/** What a round did; `isBlocked` when no mail can go now, whatever it is. */
export type Round = { taken: number; sent: number; isBlocked: boolean }

/** Sends one batch of what is due, as long as it may go on. Without settings for a mail server everything waits. */
export async function sendWaiting(services: Services, mayGoOn = () => true): Promise<Round> {
  const round: Round = { taken: 0, sent: 0, isBlocked: false }
  if (services.mailer.from === null) return round
  const claimed = await claimDue(services, batch, leaseMinutes)
  round.taken = claimed.length
  for (const one of claimed) {
    const ctx = await systemContextFor(services, one.organisation_id, 'Posta in uscita')
    if (round.isBlocked || !mayGoOn()) {
      await transact(ctx, (ctx) => giveBack(ctx, one.id))
      continue
    }
    const how = await sendOne(ctx, one)
    if (how === 'sent') round.sent += 1
    if (how === 'unreachable') round.isBlocked = true
  }
  return round
}

async function sendOne(ctx: Context, { id }: Claimed): Promise<Handed['how'] | 'held'> {
  const prepared = await prepare(ctx, id).catch((error) => setAside(ctx, id, error))
  if (prepared === null) return 'held'
  return settle(ctx, id, prepared.attempts, await ctx.services.mailer.send(prepared.letter))
}

type Prepared = { letter: Letter; attempts: number }

function prepare(ctx: Context, id: string): Promise<Prepared | null> {
  return transact(ctx, async (ctx) => {
    const mail = await selectMailToSend(ctx, id)
    if (mail === undefined) return null
    const composed = await compose(ctx, mail)
    if (typeof composed === 'object') return { letter: composed, attempts: mail.attempts + 1 }
    await settleStopped(ctx, id, { state: 'suppressed', trouble: composed, attempts: mail.attempts, said: null })
    if (composed === 'too_many') log.warn('mail.held', { person: mail.person_id })
    return null
  })
}

// One that cannot be composed is a bug of ours: set aside where an administrator sees it, and the others go on.
async function setAside(ctx: Context, id: string, error: unknown): Promise<null> {
  log.error('mail.not_composed', error, { mail: id })
  await transact(ctx, (ctx) =>
    settleStopped(ctx, id, { state: 'failed', trouble: 'unexpected', attempts: 1, said: null }),
  )
  return null
}

async function settle(ctx: Context, id: string, attempts: number, handed: Handed): Promise<Handed['how']> {
  await transact(ctx, async (ctx) => {
    if (handed.how === 'sent') return settleSent(ctx, id)
    const { trouble, said, isUnsure } = handed
    if (!isUnsure) await deleteUnusedLinks(ctx, id)
    const seconds = handed.how === 'never' ? null : nextAttemptIn(attempts)
    if (seconds === null) return settleStopped(ctx, id, { state: 'failed', trouble, attempts, said })
    return settleLater(ctx, id, { seconds, trouble, attempts, said })
  })
  if (handed.how !== 'sent') log.warn('mail.not_sent', { mail: id, how: handed.how, trouble: handed.trouble, attempts })
  return handed.how
}

const pauseMs = 2000
const longestPauseMs = 300_000

/** Sends until stopped. While the mail server takes nothing the pauses grow; a failure of ours is logged and tried again. */
export function startPosting(services: Services): { stop: () => Promise<void> } {
  let stopped = false
  let wake: () => void = () => undefined
  const loop = (async () => {
    let pause = pauseMs
    while (!stopped) {
      try {
        const { taken, isBlocked } = await sendWaiting(services, () => !stopped)
        pause = isBlocked ? Math.min(pause * 2, longestPauseMs) : pauseMs
        if (taken > 0 && !isBlocked) continue
      } catch (error) {
        if (!stopped) log.error('mail.failed', error)
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    stop: () => {
      stopped = true
      wake()
      return loop
    },
  }
}
