/** Work for later, enqueued in the transaction that asks for it, done under a named system actor. */
import { CompiledQuery, type Kysely } from 'kysely'
import type { QueryResult } from 'pg'
import { PgBoss } from 'pg-boss'
import type { Services, TxContext } from './context.ts'
import type { Database, HealingPool } from './db.ts'
import { log } from './log.ts'
import type { Rows } from './rows.gen.ts'

/** Payload of every job: the tenant and ids; a handler reads the rest anew. */
export type JobData = { organisationId: string } & Record<string, string | number>

/** One kind of job. `handle` must be idempotent: it may run twice. */
export type JobHandler = { name: string; handle: (services: Services, data: JobData) => Promise<void> }
/** Upkeep that belongs to no tenant, at a cron time. */
export type ScheduledJob = { name: string; cron: string; handle: (services: Services) => Promise<void> }

export type Jobs = {
  enqueue: (ctx: TxContext, name: string, data: Record<string, string | number>, startAfter?: Date) => Promise<void>
}

const silent = { supervise: false, schedule: false, migrate: false, createSchema: false, schema: 'pgboss' } as const

/** What a web process needs: enqueueing only. */
export async function openJobs(database: Database): Promise<Jobs & { close: () => Promise<void> }> {
  const boss = new PgBoss({ ...silent, db: onPool(database.appPool) })
  boss.on('error', (error) => log.error('jobs.failed', error))
  await boss.start()
  const known = new Set<string>()
  return {
    enqueue: async (ctx, name, data, startAfter) => {
      if (!known.has(name)) await makeQueue(boss, name)
      known.add(name)
      const options = { db: inTransaction(ctx.db), ...(startAfter && { startAfter }) }
      await boss.send(name, { organisationId: ctx.organisationId, ...data }, options)
    },
    close: () => boss.stop({ graceful: false }),
  }
}

// Asking for a queue that is there already changes nothing.
async function makeQueue(boss: PgBoss, name: string) {
  await boss.createQueue(name, { retryLimit: 5, retryDelay: 10, retryBackoff: true })
}

/** Runs jobs until stopped; one worker or many. */
export async function startWorker(
  services: Services,
  handlers: readonly JobHandler[],
  scheduled: readonly ScheduledJob[],
) {
  const boss = new PgBoss({ ...silent, supervise: true, schedule: true, db: onPool(services.database.appPool) })
  boss.on('error', (error) => log.error('jobs.failed', error))
  await boss.start()
  for (const handler of handlers) {
    await makeQueue(boss, handler.name)
    await boss.work<JobData>(handler.name, { batchSize: 20, pollingIntervalSeconds: 1 }, async (jobs) => {
      for (const job of jobs) await handler.handle(services, job.data)
    })
  }
  for (const job of scheduled) {
    await makeQueue(boss, job.name)
    await boss.schedule(job.name, job.cron)
    await boss.work(job.name, { pollingIntervalSeconds: 5 }, () => job.handle(services))
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000 }) }
}

// Enqueueing goes through the caller's transaction, so a job is kept or lost with its cause.
function inTransaction(db: Kysely<Rows>) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => ({
      rows: [...(await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values))).rows],
    }),
  }
}

// Its upkeep sends several statements at once and wants the rows of all of them.
function onPool(pool: HealingPool) {
  return {
    executeSql: async (text: string, values?: unknown[]) => {
      const client = await pool.connect()
      try {
        const answer: QueryResult | QueryResult[] = await client.query(text, values)
        return { rows: Array.isArray(answer) ? answer.flatMap((one) => one.rows) : answer.rows }
      } finally {
        client.release()
      }
    },
  }
}
