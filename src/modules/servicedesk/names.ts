/** The supplier's people by name: only for security or a contested case, with a reason, and never in secret. */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { selectCase } from './internal/case-queries.ts'
import { selectNameAccesses, selectNames } from './internal/name-queries.ts'
import { caseNumber } from './internal/number.ts'
import { supplierConflict } from './supplier-problems.ts'
import {
  type NameAccess,
  nameAccess,
  type OpenedNames,
  type OpenNamesInput,
  openedNames,
  openNamesInput,
} from './supplier-schema.ts'

/**
 * Names the supplier's people behind the events of one case (art. 4 L. 300/1970). That it was done, by whom and why, is
 * recorded and open to the supplier's team leader. Refused when nobody of the supplier's has a step in it.
 */
export async function openNames(ctx: Context, caseId: string, input: OpenNamesInput): Promise<OpenedNames> {
  allow(ctx.actor, 'names.open')
  const { reason, note } = parse(openNamesInput, input)
  return transact(ctx, async (ctx) => {
    const row = await caseToRead(ctx, caseId)
    const names = await selectNames(ctx, caseId)
    if (names.length === 0) throw supplierConflict('no_names', (t) => t.names.nothing)
    await appendEvent(ctx, {
      subjectType: 'case_access',
      subjectId: caseId,
      kind: 'case.names_opened',
      version: 1,
      witness: witnessOf(ctx),
      payload: { reason, events: names.length },
      text: { note },
      retention: 'security',
    })
    ctx.services.live.announce(ctx)
    return openedNames.parse({ caseId, number: caseNumber(row.number, row.opened_at, ctx.zone), names })
  })
}

async function caseToRead(ctx: TxContext, caseId: string) {
  allow(ctx.actor, 'case.read')
  return (await selectCase(ctx, caseId)) ?? fail(notFound())
}

/** Who opened names and why, newest first: of one case, or of all. */
export async function listNameAccesses(ctx: Context, caseId: string | null = null): Promise<NameAccess[]> {
  allow(ctx.actor, 'names.log')
  return read(ctx, async (ctx) => {
    if (caseId !== null) await caseToRead(ctx, caseId)
    return (await selectNameAccesses(ctx, caseId, 200)).map((row) =>
      nameAccess.parse({
        eventId: row.event_id,
        caseId: row.case_id,
        number: caseNumber(row.number, row.opened_at, ctx.zone),
        at: row.at,
        by: row.by,
        reason: row.reason,
        note: row.content === null ? null : JSON.parse(row.content).note,
      }),
    )
  })
}
