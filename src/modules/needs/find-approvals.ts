/** The acts by which a plan holds: the plan itself, then each variation. */
import { type Context, read } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { selectApprovals } from './internal/approval-queries.ts'
import { money, planOf } from './plans.ts'

/** Every approval of a plan with its act, its reason, its totals and the SHA-256 of what was approved; the plan itself first. */
export async function listApprovals(ctx: Context, year: number) {
  allow(ctx.actor, 'needs.read')
  return read(ctx, async (ctx) => {
    const plan = await planOf(ctx, year)
    return (await selectApprovals(ctx, plan.id)).map(({ variation, act, reason, approvedAt, digest, ...sums }) => ({
      ...{ variation, act, reason, approvedAt, digest },
      ...{ totalExVat: money(sums.exCents), totalIncVat: money(sums.incCents) },
    }))
  })
}
