/** The head of the chain leaves the system every day: who keeps the mail can prove what was recorded before it. */
import { sql } from 'kysely'
import type { Services } from '../../platform/context.ts'

/**
 * Notes the newest head for every contract manager, once a day: asked again the same day, nothing more happens. The day
 * is UTC's, as the job's hour is. Returns how many mails were noted.
 */
export async function writeDailyHeads(services: Services, now = Temporal.Now.instant()): Promise<number> {
  const day = now.toZonedDateTimeISO('UTC').toPlainDate().toString()
  const written = await sql<{ n: number }>`select write_daily_heads(${day}::date) as n`.execute(services.database.app)
  return written.rows[0]?.n ?? 0
}
