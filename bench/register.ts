/** The register with 200,000 items and 600,000 relations: list, search, impact, in an administration made for it and taken away. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { findImpact } from '../src/modules/register/impact.ts'
import { listItems } from '../src/modules/register/items.ts'
import type { ListItemsInput } from '../src/modules/register/schema.ts'
import { systemContextFor } from '../src/platform/auth/actors.ts'
import type { OpenServices } from '../src/platform/services.ts'
import { compare, type Work } from './load.ts'
import type { Single } from './upkeep.ts'

const items = 200_000
const idle = () => ({ server: 0, database: 0 })

/** An id that a number gives, the same here and in SQL. */
const idOf = (n: number) => `${n.toString(16).padStart(8, '0')}-0000-7000-8000-000000000000`
const idIn = (n: string) => sql.raw(`(lpad(to_hex((${n})::int), 8, '0') || '-0000-7000-8000-000000000000')::uuid`)

const filters: readonly ListItemsInput[] = [
  {},
  { type: 'printer' },
  { state: 'in_stock' },
  { family: 'procedures' },
  { state: 'all', type: 'server' },
]

/** Milliseconds (p95, 16 at once) of each, beside the rows alone in SQL. */
export async function measureRegister(services: OpenServices): Promise<(Single & { name: string })[]> {
  const organisationId = randomUUID()
  const { owner } = services.database
  try {
    await build(services, organisationId)
    const ctx = await systemContextFor(services, organisationId, 'Misura')
    // Any item, and again and again those that most rest on.
    const any = (index: number) => 1 + ((index * 7919) % items)
    const item = (index: number) => idOf(index % 10 === 0 ? 1 + (index % 400) : any(index))
    const rows: Work = (_, index) =>
      sql`select c.*, a.* from configuration_item c join asset a on a.organisation_id = c.organisation_id and a.item_id = c.id
          where c.organisation_id = ${organisationId} and c.code > ${`PC-${String(any(index)).padStart(7, '0')}`}
          order by c.code limit 50`.execute(owner)
    const neighbours: Work = (_, index) =>
      sql`select c.id, c.code, c.name from item_relation r
          join configuration_item c on c.organisation_id = r.organisation_id and c.id = r.dependent_id
          where r.organisation_id = ${organisationId} and r.provider_id = ${item(index)} limit 500`.execute(owner)
    const words = (index: number) => ['postazione', `marca${index % 300}`, String(any(index))][index % 3] ?? ''
    const measured = async (name: string, figure: Work, baseline: Work) => {
      const found = await compare(figure, baseline, 800, idle)
      return { name, figure: found.figure.p95, baseline: found.baseline.p95 }
    }
    return [
      await measured('list', (_, index) => listItems(ctx, filters[index % filters.length] ?? {}), rows),
      await measured('search', (_, index) => listItems(ctx, { words: words(index) }), rows),
      await measured('impact', (_, index) => findImpact(ctx, item(index)), neighbours),
    ]
  } finally {
    await remove(services, organisationId)
  }
}

// A tree of what contains what, twelve in each, and two relations of every item to one before it; a tenth redundant.
async function build({ database: { owner } }: OpenServices, organisationId: string): Promise<void> {
  await sql`insert into organisation (id, name, created_at) values (${organisationId}, 'Registro di misura', now())`.execute(
    owner,
  )
  await sql`
    insert into configuration_item (organisation_id, id, code, type, name, state, title, search, version)
    select ${organisationId}, ${idIn('n')}, 'PC-' || lpad(n::text, 7, '0'),
           (array['workstation', 'printer', 'application', 'server', 'virtual_server'])[1 + n % 5], 'Postazione ' || n,
           (array['verified', 'in_stock', 'in_use', 'in_use'])[1 + n / 5 % 4], 'owned',
           array_to_tsvector(array['pc', lpad(n::text, 7, '0'), n::text, 'postazione', 'marca' || n % 300]), 1
    from generate_series(1, ${items}::int) n`.execute(owner)
  await sql`insert into asset (organisation_id, item_id) select organisation_id, id from configuration_item where organisation_id = ${organisationId}`.execute(
    owner,
  )
  await sql`
    insert into item_relation (organisation_id, id, kind, from_id, to_id)
    select ${organisationId}, gen_random_uuid(), 'contains', ${idIn('greatest(n / 12, 1)')}, ${idIn('n')}
    from generate_series(2, ${items}::int) n`.execute(owner)
  await sql`
    insert into item_relation (organisation_id, id, kind, from_id, to_id, redundancy_group, needed)
    select ${organisationId}, gen_random_uuid(), kind, ${idIn('n')}, ${idIn('1 + (n::bigint * step) % (n - 1)')},
           case when n % 10 = 0 then 'coppia' end, case when n % 10 = 0 then 1 end
    from generate_series(3, ${items}::int) n, (values ('runs_on', 7907), ('connects_to', 104729)) as k (kind, step)`.execute(
    owner,
  )
  for (const table of ['configuration_item', 'asset', 'item_relation'])
    await sql.raw(`vacuum (analyze) ${table}`).execute(owner)
}

async function remove({ database: { owner } }: OpenServices, organisationId: string): Promise<void> {
  for (const table of ['item_relation', 'asset', 'configuration_item'])
    await sql`delete from ${sql.table(table)} where organisation_id = ${organisationId}`.execute(owner)
  await sql`delete from organisation where id = ${organisationId}`.execute(owner)
}
