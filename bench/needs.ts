/** The needs plan: a million delivered pieces reconciled; a file of 50,000 lines with one that is wrong. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { tryImportPlan } from '../src/modules/needs/import-plan.ts'
import { reconcilePlan } from '../src/modules/needs/reconcile.ts'
import { systemContextFor } from '../src/platform/auth/actors.ts'
import { readCsv } from '../src/platform/csv.ts'
import type { OpenServices } from '../src/platform/services.ts'
import type { Single } from './upkeep.ts'

const year = 2199
const planLines = 40
const lots = 2000
const piecesOfLot = 500

/**
 * Seconds to reconcile a plan of 40 lines with a million pieces in 2,000 lots for 20 offices, each with its serial number
 * and its item of the register; against summing the same pieces by line and nothing else.
 */
export async function measureReconciliation(
  services: OpenServices,
  organisationId: string,
): Promise<Single & { pieces: number }> {
  const ctx = await systemContextFor(services, organisationId, 'Misura')
  const { owner } = services.database
  const plan = randomUUID()
  try {
    await buildPlan(services, organisationId, plan)
    const began = performance.now()
    const { lines } = await reconcilePlan(ctx, year)
    const figure = (performance.now() - began) / 1000
    const from = performance.now()
    await sql`
      select line_id, sum(quantity), sum(accepted) from delivery_item where organisation_id = ${organisationId} group by line_id`.execute(
      owner,
    )
    const pieces = lines.reduce((sum, { declared }) => sum + declared, 0)
    return { figure, baseline: (performance.now() - from) / 1000, pieces }
  } finally {
    await removePlan(services, organisationId, plan)
  }
}

/** Seconds until a plan of 50,000 lines, of which one is wrong, is refused; against reading the file. */
export async function measureRefusal(services: OpenServices, organisationId: string): Promise<Single> {
  const ctx = await systemContextFor(services, organisationId, 'Misura')
  const header = 'line,category,description,quantity,unit_price_eur,total_ex_vat_eur,total_inc_vat_eur,kind'
  const rows = Array.from({ length: 50_000 }, (_, at) => {
    const total = at === 31_415 ? '20.01' : '20.00'
    return `${at + 1},software,Licenza ${at + 1},2,10.00,${total},24.40,new`
  })
  const bytes = new TextEncoder().encode([header, ...rows].join('\n'))
  const began = performance.now()
  const { errors } = await tryImportPlan(ctx, bytes, year)
  const figure = (performance.now() - began) / 1000
  if (errors.length !== 1) throw new Error(`The file has one wrong line, ${errors.length} were named`)
  const from = performance.now()
  readCsv(bytes, header.split(','))
  return { figure, baseline: (performance.now() - from) / 1000 }
}

async function buildPlan({ database: { owner } }: OpenServices, organisationId: string, plan: string) {
  await sql`
    insert into needs_plan (organisation_id, id, year, state, vat_per_mille, two_person_cents, verify_days, variation, version)
    values (${organisationId}, ${plan}, ${year}, 'approved', 220, 0, 30, 0, 1)`.execute(owner)
  await sql`
    insert into needs_line (organisation_id, id, plan_id, number, category, description, kind, quantity, unit_cents, total_ex_cents,
                            total_inc_cents, since_variation, version)
    select ${organisationId}, gen_random_uuid(), ${plan}, n, 'workstation', 'Postazione ' || n, 'extension', 25000, 77400,
           25000::bigint * 77400, 25000::bigint * 94428, 0, 1
    from generate_series(1, ${planLines}::int) n`.execute(owner)
  await sql`
    insert into needs_line_office (organisation_id, line_id, office_id, quantity)
    select l.organisation_id, l.id, o.id, 1250 from needs_line l
    cross join (select id from office where organisation_id = ${organisationId} order by code limit 20) o
    where l.organisation_id = ${organisationId} and l.plan_id = ${plan}`.execute(owner)
  await sql`
    insert into needs_order (organisation_id, id, plan_id, number, supplier_id, ordered_on, act)
    select l.organisation_id, l.id, ${plan}, 'BENCH/' || l.number, p.id, '2199-01-01', 'Misura'
    from needs_line l join party p on p.organisation_id = l.organisation_id and p.kind = 'supplier'
    where l.organisation_id = ${organisationId} and l.plan_id = ${plan}`.execute(owner)
  await sql`
    insert into needs_order_line (organisation_id, order_id, line_id, quantity, unit_cents)
    select organisation_id, id, id, 25000, 77400 from needs_order where organisation_id = ${organisationId} and plan_id = ${plan}`.execute(
    owner,
  )
  await sql`
    insert into delivery (organisation_id, id, order_id, note, delivered_on, declared_at, state, outcome, verified_at, version)
    select o.organisation_id, gen_random_uuid(), o.id, 'DDT ' || n, '2199-02-01', now(), 'verified', 'accepted', now(), 1
    from needs_order o cross join generate_series(1, ${lots / planLines}::int) n
    where o.organisation_id = ${organisationId} and o.plan_id = ${plan}`.execute(owner)
  await sql`
    insert into delivery_item (organisation_id, id, delivery_id, line_id, office_id, model, serial, quantity, accepted, is_checked,
                               is_other_model)
    select d.organisation_id, gen_random_uuid(), d.id, d.order_id, f.ids[1 + n % 20], 'Desk', d.id || '-' || n, 1, 1, true, n % 997 = 0
    from delivery d join needs_order o on o.organisation_id = d.organisation_id and o.id = d.order_id and o.plan_id = ${plan}
    cross join generate_series(1, ${piecesOfLot}::int) n
    cross join (select array_agg(id) as ids from (
      select id from office where organisation_id = ${organisationId} order by code limit 20) o) f
    where d.organisation_id = ${organisationId}`.execute(owner)
  await sql`
    insert into configuration_item (organisation_id, id, code, type, name, state, title, office_id, acquisition_id, version)
    select i.organisation_id, i.id, 'BN-' || row_number() over (), 'workstation', 'Postazione', 'in_use', 'owned', i.office_id, i.line_id, 1
    from delivery_item i join needs_line l on l.organisation_id = i.organisation_id and l.id = i.line_id and l.plan_id = ${plan}
    where i.organisation_id = ${organisationId}`.execute(owner)
  await sql`vacuum (analyze) delivery_item, configuration_item, needs_line, needs_order, delivery`.execute(owner)
}

async function removePlan({ database: { owner } }: OpenServices, organisationId: string, plan: string) {
  const lines = sql`(select id from needs_line where organisation_id = ${organisationId} and plan_id = ${plan})`
  const orders = sql`(select id from needs_order where organisation_id = ${organisationId} and plan_id = ${plan})`
  await sql`delete from configuration_item where organisation_id = ${organisationId} and acquisition_id in ${lines}`.execute(
    owner,
  )
  await sql`delete from delivery_item where organisation_id = ${organisationId} and line_id in ${lines}`.execute(owner)
  await sql`delete from delivery where organisation_id = ${organisationId} and order_id in ${orders}`.execute(owner)
  await sql`delete from needs_order_line where organisation_id = ${organisationId} and order_id in ${orders}`.execute(
    owner,
  )
  await sql`delete from needs_order where organisation_id = ${organisationId} and plan_id = ${plan}`.execute(owner)
  await sql`delete from needs_line_office where organisation_id = ${organisationId} and line_id in ${lines}`.execute(
    owner,
  )
  await sql`delete from needs_line where organisation_id = ${organisationId} and plan_id = ${plan}`.execute(owner)
  await sql`delete from needs_plan where organisation_id = ${organisationId} and id = ${plan}`.execute(owner)
  await sql`vacuum (analyze) delivery_item, configuration_item`.execute(owner)
}
