/** Loads what the demo city's desk knows, after its cases: events come last, so they are in the order of the record. */
import type pg from 'pg'
import type { City } from './city.ts'
import { type Happened, insertRows, loadEvents, personOf } from './happened.ts'
import { articles, templates } from './knowledge-words.ts'
import type { Random } from './random.ts'

const dayMs = 86_400_000

type Load = { client: pg.PoolClient; city: City; random: Random; untilMs: number; happened: Happened[] }

/** Articles, templates, two outages (one open, with cases joined) and saved views. */
export async function loadKnowledge(client: pg.PoolClient, city: City, random: Random, untilMs: number) {
  const load: Load = { client, city, random, untilMs, happened: [] }
  await loadArticles(load)
  await loadTemplates(load)
  await loadOutages(load)
  await loadViews(load)
  await loadEvents(client, city, untilMs, load.happened)
}

const iso = (ms: number) => new Date(ms).toISOString()

async function loadArticles({ client, city, random, untilMs, happened }: Load) {
  const readers = city.people.filter((person) => person.roles.includes('employee'))
  const publisher = personOf(city, 'responsabile@')
  const ratings: unknown[] = []
  const rows = articles.map(({ reviewInDays, owner: email, helped, ...article }, index) => {
    const owner = personOf(city, email)
    const at = untilMs - (90 - index * 5) * dayMs
    const id = random.uuid(at)
    const { title, body, keywords, state } = article
    const subject = { subjectType: 'article', subjectId: id }
    const reviewOn = iso(untilMs + reviewInDays * dayMs).slice(0, 10)
    const rest = { kinds: article.kinds, audience: article.audience, ownerId: owner.id, reviewOn }
    happened.push({
      ...subject,
      kind: 'article.drafted',
      actor: owner,
      at,
      payload: rest,
      text: { title, body, keywords },
    })
    if (state === 'published')
      happened.push({
        ...subject,
        kind: 'article.published',
        actor: publisher,
        at: at + dayMs,
        payload: { version: 1 },
      })
    for (let n = 0; n < helped; n += 1) {
      const reader = random.pick(readers)
      const helpedAt = at + dayMs + random.next() * (untilMs - at - dayMs)
      happened.push({ ...subject, kind: 'article.helped', actor: reader, at: helpedAt, payload: { kind: 'incident' } })
    }
    for (const reader of readers.slice(0, Math.min(helped, 8))) {
      const is_useful = random.chance(0.8)
      ratings.push({ organisation_id: city.organisationId, article_id: id, person_id: reader.id, is_useful })
      happened.push({ ...subject, kind: 'article.rated', actor: reader, at: untilMs, payload: { useful: is_useful } })
    }
    const published_at = state === 'published' ? iso(at + dayMs) : null
    const version = state === 'published' ? 2 : 1
    const columns = {
      owner_id: owner.id,
      review_on: reviewOn,
      published_at,
      helped,
      version,
      updated_at: iso(at + dayMs),
    }
    return { organisation_id: city.organisationId, id, ...article, ...columns }
  })
  await client.query(
    `insert into article (organisation_id, id, title, body, keywords, kinds, audience, state, owner_id, review_on,
                          published_at, helped, search, version, updated_at)
     select organisation_id, id, title, body, keywords, kinds, audience, state, owner_id, review_on, published_at, helped,
            setweight(to_tsvector('it', title || ' ' || keywords), 'A') || setweight(to_tsvector('it', body), 'C'), version, updated_at
     from jsonb_populate_recordset(null::article, $1)`,
    [JSON.stringify(rows)],
  )
  await insertRows(client, 'article_rating', 'organisation_id, article_id, person_id, is_useful', ratings)
}

async function loadTemplates({ client, city, random, untilMs, happened }: Load) {
  const writer = personOf(city, 'responsabile@')
  const at = untilMs - 80 * dayMs
  const rows = templates.map(({ team, ...template }) => {
    const id = random.uuid(at)
    const teamId = city.teams.find((one) => one.name === team)?.id ?? null
    const { title, body, kinds } = template
    happened.push({
      subjectType: 'template',
      subjectId: id,
      kind: 'template.added',
      actor: writer,
      at,
      payload: { kinds, teamId },
      text: { title, body },
    })
    return {
      organisation_id: city.organisationId,
      id,
      ...template,
      team_id: teamId,
      is_retired: false,
      version: 1,
      updated_at: iso(at),
    }
  })
  const columns = 'organisation_id, id, title, body, kinds, team_id, is_retired, version, updated_at'
  await insertRows(client, 'reply_template', columns, rows)
}

const outageColumns =
  'organisation_id, id, title, body, words, kinds, team_id, state, started_at, expected_at, ended_at, search, version, updated_at'

async function loadOutages(load: Load) {
  const { client, city, random, untilMs, happened } = load
  const technician = personOf(city, 'tecnica@')
  const network = city.teams.find((team) => team.name === '2° livello sistemi e rete') ?? city.teams[0]
  if (!network) return
  const startedMs = untilMs - 3 * 3_600_000
  const old = untilMs - 24 * dayMs
  const made = (ms: number, title: string, body: string, words: string, ended: number | null) => {
    const id = random.uuid(ms)
    const [started_at, ended_at] = [iso(ms), ended === null ? null : iso(ended)]
    const subject = { subjectType: 'outage', subjectId: id, actor: technician, retention: 'case' }
    const payload = {
      kinds: [],
      teamId: network.id,
      startedAt: started_at,
      expectedAt: null,
      officeIds: [],
      siteIds: [],
    }
    happened.push({ ...subject, kind: 'outage.opened', at: ms, payload, text: { title, body, words } })
    return {
      organisation_id: city.organisationId,
      ...{ id, title, body, words, kinds: ['incident'], team_id: network.id, started_at, ended_at, expected_at: null },
      ...{
        state: ended === null ? 'open' : 'closed',
        version: ended === null ? 2 : 2,
        updated_at: iso(ended ?? ms),
        search: '',
      },
    }
  }
  const mail = made(
    startedMs,
    'Posta: alcuni messaggi verso l’esterno tornano indietro',
    'I messaggi verso caselle esterne possono tornare indietro con un avviso in inglese. Quelli fra colleghi arrivano. Non serve rimandarli: partiranno da soli.',
    'posta mail messaggi respinti webmail',
    null,
  )
  const network24 = made(
    old,
    'Rete ferma alla sede di via Nuova',
    'Computer e telefoni della sede di via Nuova sono senza rete.',
    'rete internet telefono via Nuova',
    old + 4 * 3_600_000,
  )
  const about = (subjectId: string) => ({ subjectType: 'outage', subjectId, actor: technician, retention: 'case' })
  happened.push({
    ...about(mail.id),
    kind: 'outage.updated',
    at: startedMs + 3_600_000,
    payload: { expectedAt: null },
    text: { body: 'Trovata la causa: un servizio esterno ci aveva messi in lista. La rimozione richiede qualche ora.' },
  })
  happened.push({
    ...about(network24.id),
    kind: 'outage.closed',
    at: old + 4 * 3_600_000,
    payload: { endedAt: iso(old + 4 * 3_600_000) },
    text: { body: 'Sostituito l’alimentatore dell’armadio di rete.' },
  })
  await client.query(
    `insert into outage (${outageColumns})
     select ${outageColumns.replace('search', "to_tsvector('it', title || ' ' || words)")}
     from jsonb_populate_recordset(null::outage, $1)`,
    [JSON.stringify([mail, network24])],
  )
  const site = city.sites.find((one) => one.code === 'S02')
  const place = { organisation_id: city.organisationId, outage_id: network24.id, site_id: site?.id }
  await insertRows(client, 'outage_place', 'organisation_id, outage_id, site_id', [place])
  await joinMailCases(load, mail.id)
}

// The open requests about mail of the last days, whatever the scale.
async function joinMailCases({ client, city, untilMs, happened }: Load, outageId: string) {
  const agent = personOf(city, 'operatore@')
  const found = await client.query<{ id: string }>(
    `select id from desk_case where title like 'Posta:%' and state not in ('resolved', 'closed', 'cancelled', 'duplicate', 'rejected')
     order by number desc limit 12`,
  )
  const rows = found.rows.map(({ id }) => {
    happened.push({
      subjectType: 'outage',
      subjectId: outageId,
      kind: 'outage.joined',
      actor: agent,
      at: untilMs - 3_600_000,
      payload: { caseId: id, how: 'agent' },
    })
    const joined = { joined_at: iso(untilMs - 3_600_000), joined_how: 'agent' }
    return { organisation_id: city.organisationId, outage_id: outageId, case_id: id, ...joined }
  })
  await insertRows(client, 'outage_case', 'organisation_id, outage_id, case_id, joined_at, joined_how', rows)
}

async function loadViews({ client, city, random, untilMs, happened }: Load) {
  const leader = personOf(city, 'responsabile@')
  const agent = personOf(city, 'operatore@')
  const firstTier = city.teams[0]?.id ?? null
  const demography = city.offices.find((office) => office.code === 'A2.3')?.id
  const views = [
    { owner: leader, teamId: firstTier, name: 'Sportelli al pubblico', filter: { view: 'open', officeId: demography } },
    { owner: leader, teamId: firstTier, name: 'Bloccanti', filter: { view: 'open', severity: 'blocking' } },
    { owner: agent, teamId: null, name: 'Stampanti', filter: { view: 'open', words: 'stampante' } },
  ]
  const rows = views.map(({ owner, teamId, name, filter }) => {
    const id = random.uuid(untilMs)
    const text = { name, filter: JSON.stringify(filter) }
    const kind = 'saved_view.saved'
    happened.push({
      subjectType: 'saved_view',
      subjectId: id,
      kind,
      actor: owner,
      at: untilMs,
      payload: { teamId },
      text,
    })
    return { organisation_id: city.organisationId, id, owner_id: owner.id, team_id: teamId, name, filter, version: 1 }
  })
  await insertRows(client, 'saved_view', 'organisation_id, id, owner_id, team_id, name, filter, version', rows)
}
