/** The accesses of system administrators, for the yearly verification (Garante, 27 November 2008). */
import { type Context, read } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { selectAdministratorAccesses } from './internal/queries/erasure.ts'
import { type AccessesInput, accessesInput } from './schema.ts'

const mostAccesses = 100_000

/** One act on an administrator's account: a sign-in, a second factor, a password. */
export type Access = { at: string; name: string; kind: string }

/** What happened on the accounts of those who administer now, from a day to another inclusive, oldest first. */
export async function listAdministratorAccesses(ctx: Context, input: AccessesInput): Promise<Access[]> {
  allow(ctx.actor, 'audit.verify')
  const { from, to } = parse(accessesInput, input)
  const instant = (day: Temporal.PlainDate) => day.toZonedDateTime(ctx.zone).toInstant().toString()
  const [start, end] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to).add({ days: 1 })]
  return read(ctx, (ctx) => selectAdministratorAccesses(ctx, instant(start), instant(end), mostAccesses))
}
