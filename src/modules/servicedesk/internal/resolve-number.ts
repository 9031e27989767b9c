import { type Context, read } from '../../../platform/context.ts'
import { fail, notFound } from '../../../platform/problem.ts'

/** The id of a case from its number ("2026/12345" or "12345") or its id. */
export async function resolveNumber(ctx: Context, text: string): Promise<string> {
  if (/^[0-9a-f-]{36}$/.test(text)) return text
  const number = /^(?:\d{4}\/)?(\d{1,12})$/.exec(text)?.[1] ?? fail(notFound())
  const row = await read(ctx, (ctx) =>
    ctx.db
      .selectFrom('desk_case')
      .select('id')
      .where('organisation_id', '=', ctx.organisationId)
      .where('number', '=', Number(number))
      .executeTakeFirst(),
  )
  return row?.id ?? fail(notFound())
}
