/** How often a public form may be sent from one network in a day, without a cookie and without keeping the address. */
import { sql } from 'kysely'
import { keyedDigest } from './auth/secrets.ts'
import type { Services } from './context.ts'
import { fail, Problem } from './problem.ts'
import { platformTexts, say } from './texts.ts'

/**
 * Counts one use of a form by somebody; throws `too_many` past `most` a day. What is stored is a hash of day, form and
 * address with the installation's key; the rows of earlier days are deleted here and every hour.
 */
export async function countUse(services: Services, form: string, who: string, most: number): Promise<void> {
  const day = new Date().toISOString().slice(0, 10)
  const digest = keyedDigest(services.secret, `form ${form} ${day} ${who}`)
  const db = services.database.app
  await sql`delete from public_form_use where day < ${day}::date`.execute(db)
  const counted = await sql<{ n: number }>`
    insert into public_form_use (digest, day, n) values (${digest}, ${day}::date, 1)
    on conflict (digest) do update set n = public_form_use.n + 1 returning n`.execute(db)
  if ((counted.rows[0]?.n ?? 0) > most)
    fail(
      new Problem(
        'too_many',
        'too_many_today',
        say(platformTexts, (t) => t.problems.tooManyToday),
      ),
    )
}
