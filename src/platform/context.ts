/** Who acts, for whom, on which connection: the first argument of every operation. */
import { type Kysely, sql } from 'kysely'
import type { Database } from './db.ts'
import type { Files } from './files.ts'
import type { Jobs } from './jobs.ts'
import type { Live } from './live.ts'
import type { Letters } from './mail/letters.ts'
import type { Mailer } from './mail/smtp.ts'
import type { Holder } from './permissions.ts'
import { Problem } from './problem.ts'
import type { Rows } from './rows.gen.ts'
import type { Subjects } from './subject.ts'
import { type Language, platformTexts, say } from './texts.ts'

/** What a process has opened once and every operation may use. */
export type Services = {
  database: Database
  files: Files
  jobs: Jobs
  live: Live
  secret: Buffer
  mailer: Mailer
  /** What higher modules tell beside subjects of lower ones. */
  subjects: Subjects
  /** Mails that higher modules write and the outbox sends. */
  letters: Letters
  /** The public origin, for links in mails. */
  url: string
}

/** The way in. It decides the witness grade of what is recorded, never what is allowed. */
export type Door = 'portal' | 'desk' | 'api' | 'cli' | 'job' | 'import' | 'mail' | 'link'

/** A person, or SITEC itself under a name (`isSystem`), acting for a party. */
export type Actor = Holder & {
  name: string
  partyId: string | null
  partyKind: 'administration' | 'supplier' | null
  officeId: string | null
  officeName: string | null
  siteName: string | null
  room: string
}

export type Context = {
  services: Services
  organisationId: string
  organisationName: string
  zone: string
  isDemo: boolean
  actor: Actor
  door: Door
  language: Language
  /** Set while a form or call carries a key against being carried out twice. */
  idempotencyKey?: string
  /** The open transaction, if any; `transact` and `read` inside it join it. */
  db?: Kysely<Rows>
}

/** A context inside a transaction. */
export type TxContext = Context & { db: Kysely<Rows>; onCommit: (what: () => void) => void }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Runs `work` in one transaction inside the tenant; all of it is kept, or nothing. Deadlocks are tried once more. */
export async function transact<Result>(ctx: Context, work: (ctx: TxContext) => Promise<Result>): Promise<Result> {
  if (isInside(ctx)) return work(ctx)
  try {
    return await begin(ctx, 'begin', work)
  } catch (error) {
    if (!isSerialisation(error)) throw error
    return await begin(ctx, 'begin', work).catch((second) => {
      throw isSerialisation(second)
        ? new Problem(
            'conflict',
            'busy',
            say(platformTexts, (t) => t.problems.busy),
            [],
            { cause: second },
          )
        : second
    })
  }
}

/** Runs `work` in one read-only transaction inside the tenant, all of it at one instant: a total is that of the rows beside it. */
export function read<Result>(ctx: Context, work: (ctx: TxContext) => Promise<Result>): Promise<Result> {
  return isInside(ctx) ? work(ctx) : begin(ctx, 'begin isolation level repeatable read read only', work)
}

function isInside(ctx: Context): ctx is TxContext {
  return ctx.db !== undefined
}

async function begin<Result>(ctx: Context, how: string, work: (ctx: TxContext) => Promise<Result>): Promise<Result> {
  if (!uuid.test(ctx.organisationId)) throw new Error('A tenant id is a UUID')
  const afterwards: (() => void)[] = []
  const result = await ctx.services.database.app.connection().execute(async (db) => {
    // One round trip; the id was checked above, and SET takes no parameters.
    await sql.raw(`${how}; set local sitec.organisation = '${ctx.organisationId}'`).execute(db)
    try {
      const result = await work({ ...ctx, db, onCommit: (what) => afterwards.push(what) })
      await sql.raw('commit').execute(db)
      return result
    } catch (error) {
      // A connection that is gone has rolled back by itself; the first error is the one to tell.
      await sql
        .raw('rollback')
        .execute(db)
        .catch(() => undefined)
      throw diskFull(error) ?? error
    }
  })
  for (const what of afterwards) what()
  return result
}

// PostgreSQL has no room left (53100): the same refusal as for a file.
function diskFull(error: unknown): Problem | null {
  if (!(error instanceof Error && 'code' in error && error.code === '53100')) return null
  return new Problem(
    'unavailable',
    'disk_full',
    say(platformTexts, (t) => t.problems.diskFull),
    [],
    { cause: error },
  )
}

function isSerialisation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
}

/** SITEC itself, under a name, for jobs and the command line. Its acts are never taken for a person's. */
export function systemActor(name: string): Actor {
  return {
    personId: null,
    roles: [],
    teamIds: [],
    officeIds: [],
    scopes: null,
    isSystem: true,
    name,
    partyId: null,
    partyKind: null,
    officeId: null,
    officeName: null,
    siteName: null,
    room: '',
  }
}
