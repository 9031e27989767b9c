/** The SQL of strategic lines, guidelines and priorities. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { LineTree } from '../report-schema.ts'
import type { PriorityState } from '../report-vocabulary.ts'
import { orRefuse } from './report-violations.ts'

/** All of them, as the tree they are. */
export async function selectLines(ctx: TxContext): Promise<LineTree[]> {
  const found = await sql<LineTree>`
    select l.id, l.number, l.title, coalesce((
      select jsonb_agg(jsonb_build_object('id', g.id, 'number', g.number, 'title', g.title, 'priorities', coalesce((
        select jsonb_agg(jsonb_build_object('id', p.id, 'title', p.title, 'description', p.description, 'state', p.state,
                 'reason', p.reason, 'decidedOn', p.decided_on, 'version', p.version) order by p.title, p.id)
        from priority p where p.organisation_id = g.organisation_id and p.guideline_id = g.id), '[]')) order by g.number)
      from guideline g where g.organisation_id = l.organisation_id and g.line_id = l.id), '[]') as guidelines
    from strategic_line l where l.organisation_id = ${ctx.organisationId} order by l.number limit 99`.execute(ctx.db)
  return found.rows
}

export async function insertLine(ctx: TxContext, id: string, words: { number: number; title: string }) {
  const row = { organisation_id: ctx.organisationId, id, ...words }
  await orRefuse(ctx.db.insertInto('strategic_line').values(row).execute())
}

export async function insertGuideline(
  ctx: TxContext,
  id: string,
  words: { lineId: string; number: number; title: string },
) {
  const { lineId: line_id, ...rest } = words
  const row = { organisation_id: ctx.organisationId, id, line_id, ...rest }
  await orRefuse(ctx.db.insertInto('guideline').values(row).execute())
}

type PriorityWords = { guidelineId: string; title: string; description: string }
const columns = ({ guidelineId: guideline_id, title, description }: PriorityWords) => ({
  guideline_id,
  title,
  description,
})

export async function insertPriority(ctx: TxContext, id: string, words: PriorityWords, at: string) {
  const row = {
    organisation_id: ctx.organisationId,
    id,
    ...columns(words),
    state: 'proposed',
    version: 1,
    updated_at: at,
  }
  await orRefuse(ctx.db.insertInto('priority').values(row).execute())
}

/** The priority, locked. */
export async function lockPriority(ctx: TxContext, id: string) {
  const row = await ctx.db
    .selectFrom('priority')
    .select(['id', 'state', 'version'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  // The CHECK of the table holds the text to the type.
  return row && { ...row, state: row.state as PriorityState }
}

export async function updatePriority(
  ctx: TxContext,
  id: string,
  change: { words: PriorityWords } | { state: PriorityState; reason: string; decidedOn: string },
  at: string,
) {
  const set =
    'words' in change
      ? columns(change.words)
      : { state: change.state, reason: change.reason, decided_on: change.decidedOn }
  const query = ctx.db
    .updateTable('priority')
    .set({ ...set, version: sql<number>`version + 1`, updated_at: at })
    .where('organisation_id', '=', ctx.organisationId)
  await orRefuse(query.where('id', '=', id).execute())
}
