/** A form sent twice, or a call repeated with the same Idempotency-Key, is carried out once. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { TxContext } from './context.ts'
import { Problem } from './problem.ts'
import { platformTexts, say } from './texts.ts'

/** Returns the earlier result when this key was used before for the same thing; otherwise claims it for `resultId`. */
export async function claimKey(
  ctx: TxContext,
  operation: string,
  input: unknown,
  resultId: string,
): Promise<string | null> {
  if (ctx.idempotencyKey === undefined) return null
  const digest = createHash('sha256').update(JSON.stringify(input)).digest()
  const actor = ctx.actor.personId ?? '00000000-0000-0000-0000-000000000000'
  // A second sender waits here until the first has committed, then finds its row.
  const claimed = await sql`
    insert into idempotency (organisation_id, actor_id, key, operation, digest, result_id)
    values (${ctx.organisationId}, ${actor}, ${ctx.idempotencyKey}, ${operation}, ${digest}, ${resultId})
    on conflict do nothing returning key`.execute(ctx.db)
  if (claimed.rows.length > 0) return null
  const earlier = await ctx.db
    .selectFrom('idempotency')
    .select(['operation', 'digest', 'result_id'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('actor_id', '=', actor)
    .where('key', '=', ctx.idempotencyKey)
    .executeTakeFirstOrThrow()
  if (earlier.operation !== operation || !earlier.digest.equals(digest)) {
    throw new Problem(
      'conflict',
      'key_reused',
      say(platformTexts, (t) => t.problems.duplicateKey),
    )
  }
  return earlier.result_id
}
