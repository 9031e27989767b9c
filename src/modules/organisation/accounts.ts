/** Accounts: how people sign in, and what they prefer. */
import { randomUUIDv7 } from 'node:crypto'
import { type Attempt, countWrong, refuseTooMany } from '../../platform/auth/lockout.ts'
import { checkPassword, hashPassword, tokenDigest } from '../../platform/auth/secrets.ts'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { phrasing } from '../../platform/violations.ts'
import { passwordProblem, shortestPassword } from './internal/passwords.ts'
import {
  deleteSessions,
  disable,
  insertAccount,
  lockAccount,
  type StoredAccount,
  updateAccount,
} from './internal/queries/accounts.ts'
import { lockAdministrators, lockPerson } from './internal/queries/people.ts'
import { record } from './internal/record.ts'
import { requireAdministrator } from './people.ts'
import { conflict, wrong } from './problems.ts'
import {
  type AddAccountInput,
  type AddedRow,
  addAccountInput,
  languageInput,
  type ResetPasswordInput,
  resetPasswordInput,
  type SetPasswordInput,
  setPasswordInput,
  shortcutsInput,
} from './schema.ts'
import { organisationTexts } from './texts.ts'

/** Lets a person sign in with an address and a password. */
export async function addAccount(ctx: Context, input: AddAccountInput): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { personId, email, password } = parse(addAccountInput, input)
  requirePassword(password, email)
  const passwordHash = await hashPassword(password)
  return transact(ctx, async (ctx) => {
    const person = await lockPerson(ctx, personId)
    if (person === undefined) throw wrong('personId', (t) => t.problems.unknownPerson)
    if (person.leftOn !== null) throw conflict('person_left', (t) => t.problems.personLeft)
    const id = randomUUIDv7()
    await phrasing(
      {
        account_email_key: () => wrong('email', (t) => t.problems.accountEmailTaken),
        account_organisation_id_person_id_key: () => conflict('account_exists', (t) => t.problems.accountExists),
      },
      () => insertAccount(ctx, { id, personId, email, passwordHash, language: 'it' }),
    )
    await record(
      ctx,
      { subjectType: 'account', subjectId: id, kind: 'account.added', payload: { personId }, text: { email } },
      'security',
    )
    return { id }
  })
}

/** Changes one's own password; needs the current one. Every other session ends; `sessionToken` names the one that stays. */
export async function setPassword(
  ctx: Context,
  input: SetPasswordInput,
  sessionToken: string | null = null,
): Promise<void> {
  const personId = ownPerson(ctx)
  const { current, password } = parse(setPasswordInput, input)
  await transact(ctx, async (ctx) => {
    const account = (await lockAccount(ctx, personId)) ?? fail(notFound())
    const attempt: Attempt = { of: 'password', who: account.id }
    await refuseTooMany(ctx.services, [attempt])
    if (!(await checkPassword(current, account.passwordHash))) {
      await countWrong(ctx.services, [attempt])
      throw wrong('current', (t) => t.problems.passwordWrong)
    }
    await writePassword(ctx, account, password, sessionToken === null ? null : tokenDigest(sessionToken))
    await record(
      ctx,
      { subjectType: 'account', subjectId: account.id, kind: 'account.password_set', payload: {} },
      'security',
    )
  })
}

/** Gives somebody a new password, as administrator. All their sessions end. */
export async function resetPassword(ctx: Context, personId: string, input: ResetPasswordInput): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { password } = parse(resetPasswordInput, input)
  return transact(ctx, async (ctx) => {
    const account = await accountOf(ctx, personId)
    await writePassword(ctx, account, password, null)
    await record(
      ctx,
      { subjectType: 'account', subjectId: account.id, kind: 'account.password_reset', payload: {} },
      'security',
    )
    return { id: account.id }
  })
}

/** Keeps somebody from signing in and ends their sessions, until they are let in again. */
export async function disableAccount(ctx: Context, personId: string): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  return transact(ctx, async (ctx) => {
    await lockAdministrators(ctx)
    const person = (await lockPerson(ctx, personId)) ?? fail(notFound())
    const account = await accountOf(ctx, personId)
    await deleteSessions(ctx, account.id, null)
    if (account.isDisabled) return { id: account.id }
    await disable(ctx, account.id)
    if (person.roles.includes('administrator')) await requireAdministrator(ctx)
    await record(
      ctx,
      { subjectType: 'account', subjectId: account.id, kind: 'account.disabled', payload: {} },
      'security',
    )
    return { id: account.id }
  })
}

/** Takes a lost second factor away, as administrator; the person enrols a new one. All their sessions end. */
export async function removeSecondFactor(ctx: Context, personId: string): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  return transact(ctx, async (ctx) => {
    const { id } = await accountOf(ctx, personId)
    await updateAccount(ctx, id, { totp_secret: null, totp_confirmed_at: null, totp_last_step: null })
    await deleteSessions(ctx, id, null)
    await record(ctx, { subjectType: 'account', subjectId: id, kind: 'account.totp_removed', payload: {} }, 'security')
    return { id }
  })
}

/** Lets somebody who is still here sign in again. */
export async function enableAccount(ctx: Context, personId: string): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  return transact(ctx, async (ctx) => {
    const person = (await lockPerson(ctx, personId)) ?? fail(notFound())
    if (person.leftOn !== null) throw conflict('person_left', (t) => t.problems.personLeft)
    const account = await accountOf(ctx, personId)
    if (!account.isDisabled) return { id: account.id }
    await updateAccount(ctx, account.id, { disabled_at: null })
    await record(
      ctx,
      { subjectType: 'account', subjectId: account.id, kind: 'account.enabled', payload: {} },
      'security',
    )
    return { id: account.id }
  })
}

/** The language of one's own screens. */
export async function setLanguage(ctx: Context, accountId: string, input: { language: unknown }): Promise<void> {
  const { language } = parse(languageInput, input)
  await prefer(ctx, accountId, { language })
}

/** Whether single letters are shortcuts on one's own screens. */
export async function setShortcuts(ctx: Context, accountId: string, input: { hasShortcuts: unknown }): Promise<void> {
  const { hasShortcuts } = parse(shortcutsInput, input)
  await prefer(ctx, accountId, { has_shortcuts: hasShortcuts })
}

// A preference is no fact about the administration: it is kept, not recorded.
async function prefer(ctx: Context, accountId: string, columns: { language?: 'it' | 'en'; has_shortcuts?: boolean }) {
  const personId = ownPerson(ctx)
  await transact(ctx, async (ctx) => {
    const account = await lockAccount(ctx, personId)
    if (account?.id !== accountId) throw notFound()
    await updateAccount(ctx, accountId, columns)
  })
}

async function accountOf(ctx: TxContext, personId: string): Promise<StoredAccount> {
  return (await lockAccount(ctx, personId)) ?? fail(conflict('no_account', (t) => t.problems.noAccount))
}

async function writePassword(ctx: TxContext, account: StoredAccount, password: string, keptSession: Buffer | null) {
  requirePassword(password, account.email)
  await updateAccount(ctx, account.id, { password_hash: await hashPassword(password) })
  await deleteSessions(ctx, account.id, keptSession)
}

// A key stands for a program: what belongs to the person who signs in is not done with it.
function ownPerson(ctx: Context): string {
  if (ctx.actor.personId !== null && ctx.actor.scopes === null) return ctx.actor.personId
  return fail(
    new Problem(
      'forbidden',
      'own_account_only',
      say(organisationTexts, (t) => t.problems.ownAccountOnly),
    ),
  )
}

/** Refuses a password that is short, obvious or the address itself. */
export function requirePassword(password: string, email: string, path = 'password'): void {
  const problem = passwordProblem(password, email)
  if (problem === 'short') throw wrong(path, (t) => t.problems.passwordShort(shortestPassword))
  if (problem === 'obvious') throw wrong(path, (t) => t.problems.passwordObvious)
  if (problem === 'is_email') throw wrong(path, (t) => t.problems.passwordIsEmail)
}
