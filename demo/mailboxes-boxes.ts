/** The mailboxes of the demo city, with everything planted that is to be found about them. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { openSketch, overlapsOf } from '../src/modules/mailboxes/internal/sketch.ts'
import type { City, DemoOffice, DemoPerson } from './city.ts'
import { copy } from './copy.ts'
import { loadEvents, personOf } from './happened.ts'
import { type Random, seeded } from './random.ts'

const dayMs = 86_400_000
const domain = 'comune.example.it'

type DemoBox = {
  id: string
  address: string
  name: string
  kind: 'office' | 'service' | 'project' | 'application' | 'list' | 'personal' | 'certified'
  officeId: string | null
  holderId: string | null
  registerCode: string | null
  publishedAt: string | null
  sizeBytes: number | null
  messageCount: number | null
  unreadCount: number | null
  quotaBytes: number | null
  receivedOn: string | null
  readOn: string | null
  sentOn: string | null
  activity: 'recent' | 'this_year' | 'older' | 'never' | null
  aliases: string[]
  forwards: string[]
  delegates: string[]
}

/** Servers, mailboxes and the census that found them, by COPY: about four hundred at full scale. */
export async function loadMailboxes(client: pg.PoolClient, city: City, untilMs: number): Promise<void> {
  const random = seeded(20_261_130)
  const boxes = [
    ...buildOffices(random, city, untilMs),
    ...buildPlanted(random, city, untilMs),
    ...buildPersonal(random, city, untilMs),
  ]
  const org = city.organisationId
  const [oldId, newId, censusId] = [random.uuid(untilMs), random.uuid(untilMs), random.uuid(untilMs)]
  await copy(
    client,
    'mail_server (organisation_id, id, name, kind, host, port, is_encrypted, sign_in, most_connections, version)',
    [
      [org, oldId, 'Posta attuale', 'imap', 'posta.comune.example.it', 993, true, 'own', 4, 1],
      [org, newId, 'Nuova posta', 'imap', 'nuova-posta.comune.example.it', 993, true, 'own', 8, 1],
    ],
  )
  const seenAt = new Date(untilMs - 2 * dayMs).toISOString()
  await copy(
    client,
    `mailbox (organisation_id, id, address, name, kind, office_id, holder_id, register_code, published_at, server_id, login,
      size_bytes, message_count, unread_count, quota_bytes, last_received_on, last_read_on, last_sent_on, activity, source, seen_at, version)`,
    boxes.map((box) => [
      ...[org, box.id, box.address, box.name, box.kind, box.officeId, box.holderId, box.registerCode, box.publishedAt],
      ...(box.kind === 'certified' ? [null, null] : [oldId, box.address]),
      ...[box.sizeBytes, box.messageCount, box.unreadCount, box.quotaBytes, box.receivedOn, box.readOn, box.sentOn],
      ...[box.activity, box.kind === 'certified' ? 'hand' : 'imap', seenAt, 1],
    ]),
  )
  await loadWays(client, org, boxes)
  await loadTwins(client, org, boxes, seenAt)
  await copy(
    client,
    `mail_census (organisation_id, id, source, server_id, with_personal, assessment, agreement, state, asked, seen, added, begun_at, ended_at)`,
    [
      [
        ...[org, censusId, 'imap', oldId, true, 'Valutazione d’impatto n. 4', 'Accordo sindacale del 12 marzo', 'done'],
        ...[boxes.length, boxes.length, boxes.length, new Date(untilMs - 2 * dayMs - 600_000).toISOString(), seenAt],
      ],
    ],
  )
  // Waves could fill it through its API, once somebody gives it a key.
  await copy(
    client,
    'mail_server (organisation_id, id, name, kind, host, port, is_encrypted, sign_in, sign_in_user, written_by, most_connections, version)',
    [
      [
        ...[org, random.uuid(untilMs), 'Posta su Google (prova)', 'google', 'imap.gmail.com', 993, true, 'token'],
        ...['posta@comune.example.it', 'gmail_api', 4, 1],
      ],
    ],
  )
  const actor = personOf(city, 'posta@')
  const leaver = leaverOf(city)
  const leftOn = onDay(untilMs, 40)
  await client.query('update person set left_on = $3 where organisation_id = $1 and id = $2', [org, leaver.id, leftOn])
  await loadEvents(client, city, untilMs, [
    {
      ...{ subjectType: 'person', subjectId: leaver.id, kind: 'person.left', at: untilMs - 40 * dayMs },
      ...{ actor: personOf(city, 'amministratore@'), payload: { leftOn } },
    },
    ...boxes.map((box) => ({
      ...{ subjectType: 'mailbox', subjectId: box.id, kind: 'mailbox.added', actor, at: untilMs - 2 * dayMs },
      payload: { kind: box.kind, officeId: box.officeId, holderId: box.holderId, source: 'imap' },
      text: { address: box.address, name: box.name },
    })),
    {
      ...{ subjectType: 'mail_census', subjectId: censusId, kind: 'mail_census.ended', actor, at: untilMs - 2 * dayMs },
      ...{ payload: { state: 'done', seen: boxes.length, added: boxes.length, changed: 0, gone: 0 }, text: {} },
    },
  ])
}

async function loadWays(client: pg.PoolClient, org: string, boxes: readonly DemoBox[]) {
  const of = (pick: (box: DemoBox) => readonly string[]) =>
    boxes.flatMap((box) => pick(box).map((address) => [box, address] as const))
  await copy(
    client,
    'mailbox_alias (organisation_id, mailbox_id, address)',
    of(({ aliases }) => aliases).map(([{ id }, address]) => [org, id, address]),
  )
  await copy(
    client,
    'mailbox_forward (organisation_id, mailbox_id, address, keeps_copy)',
    of(({ forwards }) => forwards).map(([{ id }, address]) => [org, id, address, true]),
  )
  await copy(
    client,
    'mailbox_delegate (organisation_id, mailbox_id, address)',
    of(({ delegates }) => delegates).map(([{ id }, address]) => [org, id, address]),
  )
}

// Two mailboxes of one subject, of which each holds nearly all that the other has.
async function loadTwins(client: pg.PoolClient, org: string, boxes: readonly DemoBox[], madeAt: string) {
  const twins = boxes
    .filter(({ name }) => name.startsWith('Gemella'))
    .map(({ id, kind }, at) => ({ id, kind, ...sketchOf(at * 70, 1240) }))
  await copy(
    client,
    'mailbox_sketch (organisation_id, mailbox_id, kind, messages, sketch, made_at)',
    twins.map(({ id, kind, messages, sketch }) => [org, id, kind, messages, sketch, madeAt]),
  )
  await copy(
    client,
    'mailbox_overlap (organisation_id, one_id, other_id, shared, compared)',
    overlapsOf(twins, 500).map(({ oneId, otherId, shared, compared }) => [org, oneId, otherId, shared, compared]),
  )
}

function sketchOf(first: number, count: number) {
  const sketching = openSketch()
  for (let at = first; at < first + count; at += 1)
    sketching.add(createHash('sha256').update(`messaggio ${at}`).digest())
  return sketching.result()
}

// The words of an office that tell it from others, as its address has them.
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\b(ufficio|settore|servizio|area|unita|di|del|della|dei|delle|e|per|la|il|lo|gli|le|al|alla|ai)\b/g, ' ')
    .match(/[a-z]{2,}/g)
    ?.slice(0, 2)
    .join('.') ?? 'ufficio'

const onDay = (untilMs: number, ago: number) => new Date(untilMs - ago * dayMs).toISOString().slice(0, 10)

function workingBox(
  random: Random,
  untilMs: number,
  box: Pick<DemoBox, 'address' | 'name' | 'kind' | 'officeId' | 'holderId'>,
): DemoBox {
  const messageCount = random.whole(200, 40_000)
  const seenAgo = random.whole(1, 9)
  return {
    ...{ id: random.uuid(untilMs), ...box, registerCode: null, publishedAt: null, messageCount },
    ...{
      sizeBytes: messageCount * random.whole(20_000, 90_000),
      unreadCount: random.whole(0, 60),
      quotaBytes: 10 * 1024 ** 3,
    },
    ...{
      receivedOn: onDay(untilMs, 1),
      readOn: onDay(untilMs, seenAgo),
      sentOn: onDay(untilMs, seenAgo + 1),
      activity: null,
    },
    ...{ aliases: [], forwards: [], delegates: [] },
  }
}

// An office has one mailbox that is published, larger ones a second for a subject.
function buildOffices(random: Random, city: City, untilMs: number): DemoBox[] {
  const taken = new Set(city.people.map(({ email }) => email.split('@')[0] ?? ''))
  const name = (wanted: string) => {
    for (let at = 1; ; at += 1) {
      const one = at === 1 ? wanted : `${wanted}${at}`
      if (taken.has(one)) continue
      taken.add(one)
      return `${one}@${domain}`
    }
  }
  const holders = holdersBy(city)
  return city.offices.flatMap((office) => {
    const people = holders.get(office.id) ?? []
    const holderId = people[0]?.id ?? personOf(city, 'dirigente@').id
    const base = { officeId: office.id, holderId }
    const main = workingBox(random, untilMs, {
      ...base,
      address: name(plain(office.name)),
      name: office.name,
      kind: 'office',
    })
    const boxes = [
      {
        ...main,
        publishedAt: 'Sito istituzionale, pagina dell’ufficio',
        delegates: people.slice(1, 3).map(({ email }) => email),
      },
    ]
    if (random.chance(0.5)) {
      const service = workingBox(random, untilMs, {
        ...base,
        address: name(`sportello.${plain(office.name).split('.')[0]}`),
        name: `Sportello, ${office.name}`,
        kind: 'service',
      })
      boxes.push({ ...service, publishedAt: 'Carta dei servizi', delegates: [] })
    }
    if (office.kind === 'area')
      boxes.push({
        ...certified(random, untilMs, office, name(`${plain(office.name)}.pec`).replace('@', '@cert.')),
        delegates: [],
      })
    return boxes
  })
}

function certified(
  random: Random,
  untilMs: number,
  office: DemoOffice,
  address: string,
): DemoBox & { publishedAt: string } {
  const box = workingBox(random, untilMs, {
    officeId: office.id,
    holderId: null,
    address,
    name: `PEC, ${office.name}`,
    kind: 'certified',
  })
  return {
    ...box,
    ...{
      registerCode: `AOO-${office.code}`,
      publishedAt: 'IPA',
      sizeBytes: null,
      messageCount: null,
      unreadCount: null,
    },
    ...{ quotaBytes: null, receivedOn: null, readOn: null, sentOn: null },
  }
}

function holdersBy(city: City): Map<string, DemoPerson[]> {
  const byOffice = new Map<string, DemoPerson[]>()
  const leaver = leaverOf(city)
  for (const person of city.people)
    if (person.party === 'administration' && person.officeId !== null && person !== leaver)
      byOffice.getOrInsertComputed(person.officeId, () => []).push(person)
  return byOffice
}

// One of each thing there is to be found, so that every rule has its example.
function buildPlanted(random: Random, city: City, untilMs: number): DemoBox[] {
  const holderId = personOf(city, 'dirigente@').id
  const officeId = city.offices.find(({ code }) => code === 'A1.5')?.id ?? null
  const make = (name: string, title: string, more: Partial<DemoBox> = {}): DemoBox => ({
    ...workingBox(random, untilMs, { address: `${name}@${domain}`, name: title, kind: 'service', officeId, holderId }),
    ...{ publishedAt: 'Sito istituzionale', ...more },
  })
  const old = { receivedOn: onDay(untilMs, 900), readOn: onDay(untilMs, 905), sentOn: onDay(untilMs, 940) }
  const used = { sizeBytes: 2_147_000_000, quotaBytes: 2_000_000_000 }
  return [
    make('censimento.popolazione', 'Censimento della popolazione', { ...old, kind: 'project', publishedAt: null }),
    make('ascolto.cittadini', 'Ascolto dei cittadini', { holderId: null }),
    make('gemellaggi.europa', 'Gemella di progetti.europa', { messageCount: 1_240 }),
    make('progetti.europa', 'Gemella di gemellaggi.europa', { messageCount: 1_310 }),
    make('segnalazioni.verde', 'Segnalazioni sul verde', { readOn: onDay(untilMs, 210), sentOn: onDay(untilMs, 215) }),
    make('mobilita.scolastica', 'Mobilità scolastica', { publishedAt: null }),
    make('uff_tributi2003', 'Ufficio tributi (nome vecchio)'),
    make('centro.anziani', 'Centro anziani', { forwards: ['centro.anziani@postagratis.example.com'] }),
    make('eventi.estate', 'Eventi d’estate', { forwards: [`eventi.inverno@${domain}`] }),
    make('eventi.inverno', 'Eventi d’inverno', { forwards: [`eventi.estate@${domain}`] }),
    make('stampa', 'Ufficio stampa', { aliases: [`comunicati@${domain}`] }),
    make('comunicazione', 'Comunicazione', { aliases: [`comunicati@${domain}`] }),
    make('gare.contratti', 'Gare e contratti', used),
    make('no-reply', 'Avvisi automatici', { kind: 'application', publishedAt: null }),
    make('tutto.personale', 'Tutto il personale', { kind: 'list', publishedAt: null }),
  ]
}

// Somebody of the crowd has left, and their mailbox is still open.
function leaverOf(city: City): DemoPerson {
  const found = city.people.findLast(
    ({ party, hasAccount, officeId }) => party === 'administration' && !hasAccount && officeId !== null,
  )
  if (found === undefined) throw new Error('Nobody could have left')
  return found
}

// Personal ones of a quarter of the people: a band, never a day.
function buildPersonal(random: Random, city: City, untilMs: number): DemoBox[] {
  const leaver = leaverOf(city)
  const people = city.people.filter(
    (person, at) =>
      person.party === 'administration' &&
      person.officeId !== null &&
      (person.hasAccount || at % 5 === 0 || person === leaver),
  )
  return people.map((person) => ({
    ...workingBox(random, untilMs, {
      ...{ address: person.email, name: `${person.givenName} ${person.familyName}` },
      ...{ kind: 'personal', officeId: person.officeId, holderId: person.id },
    }),
    ...{ receivedOn: null, readOn: null, sentOn: null, unreadCount: null },
    activity: random.chance(0.85) ? 'recent' : random.pick(['this_year', 'older', 'never']),
  }))
}
