/** The SQL of calls. A file goes through a table of its own first: keys and differences are reckoned over all of it. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { CallOutcome, CallSource } from '../vocabulary.ts'
import type { CallLine } from './call-lines.ts'

/** Makes room for the lines of a file, until the transaction ends. */
export async function openIncoming(ctx: TxContext): Promise<void> {
  await sql`create temporary table incoming_call (line int, source text, started_at timestamptz, outcome text, waited_s int,
    answered_at timestamptz, ended_at timestamptz, reference text) on commit drop`.execute(ctx.db)
}

export async function insertIncoming(ctx: TxContext, lines: readonly CallLine[]): Promise<void> {
  await sql`
    insert into incoming_call
    select * from unnest(${lines.map((one) => one.line)}::int[], ${lines.map((one) => one.source)}::text[],
      ${lines.map((one) => one.startedAt)}::timestamptz[], ${lines.map((one) => one.outcome)}::text[],
      ${lines.map((one) => one.waitedS)}::int[], ${lines.map((one) => one.answeredAt)}::timestamptz[],
      ${lines.map((one) => one.endedAt)}::timestamptz[], ${lines.map((one) => one.reference)}::text[])`.execute(ctx.db)
}

/**
 * Gives each line its key and witness. Without a reference, equal calls of a file are told apart by their ordinal: the
 * same file again gives the same keys. Proved (T) are calls the carrier wrote down and the administration brings.
 */
export async function keyIncoming(ctx: TxContext, isOfTheCity: boolean): Promise<void> {
  await sql`
    create temporary table keyed_call on commit drop as
    select *, case when source = 'carrier' and ${sql.lit(isOfTheCity)} then 'T' else 'I' end as witness,
      case when reference is not null then 'r ' || reference
           else concat_ws(' ', 'd', (extract(epoch from started_at) * 1000)::bigint, outcome, waited_s,
             row_number() over (partition by source, started_at, outcome, waited_s, reference is null order by line)) end as key
    from incoming_call`.execute(ctx.db)
  await sql`create index on keyed_call (line)`.execute(ctx.db)
  await sql`analyze keyed_call`.execute(ctx.db)
}

/** Lines whose reference is known, here or in the file, with other data. */
export async function selectDiffering(ctx: TxContext, limit: number): Promise<number[]> {
  const found = await sql<{ line: number }>`
    select line from (
      select k.line from keyed_call k join call_record c on c.organisation_id = ${ctx.organisationId}
        and c.source = k.source and c.witness = k.witness and c.key = k.key
      where (c.started_at, c.outcome, c.waited_s) <> (k.started_at, k.outcome, k.waited_s)
         or (c.answered_at, c.ended_at) is distinct from (k.answered_at, k.ended_at)
      union
      select line from (
        select line, (started_at, outcome, waited_s, answered_at, ended_at) is distinct from
          (first_value(started_at) over w, first_value(outcome) over w, first_value(waited_s) over w, first_value(answered_at) over w,
           first_value(ended_at) over w) as differs
        from keyed_call where reference is not null window w as (partition by source, key order by line)
      ) as repeated where differs
    ) as differing order by line limit ${limit}`.execute(ctx.db)
  return found.rows.map(({ line }) => line)
}

/** Adds the calls of some lines that are not there yet; returns how many. */
export async function insertKeyed(
  ctx: TxContext,
  importId: string,
  fromLine: number,
  untilLine: number,
): Promise<number> {
  const added = await sql`
    insert into call_record (organisation_id, source, witness, key, started_at, outcome, waited_s, answered_at, ended_at, import_id)
    select ${ctx.organisationId}, source, witness, key, started_at, outcome, waited_s, answered_at, ended_at, ${importId}
    from keyed_call where line >= ${fromLine} and line < ${untilLine} on conflict do nothing`.execute(ctx.db)
  return Number(added.numAffectedRows ?? 0)
}

export type CountedCalls = {
  source: CallSource
  witness: 'T' | 'I'
  outcome: CallOutcome
  isInHours: boolean
  calls: number
}

/**
 * Calls of a period by source, witness, outcome and whether they came in hours. `edges` are the openings and closings in
 * turn: a call after an odd number of them came in hours, which is a binary search for each call, over one index.
 */
export async function countCalls(ctx: TxContext, from: string, until: string, edges: readonly string[]) {
  const found = await sql<CountedCalls>`
    select source, witness, outcome, width_bucket(started_at, ${edges.length > 0 ? edges : ['infinity']}::timestamptz[]) % 2 = 1 as "isInHours",
           count(*)::int as calls
    from call_record where organisation_id = ${ctx.organisationId}
      and started_at >= ${from}::timestamptz and started_at < ${until}::timestamptz
    group by 1, 2, 3, 4`.execute(ctx.db)
  return found.rows
}
