/** Every SQL statement about accounts, sessions and keys. */
import { sql } from 'kysely'
import type { TxContext } from '../../../../platform/context.ts'
import type { Language } from '../../../../platform/texts.ts'
import type { ApiKeyRow } from '../../schema.ts'

export type StoredAccount = { id: string; personId: string; email: string; passwordHash: string; isDisabled: boolean }

/** The account of a person, locked until the end of the transaction. */
export async function lockAccount(ctx: TxContext, personId: string): Promise<StoredAccount | undefined> {
  const found = await sql<StoredAccount>`
    select id, person_id as "personId", email, password_hash as "passwordHash", disabled_at is not null as "isDisabled"
    from account where organisation_id = ${ctx.organisationId} and person_id = ${personId} for update`.execute(ctx.db)
  return found.rows[0]
}

export async function insertAccount(
  ctx: TxContext,
  account: { id: string; personId: string; email: string; passwordHash: string; language: Language },
) {
  await ctx.db
    .insertInto('account')
    .values({
      organisation_id: ctx.organisationId,
      id: account.id,
      person_id: account.personId,
      email: account.email,
      password_hash: account.passwordHash,
      language: account.language,
    })
    .execute()
}

export async function updateAccount(
  ctx: TxContext,
  id: string,
  columns: {
    password_hash?: string
    email?: string
    language?: Language
    has_shortcuts?: boolean
    disabled_at?: null
    totp_secret?: null
    totp_confirmed_at?: null
    totp_last_step?: null
  },
): Promise<void> {
  await ctx.db
    .updateTable('account')
    .set(columns)
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

export async function disable(ctx: TxContext, id: string): Promise<void> {
  await sql`
    update account set disabled_at = coalesce(disabled_at, clock_timestamp())
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

/** Ends every session of an account but the one whose digest is given. */
export async function deleteSessions(ctx: TxContext, accountId: string, except: Buffer | null): Promise<void> {
  await sql`
    delete from session
    where organisation_id = ${ctx.organisationId} and account_id = ${accountId}
      and token_hash is distinct from ${except}::bytea`.execute(ctx.db)
}

type NewKey = {
  id: string
  personId: string
  name: string
  digest: Buffer
  scopes: readonly string[]
  expiresAt: string
}

export async function insertApiKey(ctx: TxContext, key: NewKey): Promise<void> {
  await ctx.db
    .insertInto('api_key')
    .values({
      organisation_id: ctx.organisationId,
      id: key.id,
      person_id: key.personId,
      name: key.name,
      token_hash: key.digest,
      scopes: [...key.scopes],
      expires_at: key.expiresAt,
    })
    .execute()
}

export async function selectApiKeys(ctx: TxContext): Promise<ApiKeyRow[]> {
  const found = await sql<ApiKeyRow>`
    select k.id, k.name, k.person_id as "personId", p.given_name || ' ' || p.family_name as "personName", k.scopes,
           k.created_at as "createdAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt"
    from api_key k join person p on p.organisation_id = k.organisation_id and p.id = k.person_id
    where k.organisation_id = ${ctx.organisationId}
    order by k.revoked_at is not null, k.created_at desc, k.id limit 1000`.execute(ctx.db)
  return found.rows
}

/** Revokes one key; whether there was such a key, and whether it was still good. */
export async function revoke(ctx: TxContext, id: string): Promise<{ wasGood: boolean } | undefined> {
  const found = await sql<{ was_good: boolean }>`
    with before as (
      select id, revoked_at is null as was_good from api_key where organisation_id = ${ctx.organisationId} and id = ${id} for update
    )
    update api_key k set revoked_at = coalesce(k.revoked_at, clock_timestamp()) from before b
    where k.organisation_id = ${ctx.organisationId} and k.id = b.id
    returning b.was_good`.execute(ctx.db)
  const row = found.rows[0]
  return row && { wasGood: row.was_good }
}

/** Revokes every key of a person; returns those that were still good. */
export async function revokeAll(ctx: TxContext, personId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    update api_key set revoked_at = clock_timestamp()
    where organisation_id = ${ctx.organisationId} and person_id = ${personId} and revoked_at is null returning id`.execute(
    ctx.db,
  )
  return found.rows.map(({ id }) => id)
}
