import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { linkCases, listLinkedCases, unlinkCases } from './case-links.ts'
import { listCases } from './cases.ts'
import { replyToCase } from './converse.ts'
import { findCase } from './find-case.ts'
import { findAgentHome, findLeaderHome, findNotices, findOverviewHome, findPortalHome } from './homes.ts'
import { openCase } from './open-case.ts'
import { deleteView, findQueueFrame, listViews, renameView, saveView } from './saved-views.ts'
import { assignCases, severalActs } from './several-cases.ts'
import { askUser, assignCase, resolveCase, takeCase } from './work-case.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select string_agg(l::text, '' order by id) from case_link l), (select string_agg(v::text, '' order by id) from saved_view v),
    (select string_agg(c::text, '' order by id) from desk_case c)) as all`.execute(city.services.database.owner)
  return found.rows[0]?.all ?? ''
}

async function asked(title = 'Il monitor sfarfalla') {
  return openCase(await city.as('employee'), { kind: 'incident', title, canWork: 'no' })
}

describe('several cases at once', () => {
  test('each is entrusted on its own: which went, and why the others did not', async () => {
    const agent = await city.as('agent')
    const [one, two, stale, closed] = [await asked(), await asked(), await asked(), await asked()]
    await takeCase(await city.as('otherAgent'), stale.id)
    await takeCase(agent, closed.id)
    await resolveCase(agent, closed.id, { note: 'Fatto.' })
    const teamId = await city.team('Tecnici in sede')
    const { rows } = await assignCases(agent, {
      cases: [
        { id: one.id, version: 1 },
        { id: two.id },
        { id: two.id },
        { id: stale.id, version: 1 },
        { id: closed.id },
      ],
      teamId,
    })
    expect(rows.map((row) => [row.number, row.isDone, row.refusal?.code ?? null])).toEqual([
      [one.number, true, null],
      [two.number, true, null],
      [stale.number, false, 'stale'],
      [closed.number, false, 'not_now'],
    ])
    expect(rows[2]?.refusal?.title).toContain('Oreste Operatore')
    expect((await findCase(agent, one.id)).teamName).toBe('Tecnici in sede')
    expect((await findCase(agent, stale.id)).state).toBe('in_progress')
  })

  test('taking in charge is never among the acts on several', () => {
    expect(severalActs).toEqual(['assign', 'join_outage'])
  })

  test('refused whole to who may not; another administration’s ids go nowhere', async () => {
    const one = await asked()
    const teamId = await city.team('Tecnici in sede')
    const before = await written()
    for (const part of ['employee', 'contract_manager', 'auditor'] as const)
      expect((await refusal(assignCases(await city.as(part), { cases: [{ id: one.id }], teamId }))).kind).toBe(
        'forbidden',
      )
    const agent = await city.as('agent')
    expect((await refusal(assignCases(agent, { cases: [], teamId }))).kind).toBe('invalid')
    const foreign = await assignCases(agent, { cases: [{ id: randomUUID() }], teamId })
    expect(foreign.rows[0]).toMatchObject({ number: null, isDone: false, refusal: { code: 'not_found' } })
    const nowhere = await assignCases(agent, { cases: [{ id: one.id }], teamId: randomUUID() })
    expect(nowhere.rows[0]?.refusal?.title).toContain('squadra')
    expect(await written()).toBe(before)
  })
})

describe('cases that have to do with each other', () => {
  test('are linked once, seen from both sides, and unlinked with the act on record', async () => {
    const agent = await city.as('agent')
    const [one, other] = [await asked(), await asked()]
    await Promise.all([
      linkCases(agent, one.id, { otherId: other.id }),
      linkCases(agent, other.id, { otherId: one.id }),
    ])
    expect(await listLinkedCases(agent, one.id)).toMatchObject([{ id: other.id, relation: 'related' }])
    expect(await listLinkedCases(agent, other.id)).toMatchObject([{ id: one.id }])
    expect(await unlinkCases(agent, other.id, one.id)).toEqual([])
    const events = await city.services.database.owner
      .selectFrom('event')
      .select('kind')
      .where('subject_type', '=', 'case_link')
      .orderBy('id')
      .execute()
    expect(events.map((event) => event.kind)).toEqual(['case_link.made', 'case_link.undone'])
  })

  test('not with themselves, not with what one may not see, not by who may only read', async () => {
    const agent = await city.as('agent')
    const [one, other] = [await asked(), await asked()]
    const before = await written()
    expect((await refusal(linkCases(agent, one.id, { otherId: one.id }))).fields[0]?.path).toBe('otherId')
    expect((await refusal(linkCases(agent, one.id, { otherId: randomUUID() }))).fields[0]?.path).toBe('otherId')
    expect((await refusal(linkCases(agent, randomUUID(), { otherId: one.id }))).kind).toBe('not_found')
    expect((await refusal(unlinkCases(agent, one.id, other.id))).kind).toBe('not_found')
    for (const part of ['employee', 'contract_manager'] as const)
      expect((await refusal(linkCases(await city.as(part), one.id, { otherId: other.id }))).kind).toBe('forbidden')
    expect((await refusal(listLinkedCases(await city.as('administrator'), one.id))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
  })
})

describe('saved views', () => {
  test('one’s own or a team’s; the filter is parsed again when the view is opened', async () => {
    const [agent, other, technician] = [
      await city.as('agent'),
      await city.as('otherAgent'),
      await city.as('technician'),
    ]
    const filter = { view: 'open', severity: 'high', words: 'stampante' } as const
    await saveView(agent, { name: 'Solo mia', filter })
    const { id } = await saveView(agent, { name: 'Di tutti noi', filter, teamId: await city.team('1° livello') })
    const names = async (ctx: typeof agent) => (await listViews(ctx)).map((view) => view.name)
    expect(await names(agent)).toEqual(expect.arrayContaining(['Solo mia', 'Di tutti noi']))
    expect(await names(other)).toContain('Di tutti noi')
    expect(await names(other)).not.toContain('Solo mia')
    expect(await names(technician)).not.toContain('Di tutti noi')
    expect((await findQueueFrame(other)).views.find((view) => view.id === id)?.filter).toMatchObject(filter)
    // A filter of a time when the list knew something else.
    await sql`update saved_view set filter = '{"kind": "abolished"}' where id = ${id}`.execute(
      city.services.database.owner,
    )
    expect((await listViews(agent)).find((view) => view.id === id)?.filter).toBeNull()
    expect((await findQueueFrame(other)).views.some((view) => view.id === id)).toBe(false)
  })

  test('renamed and deleted by their owner alone; wrong ones are refused and leave nothing', async () => {
    const agent = await city.as('agent')
    const filter = { view: 'mine' } as const
    const { id } = await saveView(agent, { name: 'Da rinominare', filter, teamId: await city.team('1° livello') })
    await saveView(agent, { name: 'Occupato', filter })
    const before = await written()
    expect((await refusal(renameView(await city.as('otherAgent'), id, { name: 'Mia' }))).kind).toBe('not_found')
    expect((await refusal(deleteView(await city.as('otherAgent'), id))).kind).toBe('not_found')
    expect((await refusal(renameView(agent, id, { name: 'Occupato' }))).fields[0]?.path).toBe('name')
    expect((await refusal(renameView(agent, id, { name: 'x', version: 9 }))).code).toBe('stale')
    expect((await refusal(saveView(agent, { name: '', filter }))).fields[0]?.path).toBe('name')
    expect((await refusal(saveView(agent, { name: 'x', filter: { view: 'none' as 'open' } }))).kind).toBe('invalid')
    const teamId = await city.team('Tecnici in sede')
    expect((await refusal(saveView(agent, { name: 'x', filter, teamId }))).fields[0]?.path).toBe('teamId')
    expect(await written()).toBe(before)
    await renameView(agent, id, { name: 'Rinominata', version: 1 })
    await deleteView(agent, id)
    expect((await listViews(agent)).some((view) => view.id === id)).toBe(false)
  })
})

describe('the list', () => {
  test('tells what one holds from what nobody holds', async () => {
    const agent = await city.as('agent')
    const [mine, nobodys] = [await asked(), await asked()]
    await takeCase(agent, mine.id)
    const ids = async (heldBy: 'me' | 'nobody') =>
      (await listCases(agent, { heldBy, limit: 200 })).rows.map((row) => row.id)
    expect(await ids('me')).toContain(mine.id)
    expect(await ids('me')).not.toContain(nobodys.id)
    expect(await ids('nobody')).toContain(nobodys.id)
    expect(await ids('nobody')).not.toContain(mine.id)
  })
})

describe('home pages', () => {
  test('an agent: what users answered, what one holds, what is to be taken', async () => {
    const agent = await city.as('otherAgent')
    const [answered, held] = [await asked(), await asked()]
    for (const one of [answered, held]) await takeCase(agent, one.id)
    await askUser(agent, answered.id, { body: 'Da quando?' })
    await replyToCase(await city.as('employee'), answered.id, { body: 'Da ieri.' })
    const home = await findAgentHome(agent)
    expect(home.answered.rows.map((row) => row.id)).toEqual([answered.id])
    expect(home.mine.rows.map((row) => row.id)).toContain(held.id)
    expect(home.mine.rows.map((row) => row.id)).not.toContain(answered.id)
    const queue = await listCases(agent, { view: 'to_take', limit: 8 })
    expect(home.toTake.rows.map((row) => row.id)).toEqual(queue.rows.map((row) => row.id))
    expect((await refusal(findAgentHome(await city.as('employee')))).kind).toBe('forbidden')
  })

  test('a team leader: team by team, never a person', async () => {
    const one = await asked()
    await assignCase(await city.as('agent'), one.id, { teamId: await city.team('2° livello sistemi e rete') })
    const home = await findLeaderHome(await city.as('team_leader'))
    const load = home.teams.find((team) => team.teamName === '2° livello sistemi e rete')
    expect(load?.toTake).toBeGreaterThan(0)
    const { rows } = await sql<{ open: number }>`select count(*)::int as open from desk_case
      where state not in ('closed', 'cancelled', 'duplicate', 'rejected', 'resolved')`.execute(
      city.services.database.owner,
    )
    expect(home.teams.reduce((sum, team) => sum + team.open, 0)).toBe(rows[0]?.open)
    expect(JSON.stringify(home.teams)).not.toMatch(/Olga|Tullio|Teresa/)
  })

  test('who answers for the service: kind by kind; the administrator: what to keep in order', async () => {
    const home = await findOverviewHome(await city.as('contract_manager'))
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from desk_case
      where state not in ('closed', 'cancelled', 'duplicate', 'rejected', 'resolved')`.execute(
      city.services.database.owner,
    )
    expect(home.kinds.reduce((sum, kind) => sum + kind.open, 0)).toBe(rows[0]?.n)
    expect(home.notices.articles.length).toBeGreaterThan(0)
    const notices = await findNotices(await city.as('administrator'))
    expect(notices.outages.map((outage) => outage.title)).toContain(
      'Posta: alcuni messaggi verso l’esterno tornano indietro',
    )
    expect((await refusal(findOverviewHome(await city.as('administrator')))).kind).toBe('forbidden')
  })

  test('a clerk: what waits for her word comes first, and what may be enough', async () => {
    const [employee, agent] = [await city.as('employee'), await city.as('agent')]
    const [asking, going] = [await asked(), await asked()]
    await takeCase(agent, asking.id)
    await askUser(agent, asking.id, { body: 'Da quando?' })
    const home = await findPortalHome(employee)
    expect(home.needsMe.map((row) => row.id)).toContain(asking.id)
    expect(home.others.map((row) => row.id)).toContain(going.id)
    expect(home.articles).toHaveLength(4)
    expect(home.known).toHaveLength(1)
  })
})
