import type { Services } from '../../../platform/context.ts'

/** One run a copy at a time. A lock of the connection: it ends with the process that held it, however that ends. null: another has it. */
export async function alone<Result>(
  services: Services,
  copyId: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  const client = await services.database.appPool.connect()
  const name = `mail copy ${copyId}`
  try {
    const found = await client.query<{ is: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as is', [
      name,
    ])
    if (found.rows[0]?.is !== true) return null
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
    }
  } finally {
    client.release()
  }
}
