/** A stored case as lists show it, to whoever looks. */
import type { TxContext } from '../../platform/context.ts'
import type { SelectedCase } from './internal/list-queries.ts'
import { caseNumber } from './internal/number.ts'
import { readsWords } from './internal/reserved.ts'
import { type CaseRow, caseRow } from './schema.ts'

/** One row; the words of a reserved case only for whoever may read them, empty for the others. */
export function toRow(ctx: TxContext, row: SelectedCase): CaseRow {
  return caseRow.parse({
    id: row.id,
    number: caseNumber(row.number, row.opened_at, ctx.zone),
    kind: row.kind,
    state: row.state,
    severity: row.severity,
    title: readsWords(ctx, row) ? row.title : '',
    officeName: row.office_name,
    teamName: row.team_name,
    holderName: seesNames(ctx) ? row.holder_name : null,
    waitingFor: row.waiting_for,
    reserved: row.reserved,
    dueAt: row.next_due_at,
    dueMetric: row.next_due_metric,
    promisedAt: row.promised_at,
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    version: row.version,
  })
}

/** Services are measured, never people: the supplier's names are for the supplier (contract-logic §4.1). */
export function seesNames(ctx: TxContext): boolean {
  return ctx.actor.partyKind === 'supplier'
}
