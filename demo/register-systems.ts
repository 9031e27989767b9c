/** The machine room of the demo city and the systems that run in it. Pure. */
import type { City } from './city.ts'
import { type Builder, type DemoItem, dayMs, dayOf, type Networks } from './register-story.ts'
import { exchanges, licences, systems } from './register-words.ts'

// Two nodes of virtualisation in two racks; what runs on both stays up with one.
export function buildMachineRoom({ add, act, relate }: Builder, city: City, networks: Networks, untilMs: number) {
  const office = city.offices.find(({ code }) => code === 'A1.5.S')?.id ?? null
  const site = city.sites[0]?.id ?? null
  const place = { officeId: office, siteId: site, room: 'sala macchine' }
  const boughtMs = untilMs - 800 * dayMs
  const network = networks.get(site ?? '')
  const installed = (item: DemoItem) => {
    act(item, 'install', boughtMs + 15 * dayMs, `Verbale di installazione ${item.code}`)
    return item
  }
  const racks = [1, 2].map((n) =>
    installed(
      add('rack', place, {
        name: `Rack ${n} della sala macchine`,
        boughtMs,
        costCents: 120_000,
        attributes: { units: 42 },
      }),
    ),
  )
  for (const rack of racks) if (network) relate(network.room, 'contains', rack)
  const nodes = [1, 2, 3, 4].map((n) => {
    const node = installed(
      add('server', place, {
        ...{ name: `Nodo ${n} di virtualizzazione`, boughtMs, costCents: 1_850_000 },
        attributes: {
          cores: 64,
          ram_gb: 512,
          hostname: `nodo${n}`,
          ip_address: `10.0.0.${n + 10}`,
          operating_system: 'Virtualizzazione 8',
          os_support_until: '2029-12-31',
          role: 'Virtualizzazione',
        },
        more: { maker: 'Faggio', model: 'Torre 9' },
      }),
    )
    const rack = racks[(n - 1) % 2]
    if (rack) relate(rack, 'contains', node)
    if (network) relate(node, 'connects_to', network.device)
    return node
  })
  const stores = ['Archivio dati principale', 'Archivio dei salvataggi'].map((name, at) => {
    const store = installed(
      add('storage', place, {
        name,
        boughtMs,
        costCents: 4_200_000,
        attributes: { capacity_tb: at === 0 ? 96 : 160, hostname: `storage${at + 1}`, ip_address: `10.0.0.${30 + at}` },
      }),
    )
    const rack = racks[at]
    if (rack) relate(rack, 'contains', store)
    return store
  })
  for (const [name, version, kind, seats] of licences)
    installed(
      add(
        'licence',
        { officeId: office },
        {
          name,
          boughtMs,
          costCents: seats * 1_500,
          attributes: {
            product: name,
            software_version: version,
            licence_kind: kind,
            seats,
            expires_on: dayOf(untilMs + 300 * dayMs),
          },
        },
      ),
    )
  return { nodes, stores, place, boughtMs }
}

type Hosts = ReturnType<typeof buildMachineRoom>

// Each system: a database on a virtual server of its own, the application on another, what depends on it.
export function buildSystems(
  { add, act, relate }: Builder,
  city: City,
  { nodes, stores, place, boughtMs }: Hosts,
  untilMs: number,
): void {
  const installed = (item: DemoItem) => {
    act(item, 'install', Math.min(boughtMs + 40 * dayMs, untilMs), `Verbale di avvio ${item.code}`)
    return item
  }
  const officeOf = (code: string) => city.offices.find((one) => one.code === code)?.id ?? null
  const applications = new Map<string, DemoItem>()
  for (const [at, of] of systems.entries()) {
    const virtual = (role: string) => {
      const hostname = `${of.name.toLowerCase().replace(/[^a-z]+/g, '-')}-${role}`
      const vm = installed(
        add('virtual_server', place, {
          name: `${of.name}, ${role}`,
          boughtMs,
          attributes: {
            cores: 4,
            ram_gb: 16,
            hostname,
            ip_address: `10.0.1.${at * 2 + (role === 'dati' ? 10 : 11)}`,
            operating_system: at % 5 === 0 ? 'Linux 8' : 'Linux 10',
            os_support_until: at % 5 === 0 ? '2025-06-30' : '2032-05-31',
            role,
          },
        }),
      )
      // Two of three systems run on a pair of nodes; the others on one alone.
      const pair = at % 3 === 0 ? [nodes[at % 4]] : [nodes[at % 2], nodes[(at % 2) + 2]]
      for (const node of pair) if (node) relate(vm, 'runs_on', node, pair.length > 1 ? ['nodi', 1] : null)
      if (stores[0]) relate(vm, 'depends_on', stores[0])
      if (stores[1]) relate(vm, 'backed_up_by', stores[1])
      return vm
    }
    const owner = { officeId: officeOf(of.office) }
    const application = installed(
      add('application', owner, {
        name: of.name,
        boughtMs,
        attributes: {
          description: `Applicativo: ${of.name}`,
          software_version: `${2 + (at % 4)}.${at % 10}`,
          personal_data: of.personal,
          cloud_class: of.personal === 'none' ? 'ordinary' : 'critical',
        },
      }),
    )
    applications.set(of.name, application)
    relate(application, 'runs_on', virtual('programma'))
    if (of.database !== null) {
      const attributes = {
        description: of.database,
        legal_basis: of.basis,
        personal_data: of.personal,
        dbms: 'PostgreSQL 18',
        retention: 'secondo il massimario di scarto',
        open_data: of.open,
        update_frequency: 'continuous' as const,
      }
      const database = installed(add('database', owner, { name: of.database, boughtMs, attributes }))
      relate(database, 'runs_on', virtual('dati'))
      relate(application, 'uses_data_of', database)
    }
    if (of.service !== null)
      relate(
        installed(
          add('online_service', owner, {
            name: of.service,
            boughtMs,
            attributes: { sign_in: 'spid_cie', personal_data: of.personal },
          }),
        ),
        'depends_on',
        application,
      )
    if (of.job !== null)
      relate(
        installed(add('batch_job', owner, { name: of.job, boughtMs, attributes: { schedule: 'ogni notte alle 2' } })),
        'depends_on',
        application,
      )
  }
  for (const [counterpart, counterpart_kind, name, agreement] of exchanges) {
    const application = applications.get(name)
    const exchange = installed(
      add(
        'interconnection',
        { officeId: application?.officeId ?? null },
        { name: `Scambio con ${counterpart}`, boughtMs, attributes: { counterpart, counterpart_kind, agreement } },
      ),
    )
    if (application) relate(exchange, 'depends_on', application)
  }
}
