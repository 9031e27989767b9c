/** Citizens of the demo city: a few who registered, what they and others thought of the pages over four months. */
import type pg from 'pg'
import { raterOf } from '../src/modules/transparency/rate-page.ts'
import { citizenPeriods } from '../src/modules/transparency/rating-retention.ts'
import type { Services } from '../src/platform/context.ts'
import { sealedText } from '../src/platform/events.ts'
import type { City } from './city.ts'
import { copy, mapped } from './copy.ts'
import { type Random, seeded } from './random.ts'

const dayMs = 86_400_000
const days = 122

/** The version of last year's edition that was there to be read in these months. */
const version = 2

/** How many answered, and how content they were: the weight of each answer from 1 to 5. */
const reportPages = [
  { page: '', howMany: 46, weights: [2, 4, 9, 12, 6] },
  { page: '/1-B/2', howMany: 63, weights: [3, 5, 10, 18, 11] },
  // Fewer than five: nobody sees how they answered.
  { page: '/1-B/1', howMany: 3, weights: [1, 1, 1, 1, 1] },
] as const
const clarityPages = [
  { page: '/privacy', howMany: 31, weights: [3, 6, 8, 9, 4] },
  { page: '/integrita', howMany: 22, weights: [5, 6, 5, 4, 2] },
  { page: '/accessibilita', howMany: 18, weights: [1, 2, 4, 8, 6] },
  { page: '/note-legali', howMany: 4, weights: [1, 1, 1, 1, 1] },
] as const
const comments = [
  'Finalmente si capisce quanto si è speso e per cosa.',
  'Il grafico va bene, ma vorrei anche i dati degli anni prima del 2013.',
  'Troppo lungo: basterebbe la tabella.',
  'Non ho trovato i dati del mio quartiere.',
  'Utile il confronto con gli impegni presi.',
] as const
const details = ['Alcune parole sono difficili', 'Ci sono tutte le informazioni', 'Mi aspettavo un esempio'] as const

const registered = ['cittadina', 'cittadino1', 'cittadino2', 'cittadino3', 'cittadino4', 'cittadino5'] as const

type Answer = {
  id: string
  subject: 'page_rating' | 'clarity_answer'
  page: string
  answer: number
  aspect: number | null
  at: number
  text: string | null
}

/** Loads them; draws by lot of its own, so that the rest of the city is the same with and without them. */
export async function loadCitizens(
  client: pg.PoolClient,
  services: Pick<Services, 'secret'>,
  city: City,
  { untilMs, passwordHash }: { untilMs: number; passwordHash: string },
) {
  const random = seeded(20_260_714)
  const rated = reportPages.flatMap(({ page, ...one }) => {
    const asked = { ...one, page: `/bilancio-sociale/${new Date(untilMs).getUTCFullYear() - 1}${page}` }
    return answersOf(random, untilMs, 'page_rating', asked, comments)
  })
  const clear = clarityPages.flatMap((one) => answersOf(random, untilMs, 'clarity_answer', one, details))
  await loadAccounts(client, city, passwordHash, random, untilMs)
  await loadSettings(client, city, untilMs)
  const from = await loadAnswerEvents(client, city, [...rated, ...clear], untilMs)
  await loadRatings(client, services, city, rated, from)
  await copy(
    client,
    'clarity_answer (organisation_id, id, page, stars, aspect, day, event_id, has_text)',
    mapped(clear, (one, at) => [
      ...[city.organisationId, one.id, one.page, one.answer, one.aspect, dayOf(one.at)],
      ...[from + rated.length + at, one.text !== null],
    ]),
  )
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

type Asked = { page: string; howMany: number; weights: readonly number[] }

function answersOf(
  random: Random,
  untilMs: number,
  subject: Answer['subject'],
  { page, howMany, weights }: Asked,
  texts: readonly string[],
): Answer[] {
  const heavy = weights.flatMap((weight, at) => Array<number>(weight).fill(at + 1))
  return Array.from({ length: howMany }, () => {
    const at = untilMs - random.next() * days * dayMs
    const answer = random.pick(heavy)
    const aspect = subject === 'clarity_answer' && random.chance(0.8) ? random.whole(1, 5) : null
    const text = random.chance(0.12) ? random.pick(texts) : null
    // Drawn by lot, as the operation draws them: the order of ids tells nothing.
    return { id: random.uuid(random.next() * 2 ** 47), subject, page, answer, aspect, at, text }
  })
}

async function loadAccounts(client: pg.PoolClient, city: City, passwordHash: string, random: Random, untilMs: number) {
  await copy(
    client,
    'citizen (organisation_id, id, email, password_hash)',
    registered.map((name, at) => {
      const since = untilMs - (days - at * 10) * dayMs
      return [city.organisationId, random.uuid(since), `${name}@example.it`, passwordHash]
    }),
  )
}

async function loadSettings(client: pg.PoolClient, city: City, untilMs: number) {
  await copy(client, 'publication_settings (organisation_id, version, declaration_url, dpo, office, changed_at)', [
    [
      ...[city.organisationId, 1, 'https://form.agid.gov.it/view/dati-di-prova', 'rpd@comune.example.it'],
      ...['Innovazione, referente della trasparenza', new Date(untilMs - days * dayMs).toISOString()],
    ],
  ])
  const administrator = city.people.find(({ roles }) => roles.includes('administrator'))
  await client.query(
    `insert into event (organisation_id, subject_type, subject_id, kind, witness, actor_id, party_id, door, occurred_at, recorded_at, payload)
     values ($1, 'publication', $1, 'publication.set', 'U', $2, $3, 'portal', $4, $5, $6)`,
    [
      ...[city.organisationId, administrator?.id ?? null, city.administrationId],
      ...[new Date(untilMs - days * dayMs).toISOString(), new Date(untilMs).toISOString()],
      JSON.stringify({ version: 1, barrierPersonId: null }),
    ],
  )
}

// Recorded when the city was loaded, whenever they happened, as what the desk knows.
async function loadAnswerEvents(client: pg.PoolClient, city: City, answers: readonly Answer[], untilMs: number) {
  const next = await client.query<{ id: number }>("select nextval(pg_get_serial_sequence('event', 'id')) as id")
  const from = Number(next.rows[0]?.id ?? 1)
  const sealed = answers.map(({ text }) => sealedText(text === null ? undefined : { text }))
  const columns =
    'organisation_id, subject_type, subject_id, kind, version, witness, door, occurred_at, recorded_at, payload, text_digest'
  await copy(
    client,
    `event (id, ${columns})`,
    mapped(answers, (one, at) => [
      ...[from + at, city.organisationId, one.subject, one.id],
      ...(one.subject === 'page_rating' ? ['rating.sent', 1, 'U'] : ['clarity.sent', 1, 'A']),
      ...['portal', new Date(one.at).toISOString(), new Date(untilMs).toISOString()],
      ...[JSON.stringify(payloadOf(one)), sealed[at]?.digest ?? null],
    ]),
  )
  await client.query("select setval(pg_get_serial_sequence('event', 'id'), $1)", [from + answers.length])
  await copy(
    client,
    'event_text (organisation_id, event_id, content, salt, retention)',
    mapped(sealed, (text, at) =>
      text === null ? null : [city.organisationId, from + at, text.content, text.salt, 'rating'],
    ),
  )
  return from
}

const payloadOf = ({ subject, page, answer, aspect }: Answer) =>
  subject === 'page_rating' ? { page, version, answer } : { page, stars: answer, aspect }

async function loadRatings(
  client: pg.PoolClient,
  services: Pick<Services, 'secret'>,
  city: City,
  rated: readonly Answer[],
  from: number,
) {
  await copy(
    client,
    'page_rating (organisation_id, id, page, version, answer, day, event_id, has_text)',
    mapped(rated, (one, at) => [
      ...[city.organisationId, one.id, one.page, version, one.answer, dayOf(one.at), from + at, one.text !== null],
    ]),
  )
  const today = Date.now()
  await copy(
    client,
    'page_rater (organisation_id, page, version, rater, rating_id, sever_on, forget_on)',
    mapped(rated, (one, at) => {
      const severMs = one.at + citizenPeriods.raterLinkDays * dayMs
      const isLinked = severMs > today
      return [
        ...[city.organisationId, one.page, version, raterOf(services, `lettore${at}@example.it`, one.page)],
        ...[isLinked ? one.id : null, isLinked ? dayOf(severMs) : null],
        `${new Date(one.at).getUTCFullYear() + 1}-12-31`,
      ]
    }),
  )
}
