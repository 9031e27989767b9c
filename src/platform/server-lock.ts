/** One server on one set of data: a second says so and stops. */
import pg from 'pg'
import type { Config } from '../config.ts'
import { connectionSettings } from './db.ts'
import { ensureEmbedded, PostgresError } from './postgres.ts'

const serverLock = 735_204

/**
 * Takes the server's lock, freed with the process however it ends. Several `web` or `worker` processes may run
 * on one database; `all` runs alone. When the database restarts, the lock is taken again.
 */
export async function holdServerLock(config: Config): Promise<{ release: () => Promise<void> }> {
  let released = false
  let client: pg.Client
  const take = async () => {
    const endpoint =
      config.databaseUrl === null
        ? await ensureEmbedded(config.data)
        : ({ kind: 'url', connectionString: config.databaseUrl } as const)
    client = new pg.Client({ ...connectionSettings(endpoint, null), keepAlive: true })
    client.on('error', () => undefined) // "end" follows
    await client.connect()
    const taken = await client.query<{ taken: boolean }>(
      `select ${config.role === 'all' ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared'}(${serverLock}) as taken`,
    )
    if (taken.rows[0]?.taken !== true) {
      await client.end()
      throw new PostgresError(
        `Another SITEC server is already running on this data (${config.data}): stop it first, or choose another SITEC_DATA.`,
      )
    }
    client.once('end', () => {
      if (!released) setTimeout(() => void take().catch(() => undefined), 1000).unref()
    })
  }
  await take()
  return {
    release: async () => {
      released = true
      await client.end()
    },
  }
}
