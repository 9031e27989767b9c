/** The servers that waves can go between, by name. */
import { type Context, read } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { selectServers } from './internal/server-queries.ts'

export async function listWaveServers(ctx: Context): Promise<{ id: string; name: string }[]> {
  allow(ctx.actor, 'mailboxes.copy')
  return read(ctx, async (ctx) => (await selectServers(ctx)).map(({ id, name }) => ({ id, name })))
}
