/** The register of the demo city: who has which machine, what runs on what, as pure stories that are loaded by COPY. */

import type { NewItem } from '../src/modules/register/internal/item-queries.ts'
import type { City, DemoPerson } from './city.ts'
import type { Random } from './random.ts'
import {
  type Builder,
  builder,
  type DemoItem,
  type DemoRegister,
  dayMs,
  dayOf,
  type Networks,
} from './register-story.ts'
import { buildMachineRoom, buildSystems } from './register-systems.ts'
import { laptops, printers, workstations } from './register-words.ts'

/** The whole register: machine room, network of the sites, systems, and what people have. */
export function buildRegister(random: Random, city: City, keeper: DemoPerson, untilMs: number): DemoRegister {
  const build = builder(random, keeper, untilMs)
  const networks = buildSites(build, city, random, untilMs)
  const hosts = buildMachineRoom(build, city, networks, untilMs)
  buildSystems(build, city, hosts, untilMs)
  buildWorkplaces(build, city, random, networks, untilMs)
  buildStore(build, city, random, untilMs)
  return build.made
}

// Each site: the building, its technical room, a switch that needs one of two links.
function buildSites({ add, act, relate }: Builder, city: City, random: Random, untilMs: number): Networks {
  const networks: Networks = new Map()
  let core: DemoItem | null = null
  for (const [at, site] of city.sites.entries()) {
    const boughtMs = untilMs - (900 + at * 40) * dayMs
    const place = { siteId: site.id, officeId: city.offices.find(({ code }) => code === 'A1.5.S')?.id ?? null }
    const use = (item: DemoItem) => act(item, 'install', boughtMs + 20 * dayMs, `Verbale di installazione ${item.code}`)
    const building = add('site_building', place, {
      name: site.name,
      boughtMs,
      attributes: { description: site.address },
    })
    const room = add('room', place, {
      name: `Locale tecnico, ${site.name}`,
      boughtMs,
      attributes: { floor: 'piano terra', is_server_room: at === 0 },
    })
    const device = add('network_device', place, {
      ...{ name: `Switch di sede, ${site.name}`, boughtMs, costCents: 60_000 },
      attributes: {
        network_kind: 'switch',
        ports: 48,
        ip_address: `10.${at + 1}.0.1`,
        hostname: `sw-${site.code.toLowerCase()}`,
      },
      more: { maker: 'Tasso', model: 'Rete 48' },
    })
    relate(building, 'contains', room)
    relate(room, 'contains', device)
    for (const item of [building, room, device]) use(item)
    for (const [role, technology, mbps] of [
      ['primary', 'fibre', 1000],
      ['backup', 'radio', 100],
    ] as const) {
      const link = add('link', place, {
        ...{ name: `Collegamento ${role === 'primary' ? 'principale' : 'di riserva'}, ${site.name}`, boughtMs },
        attributes: { technology, link_role: role, mbps, number: `C-${random.whole(10_000, 99_999)}` },
        more: { title: 'leased' },
      })
      use(link)
      relate(device, 'depends_on', link, ['collegamenti', 1])
    }
    if (core !== null) relate(device, 'connects_to', core)
    core ??= device
    networks.set(site.id, { room, device })
  }
  return networks
}

// A workstation or a laptop for everybody who works in an office, a printer for some of them.
function buildWorkplaces(
  { add, act, relate }: Builder,
  city: City,
  random: Random,
  networks: Networks,
  untilMs: number,
): void {
  const siteOf = new Map(city.offices.map(({ id, siteId }) => [id, siteId]))
  const working = city.people.filter(({ party, officeId }) => party === 'administration' && officeId !== null)
  for (const [at, person] of working.entries()) {
    const siteId = person.siteId ?? siteOf.get(person.officeId ?? '') ?? null
    const there = { officeId: person.officeId, siteId, custodianId: person.id, room: person.room }
    const boughtMs = untilMs - random.whole(40, 2300) * dayMs
    const isLaptop = random.chance(0.15)
    const [maker, model, ram] = isLaptop ? random.pick(laptops) : random.pick(workstations)
    const type = isLaptop ? 'laptop' : 'workstation'
    const attributes = {
      ram_gb: ram,
      operating_system: boughtMs < untilMs - 1800 * dayMs ? 'Finestre 10' : 'Finestre 11',
      hostname: `${isLaptop ? 'nb' : 'pc'}-${at + 1}`,
    }
    const item = add(
      type,
      {},
      {
        name: `${maker} ${model}`,
        boughtMs,
        costCents: isLaptop ? 98_000 : 77_400,
        attributes,
        more: { maker, model, funding: `Cap. ${random.pick(['2140', '2141', '3310'])}` },
      },
    )
    act(item, 'install', boughtMs + random.whole(5, 25) * dayMs, `Verbale di consegna ${item.code}`, there)
    const network = networks.get(siteId ?? '')
    if (network) relate(item, 'connects_to', network.device)
    if (at % 97 === 5) act(item, 'repair', untilMs - random.whole(1, 20) * dayMs, 'Bolla di riparazione')
    if (at % 6 !== 0) continue
    const [brand, name, print_kind, isColour] = random.pick(printers)
    const printer = add(
      'printer',
      {},
      {
        name: `${brand} ${name}`,
        boughtMs,
        costCents: 30_000,
        attributes: { print_kind, is_colour: isColour === 'yes', hostname: `st-${at + 1}` },
        more: { maker: brand, model: name },
      },
    )
    act(printer, 'install', boughtMs + 12 * dayMs, `Verbale di consegna ${printer.code}`, {
      ...there,
      custodianId: null,
    })
    if (network) relate(printer, 'connects_to', network.device)
  }
}

// What is on its way, waits in stock, is out of use or gone.
function buildStore({ add, act }: Builder, city: City, random: Random, untilMs: number): void {
  const office = city.offices.find(({ code }) => code === 'A1.5.S')?.id ?? null
  const fresh = (n: number, state: DemoItem['state'], more: Partial<NewItem> = {}) =>
    Array.from({ length: n }, () => {
      const [maker, model, ram] = random.pick(workstations)
      return add(
        'workstation',
        { officeId: office },
        {
          name: `${maker} ${model}`,
          boughtMs: untilMs - random.whole(3, 25) * dayMs,
          costCents: 77_400,
          attributes: { ram_gb: ram },
          more: { maker, model, state, takenOverOn: null, ...more },
        },
      )
    })
  fresh(4, 'planned', { serial: null, tag: null, purchasedOn: null, warrantyUntil: null })
  fresh(3, 'ordered', { serial: null, tag: null })
  fresh(3, 'delivered')
  fresh(2, 'verified')
  fresh(6, 'in_stock')
  // One thing waits for the word of somebody who can sign in.
  const clerk = city.people.find(({ email }) => email === 'impiegata@comune.example.it')
  const place = clerk && { officeId: clerk.officeId, siteId: clerk.siteId, custodianId: clerk.id, room: clerk.room }
  for (const lent of fresh(1, 'in_stock'))
    act(lent, 'loan', untilMs - 2 * dayMs, `Verbale di prestito ${lent.code}`, place)
  for (const [at, item] of fresh(8, 'in_stock', { purchasedOn: dayOf(untilMs - 2700 * dayMs) }).entries()) {
    act(item, 'retire', untilMs - 2 * dayMs, 'Verbale di fuori uso n. 4')
    if (at > 3) act(item, 'dispose', untilMs - dayMs, 'Determina di discarico n. 118')
  }
}
