/** The mailboxes from which mail is fetched: an administrator adds, tries and changes them. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { decrypt, encrypt } from '../../platform/auth/secrets.ts'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { type ImapSettings, ImapTrouble, type ImapTroubleCode, tryMailbox } from '../../platform/mail/imap.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import {
  type ChannelRow,
  insertChannel,
  lockChannel,
  selectChannel,
  selectChannels,
  updateChannel,
} from './internal/channel-queries.ts'
import { mailConflict, wrongMailField } from './mail-problems.ts'
import {
  changeMailChannelInput,
  type MailChannel,
  type MailChannelInput,
  mailChannel,
  mailChannelInput,
} from './mail-schema.ts'

type Request = z.output<typeof mailChannelInput>

/** Every mailbox, by name; never its password. */
export async function listMailChannels(ctx: Context): Promise<MailChannel[]> {
  allow(ctx.actor, 'organisation.manage')
  return read(ctx, async (ctx) => (await selectChannels(ctx)).map(toChannel))
}

/** One mailbox. */
export async function findMailChannel(ctx: Context, id: string): Promise<MailChannel> {
  allow(ctx.actor, 'organisation.manage')
  return read(ctx, async (ctx) => toChannel((await selectChannel(ctx, id)) ?? fail(notFound())))
}

/** Adds a mailbox; from the next minute on its mail becomes cases. */
export async function addMailChannel(ctx: Context, input: MailChannelInput): Promise<{ id: string }> {
  allow(ctx.actor, 'organisation.manage')
  const request = parse(mailChannelInput, input)
  if (request.password === '') throw wrongMailField('password', (t) => t.problems.noPassword)
  refusePlain(request)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'mail_channel.add', { ...request, password: '' }, id)
    if (earlier !== null) return { id: earlier }
    await phrased(() => insertChannel(ctx, id, columnsOf(ctx, request, null)))
    await recordChannel(ctx, 'mail_channel.added', id, request)
    return { id }
  })
}

/** Changes a mailbox; without a password the one that is there stays. Another mailbox is read from its beginning. */
export async function changeMailChannel(
  ctx: Context,
  id: string,
  input: z.input<typeof changeMailChannelInput>,
): Promise<{ id: string; version: number }> {
  allow(ctx.actor, 'organisation.manage')
  const { version, ...request } = parse(changeMailChannelInput, input)
  refusePlain(request)
  return transact(ctx, async (ctx) => {
    const found = (await lockChannel(ctx, id)) ?? fail(notFound())
    if (version !== undefined && version !== found.version) throw mailConflict('stale', (t) => t.problems.staleChannel)
    const isElsewhere =
      found.host !== request.host || found.username !== request.username || found.folder !== request.folder
    // A password that is there goes to the server it was given for, and to no other.
    if (request.password === '' && found.host !== request.host)
      throw wrongMailField('password', (t) => t.problems.passwordAgain)
    await phrased(() => updateChannel(ctx, id, columnsOf(ctx, request, found.password), isElsewhere))
    await recordChannel(ctx, 'mail_channel.changed', id, request)
    return { id, version: found.version + 1 }
  })
}

export type ChannelTrial = { isWell: true; messages: number } | { isWell: false; code: ImapTroubleCode }

/** Opens the mailbox as it would be read, and changes nothing. `id` names the one whose password is used when none is given. */
export async function tryMailChannel(ctx: Context, input: MailChannelInput, id: string | null): Promise<ChannelTrial> {
  allow(ctx.actor, 'organisation.manage')
  const request = parse(mailChannelInput, input)
  const known = id === null ? undefined : await read(ctx, (ctx) => selectChannel(ctx, id))
  if (id !== null && known === undefined) fail(notFound())
  if (request.password === '' && known?.host !== request.host)
    throw wrongMailField('password', (t) => (known ? t.problems.passwordAgain : t.problems.noPassword))
  const settings = settingsOf(ctx, columnsOf(ctx, request, known?.password ?? null))
  try {
    const limits = { connect: 8000, silence: 10_000, whole: 15_000, largest: 1_000_000 }
    return { isWell: true, ...(await tryMailbox(settings, limits)) }
  } catch (error) {
    if (!(error instanceof ImapTrouble)) throw error
    return { isWell: false, code: error.code }
  }
}

type Columns = Parameters<typeof insertChannel>[2]

/** How to reach the mailbox, its password unsealed. */
export function settingsOf(ctx: Context, row: Omit<Columns, 'name' | 'address' | 'kind' | 'is_active'>): ImapSettings {
  return {
    host: row.host,
    port: row.port,
    security: row.security as ImapSettings['security'], // held to these by a CHECK
    username: row.username,
    password: decrypt(ctx.services.secret, row.password).toString('utf8'),
    folder: row.folder,
    doneFolder: row.done_folder,
  }
}

function columnsOf(ctx: Context, request: Request, sealed: Buffer | null): Columns {
  const { doneFolder, isActive, password, ...rest } = request
  const kept = password === '' && sealed !== null ? sealed : encrypt(ctx.services.secret, Buffer.from(password))
  return { ...rest, password: kept, done_folder: doneFolder, is_active: isActive }
}

// A password in plain text crosses no network.
function refusePlain({ security, host }: Request) {
  if (security === 'none' && !['127.0.0.1', '::1'].includes(host))
    throw wrongMailField('security', (t) => t.problems.plain)
}

async function recordChannel(ctx: TxContext, kind: string, id: string, request: Request) {
  const { port, security, isActive, name, address, host, username, folder, doneFolder } = request
  await appendEvent(ctx, {
    subjectType: 'mail_channel',
    subjectId: id,
    kind,
    version: 1,
    witness: witnessOf(ctx),
    payload: { port, security, kind: request.kind, isActive },
    text: { name, address, host, username, folder, doneFolder },
    retention: 'organisation',
  })
  ctx.services.live.announce(ctx)
}

function phrased(write: () => Promise<void>) {
  return phrasing(
    {
      mail_channel_organisation_id_name_key: () => wrongMailField('name', (t) => t.problems.nameTaken),
      mail_channel_organisation_id_host_username_folder_key: () =>
        wrongMailField('username', (t) => t.problems.mailboxTaken),
    },
    write,
  )
}

function toChannel(row: ChannelRow): MailChannel {
  return mailChannel.parse({
    id: row.id,
    name: row.name,
    address: row.address,
    host: row.host,
    port: row.port,
    security: row.security,
    username: row.username,
    folder: row.folder,
    doneFolder: row.done_folder,
    kind: row.kind,
    isActive: row.is_active,
    lastCheckedAt: row.last_checked_at,
    lastSeenAt: row.last_seen_at,
    lastError: row.last_error,
    lastErrorAt: row.last_error_at,
    version: row.version,
  })
}
