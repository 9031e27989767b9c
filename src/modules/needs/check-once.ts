/** What a phone found of some pieces, sent until it is answered. */
import { type Context, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { type CheckInput, checkInput } from './order-schema.ts'
import { checkItems } from './verification.ts'

/**
 * Notes what was found as {@link checkItems} does, once for each key: sent again it changes nothing, also when somebody
 * looked at the piece anew or closed the verification meanwhile.
 */
export async function checkItemsOnce(ctx: Context, id: string, input: CheckInput) {
  allow(ctx.actor, 'needs.verify')
  const { checks } = parse(checkInput, input)
  return transact(ctx, async (ctx) => {
    const earlier = await claimKey(ctx, 'needs.check', { id, checks }, id)
    return earlier === null ? checkItems(ctx, id, { checks }) : { checked: 0, unchanged: checks.length }
  })
}
