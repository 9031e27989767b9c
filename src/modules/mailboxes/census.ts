/** Censuses of mailboxes over IMAP: begun, watched, stopped; carried out by a job. */
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
import { type Census, type CensusDetail, type CensusInput, censusInput } from './census-schema.ts'
import { alone } from './internal/alone.ts'
import { recordBox } from './internal/box-record.ts'
import { lockByAddress } from './internal/box-writes.ts'
import {
  askStop,
  type CensusAccount,
  insertAccounts,
  insertCensus,
  lockCensus,
  selectCensus,
  selectCensuses,
  selectOnServer,
  selectRunning,
  selectTroubles,
} from './internal/census-queries.ts'
import { type CensusLimits, censusLimits, goOn } from './internal/census-run.ts'
import { type ServerRow, selectServer } from './internal/server-queries.ts'

/** The newest fifty imports and censuses. */
export async function listCensuses(ctx: Context): Promise<Census[]> {
  allow(ctx.actor, 'mailboxes.manage')
  return read(ctx, (ctx) => selectCensuses(ctx, 50))
}

/** How far a census is, and which mailboxes could not be opened. */
export async function findCensus(ctx: Context, id: string): Promise<CensusDetail> {
  allow(ctx.actor, 'mailboxes.manage')
  return read(ctx, async (ctx) => {
    const found = (await selectCensus(ctx, id)) ?? fail(notFound())
    return { ...found, troubles: await selectTroubles(ctx, id) }
  })
}

/**
 * Begins a census of a server: of the mailboxes named, or of those the register has on it. Personal ones, and those of which
 * nobody said what they are, are left unopened without the references of impact assessment and agreement. Refused while
 * another census of the server is running.
 */
export async function beginCensus(ctx: Context, input: CensusInput): Promise<{ id: string }> {
  allow(ctx.actor, 'mailboxes.manage')
  const request = parse(censusInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const claim = { ...request, accounts: request.accounts.map(({ address }) => address) }
    const earlier = await claimKey(ctx, 'mail_census.begin', claim, id)
    if (earlier !== null) return { id: earlier }
    const server = (await selectServer(ctx, request.serverId)) ?? fail(wrongBox('serverId', (t) => t.unknownServer))
    const hasPapers = request.assessment !== null && request.agreement !== null
    const accounts = await accountsOf(ctx, server, request, hasPapers)
    if (accounts.length === 0) throw wrongBox('accounts', (t) => t.nothingAsked)
    const withPersonal = hasPapers && accounts.some(({ kind }) => kind === 'personal')
    await phrasing({ mail_census_running: () => boxConflict('running', (t) => t.running) }, () =>
      insertCensus(ctx, {
        ...{
          id,
          source: 'imap',
          serverId: server.id,
          asked: accounts.length,
          isComplete: request.isComplete,
          withPersonal,
        },
        ...{ assessment: request.assessment, agreement: request.agreement },
      }),
    )
    await insertAccounts(ctx, id, accounts)
    await ctx.services.jobs.enqueue(ctx, 'mailboxes.census', { censusId: id })
    return { id }
  })
}

async function accountsOf(
  ctx: TxContext,
  server: ServerRow,
  { accounts }: z.output<typeof censusInput>,
  hasPapers: boolean,
): Promise<CensusAccount[]> {
  const state = (kind: string) => (kind === 'personal' && !hasPapers ? ('left_out' as const) : ('waiting' as const))
  if (accounts.length === 0) {
    if (server.signIn === 'own') throw wrongBox('accounts', (t) => t.passwordMissing)
    return (await selectOnServer(ctx, server.id)).flatMap(({ address, login, kind }) =>
      kind === 'certified' ? [] : [{ address, login: login ?? address, kind, secret: null, state: state(kind) }],
    )
  }
  const known = await lockByAddress(
    ctx,
    accounts.map(({ address }) => address),
  )
  const named = new Map(accounts.map((one) => [one.address, one]))
  return [...named.values()].flatMap(({ address, login, password, kind: told }) => {
    const kind = known.get(address)?.kind ?? told ?? 'personal'
    if (kind === 'certified') return []
    if (server.signIn === 'own' && password === '' && state(kind) === 'waiting')
      throw wrongBox('accounts', (t) => t.passwordMissing)
    const isSealed = server.signIn === 'own' && state(kind) === 'waiting'
    const secret = isSealed ? encrypt(ctx.services.secret, Buffer.from(password)) : null
    return [{ address, login: login ?? known.get(address)?.login ?? address, kind, secret, state: state(kind) }]
  })
}

/** Asks a census to stop: those it is looking at are finished, the others are left. */
export async function stopCensus(ctx: Context, id: string): Promise<{ id: string }> {
  allow(ctx.actor, 'mailboxes.manage')
  return transact(ctx, async (ctx) => {
    const found = (await lockCensus(ctx, id)) ?? fail(notFound())
    if (found.state !== 'running') throw boxConflict('not_running', (t) => t.notRunning)
    if (found.stopAskedAt !== null) return { id }
    await askStop(ctx, id)
    await recordBox(ctx, { subjectType: 'mail_census', subjectId: id, kind: 'mail_census.stop_asked', payload: {} })
    await ctx.services.jobs.enqueue(ctx, 'mailboxes.census', { censusId: id })
    return { id }
  })
}

/** Carries a census on; nothing, while another process does. For the job. */
export async function carryOnCensus(ctx: Context, id: string, limits: Partial<CensusLimits> = {}): Promise<void> {
  await alone(ctx.services, `census ${id}`, () => goOn(ctx, id, { ...censusLimits, ...limits }))
}

/** Sees to it that whoever broke off a census, it goes on. For the job. */
export async function followCensuses(ctx: Context): Promise<void> {
  await transact(ctx, async (ctx) => {
    for (const id of await selectRunning(ctx))
      await ctx.services.jobs.enqueue(ctx, 'mailboxes.census', { censusId: id })
  })
}
