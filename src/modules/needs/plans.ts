/** The plan of a year: opened for offices, then decided on, then approved; from there on changed by variations alone. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { centsText } from '../../platform/money.ts'
import { allow, scopesOf } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { allowBuyer } from './internal/buyer.ts'
import {
  insertPlan,
  lockPlan,
  type StoredLine,
  type StoredPlan,
  selectLines,
  selectPlan,
  selectPlans,
  updatePlan,
  updateTotals,
} from './internal/plan-queries.ts'
import { record } from './internal/record.ts'
import { conflict, wrong } from './problems.ts'
import {
  type ChangePlanInput,
  centsOf,
  changePlanInput,
  type LineRow,
  type OpenPlanInput,
  openPlanInput,
  type PlanRow,
} from './schema.ts'
import { usualTwoPersonCents, usualVatPerMille, usualVerifyDays } from './vocabulary.ts'

/** Every plan with its totals, the newest year first. */
export async function listPlans(ctx: Context): Promise<PlanRow[]> {
  allow(ctx.actor, 'needs.read')
  return read(ctx, async (ctx) =>
    (await selectPlans(ctx)).map(({ exCents, incCents, twoPersonCents, ...plan }) => ({
      ...plan,
      twoPersonAmount: money(twoPersonCents),
      totalExVat: money(exCents),
      totalIncVat: money(incCents),
    })),
  )
}

/** A plan and its lines; who reads for an office sees the lines that have something for it. */
export async function findPlan(ctx: Context, year: number): Promise<PlanRow & { rows: LineRow[] }> {
  allow(ctx.actor, 'needs.read')
  return read(ctx, async (ctx) => {
    const plan = (await listPlans(ctx)).find((one) => one.year === year) ?? fail(notFound())
    return { ...plan, rows: (await selectLines(ctx, plan.id, onlyOffices(ctx))).map(lineOf) }
  })
}

/** Whose lines the actor reads; null is everybody's. */
export function onlyOffices({ actor }: Pick<Context, 'actor'>): readonly string[] | null {
  return scopesOf(actor, 'needs.read').has('all') ? null : actor.officeIds
}

/** Opens the plan of a year for the offices, with the usual terms. */
export async function openPlan(ctx: Context, input: OpenPlanInput): Promise<{ id: string }> {
  allowBuyer(ctx, 'needs.manage')
  const { year, closesOn } = parse(openPlanInput, input)
  return transact(ctx, async (ctx) => ({ id: (await keepPlan(ctx, year, 'collecting', closesOn)).id }))
}

/** Writes a new plan with its event. */
export async function keepPlan(
  ctx: TxContext,
  year: number,
  state: 'collecting' | 'deciding',
  closesOn: string | null,
): Promise<StoredPlan> {
  const terms = { vatPerMille: usualVatPerMille, twoPersonCents: usualTwoPersonCents, verifyDays: usualVerifyDays }
  const plan = { id: randomUUIDv7(), year, state, closesOn, ...terms, variation: 0, version: 1 }
  await phrasing({ needs_plan_organisation_id_year_key: () => wrong('year', (t) => t.yearTaken) }, () =>
    insertPlan(ctx, plan),
  )
  const { id, version: _, ...payload } = plan
  await record(ctx, { subjectType: 'needs_plan', subjectId: id, kind: 'needs.plan_opened', payload })
  return plan
}

/** Changes the terms of a plan that is not approved: the offices' last day, VAT, the threshold of two persons, days to verify. */
export async function changePlan(ctx: Context, year: number, input: ChangePlanInput) {
  allowBuyer(ctx, 'needs.manage')
  const { version, twoPersonAmount, ...terms } = parse(changePlanInput, input)
  return transact(ctx, async (ctx) => {
    const plan = await planToChange(ctx, year, version)
    const values = { ...terms, twoPersonCents: centsOf(twoPersonAmount) }
    if (terms.vatPerMille !== plan.vatPerMille) await updateTotals(ctx, plan.id, terms.vatPerMille)
    return keepChange(ctx, { ...plan, ...values }, 'needs.plan_changed', values)
  })
}

/** Ends the collection: offices write no more, the lines are decided on. The other way while nothing is approved. */
export async function turnPlan(
  ctx: Context,
  year: number,
  input: { version?: number | undefined; state: 'collecting' | 'deciding' },
) {
  allowBuyer(ctx, 'needs.manage')
  return transact(ctx, async (ctx) => {
    const plan = await planToChange(ctx, year, input.version)
    if (plan.state === input.state) return { id: plan.id, version: plan.version }
    return keepChange(ctx, { ...plan, state: input.state }, 'needs.plan_turned', { state: input.state })
  })
}

/** Writes a changed plan with its event; the version goes up by one. */
export async function keepChange(ctx: TxContext, plan: StoredPlan, kind: string, payload: Record<string, unknown>) {
  await record(ctx, { subjectType: 'needs_plan', subjectId: plan.id, kind, payload })
  await updatePlan(ctx, plan)
  return { id: plan.id, version: plan.version + 1 }
}

/** The plan of a year, locked, that may still be changed directly. */
export async function planToChange(ctx: TxContext, year: number, version: number | undefined): Promise<StoredPlan> {
  const plan = (await lockPlan(ctx, { year })) ?? fail(notFound())
  if (version !== undefined && version !== plan.version) throw conflict('stale', (t) => t.stale)
  if (plan.state === 'approved') throw conflict('approved', (t) => t.approved)
  return plan
}

/** The plan of a year, or "not found". */
export async function planOf(ctx: TxContext, year: number): Promise<StoredPlan> {
  return (await selectPlan(ctx, year)) ?? fail(notFound())
}

/** A stored line as it leaves: amounts as text. */
export function lineOf({ planId: _, unitCents, exCents, incCents, ...line }: StoredLine): LineRow {
  return { ...line, unitPrice: money(unitCents), totalExVat: money(exCents), totalIncVat: money(incCents) }
}

/** Cents as amounts leave: "774.00". */
export function money(cents: number): string {
  return centsText(BigInt(cents))
}

/** Today in the administration's zone, ISO. */
export function today(ctx: Pick<Context, 'zone'>): string {
  return Temporal.Now.plainDateISO(ctx.zone).toString()
}
