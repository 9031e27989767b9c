/** Keys with which programs use the API as a person, narrowed to some actions. */
import { randomUUIDv7 } from 'node:crypto'
import { newToken } from '../../platform/auth/secrets.ts'
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { insertApiKey, revoke, selectApiKeys } from './internal/queries/accounts.ts'
import { lockPerson } from './internal/queries/people.ts'
import { record } from './internal/record.ts'
import { conflict, wrong } from './problems.ts'
import { type AddApiKeyInput, type AddedApiKey, type AddedRow, type ApiKeyRow, addApiKeyInput } from './schema.ts'

/** Every key, good ones first. */
export async function listApiKeys(ctx: Context): Promise<ApiKeyRow[]> {
  allow(ctx.actor, 'key.manage')
  return read(ctx, selectApiKeys)
}

/** Makes a key; its token is told once and stored only as a digest. */
export async function addApiKey(ctx: Context, input: AddApiKeyInput): Promise<AddedApiKey> {
  allow(ctx.actor, 'key.manage')
  const { name, personId, days, scopes: given } = parse(addApiKeyInput, input)
  const scopes = [...new Set(given)]
  const own = ctx.actor.scopes
  if (own !== null && scopes.some((scope) => !own.includes(scope)))
    throw wrong('scopes', (t) => t.problems.scopesTooWide)
  const { token, digest } = newToken('sitec_')
  return transact(ctx, async (ctx) => {
    const person = await lockPerson(ctx, personId)
    if (person === undefined) throw wrong('personId', (t) => t.problems.unknownPerson)
    if (person.leftOn !== null) throw conflict('person_left', (t) => t.problems.personLeft)
    const id = randomUUIDv7()
    const expiresAt = Temporal.Now.instant()
      .add({ hours: days * 24 })
      .toString()
    await insertApiKey(ctx, { id, personId, name, digest, scopes, expiresAt })
    const payload = { personId, scopes, expiresAt }
    await record(
      ctx,
      { subjectType: 'api_key', subjectId: id, kind: 'api_key.added', payload, text: { name } },
      'security',
    )
    return { id, token, expiresAt }
  })
}

/** Revokes a key at once; revoking it again changes nothing. */
export async function revokeApiKey(ctx: Context, id: string): Promise<AddedRow> {
  allow(ctx.actor, 'key.manage')
  return transact(ctx, async (ctx) => {
    const { wasGood } = (await revoke(ctx, id)) ?? fail(notFound())
    if (wasGood)
      await record(ctx, { subjectType: 'api_key', subjectId: id, kind: 'api_key.revoked', payload: {} }, 'security')
    return { id }
  })
}
