/** Checks out of forms: the plain one of a page without JavaScript, and what a phone kept. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { say } from '../../../platform/texts.ts'
import { checkItemsOnce } from '../check-once.ts'
import { deliveryPagesTexts } from '../delivery-pages-texts.ts'
import type { CheckInput } from '../order-schema.ts'

/** One look at a piece, as the form says it; its token is its key. */
export function checkFromForm(ctx: Context, deliveryId: string, form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '')
  const quantity = text('quantity')
  // Parsed by the operation.
  const check = {
    ...{ id: text('id'), outcome: text('outcome'), reason: text('reason') },
    ...(quantity !== '' && { quantity }),
  } as CheckInput['checks'][number]
  return checkItemsOnce(ctx, deliveryId, { checks: [check] })
}

/** The same from a phone that kept it: nobody records what another found. */
export function sendCheck(ctx: Context, deliveryId: string, form: FormData) {
  if (form.get('personId') !== ctx.actor.personId)
    throw new Problem(
      'conflict',
      'check_other_person',
      say(deliveryPagesTexts, (t) => t.verify.otherPerson),
    )
  const once = String(form.get('once') ?? '')
  return checkFromForm(once.length >= 8 ? { ...ctx, idempotencyKey: once } : ctx, deliveryId, form)
}
