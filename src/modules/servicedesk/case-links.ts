/** Links between cases that have to do with each other. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { toRow } from './case-rows.ts'
import { lockCase, selectCase } from './internal/case-queries.ts'
import { recordHappening } from './internal/knowledge-record.ts'
import { deleteLink, ends, insertLink, selectLink, selectLinked } from './internal/link-queries.ts'
import { wrongRow } from './knowledge-problems.ts'
import { type LinkCasesInput, type LinkedCase, linkCasesInput, linkedCase } from './link-schema.ts'

/** The cases linked to one, as far as the actor may see them. */
export async function listLinkedCases(ctx: Context, id: string): Promise<LinkedCase[]> {
  allow(ctx.actor, 'case.read')
  return read(ctx, async (ctx) => {
    if ((await selectCase(ctx, id)) === undefined) fail(notFound())
    return (await selectLinked(ctx, id)).map((row) => linkedCase.parse({ ...toRow(ctx, row), relation: row.relation }))
  })
}

/** "Collega": says that two cases have to do with each other. Said twice it is said once. */
export async function linkCases(ctx: Context, id: string, input: LinkCasesInput): Promise<LinkedCase[]> {
  const { otherId, relation } = parse(linkCasesInput, input)
  return transact(ctx, async (ctx) => {
    await bothCases(ctx, id, otherId)
    const pair = ends(id, otherId)
    const linkId = randomUUIDv7()
    if (await insertLink(ctx, linkId, pair, relation, new Date().toISOString())) {
      const payload = { caseId: pair.case_id, otherId: pair.other_id, relation }
      await recordHappening(ctx, { subjectType: 'case_link', subjectId: linkId, kind: 'case_link.made', payload })
    }
    return listLinkedCases(ctx, id)
  })
}

/** Takes a link back; what it was stays on record. */
export async function unlinkCases(ctx: Context, id: string, otherId: string): Promise<LinkedCase[]> {
  return transact(ctx, async (ctx) => {
    await bothCases(ctx, id, otherId)
    const pair = ends(id, otherId)
    const link = (await selectLink(ctx, pair)) ?? fail(notFound())
    const payload = { caseId: pair.case_id, otherId: pair.other_id, relation: link.relation }
    await recordHappening(ctx, { subjectType: 'case_link', subjectId: link.id, kind: 'case_link.undone', payload })
    await deleteLink(ctx, link.id)
    return listLinkedCases(ctx, id)
  })
}

// Locked in the order of their ids, so that two people who link the same pair do not wait for each other for ever.
async function bothCases(ctx: TxContext, id: string, otherId: string) {
  allow(ctx.actor, 'case.link')
  if (id === otherId) throw invalid([wrongRow('otherId', (t) => t.linkedToItself)])
  const { case_id, other_id } = ends(id, otherId)
  for (const one of [case_id, other_id]) {
    const found = await lockCase(ctx, one)
    if (found === undefined && one === otherId) throw invalid([wrongRow('otherId', (t) => t.unknownCase)])
    allow(ctx.actor, 'case.link', found ?? fail(notFound()))
  }
}
