import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { addArticle, changeArticle, publishArticle, retireArticle, reviewArticle } from './articles.ts'
import { findArticle, listArticles, rateArticle, recordHelped, suggestArticles } from './find-articles.ts'
import { fillTemplate } from './internal/template-text.ts'
import { addTemplate, changeTemplate, listTemplates, offerTemplates, retireTemplate } from './templates.ts'
import { blocksOf } from './web/plain-body.tsx'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

/** Everything this part writes, so that "nothing half-written" is seen. */
async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|',
    (select count(*) from event), (select string_agg(a::text, '' order by id) from article a),
    (select string_agg(r::text, '' order by article_id, person_id) from article_rating r),
    (select string_agg(t::text, '' order by id) from reply_template t)) as all`.execute(city.services.database.owner)
  return found.rows[0]?.all ?? ''
}

const later = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10)
const proxy = {
  title: 'Il portatile non vede il proiettore',
  body: 'Prova così:\n\n- premi Windows e P;\n- scegli Duplica.',
  keywords: 'videoproiettore sala riunioni',
  reviewOn: later,
}

async function published(input: Partial<Parameters<typeof addArticle>[1]> = {}) {
  const { id } = await addArticle(await city.as('agent'), { ...proxy, ...input })
  await publishArticle(await city.as('team_leader'), id, { version: 1 })
  return id
}

describe('an article', () => {
  test('is a draft until who answers for it publishes it; then everybody finds it by its words', async () => {
    const { id, state } = await addArticle(await city.as('agent'), proxy)
    expect(state).toBe('draft')
    const employee = await city.as('employee')
    expect((await refusal(findArticle(employee, id))).kind).toBe('not_found')
    expect((await refusal(publishArticle(await city.as('agent'), id))).kind).toBe('forbidden')
    await publishArticle(await city.as('contract_manager'), id)
    expect(await findArticle(employee, id)).toMatchObject({ title: proxy.title, versions: [], state: 'published' })
    expect((await listArticles(employee, { words: 'proiettore' })).rows.map((row) => row.id)).toContain(id)
    // Italian stems, and the keywords count as much as the title.
    expect((await suggestArticles(employee, 'i videoproiettori non vanno')).map((row) => row.id)).toContain(id)
    expect((await suggestArticles(employee, 'il citofono gracchia')).map((row) => row.id)).not.toContain(id)
  })

  test('for staff is never offered to who asks', async () => {
    const id = await published({ title: 'Il portatile e il dominio', audience: 'staff' })
    const employee = await city.as('employee')
    expect((await refusal(findArticle(employee, id))).kind).toBe('not_found')
    expect((await listArticles(employee, { view: 'all', limit: 100 })).rows.map((row) => row.id)).not.toContain(id)
    expect((await suggestArticles(employee, 'portatile dominio')).map((row) => row.id)).not.toContain(id)
    expect((await refusal(rateArticle(employee, id, { useful: true }))).kind).toBe('not_found')
    expect((await refusal(recordHelped(employee, id))).kind).toBe('not_found')
    expect((await suggestArticles(await city.as('agent'), 'portatile dominio')).map((row) => row.id)).toContain(id)
  })

  test('each change is an event; a published one is changed only by who may publish; a stale form is refused', async () => {
    const id = await published()
    const before = await written()
    const change = { ...proxy, title: 'Il portatile e il proiettore', version: 2 }
    expect((await refusal(changeArticle(await city.as('agent'), id, change))).kind).toBe('forbidden')
    expect(
      (await refusal(changeArticle(await city.as('team_leader'), id, { ...change, version: 1 }))).say.it,
    ).toContain('Remo Responsabile')
    // The administration reads the party, not the person.
    expect(
      (await refusal(changeArticle(await city.as('contract_manager'), id, { ...change, version: 1 }))).say.it,
    ).toContain('Società in house')
    expect(await written()).toBe(before)
    await changeArticle(await city.as('team_leader'), id, change)
    const found = await findArticle(await city.as('agent'), id)
    expect(found.versions.map((version) => version.kind)).toEqual([
      'article.changed',
      'article.published',
      'article.drafted',
    ])
    expect([found.title, found.version]).toEqual(['Il portatile e il proiettore', 3])
  })

  test('wrong input names its fields and leaves nothing', async () => {
    const before = await written()
    const agent = await city.as('agent')
    const wrong = await refusal(addArticle(agent, { ...proxy, title: '', reviewOn: 'domani' }))
    expect(wrong.fields.map((field) => field.path)).toEqual(['title', 'reviewOn'])
    expect((await refusal(addArticle(agent, { ...proxy, reviewOn: '2020-01-01' }))).fields[0]?.path).toBe('reviewOn')
    expect(
      (await refusal(addArticle(agent, { ...proxy, ownerEmail: 'nessuno@altro.example.it' }))).fields[0]?.path,
    ).toBe('ownerEmail')
    expect((await refusal(addArticle(await city.as('employee'), proxy))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
  })

  test('past its review date it is shown to be reviewed; its owner says that it is right', async () => {
    const agent = await city.as('agent')
    const due = (await listArticles(agent, { view: 'due' })).rows
    expect(due.every((row) => row.isDue)).toBe(true)
    const own = due.find((row) => row.ownerId === agent.actor.personId)
    if (!own) throw new Error('The demo has an article of the agent to review')
    expect((await refusal(reviewArticle(await city.as('otherAgent'), own.id, { reviewOn: later }))).kind).toBe(
      'forbidden',
    )
    expect((await refusal(reviewArticle(agent, own.id, { reviewOn: '2020-01-01' }))).fields[0]?.path).toBe('reviewOn')
    await reviewArticle(agent, own.id, { version: own.version, reviewOn: later })
    expect((await listArticles(agent, { view: 'due' })).rows.map((row) => row.id)).not.toContain(own.id)
  })

  test('retired, it is offered no more; what does not fit its state is refused', async () => {
    const id = await published({ title: 'Il fax della portineria' })
    const leader = await city.as('team_leader')
    expect((await refusal(publishArticle(leader, id))).code).toBe('article_not_now')
    expect((await refusal(retireArticle(await city.as('agent'), id))).kind).toBe('forbidden')
    await retireArticle(leader, id)
    expect((await suggestArticles(await city.as('agent'), 'fax portineria')).map((row) => row.id)).not.toContain(id)
    expect((await refusal(rateArticle(await city.as('agent'), id, { useful: true }))).code).toBe(
      'article_not_published',
    )
    expect((await refusal(changeArticle(leader, id, proxy))).code).toBe('article_not_now')
  })

  test('one reader has one vote, the last; a request avoided is counted once a form, with its event', async () => {
    const id = await published()
    const employee = await city.as('employee')
    await rateArticle(employee, id, { useful: true })
    await rateArticle(employee, id, { useful: true })
    await rateArticle(employee, id, { useful: 'no' })
    await rateArticle(await city.as('office_contact'), id, { useful: 'yes' })
    const sent = { ...employee, idempotencyKey: 'helped-form-0001' }
    await recordHelped(sent, id, { kind: 'incident' })
    await recordHelped(sent, id, { kind: 'incident' })
    const found = await findArticle(employee, id)
    expect([found.useful, found.notUseful, found.helped, found.myRating]).toEqual([1, 1, 1, false])
    const events = await city.services.database.owner
      .selectFrom('event')
      .select(['kind', 'witness'])
      .where('subject_id', '=', id)
      .where('kind', 'in', ['article.rated', 'article.helped'])
      .orderBy('id')
      .execute()
    expect(events.map((event) => event.kind)).toEqual([
      'article.rated',
      'article.rated',
      'article.rated',
      'article.helped',
    ])
  })

  test('the demo’s counts are its events', async () => {
    const found = await sql<{ title: string }>`
      select title from article a where helped <> (
        select count(*) from event e where e.organisation_id = a.organisation_id and e.subject_type = 'article'
          and e.subject_id = a.id and e.kind = 'article.helped')`.execute(city.services.database.owner)
    expect(found.rows).toEqual([])
  })

  test('a list has pages', async () => {
    const agent = await city.as('agent')
    const whole = (await listArticles(agent, { view: 'all', limit: 100 })).rows.map((row) => row.id)
    const first = await listArticles(agent, { view: 'all', limit: 5 })
    const second = await listArticles(agent, { view: 'all', limit: 100, cursor: first.nextCursor ?? '' })
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(whole)
    expect((await refusal(listArticles(agent, { view: 'due', cursor: first.nextCursor ?? '' }))).kind).toBe('invalid')
  })
})

describe('the text of an article', () => {
  test('paragraphs and lists come from blank lines, dashes and numbers, and never from markup', () => {
    expect(blocksOf('Uno\ndue\n\n- tre\n- quattro\n\n1. cinque\n2. sei\n\n<b>sette</b>')).toEqual([
      { what: 'paragraph', lines: ['Uno', 'due'] },
      { what: 'bullets', lines: ['tre', 'quattro'] },
      { what: 'steps', lines: ['cinque', 'sei'] },
      { what: 'paragraph', lines: ['<b>sette</b>'] },
    ])
  })
})

describe('a reply template', () => {
  const template = { title: 'Arriviamo domani', body: 'Gentile {nome}, per la {numero} veniamo da voi ({ufficio}).' }
  const irene = { kind: 'incident', requesterName: 'Irene {numero} Impiegata', number: '2026/7', officeName: 'Sociali' }

  test('is filled with the case it is used for; a name is never read as a placeholder', async () => {
    const { id } = await addTemplate(await city.as('agent'), template)
    const offered = await offerTemplates(await city.as('technician'), irene)
    expect(offered.find((one) => one.id === id)?.text).toBe(
      'Gentile Irene {numero} Impiegata, per la 2026/7 veniamo da voi (Sociali).',
    )
    expect(fillTemplate('{nome}{nome}{altro}', { nome: '$&', numero: '', ufficio: '' })).toBe('$&$&{altro}')
  })

  test('is offered for its kinds and to its team', async () => {
    const agent = await city.as('agent')
    const added = await addTemplate(agent, {
      title: 'Solo per le richieste dei tecnici',
      body: 'x',
      kinds: ['service_request'],
      teamId: await city.team('Tecnici in sede'),
    })
    const offeredTo = async (part: 'agent' | 'technician', kind: string) =>
      (await offerTemplates(await city.as(part), { ...irene, kind })).some((one) => one.id === added.id)
    expect([
      await offeredTo('technician', 'service_request'),
      await offeredTo('technician', 'incident'),
      await offeredTo('agent', 'service_request'),
    ]).toEqual([true, false, false])
  })

  test('wrong, stale, doubled or foreign it is refused and nothing is written', async () => {
    const agent = await city.as('agent')
    const { id } = await addTemplate(agent, { title: 'Da cambiare', body: 'x' })
    const before = await written()
    expect((await refusal(addTemplate(agent, { title: 'Segnaposto', body: '{cognome}' }))).fields[0]?.say.it).toContain(
      '{cognome}',
    )
    expect((await refusal(addTemplate(agent, { title: 'da CAMBIARE', body: 'x' }))).fields[0]?.path).toBe('title')
    const nowhere = '0190aaaa-0000-7000-8000-000000000001'
    expect((await refusal(addTemplate(agent, { title: 'Altrove', body: 'x', teamId: nowhere }))).fields[0]?.path).toBe(
      'teamId',
    )
    expect((await refusal(changeTemplate(agent, id, { title: 'Nuovo', body: 'x', version: 9 }))).code).toBe('stale')
    expect((await refusal(changeTemplate(agent, nowhere, { title: 'Nuovo', body: 'x' }))).kind).toBe('not_found')
    expect((await refusal(addTemplate(await city.as('technician'), template))).kind).toBe('forbidden')
    expect((await refusal(listTemplates(await city.as('employee')))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
    await retireTemplate(agent, id, { version: 1 })
    expect((await listTemplates(agent)).map((one) => one.id)).not.toContain(id)
    // Its title is free again.
    await addTemplate(agent, { title: 'Da cambiare', body: 'y' })
  })
})
