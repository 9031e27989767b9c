import { type Context, read, type TxContext } from '../../../platform/context.ts'
import { fail, notFound } from '../../../platform/problem.ts'

/** The id of a case from its number ("2026/12345" or "12345") or its id. */
export async function resolveNumber(ctx: Context, text: string): Promise<string> {
  return (await read(ctx, (ctx) => findNumber(ctx, text))) ?? fail(notFound())
}

/** The same inside a transaction; null when no case has this number. */
export async function findNumber(ctx: TxContext, text: string): Promise<string | null> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text
  const number = /^(?:\d{4}\/)?(\d{1,12})$/.exec(text)?.[1]
  if (number === undefined) return null
  const row = await ctx.db
    .selectFrom('desk_case')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('number', '=', Number(number))
    .executeTakeFirst()
  return row?.id ?? null
}
