import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '../../../demo/city.ts'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { removeSecondFactor } from '../../modules/organisation/accounts.ts'
import { Problem } from '../problem.ts'
import { checkPassword, decrypt, encrypt, hashPassword } from './secrets.ts'
import { awaitsTotp, confirmTotp, findSession, signIn, signOut } from './sessions.ts'
import { beginTotp, confirmNewTotp } from './totp.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function refusal(attempt: Promise<unknown>): Promise<Problem> {
  const error = await attempt.catch((error: unknown) => error)
  if (!(error instanceof Problem)) throw new Error('it was not refused')
  return error
}

describe('signing in', () => {
  test('a right password earns a session; its token is stored only as a digest', async () => {
    const { token } = await signIn(city.services, city.emailOf('employee').toUpperCase(), demoPassword, 'here')
    const session = await findSession(city.services, token, 'portal')
    expect(session?.context.actor.name).toBe('Irene Impiegata')
    const stored = await sql<{ text: string }>`select s::text as text from session s`.execute(
      city.services.database.owner,
    )
    expect(stored.rows.some((row) => row.text.includes(token))).toBe(false)
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const wrong = await refusal(signIn(city.services, city.emailOf('agent'), 'sbagliata', 'there'))
    const unknown = await refusal(signIn(city.services, 'nessuno@comune.example.it', 'sbagliata', 'there'))
    expect([unknown.code, unknown.say]).toEqual([wrong.code, wrong.say])
  })

  test('after five wrong attempts even the right password waits, for an unknown address too', async () => {
    for (const email of [city.emailOf('technician'), 'nessuno2@comune.example.it']) {
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        expect((await refusal(signIn(city.services, email, 'sbagliata', `net-${email}`))).code).toBe(
          'wrong_credentials',
        )
      }
      expect((await refusal(signIn(city.services, email, demoPassword, `net-${email}`))).kind).toBe('too_many')
    }
  })

  test('after signing out the token opens nothing; after twelve hours neither', async () => {
    const { token } = await signIn(city.services, city.emailOf('auditor'), demoPassword, 'out')
    await signOut(city.services, token)
    expect(await findSession(city.services, token, 'portal')).toBeNull()
    const { token: old } = await signIn(city.services, city.emailOf('auditor'), demoPassword, 'out')
    await sql`update session set expires_at = now() - interval '1 second'`.execute(city.services.database.owner)
    expect(await findSession(city.services, old, 'portal')).toBeNull()
  })

  test('with a second factor the password alone opens nothing, and a code works once', async () => {
    const ctx = await city.as('head_of_ict')
    const accountId = ctx.actor.personId ?? '' // the demo gives an account its person's id
    const { secret } = await beginTotp(ctx, accountId, 'x')
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    await confirmNewTotp(ctx, accountId, totp.generate({ timestamp: Date.now() - 30_000 }))
    const { token, awaitsTotp: waits } = await signIn(city.services, city.emailOf('head_of_ict'), demoPassword, 'two')
    expect([waits, await awaitsTotp(city.services, token), await findSession(city.services, token, 'portal')]).toEqual([
      true,
      true,
      null,
    ])
    const code = totp.generate()
    const { token: full } = await confirmTotp(city.services, token, code)
    expect(await findSession(city.services, token, 'portal')).toBeNull()
    expect(await findSession(city.services, full, 'portal')).not.toBeNull()
    const { token: again } = await signIn(city.services, city.emailOf('head_of_ict'), demoPassword, 'two')
    expect((await refusal(confirmTotp(city.services, again, code))).code).toBe('wrong_totp')
    // The phone is lost: the administrator takes the factor away, the password alone opens again.
    await removeSecondFactor(await city.as('administrator'), ctx.actor.personId ?? '')
    expect((await signIn(city.services, city.emailOf('head_of_ict'), demoPassword, 'two')).awaitsTotp).toBe(false)
  })
})

describe('secrets', () => {
  test('passwords are argon2id and take as long for nobody', async () => {
    const hash = await hashPassword('una parola lunga')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect([
      await checkPassword('una parola lunga', hash),
      await checkPassword('un’altra', hash),
      await checkPassword('x', null),
    ]).toEqual([true, false, false])
  })

  test('what is encrypted with one key does not open with another, nor when a bit changed', () => {
    const key = Buffer.alloc(32, 1)
    const sealed = encrypt(key, Buffer.from('segreto'))
    expect(decrypt(key, sealed).toString()).toBe('segreto')
    expect(() => decrypt(Buffer.alloc(32, 2), sealed)).toThrow()
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    expect(() => decrypt(key, sealed)).toThrow()
  })
})
