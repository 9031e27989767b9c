import { type Kysely, sql } from 'kysely'
import type { Rows } from '../rows.gen.ts'

/** How many mails wait, and how many failed or are held, in the whole installation: counts only. */
export async function mailStanding(db: Kysely<Rows>): Promise<{ waiting: number; stuck: number }> {
  const found = await sql<{ waiting: number; stuck: number }>`
    select waiting, stuck from outgoing_mail_standing()`.execute(db)
  return found.rows[0] ?? { waiting: 0, stuck: 0 }
}
