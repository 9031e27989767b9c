/** The servers mailboxes are on, or go to: added, tried, changed. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { encrypt } from '../../platform/auth/secrets.ts'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { boxConflict, wrongBox } from './box-problems.ts'
import {
  type ChangeMailServerInput,
  changeMailServerInput,
  type MailServer,
  type MailServerInput,
  mailServer,
  mailServerInput,
  type ServerTrial,
  type ServerTrialInput,
  serverTrialInput,
} from './census-schema.ts'
import { recordBox } from './internal/box-record.ts'
import { copyLimits } from './internal/copy-limits.ts'
import { apiPlace, isGmail } from './internal/gmail-account.ts'
import { openGmail } from './internal/gmail-api.ts'
import { examine, signIn, standingOf } from './internal/mail-server.ts'
import { isServiceKey } from './internal/mail-tokens.ts'
import { accountOn, targetOn } from './internal/server-account.ts'
import {
  insertServer,
  type ServerRow,
  selectServer,
  selectServers,
  selectUse,
  updateServer,
  type WrittenServer,
} from './internal/server-queries.ts'
import { MailTrouble } from './internal/trouble.ts'

type Request = z.output<typeof mailServerInput>

/** Every mail server, by name; never its secret. */
export async function listServers(ctx: Context): Promise<MailServer[]> {
  allow(ctx.actor, 'mailboxes.manage')
  return read(ctx, async (ctx) => (await selectServers(ctx)).map(toServer))
}

/** Adds a server; refused in the clear over a network, and without what its way to sign in needs. */
export async function addServer(ctx: Context, input: MailServerInput): Promise<{ id: string; version: number }> {
  allow(ctx.actor, 'mailboxes.manage')
  const request = parse(mailServerInput, input)
  refuse(request, null)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'mail_server.add', { ...request, secret: '' }, id)
    if (earlier !== null) return { id: earlier, version: 1 }
    await phrased(() => insertServer(ctx, id, written(ctx, request, null)))
    await recordServer(ctx, 'mail_server.added', id, request)
    return { id, version: 1 }
  })
}

/** Changes a server; without a secret the one that is there stays, as long as it goes to the same host. */
export async function changeServer(
  ctx: Context,
  id: string,
  input: ChangeMailServerInput,
): Promise<{ id: string; version: number }> {
  allow(ctx.actor, 'mailboxes.manage')
  const { version, ...request } = parse(changeMailServerInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await selectServer(ctx, id, true)) ?? fail(notFound())
    if (version !== undefined && version !== found.version) throw boxConflict('stale', (t) => t.stale)
    refuse(request, found)
    await refuseUnderWay(ctx, id, request, found)
    await phrased(() => updateServer(ctx, id, written(ctx, request, found)))
    await recordServer(ctx, 'mail_server.changed', id, request)
    return { id, version: found.version + 1 }
  })
}

const trialLimits = { connect: 8_000, silence: 10_000 }

/**
 * Opens a mailbox of the server as a census would, or as a wave does where it is written through the Gmail API; for reading only,
 * and tells what is wrong. `id`: whose secret is used when none is given.
 */
export async function tryServer(ctx: Context, input: ServerTrialInput, id: string | null): Promise<ServerTrial> {
  allow(ctx.actor, 'mailboxes.manage')
  const { login, password, ...request } = parse(serverTrialInput, input)
  const known = id === null ? null : ((await read(ctx, (ctx) => selectServer(ctx, id))) ?? fail(notFound()))
  refuse(request, known)
  if (login === null) throw wrongBox('login', (t) => t.loginMissing)
  const nothing = { isWell: false, code: null, words: '', messages: null, capabilities: [] }
  try {
    const server = written(ctx, request, known)
    const target = request.writtenBy === 'gmail_api' ? targetOn(ctx.services.secret, server, login) : null
    if (target !== null && isGmail(target)) {
      await openGmail(target, { ...copyLimits, ...trialLimits, gmail: { ...copyLimits.gmail, tries: 2 } }).labels()
      return { ...nothing, isWell: true }
    }
    const account = accountOn(ctx.services.secret, server, login, { password: password || null })
    const wire = await signIn(account, trialLimits)
    try {
      const capabilities = [...wire.capabilities].sort()
      const isOpen = (await examine(wire, 'INBOX')) !== null
      const messages = isOpen ? ((await standingOf(wire, 'INBOX'))?.messages ?? null) : null
      return { isWell: isOpen, code: isOpen ? null : 'refused', words: '', messages, capabilities }
    } finally {
      wire.close()
    }
  } catch (error) {
    if (!(error instanceof MailTrouble)) throw error
    return { ...nothing, code: error.code, words: error.words }
  }
}

function refuse(request: Request, known: ServerRow | null) {
  const { kind, host, isEncrypted, signIn, signInUser, secret } = request
  refuseWriting(request)
  if (!isEncrypted && !['127.0.0.1', '::1'].includes(host)) throw wrongBox('isEncrypted', (t) => t.plain)
  if ((kind === 'imap') === (signIn === 'token')) throw wrongBox('signIn', (t) => t.kindSignIn)
  if (signIn === 'own') {
    if (secret !== '' || signInUser !== null) throw wrongBox('secret', (t) => t.secretNotUsed)
    return
  }
  // An application of Microsoft has its right over the mailboxes by itself.
  if (signInUser === null && kind !== 'microsoft') throw wrongBox('signInUser', (t) => t.userMissing)
  if (secret === '' && (known?.secret ?? null) === null) throw wrongBox('secret', (t) => t.secretMissing)
  // A secret that is there goes to the server it was given for, in the way it was given for, and to no other.
  if (
    secret === '' &&
    known !== null &&
    (known.host !== host ||
      known.signIn !== signIn ||
      (known.isEncrypted && !isEncrypted) ||
      (request.api !== null && known.api !== request.api))
  )
    throw wrongBox('secret', (t) => t.secretAgain)
  if (signIn === 'token' && secret !== '' && !isServiceKey(kind, secret))
    throw wrongBox('secret', (t) => (kind === 'google' ? t.wrongKey : t.wrongApplicationKey))
}

// The Gmail API takes tokens alone, and has settings no other way of writing has.
function refuseWriting({ kind, signIn, writtenBy, api, unitsPerMinute }: Request) {
  if (writtenBy === 'imap') {
    if (api !== null) throw wrongBox('api', (t) => t.onlyGmailApi)
    if (unitsPerMinute !== null) throw wrongBox('unitsPerMinute', (t) => t.onlyGmailApi)
    return
  }
  if (kind !== 'google' || signIn !== 'token') throw wrongBox('writtenBy', (t) => t.gmailApiNeeds)
  if (apiPlace(api, true) === null) throw wrongBox('api', (t) => t.wrongApi)
}

// What a wave has copied is written down under the addresses of both servers: elsewhere it would begin anew, beside what is there.
async function refuseUnderWay(ctx: TxContext, id: string, request: Request, found: ServerRow) {
  const isElsewhere = request.host !== found.host || request.port !== found.port
  const isOther = request.writtenBy !== found.writtenBy || request.api !== found.api
  if (!isElsewhere && !isOther) return
  const { isFilled, isEmptied } = await selectUse(ctx, id)
  if (isOther && isFilled) throw boxConflict('being_filled', (t) => t.beingFilled)
  if (isElsewhere && (isFilled || isEmptied)) throw boxConflict('under_way', (t) => t.underWay)
}

function written(ctx: Context, { secret, ...request }: Request, known: ServerRow | null): WrittenServer {
  if (request.signIn === 'own') return { ...request, secret: null }
  const kept = secret === '' ? (known?.secret ?? null) : encrypt(ctx.services.secret, Buffer.from(secret))
  return { ...request, secret: kept }
}

async function recordServer(ctx: TxContext, kind: string, id: string, request: Request) {
  const { port, isEncrypted, signIn, dailyBytes, mostMessageBytes, mostConnections, writtenBy, unitsPerMinute } =
    request
  await recordBox(ctx, {
    ...{ subjectType: 'mail_server', subjectId: id, kind },
    payload: {
      ...{ kind: request.kind, port, isEncrypted, signIn, dailyBytes, mostMessageBytes, mostConnections },
      ...{ writtenBy, unitsPerMinute },
    },
    text: { name: request.name, host: request.host, signInUser: request.signInUser ?? '', api: request.api ?? '' },
  })
}

function phrased(write: () => Promise<void>) {
  return phrasing({ mail_server_organisation_id_name_key: () => wrongBox('name', (t) => t.nameTaken) }, write)
}

function toServer({ secret, ...row }: ServerRow): MailServer {
  return mailServer.parse({ ...row, hasSecret: secret !== null })
}
