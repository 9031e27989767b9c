/** A pause after too many wrong attempts, the same whether the account exists or not. */
import { sql } from 'kysely'
import type { Services } from '../context.ts'
import { fail, Problem } from '../problem.ts'
import { platformTexts, say } from '../texts.ts'
import { keyedDigest } from './secrets.ts'

/** Minutes an attempt counts, and so the longest pause. */
const pauseMinutes = 15
const limits = { address: 5, network: 50, totp: 5, password: 5, link: 30, registration: 5 } as const

/**
 * What is counted: an address typed, a network address, an account's code or present password, a network's unknown mail
 * links, an address that somebody registers.
 */
export type Attempt = { of: keyof typeof limits; who: string }

/** Throws `too_many_sign_ins` when any of these has been wrong too often lately. */
export async function refuseTooMany(services: Services, attempts: readonly Attempt[]): Promise<void> {
  for (const attempt of attempts) {
    const recent = await sql<{ n: number }>`
      select count(*)::int as n from sign_in_attempt
      where subject = ${digest(services, attempt)} and at > clock_timestamp() - make_interval(mins => ${pauseMinutes})`.execute(
      services.database.app,
    )
    if ((recent.rows[0]?.n ?? 0) >= limits[attempt.of]) {
      fail(
        new Problem(
          'too_many',
          'too_many_sign_ins',
          say(platformTexts, (t) => t.problems.tooManySignIns(pauseMinutes)),
        ),
      )
    }
  }
}

/** Counts a wrong attempt against each. */
export async function countWrong(services: Services, attempts: readonly Attempt[]): Promise<void> {
  const rows = attempts.map((attempt) => ({ subject: digest(services, attempt) }))
  await services.database.app.insertInto('sign_in_attempt').values(rows).execute()
}

/** Forgets the wrong attempts of one, after a right one. */
export async function forgetWrong(services: Services, attempt: Attempt): Promise<void> {
  await services.database.app.deleteFrom('sign_in_attempt').where('subject', '=', digest(services, attempt)).execute()
}

// A keyed hash: the table tells nobody which addresses were tried.
function digest(services: Services, attempt: Attempt): Buffer {
  return keyedDigest(services.secret, `${attempt.of} ${attempt.who}`)
}
