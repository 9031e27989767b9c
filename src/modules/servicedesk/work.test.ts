import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { addAgreement, listAgreements } from './agreements.ts'
import { confirmCase, reopenCase } from './answer-case.ts'
import { listCases, recomputeCase } from './cases.ts'
import { checkClocks } from './check-clocks.ts'
import { deliver, listItems, receiveDelivery, saveItem } from './consumables.ts'
import { replyToCase } from './converse.ts'
import { escalateCase, listEscalations } from './escalate.ts'
import { approveCase, estimateCase, refuseCase } from './estimate.ts'
import { findCase } from './find-case.ts'
import { firstTerms } from './internal/agreement.ts'
import { openCase } from './open-case.ts'
import { changeKind, consentToKind, correctCall, markDuplicate, reclassifyCase, refuseKind } from './reclassify.ts'
import { rerateCases } from './rerate.ts'
import type { CaseDetail, OpenCaseInput } from './schema.ts'
import { traceCase } from './trace-case.ts'
import { recordVisit } from './visit.ts'
import { askUser, assignCase, pauseCase, promiseDate, resolveCase, resumeCase, takeCase } from './work-case.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

const printer = { kind: 'incident', title: 'La stampante macchia i fogli', canWork: 'partly', onlyMe: 'no' } as const
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()
const hour = 3_600_000

const opened = async (input: OpenCaseInput = printer) => (await openCase(await city.as('employee'), input)).id
const taken = async (input?: OpenCaseInput) => {
  const id = await opened(input)
  await takeCase(await city.as('agent'), id)
  return id
}
const seen = async (id: string) => findCase(await city.as('agent'), id)
const kinds = (found: CaseDetail) => found.entries.map((entry) => entry.kind.replace('case.', ''))

const wrong = async (attempt: Promise<unknown>) =>
  (await refusal(attempt)).fields.map(({ path, say }) => [path, say.it])
const eventsOf = async (id: string) =>
  (
    await sql<{ n: number }>`select count(*)::int as n from event where subject_id = ${id}`.execute(
      city.services.database.owner,
    )
  ).rows[0]?.n

describe('the kinds', () => {
  test('each has its few fields, and says which one is missing', async () => {
    const employee = await city.as('employee')
    const asked = (input: Partial<OpenCaseInput>) =>
      openCase(employee, { title: 'Una prova', ...input } as OpenCaseInput)
    expect(await wrong(asked({ kind: 'defect' }))).toEqual([['about', 'Scrivi di quale applicativo si tratta.']])
    expect((await wrong(asked({ kind: 'small_maintenance' }))).map(([path]) => path)).toEqual(['about', 'nature'])
    expect((await wrong(asked({ kind: 'consumable' }))).map(([path]) => path)).toEqual(['items'])
    const { id } = await asked({
      kind: 'ancillary_service',
      ancillaryType: 'rooms',
      neededBy: '2026-12-01',
      nature: 'extension',
    })
    expect(await seen(id)).toMatchObject({ ancillaryType: 'rooms', neededBy: '2026-12-01', nature: null })
  })

  test('a development request keeps the number it has outside', async () => {
    const id = await opened({
      kind: 'development_request',
      title: 'Portale delle mense',
      about: 'Mense',
      reference: 'GESEPA/ICT 2026-118',
    })
    expect(await seen(id)).toMatchObject({ reference: 'GESEPA/ICT 2026-118', indicator: null, severity: 'normal' })
  })

  test('a reserved case hides its words from all but the asker and whoever works on it', async () => {
    const id = await opened({ ...printer, title: 'Cartelle cliniche', reserved: 'health', description: 'Referti' })
    const manager = await findCase(await city.as('contract_manager'), id)
    expect([manager.title, manager.entries[0]?.body, manager.reserved]).toEqual(['', null, 'health'])
    expect((await findCase(await city.as('employee'), id)).title).toBe('Cartelle cliniche')
    expect((await seen(id)).title).toBe('')
    await takeCase(await city.as('agent'), id)
    expect((await seen(id)).title).toBe('Cartelle cliniche')
    const words = await listCases(await city.as('team_leader'), { words: 'cliniche', view: 'all' })
    expect(words.rows.map((row) => row.id)).not.toContain(id)
  })
})

describe('promises', () => {
  test('the first date stays; a later one needs its reason, which the user reads', async () => {
    const agent = await city.as('agent')
    const id = await taken()
    const [first, second] = [inMs(20 * hour), inMs(30 * hour)]
    await promiseDate(agent, id, { promisedFor: first })
    expect(await wrong(promiseDate(agent, id, { promisedFor: second }))).toEqual([
      ['reason', 'La data cambia: scrivi il motivo, lo legge l’utente.'],
    ])
    await promiseDate(agent, id, { promisedFor: second, reason: 'Il pezzo arriva domani.' })
    const found = await findCase(await city.as('employee'), id)
    expect([found.firstPromisedAt, found.promisedAt].map((at) => Date.parse(at ?? ''))).toEqual([
      Date.parse(first),
      Date.parse(second),
    ])
    expect(found.promisedTimes).toBe(2)
    expect(found.entries.at(-1)).toMatchObject({ kind: 'case.promised', body: 'Il pezzo arriva domani.' })
    expect(found.dueMetric).not.toBe('resolution')
  })

  test('a promise in the past, or in another century, is refused and nothing is written', async () => {
    const agent = await city.as('agent')
    const id = await taken()
    const before = await eventsOf(id)
    expect(await wrong(promiseDate(agent, id, { promisedFor: inMs(-1000) }))).toEqual([
      ['promisedFor', 'La data prevista è già passata: scegline una che viene.'],
    ])
    expect((await wrong(promiseDate(agent, id, { promisedFor: '2126-01-01T10:00:00Z' })))[0]?.[0]).toBe('promisedFor')
    expect(await eventsOf(id)).toBe(before)
  })
})

describe('waits', () => {
  test('a pause has its reason and its words; the user’s message ends only a wait for the user', async () => {
    const agent = await city.as('agent')
    const id = await taken()
    await pauseCase(agent, id, { reason: 'third_party', note: 'Aspettiamo il ricambio dal produttore.' })
    await replyToCase(await city.as('employee'), id, { body: 'Novità?' })
    expect(await seen(id)).toMatchObject({ state: 'waiting', waitingFor: 'third_party' })
    await resumeCase(agent, id)
    expect(await seen(id)).toMatchObject({ state: 'in_progress', waitingFor: null })
    await askUser(agent, id, { body: 'Quale stanza?' })
    await replyToCase(await city.as('employee'), id, { body: 'La 11.' })
    expect((await seen(id)).state).toBe('in_progress')
  })
})

describe('duplicates, kinds and calls', () => {
  test('a duplicate that came first gives the other case its clock', async () => {
    const agent = await city.as('agent')
    const first = (
      await openCase(await city.as('agent', 'desk'), {
        ...printer,
        requesterEmail: city.emailOf('employee'),
        calledAt: inMs(-5 * hour),
      })
    ).id
    const second = await opened()
    const { number } = await seen(second)
    await markDuplicate(agent, first, { of: number })
    const [one, other] = [await seen(first), await seen(second)]
    expect(one).toMatchObject({ state: 'duplicate', duplicateOf: { id: second, number } })
    expect(kinds(other)).toEqual(['opened', 'joined'])
    const starts = [one, other].map(({ clocks }) => clocks.find(({ metric }) => metric === 'resolution')?.startedAt)
    expect(starts[0]).toBe(starts[1])
    expect(one.clocks.every(({ state }) => state === 'stopped')).toBe(true)
    expect((await wrong(markDuplicate(agent, second, { of: number })))[0]?.[1]).toContain('sé stessa')
    expect((await wrong(markDuplicate(agent, second, { of: one.number })))[0]?.[1]).toContain('già conclusa')
  })

  test('a kind that leaves the contract’s indicator needs the city’s consent', async () => {
    const agent = await city.as('agent')
    const manager = await city.as('contract_manager')
    const id = await taken()
    await changeKind(agent, id, { to: 'data_processing', reason: 'È un’estrazione.' })
    expect(await seen(id)).toMatchObject({ kind: 'incident', proposedKind: 'data_processing', indicator: 'A.3.1' })
    expect((await refusal(consentToKind(agent, id))).code).toBe('forbidden')
    await refuseKind(manager, id, { reason: 'Resta un guasto.' })
    expect(await seen(id)).toMatchObject({ kind: 'incident', proposedKind: null })
    await changeKind(agent, id, { to: 'data_processing', reason: 'È davvero un’estrazione.' })
    await consentToKind(manager, id)
    // Fixed at opening: the indicator stays the one it was opened under.
    expect(await seen(id)).toMatchObject({ kind: 'data_processing', indicator: 'A.3.1' })
  })

  test('a kind of the same indicator is changed at once', async () => {
    const id = await taken()
    await changeKind(await city.as('agent'), id, { to: 'service_request', reason: 'Chiede una cosa nuova.' })
    expect(await seen(id)).toMatchObject({ kind: 'service_request', proposedKind: null })
  })

  test('a call typed later keeps both instants; only the caller corrects the first', async () => {
    const calledAt = inMs(-2 * hour)
    const { id } = await openCase(await city.as('agent', 'desk'), {
      ...printer,
      requesterEmail: city.emailOf('employee'),
      calledAt,
    })
    const found = await seen(id)
    expect(Date.parse(found.openedAt)).toBe(Date.parse(calledAt))
    expect(Date.parse(found.typedAt) - Date.parse(found.openedAt)).toBeGreaterThan(1.9 * hour)
    expect((await refusal(correctCall(await city.as('agent'), id, { calledAt: inMs(-hour) }))).code).toBe('forbidden')
    const earlier = inMs(-3 * hour)
    await correctCall(await city.as('employee', 'link'), id, { calledAt: earlier })
    const corrected = await seen(id)
    expect(Date.parse(corrected.openedAt)).toBe(Date.parse(earlier))
    expect(corrected.entries.at(-1)).toMatchObject({ kind: 'case.call_corrected', witness: 'M' })
    expect(Date.parse(corrected.clocks[0]?.startedAt ?? '')).toBe(Date.parse(earlier))
  })

  test('nobody dates their own request back, and no call is in the future', async () => {
    const own = await openCase(await city.as('employee'), { ...printer, calledAt: inMs(-20 * hour) })
    expect(Date.now() - Date.parse((await seen(own.id)).openedAt)).toBeLessThan(60_000)
    const desk = await city.as('agent', 'desk')
    const asked = { ...printer, requesterEmail: city.emailOf('employee'), calledAt: inMs(hour) }
    expect((await wrong(openCase(desk, asked)))[0]?.[0]).toBe('calledAt')
  })

  test('the same subject from the same office, days after it was withdrawn, is shown as repeated', async () => {
    const first = await opened({ ...printer, title: 'Il totem non parte' })
    const { cancelCase } = await import('./answer-case.ts')
    await cancelCase(await city.as('employee'), first)
    const again = await opened({ ...printer, title: 'il totem NON parte' })
    expect((await seen(again)).repeats?.id).toBe(first)
  })

  test('another urgency keeps what was waited for, and its reason is for staff', async () => {
    const id = await taken()
    await reclassifyCase(await city.as('agent'), id, { canWork: 'no', onlyMe: 'no', reason: 'È ferma tutta la sala.' })
    const found = await findCase(await city.as('employee'), id)
    expect(found.severity).toBe('blocking')
    expect(found.entries.at(-1)?.body).toBeNull()
  })
})

describe('visits and goods', () => {
  test('a visit told later keeps the instants of the phone, the serial, and resolves the case once', async () => {
    const technician = { ...(await city.as('technician')), idempotencyKey: 'telefono-0001' }
    const id = await opened()
    await assignCase(await city.as('agent'), id, { teamId: technician.actor.teamIds[0] ?? '' })
    const visit = {
      startedAt: inMs(-2 * hour),
      endedAt: inMs(-1.5 * hour),
      outcome: 'resolved',
      note: 'Sostituito il tamburo.',
      serial: 'DR-77120-4',
    } as const
    await recordVisit(technician, id, visit)
    await recordVisit(technician, id, visit)
    const found = await seen(id)
    expect(kinds(found)).toEqual(['opened', 'assigned', 'visited', 'resolved'])
    expect(found.entries[2]).toMatchObject({ serial: 'DR-77120-4', body: 'Sostituito il tamburo.', witness: 'S' })
    expect(Date.parse(found.entries[2]?.at ?? '')).toBe(Date.parse(visit.endedAt))
  })

  test('a visit that ends before it begins, or in the future, is refused', async () => {
    const id = await taken()
    const agent = await city.as('agent')
    const visit = { startedAt: inMs(-hour), endedAt: inMs(-2 * hour), outcome: 'to_return' } as const
    expect((await wrong(recordVisit(agent, id, visit)))[0]?.[0]).toBe('endedAt')
    expect((await wrong(recordVisit(agent, id, { ...visit, endedAt: inMs(hour) })))[0]?.[0]).toBe('endedAt')
  })

  test('toner in two parts: each is signed with its code, the last signature closes the case', async () => {
    const item = await saveItem(await city.as('team_leader'), {
      code: 'TN-2420',
      name: 'Toner nero',
      printerModel: 'M-12',
    })
    const id = await taken({ kind: 'consumable', title: 'Toner', items: [{ itemId: item.id, quantity: 5 }] })
    const agent = await city.as('agent')
    const employee = await city.as('employee')
    expect((await refusal(resolveCase(agent, id, { note: 'Fatto.' }))).say.it).toContain('Mancano ancora 5 pezzi')
    const twice = { ...agent, idempotencyKey: 'consegna-0001' }
    const first = await deliver(twice, id, { lines: [{ itemId: item.id, quantity: 2 }] })
    expect(await deliver(twice, id, { lines: [{ itemId: item.id, quantity: 2 }] })).toMatchObject({ code: first.code })
    expect((await wrong(deliver(agent, id, { lines: [{ itemId: item.id, quantity: 4 }] })))[0]?.[1]).toContain(
      'Ne mancano 3',
    )
    await receiveDelivery(employee, id, { code: first.code })
    expect(await seen(id)).toMatchObject({
      state: 'in_progress',
      items: [{ name: 'Toner nero', asked: 5, delivered: 2, received: 2 }],
    })
    const second = await deliver(agent, id, { lines: [{ itemId: item.id, quantity: 3 }] })
    await receiveDelivery(await city.as('employee', 'link'), id, { code: second.code })
    const found = await seen(id)
    expect(found).toMatchObject({ state: 'closed', closedHow: 'confirmed' })
    expect(found.entries.at(-1)).toMatchObject({ kind: 'case.received', witness: 'M' })
    expect(found.clocks.find(({ metric }) => metric === 'resolution')).toMatchObject({
      state: 'stopped',
      isLate: false,
    })
  })

  test('the supplier cannot sign, sees the code of the note and the asker does not; five wrong codes and it stops', async () => {
    const [item] = await listItems(await city.as('employee'))
    const id = await taken({ kind: 'consumable', title: 'Toner', items: [{ itemId: item?.id ?? '', quantity: 1 }] })
    const { code } = await deliver(await city.as('agent'), id, { lines: [{ itemId: item?.id ?? '', quantity: 1 }] })
    const employee = await city.as('employee')
    expect((await seen(id)).deliveries[0]?.code).toBe(code)
    expect((await findCase(employee, id)).deliveries[0]?.code).toBeNull()
    expect((await refusal(receiveDelivery(await city.as('agent'), id, { code }))).code).toBe('forbidden')
    const other = code === '000000' ? '000001' : '000000'
    for (let n = 0; n < 5; n += 1)
      expect((await wrong(receiveDelivery(employee, id, { code: other })))[0]?.[0]).toBe('code')
    expect((await refusal(receiveDelivery(employee, id, { code }))).code).toBe('too_many_codes')
  })
})

describe('estimates', () => {
  const report = {
    kind: 'small_maintenance',
    title: 'Campo in stampa',
    about: 'Contravvenzioni',
    nature: 'extension',
  } as const

  test('an estimate waits for the city, which approves or turns it down; the supplier does neither', async () => {
    const agent = await city.as('agent')
    const manager = await city.as('contract_manager')
    const id = await taken(report)
    await estimateCase(agent, id, { personDays: 4.5, note: 'Quattro giornate e mezza.' })
    expect(await seen(id)).toMatchObject({ state: 'waiting', waitingFor: 'approval', personDays: 4.5 })
    expect((await refusal(approveCase(agent, id))).code).toBe('forbidden')
    expect((await refusal(resumeCase(agent, id))).code).toBe('forbidden')
    await approveCase(manager, id, { note: 'Procedete.' })
    expect((await seen(id)).state).toBe('in_progress')
    const other = await taken(report)
    await estimateCase(agent, other, { personDays: 12, note: 'Dodici giornate.' })
    await refuseCase(manager, other, { reason: 'Troppo per quello che serve.' })
    const found = await seen(other)
    expect(found.state).toBe('rejected')
    expect(found.clocks.every(({ state }) => state === 'stopped')).toBe(true)
  })

  test('over fifteen person-days it is not small maintenance', async () => {
    const id = await taken(report)
    expect(await wrong(estimateCase(await city.as('agent'), id, { personDays: 15.5, note: 'Molto.' }))).toEqual([
      ['personDays', 'Oltre 15 giornate non è piccola manutenzione: apri una richiesta di sviluppo.'],
    ])
  })
})

describe('closing', () => {
  test('"in parte" reopens with its reason, as "no" does: a case is not half resolved', async () => {
    const employee = await city.as('employee')
    const id = await taken()
    await resolveCase(await city.as('agent'), id, { note: 'Cambiato il tamburo.' })
    await reopenCase(employee, id, { reason: 'Stampa, ma sbiadito.', extent: 'partly' })
    const found = await seen(id)
    expect(found).toMatchObject({ state: 'in_progress', reopenedTimes: 1 })
    expect(found.entries.at(-1)?.payload).toMatchObject({ extent: 'partly' })
    expect(
      found.clocks.filter(({ metric }) => metric === 'resolution').map(({ cycle, state }) => [cycle, state]),
    ).toEqual([
      [1, 'stopped'],
      [2, 'running'],
    ])
    await resolveCase(await city.as('agent'), id, { note: 'Cambiato anche il toner.' })
    await confirmCase(employee, id)
    expect((await seen(id)).state).toBe('closed')
  })
})

describe('clocks that explain themselves', () => {
  test('the trace is read by asker and manager alike, equals what is stored, and names who witnessed each stretch', async () => {
    const id = await taken()
    await askUser(await city.as('agent'), id, { body: 'Quale stanza?' })
    for (const part of ['employee', 'contract_manager'] as const) {
      const trace = await traceCase(await city.as(part), id)
      expect(trace.isAsStored).toBe(true)
      const resolution = trace.clocks.find(({ metric }) => metric === 'resolution')
      expect(resolution?.rows.map(({ state, began }) => [state, began.witness])).toEqual([
        ['new', 'A'],
        ['in_progress', 'S'],
        ['waiting', 'S'],
      ])
      expect(resolution?.pausedBy).toContain('user')
    }
    const stranger = await openCase(await city.as('agent', 'desk'), {
      ...printer,
      requesterEmail: city.emailOf('office_contact'),
    })
    expect((await refusal(traceCase(await city.as('employee'), stranger.id))).code).toBe('not_found')
  })

  test('what is stored equals the fold of its events, after everything above', async () => {
    const manager = await city.as('contract_manager')
    const all = await listCases(manager, { view: 'all', limit: 200 })
    for (const { id } of all.rows.slice(0, 40)) {
      expect((await traceCase(manager, id)).isAsStored).toBe(true)
      expect((await recomputeCase(manager, id)).version).toBe((await findCase(manager, id)).version)
    }
    const checked = await checkClocks(await system())
    expect(checked.differing).toBe(0)
    expect(checked.checked).toBeGreaterThan(10)
  })

  test('a row changed behind the record’s back is found, and put right', async () => {
    const id = await taken()
    await sql`update desk_case set next_due_at = '2031-01-01', clocks = '[]' where id = ${id}`.execute(
      city.services.database.owner,
    )
    expect((await checkClocks(await system())).differing).toBe(1)
    expect((await traceCase(await city.as('agent'), id)).isAsStored).toBe(true)
  })

  test('evidence changed behind the record’s back is found, and put right', async () => {
    const id = await taken()
    const evidence = async () =>
      (await sql`select * from case_evidence where case_id = ${id}`.execute(city.services.database.owner)).rows
    const before = await evidence()
    expect(before).toHaveLength(1)
    await sql`update case_evidence set taken_ms = start_ms where case_id = ${id}`.execute(city.services.database.owner)
    expect((await checkClocks(await system())).differing).toBe(1)
    expect(await evidence()).toEqual(before)
    expect((await checkClocks(await system())).differing).toBe(0)
    const meddling = sql`update case_evidence set taken_ms = start_ms where case_id = ${id}`.execute(
      city.services.database.app,
    )
    await expect(meddling).rejects.toThrow('permission denied')
  })

  test('a level is told once, in office hours, and never while the case waits', async () => {
    const id = await opened()
    const later = Date.now() + 60 * 86_400_000
    const ctx = await system()
    expect(await escalateCase(ctx, id, later)).toBe(15)
    expect(await escalateCase(ctx, id, later)).toBe(0)
    const told = await sql<{ n: number; shut: number }>`
      select count(*)::int as n,
             count(*) filter (where extract(isodow from tell_at at time zone 'Europe/Rome') > 5
               or extract(hour from tell_at at time zone 'Europe/Rome') not between 8 and 18)::int as shut
      from case_escalation where case_id = ${id}`.execute(city.services.database.owner)
    expect(told.rows[0]).toEqual({ n: 15, shut: 0 })
    const waiting = await taken()
    await askUser(await city.as('agent'), waiting, { body: 'Quale?' })
    // The wait stops the resolution and the next word; the rest was done.
    expect(await escalateCase(ctx, waiting, later)).toBe(0)
    await sql`update case_escalation set tell_at = clock_timestamp() where case_id = ${id}`.execute(
      city.services.database.owner,
    )
    const forLeader = await listEscalations(await city.as('team_leader'))
    expect(forLeader.find((row) => row.caseId === id)).toMatchObject({ level: 100 })
    const forManager = await listEscalations(await city.as('contract_manager'))
    expect(forManager.find((row) => row.caseId === id)).toMatchObject({ level: 120 })
  })
})

describe('agreements', () => {
  test('a version is added, never changed: open cases keep theirs until they are moved, with what changes said first', async () => {
    const head = await city.as('head_of_ict')
    const id = await taken()
    const before = await seen(id)
    const { number } = await addAgreement(head, {
      effectiveFrom: '2026-01-01',
      reason: 'Determina di prova n. 12',
      terms: { ...firstTerms, targets: [{ metric: 'resolution', kinds: ['incident'], within: { minutes: 60 } }] },
    })
    expect((await listAgreements(head)).find((one) => one.number === number)?.isInForce).toBe(true)
    expect((await seen(id)).clocks).toEqual(before.clocks)
    const later = await opened()
    expect((await seen(later)).clocks.map(({ metric }) => metric)).toEqual(['resolution'])
    const foreseen = await rerateCases(head, { version: number })
    expect(foreseen.changed.map((one) => one.number)).toContain(before.number)
    expect((await seen(id)).clocks).toEqual(before.clocks)
    await rerateCases(head, { version: number, apply: true })
    expect((await seen(id)).clocks.map(({ metric }) => metric)).toEqual(['resolution'])
    expect((await traceCase(head, id)).isAsStored).toBe(true)
  })

  test('terms that contradict themselves, or a target the calendar cannot keep, are refused', async () => {
    const head = await city.as('head_of_ict')
    const asked = (targets: unknown[]) =>
      addAgreement(head, { effectiveFrom: '2027-01-01', reason: 'Prova', terms: { ...firstTerms, targets } })
    const one = { metric: 'resolution', kinds: ['incident'], within: { minutes: 60 } }
    expect((await wrong(asked([one, one])))[0]).toEqual([
      'terms.targets.1',
      'Due obiettivi dicono cose diverse per le stesse richieste: lasciane uno.',
    ])
    expect((await wrong(asked([{ ...one, within: { workingDays: 0 } }])))[0]?.[0]).toContain('terms.targets.0')
    expect((await wrong(asked([{ ...one, within: { minutes: 190_000 } }])))[0]?.[1]).toContain(
      'non si raggiunge in un anno',
    )
    expect(
      (
        await refusal(
          addAgreement(await city.as('agent'), { effectiveFrom: '2027-01-01', reason: 'Prova', terms: firstTerms }),
        )
      ).code,
    ).toBe('forbidden')
  })
})

async function system() {
  const { systemContextFor } = await import('../../platform/auth/actors.ts')
  return systemContextFor(city.services, city.organisationId, 'Prova')
}
