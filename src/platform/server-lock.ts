/** One server on one set of data: a second says so and stops. */
import pg from 'pg'
import type { Config } from '../config.ts'
import { connectionSettings } from './db.ts'
import { log } from './log.ts'
import { ensureEmbedded, leaveEmbedded } from './postgres.ts'
import { PostgresError } from './postgres-place.ts'

const serverLock = 735_204

/**
 * Takes the server's lock, freed with the process however it ends. Several `web` or `worker` processes may run
 * on one database; `all` runs alone. When the database restarts, the lock is taken again.
 */
export async function holdServerLock(config: Config): Promise<{ release: () => Promise<void> }> {
  let released = false
  let client: pg.Client | null = null
  const take = async () => {
    const endpoint =
      config.databaseUrl === null
        ? await ensureEmbedded(config.data)
        : ({ kind: 'url', connectionString: config.databaseUrl } as const)
    const taker = new pg.Client({ ...connectionSettings(endpoint, null), keepAlive: true })
    taker.on('error', () => undefined) // "end" follows
    const ended = new Promise<void>((resolve) => taker.once('end', resolve))
    try {
      await taker.connect()
      const taken = await taker.query<{ taken: boolean }>(
        `select ${config.role === 'all' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared'}(${serverLock}) as taken`,
      )
      if (taken.rows[0]?.taken !== true) {
        throw new PostgresError(
          `Another SITEC server is already running on this data (${config.data}): stop it first, or choose another SITEC_DATA.`,
        )
      }
    } catch (error) {
      await taker.end().catch(() => undefined)
      throw error
    }
    client = taker
    void ended.then(takeAgain)
    if (released) await taker.end()
  }
  const takeAgain = async () => {
    while (!released) {
      const error = await take().then(
        () => null,
        (error: unknown) => error,
      )
      if (error === null) return
      log.warn('server_lock.not_held', { because: error instanceof Error ? error.name : typeof error })
      await new Promise((resolve) => setTimeout(resolve, 1000).unref())
    }
  }
  const leave = async () => {
    if (config.databaseUrl === null) await leaveEmbedded(config.data)
  }
  await take().catch(async (error) => {
    await leave().catch(() => undefined)
    throw error
  })
  return {
    release: async () => {
      released = true
      await client?.end()
      await leave()
    },
  }
}
