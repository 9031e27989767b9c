/** A case on an item: which things a case is about, what stops with them, and who must know. */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { casesById } from '../servicedesk/cases-by-id.ts'
import { findCase } from '../servicedesk/find-case.ts'
import { type CaseItems, type ItemCase, type LinkItemInput, linkItemInput } from './case-item-schema.ts'
import { mostReached } from './impact.ts'
import {
  deleteCaseItem,
  insertCaseItem,
  selectCaseItems,
  selectCasesOf,
  selectConcerned,
} from './internal/case-item-queries.ts'
import { selectItem } from './internal/list-queries.ts'
import { selectMarked } from './internal/marks.ts'
import { record } from './internal/record.ts'
import { selectReached } from './internal/relation-queries.ts'
import { wrong } from './problems.ts'

/** Past these the picture would be of everything; the rest are listed and not walked. */
const mostWalked = 10

/** The items of a case the actor may read, what stops with them, and who must know. */
export async function listCaseItems(ctx: Context, caseId: string): Promise<CaseItems> {
  allow(ctx.actor, 'register.read')
  return read(ctx, async (ctx) => {
    const found = await findCase(ctx, caseId)
    return itemsOfCase(ctx, caseId, may(ctx.actor, 'case.link', found))
  })
}

/** The same for a case that was read already. */
export async function itemsOfCase(ctx: TxContext, caseId: string, mayLink: boolean): Promise<CaseItems> {
  const items = await selectCaseItems(ctx, caseId)
  const own = new Set(items.map(({ id }) => id))
  const lost = new Map<string, string | null>()
  for (const { id } of items.slice(0, mostWalked))
    for (const one of await selectReached(ctx, id, 'impact', mostReached))
      if (one.isLost && !own.has(one.id)) lost.set(one.id, one.isVisible ? one.officeName : null)
  const names = [...items.map(({ officeName }) => officeName), ...lost.values()].filter((name) => name !== null)
  const concerned = items.length === 0 ? [] : await selectConcerned(ctx, [...own, ...lost.keys()])
  return { items, lost: lost.size, offices: [...new Set(names)].sort(), concerned, mayLink }
}

/** Says that a case is about an item, by code, serial, inventory number or label. Said twice it is said once. */
export async function linkItem(ctx: Context, caseId: string, input: LinkItemInput): Promise<CaseItems> {
  const { item: mark } = parse(linkItemInput, input)
  return transact(ctx, async (ctx) => {
    await requireLinking(ctx, caseId)
    const [id] = await selectMarked(ctx, [mark])
    const item = id == null ? undefined : await selectItem(ctx, id)
    if (item === undefined) throw wrong('item', (t) => t.unknownMark(mark))
    if (await insertCaseItem(ctx, caseId, item.id)) await tell(ctx, 'case_item.linked', caseId, item.id)
    return itemsOfCase(ctx, caseId, true)
  })
}

/** Says that a case is not about an item after all; what was said stays on record. */
export async function unlinkItem(ctx: Context, caseId: string, itemId: string): Promise<CaseItems> {
  return transact(ctx, async (ctx) => {
    await requireLinking(ctx, caseId)
    if (!(await deleteCaseItem(ctx, caseId, itemId))) throw notFound()
    await tell(ctx, 'case_item.unlinked', caseId, itemId)
    return itemsOfCase(ctx, caseId, true)
  })
}

async function requireLinking(ctx: TxContext, caseId: string): Promise<void> {
  allow(ctx.actor, 'register.read')
  allow(ctx.actor, 'case.link')
  allow(ctx.actor, 'case.link', await findCase(ctx, caseId))
}

async function tell(ctx: TxContext, kind: string, caseId: string, itemId: string): Promise<void> {
  await record(ctx, { subjectType: 'case_item', subjectId: itemId, kind, payload: { caseId, itemId } })
}

/** The cases on an item that the actor may read, newest first. */
export async function listItemCases(ctx: Context, itemId: string): Promise<ItemCase[]> {
  allow(ctx.actor, 'register.read')
  return read(ctx, async (ctx) => {
    if ((await selectItem(ctx, itemId)) === undefined) fail(notFound())
    const cases = await casesById(ctx, await selectCasesOf(ctx, itemId))
    return cases.map(({ id, number, title, state, openedAt }) => ({ id, number, title, state, openedAt }))
  })
}
