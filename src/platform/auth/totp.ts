/** The second factor: enrolling an authenticator, accepting its codes. */
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { type Context, type TxContext, transact } from '../context.ts'
import { fail, Problem } from '../problem.ts'
import { platformTexts, say } from '../texts.ts'
import { decrypt, encrypt } from './secrets.ts'
import { appendSecurityEvent } from './security-events.ts'

/** A new secret for an authenticator, stored unconfirmed; returns it for the person to type or scan. */
export async function beginTotp(
  ctx: Context,
  accountId: string,
  label: string,
): Promise<{ secret: string; uri: string }> {
  const secret = new Secret({ size: 20 })
  await transact(ctx, (ctx) =>
    ctx.db
      .updateTable('account')
      .set({
        totp_secret: encrypt(ctx.services.secret, Buffer.from(secret.buffer)),
        totp_confirmed_at: null,
        totp_last_step: null,
      })
      .where('organisation_id', '=', ctx.organisationId)
      .where('id', '=', accountId)
      .where('totp_confirmed_at', 'is', null)
      .execute(),
  )
  return { secret: secret.base32, uri: new TOTP({ issuer: 'SITEC', label, secret }).toString() }
}

/** Turns the second factor on once a first code is right. */
export async function confirmNewTotp(ctx: Context, accountId: string, code: string): Promise<void> {
  await transact(ctx, async (ctx) => {
    if (!(await acceptCode(ctx, ctx.services.secret, accountId, code))) {
      fail(
        new Problem(
          'invalid',
          'wrong_totp',
          say(platformTexts, (t) => t.problems.wrongTotp),
        ),
      )
    }
    await ctx.db
      .updateTable('account')
      .set({ totp_confirmed_at: sql`clock_timestamp()` })
      .where('organisation_id', '=', ctx.organisationId)
      .where('id', '=', accountId)
      .execute()
    await appendSecurityEvent(ctx, accountId, 'account.totp_enabled')
  })
}

/** RFC 6238: 30 seconds, 6 digits, one step of tolerance; a code works once. */
export async function acceptCode(ctx: TxContext, secret: Buffer, accountId: string, code: string): Promise<boolean> {
  const account = await ctx.db
    .selectFrom('account')
    .select(['totp_secret', 'totp_last_step'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!account?.totp_secret) return false
  const totp = new TOTP({ secret: new Secret({ buffer: new Uint8Array(decrypt(secret, account.totp_secret)).buffer }) })
  const drift = totp.validate({ token: code.replaceAll(/\s/g, ''), window: 1 })
  if (drift === null) return false
  const step = Math.floor(Date.now() / 30_000) + drift
  if (account.totp_last_step !== null && step <= account.totp_last_step) return false
  await ctx.db
    .updateTable('account')
    .set({ totp_last_step: step })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', accountId)
    .execute()
  return true
}
