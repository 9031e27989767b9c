/** What an item takes with it when it is lost, and what it rests on. */
import { type Context, read } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { selectByCode } from './internal/acquired-queries.ts'
import { selectItem } from './internal/list-queries.ts'
import { selectReached } from './internal/relation-queries.ts'
import { type Impact, type ImpactInput, impactInput, type ReachedItem } from './relation-schema.ts'

/** More are not told: whoever loses five hundred things knows enough, and the answer stays under 100 ms. */
export const mostReached = 500

/**
 * Downwards (`impact`): what is lost with an item, and what is weakened because enough providers of its group are left
 * that are in use.
 * Upwards (`dependency`): what it rests on. Nearest first, at most {@link mostReached}; what the actor may not see is
 * counted and not named.
 */
export async function findImpact(ctx: Context, id: string, input: ImpactInput = {}): Promise<Impact> {
  allow(ctx.actor, 'register.read')
  const { direction } = parse(impactInput, input)
  return read(ctx, async (ctx) => {
    const item = (await selectItem(ctx, id)) ?? fail(notFound())
    const found = await selectReached(ctx, id, direction, mostReached)
    const told = found.slice(0, mostReached)
    const reached = told.flatMap(({ isVisible, ...one }) => (isVisible ? [one] : []))
    const { code, name, type } = item
    return {
      ...{ id, code, name, type, direction, reached },
      offices: officesOf([...reached.filter(({ isLost }) => isLost), item]),
      hidden: told.length - reached.length,
      isCapped: found.length > mostReached,
    }
  })
}

/** The same by the code of an item. */
export async function findImpactByCode(ctx: Context, code: string, input: ImpactInput = {}): Promise<Impact> {
  allow(ctx.actor, 'register.read')
  const [found] = await read(ctx, (ctx) => selectByCode(ctx, [code]))
  return findImpact(ctx, found?.itemId ?? fail(notFound()), input)
}

function officesOf(items: readonly Pick<ReachedItem, 'officeId' | 'officeName'>[]): Impact['offices'] {
  const counts = new Map<string, { id: string; name: string; items: number }>()
  for (const { officeId, officeName } of items) {
    if (officeId === null) continue
    const before = counts.get(officeId)
    counts.set(officeId, { id: officeId, name: officeName ?? '', items: (before?.items ?? 0) + 1 })
  }
  return [...counts.values()].sort((a, b) => b.items - a.items || a.name.localeCompare(b.name))
}
