/** What is going on in the demo's register, lived through the operations: an inventory half done, cases on items. */
import { sql } from 'kysely'
import { listExpected, openCampaign, recordReading } from '../src/modules/register/campaigns.ts'
import { linkItem } from '../src/modules/register/case-items.ts'
import { listItems } from '../src/modules/register/items.ts'
import { actAs } from '../src/platform/auth/actors.ts'
import type { Context, Services } from '../src/platform/context.ts'
import type { City } from './city.ts'
import { personOf } from './happened.ts'
import { officeHours } from './rules.ts'

/** As for the needs plans: in a smaller city tests make what they need. */
const leastScale = 0.02
/** A first start is short: more things than these are not walked past. */
const mostRead = 40

/** An inventory of the contact's office, half done; and what some open cases are about. */
export async function liveRegister(services: Services, city: City, untilMs: number, scale: number): Promise<void> {
  if (scale < leastScale) return
  const as = async (email: string) => {
    const context = await actAs(services, city.organisationId, personOf(city, email).id, 'portal')
    if (context === null) throw new Error(`${email} cannot act`)
    return context
  }
  await countOffice(await as('tecnico@'), personOf(city, 'referente@').officeId, untilMs)
  await linkCases(services, await as('operatore@'), city.organisationId)
}

// Half is read: most of it where it belongs, one thing in another room, one of another office, one that nobody knows.
async function countOffice(technician: Context, officeId: string | null, untilMs: number): Promise<void> {
  if (officeId === null) throw new Error('The office contact has no office')
  const on = Temporal.Instant.fromEpochMilliseconds(untilMs).toZonedDateTimeISO(officeHours.zone).toPlainDate()
  const { id } = await openCampaign(technician, {
    ...{ name: `Inventario ${on.year} dell’area dei servizi alla persona`, on: on.toString() },
    officeIds: [officeId],
  })
  const expected = await listExpected(technician, id)
  const read = expected.slice(0, Math.min(Math.floor(expected.length / 2), mostRead))
  for (const [at, { code, siteId, room }] of read.entries())
    await recordReading(technician, id, { mark: code, siteId, room: at === 1 ? 'Corridoio 2' : (room ?? '') })
  const own = new Set(expected.map(({ code }) => code))
  const { rows } = await listItems(technician, { type: 'workstation', state: 'in_use', limit: 100 })
  const stranger = rows.find(({ code }) => !own.has(code))
  const siteId = expected[0]?.siteId ?? null
  if (stranger !== undefined) await recordReading(technician, id, { mark: stranger.code, siteId, room: '3' })
  await recordReading(technician, id, { mark: 'ETICHETTA-ILLEGGIBILE-7', siteId, room: '3' })
}

// Cases about a computer are about the one that their asker has.
async function linkCases(services: Services, agent: Context, organisationId: string): Promise<void> {
  const found = await sql<{ caseId: string; code: string }>`
    select distinct on (c.number) c.id as "caseId", i.code
    from desk_case c
    join asset a on a.organisation_id = c.organisation_id and a.custodian_id = c.requester_id
    join configuration_item i on i.organisation_id = a.organisation_id and i.id = a.item_id and i.state = 'in_use'
      and i.type in ('workstation', 'laptop')
    where c.organisation_id = ${organisationId} and c.kind = 'incident' and c.reserved is null
      and c.state in ('assigned', 'in_progress', 'waiting') and c.title ~* '(pc|computer|monitor|schermo|tastiera|mouse|portatile)'
    order by c.number desc, i.code limit 3`.execute(services.database.owner)
  for (const { caseId, code } of found.rows) await linkItem(agent, caseId, { item: code })
}
