/** Fetching mail from its mailboxes: one reader a mailbox at a time, nothing lost, nothing taken twice. */
import { systemContextFor } from '../../platform/auth/actors.ts'
import { type Context, read, type Services, transact } from '../../platform/context.ts'
import { log } from '../../platform/log.ts'
import { fetchMailbox, type ImapLimits, ImapTrouble, imapLimits } from '../../platform/mail/imap.ts'
import {
  type ChannelRow,
  selectChannel,
  selectToFetch,
  selectToRoute,
  updateCondition,
  updatePlace,
} from './internal/channel-queries.ts'
import type { CaseKind } from './internal/lifecycle.ts'
import { settingsOf } from './mail-channels.ts'
import { largestKept, storeMails, takeStored } from './mail-intake.ts'

/** Mailboxes read at the same time, and messages decided on at the same time. */
const together = 4
const actorName = 'Posta in arrivo'

/** Reads every active mailbox of every administration, then takes up what was stored and not decided on. */
export async function fetchAllMail(services: Services, limits: ImapLimits = imapLimits): Promise<void> {
  await inTurns(await selectToFetch(services), async ({ organisation_id, channel_id }) => {
    await fetchChannel(services, organisation_id, channel_id, limits)
  })
  await inTurns(await selectToRoute(services), async ({ organisation_id, mail_id }) => {
    await takeUp(await systemContextFor(services, organisation_id, actorName), mail_id)
  })
}

/** Reads one mailbox to its end; false when another process is reading it. What goes wrong is written on the channel. */
export async function fetchChannel(
  services: Services,
  organisationId: string,
  channelId: string,
  limits: ImapLimits = imapLimits,
): Promise<boolean> {
  return alone(services, channelId, async () => {
    const ctx = await systemContextFor(services, organisationId, actorName)
    const channel = await read(ctx, (ctx) => selectChannel(ctx, channelId))
    if (channel === undefined) return
    const code = await readChannel(ctx, channel, { ...limits, largest: Math.min(limits.largest, largestKept) })
    await transact(ctx, (ctx) => updateCondition(ctx, channelId, code))
  })
}

// Stored, marked on the server, place moved on; deciding goes on beside the fetching. Answers with what went wrong, if anything.
async function readChannel(ctx: Context, channel: ChannelRow, limits: ImapLimits): Promise<string | null> {
  const place = { uidvalidity: channel.uidvalidity, lastUid: channel.last_uid }
  let deciding: Promise<void> = Promise.resolve()
  let hasSeen = false
  try {
    await fetchMailbox(
      settingsOf(ctx, channel),
      place,
      {
        keep: async (messages, uidvalidity) => {
          const kind = channel.kind as CaseKind // written from that list; the operation parses it again
          const mails = messages.map(({ uid, raw, bytes }) => ({
            raw,
            origin: { channelId: channel.id, uidvalidity, uid, kind, bytes },
          }))
          const stored = await storeMails(ctx, mails)
          hasSeen = true
          const open = stored.filter(({ known }) => known === null)
          deciding = deciding.then(() => inTurns(open, ({ id }) => takeUp(ctx, id)))
        },
        moveOn: async (place) => {
          await transact(ctx, (ctx) => updatePlace(ctx, channel.id, place, hasSeen))
        },
      },
      limits,
    )
    return null
  } catch (error) {
    if (error instanceof ImapTrouble) {
      log.warn('mail.channel_failed', { channel: channel.id, code: error.code })
      return error.code
    }
    log.error('mail.channel_failed', error, { channel: channel.id })
    return 'other'
  } finally {
    await deciding
  }
}

// One that cannot be decided on now stays stored, and the next run takes it up.
async function takeUp(ctx: Context, id: string): Promise<void> {
  await takeStored(ctx, id).catch((error: unknown) => log.error('mail.left_for_later', error, { mail: id }))
}

async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items]
  const hand = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: together }, hand))
}

// A lock of the connection: it ends with the process that held it, however that ends.
async function alone(services: Services, channelId: string, work: () => Promise<void>): Promise<boolean> {
  const client = await services.database.appPool.connect()
  const name = `mail ${channelId}`
  try {
    const found = await client.query<{ is: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as is', [
      name,
    ])
    if (found.rows[0]?.is !== true) return false
    try {
      await work()
      return true
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
    }
  } finally {
    client.release()
  }
}
