/** The SQL of plans, their lines and their approvals. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { LineRow, LineValues } from '../schema.ts'
import type { Decision, PlanState } from '../vocabulary.ts'
import type { Share, Totals } from './plan-lines.ts'

export type StoredPlan = {
  id: string
  year: number
  state: PlanState
  closesOn: string | null
  vatPerMille: number
  twoPersonCents: number
  verifyDays: number
  variation: number
  version: number
}

const planColumns = sql`
  p.id, p.year, p.state, p.closes_on as "closesOn", p.vat_per_mille as "vatPerMille", p.two_person_cents as "twoPersonCents",
  p.verify_days as "verifyDays", p.variation, p.version`

/** Every plan with its totals, the newest first: what the newest approval says, the sums of the lines until there is one. */
export async function selectPlans(ctx: TxContext) {
  const found = await sql<StoredPlan & { lines: number; exCents: number; incCents: number; requestsSent: number }>`
    select ${planColumns}, coalesce(l.lines, 0)::int as lines,
           coalesce(a.total_ex_cents, l.ex, 0)::bigint as "exCents", coalesce(a.total_inc_cents, l.inc, 0)::bigint as "incCents",
           (select count(*)::int from needs_request r
            where r.organisation_id = p.organisation_id and r.plan_id = p.id and r.state = 'sent') as "requestsSent"
    from needs_plan p
    left join needs_approval a on a.organisation_id = p.organisation_id and a.plan_id = p.id and a.variation = p.variation
    left join lateral (select count(*) as lines, sum(total_ex_cents) as ex, sum(total_inc_cents) as inc from needs_line l
                       where l.organisation_id = p.organisation_id and l.plan_id = p.id) l on true
    where p.organisation_id = ${ctx.organisationId} order by p.year desc limit 100`.execute(ctx.db)
  return found.rows
}

export async function selectPlan(ctx: TxContext, year: number): Promise<StoredPlan | undefined> {
  const found = await sql<StoredPlan>`
    select ${planColumns} from needs_plan p where p.organisation_id = ${ctx.organisationId} and p.year = ${year}`.execute(
    ctx.db,
  )
  return found.rows[0]
}

/** The plan of a year or of an id, locked: what changes its lines comes one after the other. */
export async function lockPlan(ctx: TxContext, of: { year: number } | { id: string }): Promise<StoredPlan | undefined> {
  const [year, id] = 'year' in of ? [of.year, null] : [null, of.id]
  const found = await sql<StoredPlan>`
    select ${planColumns} from needs_plan p
    where p.organisation_id = ${ctx.organisationId} and (p.year = ${year}::int or p.id = ${id}::uuid) for update`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export async function insertPlan(ctx: TxContext, plan: StoredPlan): Promise<void> {
  await ctx.db
    .insertInto('needs_plan')
    .values({ organisation_id: ctx.organisationId, id: plan.id, year: plan.year, ...planValues(plan), version: 1 })
    .execute()
}

export async function updatePlan(ctx: TxContext, plan: Omit<StoredPlan, 'year'>): Promise<void> {
  await ctx.db
    .updateTable('needs_plan')
    .set({ ...planValues(plan), version: sql<number>`version + 1` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', plan.id)
    .execute()
}

/** Reckons the totals of a plan's lines with its VAT anew; numeric rounds half away from zero, as `totalsOf` does. */
export async function updateTotals(ctx: TxContext, planId: string, vatPerMille: number): Promise<void> {
  await sql`
    update needs_line set total_inc_cents = total_ex_cents + round(total_ex_cents * ${vatPerMille}::numeric / 1000)
    where organisation_id = ${ctx.organisationId} and plan_id = ${planId}`.execute(ctx.db)
}

function planValues(plan: Omit<StoredPlan, 'year' | 'id'>) {
  return {
    state: plan.state,
    closes_on: plan.closesOn,
    vat_per_mille: plan.vatPerMille,
    two_person_cents: plan.twoPersonCents,
    verify_days: plan.verifyDays,
    variation: plan.variation,
  }
}

/** A line as it is stored: amounts in cents. */
export type StoredLine = Omit<LineRow, 'unitPrice' | 'totalExVat' | 'totalIncVat'> & {
  planId: string
  unitCents: number
  exCents: number
  incCents: number
}

const lineRows = sql`
  select l.id, l.plan_id as "planId", l.number, l.category, l.description, l.kind, l.purpose, l.quantity, l.unit_cents as "unitCents",
         l.total_ex_cents as "exCents", l.total_inc_cents as "incCents", l.price_code as "priceCode", l.chapter, l.fund, l.cup, l.cpv,
         l.cui, l.software_note as "softwareNote", l.effect_note as "effectNote", l.decision, l.decided_quantity as "decidedQuantity",
         x.content::jsonb ->> 'reason' as reason, l.since_variation as "sinceVariation", l.closed_on as "closedOn", l.version,
         coalesce(o.offices, 0)::int as offices, coalesce(o.shared, 0)::int as shared,
         (select count(*)::int from needs_line_replaces r where r.organisation_id = l.organisation_id and r.line_id = l.id) as replaces
  from needs_line l
  left join event_text x on x.organisation_id = l.organisation_id and x.event_id = l.decision_id
  left join lateral (select count(*) as offices, sum(o.quantity) as shared from needs_line_office o
                     where o.organisation_id = l.organisation_id and o.line_id = l.id) o on true`

/** The lines of a plan by number; `officeIds` takes those that have something for one of these offices. */
export async function selectLines(
  ctx: TxContext,
  planId: string,
  officeIds: readonly string[] | null,
): Promise<StoredLine[]> {
  const found = await sql<StoredLine>`
    ${lineRows} where l.organisation_id = ${ctx.organisationId} and l.plan_id = ${planId}
      and (${officeIds === null} or exists (select from needs_line_office o where o.organisation_id = l.organisation_id
           and o.line_id = l.id and o.office_id = any (${officeIds ?? []}::uuid[])))
    order by l.number limit 5000`.execute(ctx.db)
  return found.rows
}

/** Whether there is a line with this id that has something for one of these offices; any line when they are null. */
export async function hasLine(ctx: TxContext, id: string, officeIds: readonly string[] | null): Promise<boolean> {
  const found = await sql`
    select from needs_line l where l.organisation_id = ${ctx.organisationId} and l.id = ${id}
      and (${officeIds === null} or exists (select from needs_line_office o where o.organisation_id = l.organisation_id
           and o.line_id = l.id and o.office_id = any (${officeIds ?? []}::uuid[])))`.execute(ctx.db)
  return found.rows.length > 0
}

/** Some lines, locked in order of number. */
export async function lockLines(ctx: TxContext, ids: readonly string[]): Promise<StoredLine[]> {
  const found = await sql<StoredLine>`
    ${lineRows} where l.organisation_id = ${ctx.organisationId} and l.id = any (${ids}::uuid[]) order by l.number for update of l`.execute(
    ctx.db,
  )
  return found.rows
}

/** The highest number of a plan's lines; 0 without one. */
export async function lastNumber(ctx: TxContext, planId: string): Promise<number> {
  const found = await sql<{ last: number }>`
    select coalesce(max(number), 0)::int as last from needs_line
    where organisation_id = ${ctx.organisationId} and plan_id = ${planId}`.execute(ctx.db)
  return found.rows[0]?.last ?? 0
}

export type NewLine = {
  id: string
  planId: string
  number: number
  values: LineValues
  totals: Totals
  sinceVariation: number
}

/** Lines, in one statement. */
export async function insertLines(ctx: TxContext, lines: readonly NewLine[]): Promise<void> {
  const rows = lines.map(({ id, planId, number, values, totals, sinceVariation }) => ({
    organisation_id: ctx.organisationId,
    ...{ id, plan_id: planId, number, ...columnsOf(values, totals) },
    ...{ since_variation: sinceVariation, version: 1 },
  }))
  // PostgreSQL takes at most 65,535 parameters in a statement.
  for (let from = 0; from < rows.length; from += 2000)
    await ctx.db
      .insertInto('needs_line')
      .values(rows.slice(from, from + 2000))
      .execute()
}

/** Writes what may change of a line before it is decided on; what was decided is taken back with it. */
export async function updateLine(ctx: TxContext, id: string, values: LineValues, totals: Totals): Promise<void> {
  await ctx.db
    .updateTable('needs_line')
    .set({
      ...columnsOf(values, totals),
      ...{ decision: null, decided_quantity: null, decision_id: null },
      version: sql<number>`version + 1`,
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

function columnsOf({ unitCents, priceCode, softwareNote, effectNote, ...values }: LineValues, totals: Totals) {
  return {
    ...values,
    unit_cents: unitCents,
    total_ex_cents: totals.exCents,
    total_inc_cents: totals.incCents,
    price_code: priceCode,
    software_note: softwareNote,
    effect_note: effectNote,
  }
}

export async function updateDecision(
  ctx: TxContext,
  id: string,
  row: { decision: Decision; quantity: number; eventId: number },
): Promise<void> {
  await ctx.db
    .updateTable('needs_line')
    .set({
      decision: row.decision,
      decided_quantity: row.quantity,
      decision_id: row.eventId,
      version: sql<number>`version + 1`,
    })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** Quantity and price of a line after a variation: what was asked becomes what is approved. */
export async function updateApproved(ctx: TxContext, id: string, quantity: number, unitCents: number, totals: Totals) {
  await sql`
    update needs_line set quantity = ${quantity}, unit_cents = ${unitCents}, total_ex_cents = ${totals.exCents},
      total_inc_cents = ${totals.incCents}, decided_quantity = ${quantity}, version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

export async function updateClosed(ctx: TxContext, id: string, day: string | null): Promise<void> {
  await sql`
    update needs_line set closed_on = ${day}, version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

/** Moves the version of a line on, when what lies beside it changed. */
export async function touchLine(ctx: TxContext, id: string): Promise<void> {
  await sql`update needs_line set version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

/** What each office gets of the lines of a plan, in order of line and office. */
export async function selectShares(ctx: TxContext, planId: string) {
  const found = await sql<Share & { lineId: string; office: string; code: string }>`
    select s.line_id as "lineId", s.office_id as "officeId", s.quantity, o.name as office, o.code
    from needs_line l
    join needs_line_office s on s.organisation_id = l.organisation_id and s.line_id = l.id
    join office o on o.organisation_id = s.organisation_id and o.id = s.office_id
    where l.organisation_id = ${ctx.organisationId} and l.plan_id = ${planId} order by l.number, o.name, o.id`.execute(
    ctx.db,
  )
  return found.rows
}

/** Writes the shares of a line anew. */
export async function writeShares(ctx: TxContext, lineId: string, shares: readonly Share[]): Promise<void> {
  await sql`delete from needs_line_office where organisation_id = ${ctx.organisationId} and line_id = ${lineId}`.execute(
    ctx.db,
  )
  await addShares(ctx, [{ lineId, shares }])
}

/** The shares of new lines, in one statement. */
export async function addShares(ctx: TxContext, lines: readonly { lineId: string; shares: readonly Share[] }[]) {
  const rows = lines.flatMap(({ lineId, shares }) =>
    shares.map(({ officeId, quantity }) => ({
      organisation_id: ctx.organisationId,
      line_id: lineId,
      office_id: officeId,
      quantity,
    })),
  )
  if (rows.length > 0) await ctx.db.insertInto('needs_line_office').values(rows).execute()
}
