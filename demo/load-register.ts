/** Loads the register of the demo city, and what a source says of the estate. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { highestNumbers } from '../src/modules/register/internal/code-queries.ts'
import { wordsOf } from '../src/modules/register/internal/words.ts'
import { readCsv } from '../src/platform/csv.ts'
import { projectRoot } from '../src/platform/root.ts'
import type { City } from './city.ts'
import { copy } from './copy.ts'
import { insertRows, loadEvents, personOf } from './happened.ts'
import { seeded } from './random.ts'
import { buildRegister } from './register.ts'
import { type DemoHandover, tellHandovers } from './register-handovers.ts'

/** Items, relations and their events by COPY; the figures of the estate as a file tells them. */
export async function loadRegister(client: pg.PoolClient, city: City, untilMs: number): Promise<void> {
  const random = seeded(20_260_304)
  const keeper = personOf(city, 'tecnico@')
  const register = buildRegister(random, city, keeper, untilMs)
  const { items, relations, happened } = register
  const handovers = tellHandovers(random, register, city, untilMs)
  const org = city.organisationId
  const words = (texts: (string | null)[]) =>
    wordsOf(texts)
      .map((word) => `'${word}'`)
      .join(' ')
  await copy(
    client,
    'configuration_item (organisation_id, id, code, type, name, state, title, office_id, site_id, attributes, taken_over_on, search, version)',
    items.map((item) => [
      ...[org, item.id, item.code, item.type, item.name, item.state, item.title, item.officeId, item.siteId],
      ...[JSON.stringify(item.attributes), item.takenOverOn],
      ...[words([item.code, item.name, item.tag, item.serial, item.maker, item.model]), item.version],
    ]),
  )
  await copy(
    client,
    'asset (organisation_id, item_id, tag, serial, maker, model, custodian_id, room, cost_cents, purchased_on, warranty_until, funding, write_off_on, write_off_document, is_disposed)',
    items.map((item) => [
      ...[org, item.id, item.tag, item.serial, item.maker, item.model, item.custodianId, item.room, item.costCents],
      ...[item.purchasedOn, item.warrantyUntil, item.funding],
      ...(item.state === 'disposed'
        ? [new Date(untilMs).toISOString().slice(0, 10), 'Determina di discarico n. 118', true]
        : [null, null, false]),
    ]),
  )
  await copy(
    client,
    'item_relation (organisation_id, id, kind, from_id, to_id, redundancy_group, needed)',
    relations.map((one) => [org, one.id, one.kind, one.fromId, one.toId, one.redundancyGroup, one.needed]),
  )
  await copy(
    client,
    'item_number (organisation_id, prefix, last)',
    [...highestNumbers(items.map(({ code }) => code))].map(([prefix, last]) => [org, prefix, last]),
  )
  await loadHandovers(client, org, handovers.made)
  const figures = estateFigures(random.uuid, untilMs)
  await insertRows(
    client,
    'estate_figure',
    'organisation_id, id, definition, as_of, source, quantity, unit, recorded_at',
    figures.map((figure) => ({ organisation_id: org, recorded_at: new Date(untilMs).toISOString(), ...figure })),
  )
  const told = figures.map(({ id, definition, as_of, quantity, source }) => ({
    ...{ subjectType: 'estate_figure', subjectId: id, kind: 'estate_figure.told', actor: keeper, at: untilMs },
    ...{ payload: { definition, asOf: as_of, quantity, before: null }, text: { source } },
  }))
  await loadEvents(client, city, untilMs, [...happened, ...told, ...handovers.answers])
}

async function loadHandovers(client: pg.PoolClient, org: string, made: readonly DemoHandover[]): Promise<void> {
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  await copy(
    client,
    'handover (organisation_id, id, year, number, act, happened_on, party_id, giver_id, receiver_id, office_id, site_id, room, answer, answered_at, made_at)',
    made.map((one) => [
      ...[org, one.id, one.year, one.number, one.act, one.on, one.partyId, one.giverId, one.receiverId],
      ...[one.officeId, one.siteId, one.room, one.answer, iso(one.answeredMs), iso(one.madeMs)],
    ]),
  )
  await copy(
    client,
    'handover_item (organisation_id, handover_id, item_id, is_back, is_over)',
    made.flatMap((one) => one.lines.map(({ itemId, isBack }) => [org, one.id, itemId, isBack, one.isOver])),
  )
  const last = new Map(made.map(({ year, number }) => [year, number]))
  await copy(
    client,
    'handover_number (organisation_id, year, last)',
    [...last].map(([year, number]) => [org, year, number]),
  )
}

function estateFigures(uuid: (atMs: number) => string, untilMs: number) {
  const columns = ['item', 'quantity', 'unit', 'as_of', 'source']
  const file = readFileSync(join(projectRoot(), 'demo', 'estate-2023-12-31.csv'))
  return readCsv(file, columns).rows.map(({ values: { item = '', quantity, unit = '', as_of = '', source = '' } }) => ({
    ...{ id: uuid(untilMs), definition: item, as_of, source, quantity: Number(quantity), unit },
  }))
}
