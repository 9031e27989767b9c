/** The demo city: an invented municipality and an invented in-house company. Nobody here exists. */
import { buildItems, type DemoItem } from './consumables.ts'
import type { Random } from './random.ts'

export const demoPassword = 'Prova-SITEC-2026'

export type DemoPerson = {
  id: string
  party: 'administration' | 'supplier'
  officeId: string | null
  givenName: string
  familyName: string
  email: string
  phone: string
  siteId: string | null
  room: string
  roles: string[]
  hasAccount: boolean
}
export type DemoOffice = {
  id: string
  parentId: string | null
  kind: string
  code: string
  ipaCode: string | null
  name: string
  siteId: string
}
export type City = {
  organisationId: string
  administrationId: string
  supplierId: string
  calendarId: string
  agreementId: string
  sites: { id: string; code: string; name: string; address: string }[]
  offices: DemoOffice[]
  people: DemoPerson[]
  teams: { id: string; name: string; tier: 1 | 2; memberIds: string[] }[]
  items: DemoItem[]
}

const siteNames = [
  ['S01', 'Palazzo comunale', 'Piazza di prova 1'],
  ['S02', 'Sede di via Nuova', 'Via Nuova 4'],
  ['S03', 'Polo dei servizi sociali', 'Via del Pioppo 22'],
  ['S04', 'Comando della polizia locale', 'Viale dei Tigli 9'],
  ['S05', 'Biblioteca centrale', 'Piazza dei Libri 3'],
  ['S06', 'Anagrafe, sportello est', 'Via dell’Alba 15'],
] as const

// kind, code, name, parent code, site
const officeRows = [
  ['area', 'A1', 'Area amministrativa', null, 'S01'],
  ['area', 'A2', 'Area dei servizi alla persona', null, 'S03'],
  ['area', 'A3', 'Area tecnica', null, 'S02'],
  ['autonomous_office', 'GAB', 'Gabinetto del sindaco', null, 'S01'],
  ['department', 'A1.1', 'Segreteria generale', 'A1', 'S01'],
  ['department', 'A1.2', 'Ragioneria', 'A1', 'S01'],
  ['department', 'A1.3', 'Tributi', 'A1', 'S02'],
  ['department', 'A1.4', 'Risorse umane', 'A1', 'S01'],
  ['department', 'A1.5', 'Innovazione', 'A1', 'S01'],
  ['service', 'A1.1.P', 'Protocollo e archivio', 'A1.1', 'S01'],
  ['service', 'A1.5.S', 'Servizi informatici', 'A1.5', 'S01'],
  ['department', 'A2.1', 'Servizi sociali', 'A2', 'S03'],
  ['department', 'A2.2', 'Pubblica istruzione', 'A2', 'S03'],
  ['department', 'A2.3', 'Servizi demografici', 'A2', 'S06'],
  ['service', 'A2.1.N', 'Centro sociale nord', 'A2.1', 'S03'],
  ['service', 'A2.3.A', 'Anagrafe', 'A2.3', 'S06'],
  ['service', 'A2.3.C', 'Stato civile', 'A2.3', 'S06'],
  ['unit', 'A2.3.A.E', 'Sportello est', 'A2.3.A', 'S06'],
  ['department', 'A2.4', 'Biblioteche e cultura', 'A2', 'S05'],
  ['department', 'A3.1', 'Urbanistica', 'A3', 'S02'],
  ['department', 'A3.2', 'Lavori pubblici', 'A3', 'S02'],
  ['department', 'A3.3', 'Ambiente e cimiteri', 'A3', 'S02'],
  ['autonomous_office', 'PL', 'Polizia locale', null, 'S04'],
  ['service', 'PL.C', 'Contravvenzioni', 'PL', 'S04'],
] as const

const givenNames = [
  'Ada',
  'Bruno',
  'Carla',
  'Dario',
  'Elena',
  'Fabio',
  'Giulia',
  'Ivo',
  'Laura',
  'Marco',
  'Nadia',
  'Omar',
  'Paola',
  'Renzo',
  'Silvia',
  'Tito',
  'Ugo',
  'Vera',
  'Zoe',
  'Anna',
] as const
const familyNames = [
  'Abetino',
  'Betulla',
  'Cedrini',
  'Dattero',
  'Ebano',
  'Faggio',
  'Ginepri',
  'Larice',
  'Mirtilli',
  'Nocciolo',
  'Olmetto',
  'Pioppo',
  'Querciola',
  'Rovere',
  'Salice',
  'Tamerici',
  'Ulivi',
  'Viburno',
  'Acero',
  'Bosso',
  'Corbezzolo',
  'Frassino',
] as const

/** The people whose accounts the start prints; each plays one part of the story. */
const cast: readonly (Omit<DemoPerson, 'id' | 'officeId' | 'siteId' | 'hasAccount'> & { office: string | null })[] = [
  {
    party: 'administration',
    office: 'A2.1',
    givenName: 'Irene',
    familyName: 'Impiegata',
    email: 'impiegata@comune.example.it',
    phone: '4127',
    room: 'piano 2, stanza 11',
    roles: ['employee'],
  },
  {
    party: 'administration',
    office: 'A2',
    givenName: 'Rita',
    familyName: 'Referente',
    email: 'referente@comune.example.it',
    phone: '4102',
    room: 'piano 1, stanza 3',
    roles: ['employee', 'office_contact'],
  },
  {
    party: 'administration',
    office: 'A1.5.S',
    givenName: 'Cosimo',
    familyName: 'Contratto',
    email: 'contratto@comune.example.it',
    phone: '4010',
    room: 'piano 3, stanza 1',
    roles: ['contract_manager'],
  },
  {
    party: 'administration',
    office: 'A1.5',
    givenName: 'Diana',
    familyName: 'Dirigente',
    email: 'dirigente@comune.example.it',
    phone: '4001',
    room: 'piano 3, stanza 5',
    roles: ['head_of_ict'],
  },
  {
    party: 'administration',
    office: 'A1.5.S',
    givenName: 'Amalia',
    familyName: 'Amministratrice',
    email: 'amministratore@comune.example.it',
    phone: '4005',
    room: 'piano 3, stanza 2',
    roles: ['administrator'],
  },
  {
    party: 'administration',
    office: 'A1.1',
    givenName: 'Rocco',
    familyName: 'Revisore',
    email: 'revisore@comune.example.it',
    phone: '4030',
    room: 'piano 1, stanza 9',
    roles: ['auditor'],
  },
  {
    party: 'administration',
    office: 'A1.5',
    givenName: 'Elda',
    familyName: 'Redattrice',
    email: 'redazione@comune.example.it',
    phone: '4012',
    room: 'piano 3, stanza 4',
    roles: ['employee', 'editor'],
  },
  {
    party: 'administration',
    office: 'A1.5',
    givenName: 'Pia',
    familyName: 'Postale',
    email: 'posta@comune.example.it',
    phone: '4015',
    room: 'piano 3, stanza 5',
    roles: ['employee', 'mail_administrator'],
  },
  {
    party: 'supplier',
    office: null,
    givenName: 'Olga',
    familyName: 'Operatrice',
    email: 'operatore@societa.example.it',
    phone: '5001',
    room: '',
    roles: ['agent'],
  },
  {
    party: 'supplier',
    office: null,
    givenName: 'Oreste',
    familyName: 'Operatore',
    email: 'operatore2@societa.example.it',
    phone: '5002',
    room: '',
    roles: ['agent'],
  },
  {
    party: 'supplier',
    office: null,
    givenName: 'Tullio',
    familyName: 'Tecnico',
    email: 'tecnico@societa.example.it',
    phone: '5101',
    room: '',
    roles: ['technician'],
  },
  {
    party: 'supplier',
    office: null,
    givenName: 'Teresa',
    familyName: 'Tecnica',
    email: 'tecnica@societa.example.it',
    phone: '5102',
    room: '',
    roles: ['technician'],
  },
  {
    party: 'supplier',
    office: null,
    givenName: 'Remo',
    familyName: 'Responsabile',
    email: 'responsabile@societa.example.it',
    phone: '5200',
    room: '',
    roles: ['team_leader', 'agent'],
  },
]

/** Builds the city; `scale` 1 is about 1,500 people, never fewer than 24 nor more than 6,000. */
export function buildCity(random: Random, scale: number, bornMs: number): City {
  const id = () => random.uuid(bornMs)
  const sites = siteNames.map(([code, name, address]) => ({ id: id(), code, name, address }))
  const siteId = (code: string) => sites.find((site) => site.code === code)?.id ?? ''
  const offices: DemoOffice[] = []
  for (const [kind, code, name, parent, site] of officeRows) {
    const parentId = offices.find((office) => office.code === parent)?.id ?? null
    offices.push({
      id: id(),
      parentId,
      kind,
      code,
      ipaCode: kind === 'service' || kind === 'unit' ? null : `DEMO${code.replaceAll('.', '')}`,
      name,
      siteId: siteId(site),
    })
  }
  const people = [
    ...castPeople(random, id, offices),
    ...crowd(random, id, offices, Math.max(24, Math.min(Math.round(1500 * scale), 6000))),
  ]
  const helpers = Array.from({ length: Math.min(Math.round(24 * scale), 40) }, (_, index) => helper(random, id, index))
  people.push(...helpers)
  const idsOf = (...remainders: number[]) =>
    helpers.filter((_, index) => remainders.includes(index % 8)).map((person) => person.id)
  const idOf = (email: string) => people.find((person) => person.email.startsWith(email))?.id ?? ''
  return {
    organisationId: id(),
    administrationId: id(),
    supplierId: id(),
    calendarId: id(),
    agreementId: id(),
    sites,
    offices,
    people,
    teams: [
      {
        id: id(),
        name: '1° livello',
        tier: 1,
        memberIds: [idOf('operatore@'), idOf('operatore2@'), idOf('responsabile@'), ...idsOf(1, 5)],
      },
      { id: id(), name: '2° livello applicativi', tier: 2, memberIds: [idOf('tecnico@'), ...idsOf(2, 6)] },
      {
        id: id(),
        name: 'Tecnici in sede',
        tier: 2,
        memberIds: [idOf('tecnica@'), idOf('tecnico@'), ...idsOf(0, 3, 4)],
      },
      { id: id(), name: '2° livello sistemi e rete', tier: 2, memberIds: [idOf('tecnica@'), ...idsOf(7)] },
    ],
    items: buildItems(random, bornMs),
  }
}

function castPeople(_: Random, id: () => string, offices: readonly DemoOffice[]): DemoPerson[] {
  return cast.map(({ office, ...person }) => ({
    ...person,
    id: id(),
    officeId: offices.find((one) => one.code === office)?.id ?? null,
    siteId: null,
    hasAccount: true,
  }))
}

function crowd(random: Random, id: () => string, offices: readonly DemoOffice[], size: number): DemoPerson[] {
  return Array.from({ length: size }, (_, index) => {
    const givenName = random.pick(givenNames)
    const familyName = random.pick(familyNames)
    const plain = `${givenName}.${familyName}`.toLowerCase()
    return {
      id: id(),
      party: 'administration',
      officeId: random.pick(offices).id,
      givenName,
      familyName,
      email: `${plain}${index + 1}@comune.example.it`,
      phone: String(6000 + index),
      siteId: null,
      room: `piano ${random.whole(0, 4)}, stanza ${random.whole(1, 40)}`,
      roles: ['employee'],
      hasAccount: false,
    }
  })
}

// The supplier's people beside the cast; they have no account. One in four answers the phone, the others are technicians.
function helper(random: Random, id: () => string, index: number): DemoPerson {
  const isAgent = index % 4 === 1
  return {
    id: id(),
    party: 'supplier',
    officeId: null,
    givenName: random.pick(givenNames),
    familyName: random.pick(familyNames),
    email: `${isAgent ? 'operatore' : 'tecnico'}${index + 10}@societa.example.it`,
    phone: String(5300 + index),
    siteId: null,
    room: '',
    roles: [isAgent ? 'agent' : 'technician'],
    hasAccount: false,
  }
}
