import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { systemContext, systemContextFor } from '../../platform/auth/actors.ts'
import type { Context } from '../../platform/context.ts'
import { sealAll, verifyChain } from '../../platform/seals.ts'
import { createOrganisation } from '../organisation/set-up.ts'
import { cancelCase } from './answer-case.ts'
import { recomputeCase } from './cases.ts'
import { checkClocks } from './check-clocks.ts'
import { estimateCase } from './estimate.ts'
import { findCase } from './find-case.ts'
import { addStep, importStepFile, importSteps, setReference } from './import-steps.ts'
import { openCase } from './open-case.ts'
import type { StepInput } from './supplier-schema.ts'
import { resolveCase, takeCase } from './work-case.ts'

let city: TestCity
let program: Context
let zeroMs = 0
beforeAll(async () => {
  city = await testCity()
  program = await city.as('team_leader', 'api')
  await checkClocks(await systemContextFor(city.services, city.organisationId, 'Controllo'))
  zeroMs = Date.now()
})
afterAll(() => city.services.close())

async function open(title = 'La stampante è ferma') {
  return openCase(await city.as('employee'), { kind: 'incident', title })
}

/** As if the case had been opened some hours earlier, or later again. */
async function backdate(id: string, hours: number) {
  await rowsOf('update desk_case set opened_at = opened_at - make_interval(hours => $2) where id = $1', [id, hours])
}

let made = 0
const wait = () => new Promise((resolve) => setTimeout(resolve, 5))
function step(one: Partial<StepInput> & Pick<StepInput, 'step'>): StepInput {
  made += 1
  return { system: 'assistenza', key: `k-${made}`, occurredAt: new Date().toISOString(), ...one }
}

/** What the owner of the database reads. */
async function rowsOf(statement: string, values: unknown[] = []) {
  const client = await city.services.database.ownerPool.connect()
  return client.query(statement, values).finally(() => client.release())
}

/** Everything of the tenant that an import may write. */
async function traces(): Promise<unknown> {
  const { rows } = await rowsOf(
    'select (select count(*) from event) as events, (select count(*) from external_step) as steps, (select count(*) from external_case) as cases, (select string_agg(c::text, $1) from desk_case c) as rows',
    [''],
  )
  return rows[0]
}

async function refusal(work: Promise<unknown>): Promise<{ code: string; places: string[] }> {
  const error = await work.then(
    () => {
      throw new Error('It was not refused')
    },
    (error) => error,
  )
  return { code: error.code, places: error.fields.map((field: { path: string }) => field.path) }
}

describe('steps of the supplier’s tool', () => {
  test('a case driven from their tool moves through the same states, and every step is a declared one', async () => {
    const { id, number } = await open()
    const { name } = await firstTeam()
    const steps = [
      step({ step: 'taken', number, reference: 'INT-1' }),
      step({ step: 'assigned', reference: 'INT-1', team: name, text: 'Serve un tecnico' }),
      step({ step: 'taken', reference: 'INT-1' }),
      step({ step: 'asked', reference: 'INT-1', text: 'A che ora possiamo passare?' }),
    ]
    const result = await importSteps(program, { steps })
    expect(result).toMatchObject({ applied: 4, setAside: 0, known: 0 })
    const waiting = await findCase(await city.as('agent'), id)
    expect(waiting.state).toBe('waiting')
    await importSteps(program, { steps: [step({ step: 'resolved', reference: 'INT-1', text: 'Cambiato il rullo' })] })
    const now = await findCase(await city.as('agent'), id)
    expect(now).toMatchObject({ state: 'resolved' })
    const imported = now.entries.filter((entry) => entry.kind !== 'case.opened')
    expect(new Set(imported.map((entry) => entry.witness))).toEqual(new Set(['I']))
    expect(now.entries.map((entry) => entry.body)).toContain('Cambiato il rullo')
    expect(await recomputeCase(await city.as('agent'), id)).toMatchObject({
      state: 'resolved',
      holderId: program.actor.personId,
    })
  })

  test('the declared instant and the instant of the import are both kept', async () => {
    const { id, number } = await open()
    await wait()
    const occurredAt = new Date().toISOString()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await importSteps(program, { steps: [step({ step: 'taken', number, occurredAt })] })
    const { rows } = await rowsOf(
      "select occurred_at, recorded_at, door, witness from event where subject_id = $1 and kind = 'case.taken'",
      [id],
    )
    expect(Date.parse(rows[0].occurred_at)).toBe(Date.parse(occurredAt))
    expect(Date.parse(rows[0].recorded_at) - Date.parse(rows[0].occurred_at)).toBeGreaterThanOrEqual(300)
    expect(rows[0]).toMatchObject({ door: 'import', witness: 'I' })
    expect(Date.parse((await findCase(await city.as('agent'), id)).takenAt ?? '')).toBe(Date.parse(occurredAt))
  })

  test('the same step twice is one step; the same key with other words is refused and nothing changes', async () => {
    const { id, number } = await open()
    const taken = step({ step: 'taken', number })
    await importSteps(program, { steps: [taken] })
    const before = await traces()
    expect(await importSteps(program, { steps: [taken, taken] })).toMatchObject({ applied: 0, known: 2 })
    expect(await traces()).toEqual(before)
    const other = { ...taken, step: 'resolved', text: 'Fatto' } as const
    expect(await refusal(importSteps(program, { steps: [other] }))).toEqual({
      code: 'import_refused',
      places: ['steps.0.key'],
    })
    expect(await traces()).toEqual(before)
    expect((await findCase(await city.as('agent'), id)).state).toBe('in_progress')
  })

  test('a step that does not fit is set aside with its reason and never forced', async () => {
    const { id, number } = await open()
    const early = new Date(Date.now() - 90_000).toISOString()
    await backdate(id, 1)
    const result = await importSteps(program, {
      steps: [
        step({ step: 'asked', number, text: 'Prima di prenderla' }),
        step({ step: 'closed', number, reference: 'INT-9' }),
      ],
    })
    expect(result.steps).toMatchObject([{ outcome: 'set_aside', finding: 'not_now' }, { outcome: 'noted' }])
    await importSteps(program, { steps: [step({ step: 'taken', number })] })
    const late = await importSteps(program, {
      steps: [step({ step: 'resolved', number, text: 'Già fatto', occurredAt: early })],
    })
    expect(late.steps).toMatchObject([{ outcome: 'set_aside', finding: 'out_of_order' }])
    await backdate(id, -1)
    expect((await findCase(await city.as('agent'), id)).state).toBe('in_progress')
  })

  test('steps of one file in any order are carried out in the order in which they happened', async () => {
    const { id, number } = await open()
    await wait()
    const first = new Date().toISOString()
    await wait()
    await importSteps(program, {
      steps: [step({ step: 'resolved', number, text: 'Fatto' }), step({ step: 'taken', number, occurredAt: first })],
    })
    expect((await findCase(await city.as('agent'), id)).state).toBe('resolved')
  })

  test('their tool takes nothing back: a case withdrawn by its asker stays withdrawn', async () => {
    const { id, number } = await open()
    await cancelCase(await city.as('employee'), id)
    const result = await importSteps(program, { steps: [step({ step: 'taken', number })] })
    expect(result.steps).toMatchObject([{ outcome: 'set_aside', finding: 'not_now' }])
    expect((await findCase(await city.as('agent'), id)).state).toBe('cancelled')
  })

  test('a single step of a case, and a reference that is another case’s', async () => {
    const [one, other] = [await open('Prima'), await open('Seconda')]
    await setReference(program, one.id, { system: 'assistenza', reference: 'INT-70' })
    await setReference(program, one.id, { system: 'Assistenza', reference: 'INT-70' })
    expect(await addStep(program, one.id, step({ step: 'taken', reference: 'INT-70' }))).toMatchObject({
      outcome: 'applied',
    })
    const before = await traces()
    expect(await refusal(setReference(program, other.id, { system: 'assistenza', reference: 'INT-70' }))).toMatchObject(
      {
        places: ['reference'],
      },
    )
    expect(await refusal(addStep(program, other.id, step({ step: 'taken', reference: 'INT-70' })))).toMatchObject({
      places: ['reference'],
    })
    expect(await traces()).toEqual(before)
  })

  test('pauses, promises and visits are theirs to declare too; the first promise stays', async () => {
    const { id, number } = await open()
    const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()
    await importSteps(program, {
      steps: [
        step({ step: 'taken', number }),
        step({ step: 'promised', number, promisedFor: day(3) }),
        step({ step: 'paused', number, reason: 'third_party', text: 'Si aspetta il ricambio' }),
      ],
    })
    expect(await findCase(await city.as('agent'), id)).toMatchObject({ state: 'waiting', waitingFor: 'third_party' })
    const now = new Date().toISOString()
    await importSteps(program, {
      steps: [
        step({ step: 'resumed', number, occurredAt: now }),
        step({ step: 'promised', number, promisedFor: day(5), text: 'Il ricambio è in ritardo', occurredAt: now }),
        step({
          step: 'visited',
          number,
          startedAt: now,
          outcome: 'to_return',
          text: 'Manca il rullo',
          occurredAt: now,
        }),
      ],
    })
    const facts = await recomputeCase(await city.as('agent'), id)
    expect(facts).toMatchObject({ state: 'in_progress', promisedTimes: 2 })
    expect(Date.parse(facts.firstPromisedAt ?? '')).toBeLessThan(Date.parse(facts.promisedAt ?? ''))
    const { rows } = await rowsOf('select kind, witness from event where subject_id = $1 order by id', [id])
    expect(rows.map(({ kind }) => kind)).toEqual([
      ...['case.opened', 'case.taken', 'case.promised', 'case.paused'],
      ...['case.resumed', 'case.promised', 'case.visited'],
    ])
    expect(new Set(rows.slice(1).map(({ witness }) => witness))).toEqual(new Set(['I']))
  })

  test('a promise without its date, a second one without its reason, a visit that runs backwards: nothing is loaded', async () => {
    const { number } = await open()
    const now = new Date().toISOString()
    const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()
    await importSteps(program, {
      steps: [step({ step: 'taken', number }), step({ step: 'promised', number, promisedFor: day(2) })],
    })
    const before = await traces()
    const refused = async (one: Parameters<typeof step>[0]) =>
      (await refusal(importSteps(program, { steps: [step({ number, occurredAt: now, ...one })] }))).places
    expect(await refused({ step: 'promised' })).toEqual(['steps.0.promisedFor'])
    expect(await refused({ step: 'promised', promisedFor: day(-1), text: 'x' })).toEqual(['steps.0.promisedFor'])
    expect(await refused({ step: 'promised', promisedFor: day(4) })).toEqual(['steps.0.text'])
    expect(await refused({ step: 'paused' })).toEqual(['steps.0.reason', 'steps.0.text'])
    expect(await refused({ step: 'visited', startedAt: day(1), outcome: 'resolved' })).toEqual(['steps.0.startedAt'])
    expect(await refused({ step: 'visited' })).toEqual(['steps.0.startedAt', 'steps.0.outcome'])
    expect(await traces()).toEqual(before)
  })

  test('brought in by SITEC’s own command line, what is taken needs a team, and goes on after a wait', async () => {
    const { id, number } = await open()
    const organisation = { id: city.organisationId, name: 'Comune', zone: 'Europe/Rome', isDemo: true }
    const commandLine = systemContext(city.services, organisation, 'Riga di comando', 'cli')
    expect((await refusal(importSteps(commandLine, { steps: [step({ step: 'taken', number })] }))).places).toEqual([
      'steps.0.team',
    ])
    const { name } = await firstTeam()
    const { applied } = await importSteps(commandLine, {
      steps: [
        step({ step: 'taken', number, team: name }),
        step({ step: 'paused', number, reason: 'appointment', text: 'Giovedì' }),
        step({ step: 'resumed', number }),
        step({ step: 'resolved', number, text: 'Fatto' }),
      ],
    })
    expect(applied).toBe(4)
    expect((await findCase(await city.as('agent'), id)).state).toBe('resolved')
  })

  test('what is the city’s to decide is not resumed by them', async () => {
    const { id, number } = await openCase(await city.as('employee'), {
      kind: 'small_maintenance',
      title: 'Un campo in più nel modulo',
      nature: 'adaptive',
      about: 'Protocollo',
    })
    await takeCase(await city.as('agent'), id)
    await estimateCase(await city.as('agent'), id, { personDays: 3, note: 'Tre giornate' })
    const { steps } = await importSteps(program, { steps: [step({ step: 'resumed', number })] })
    expect(steps).toMatchObject([{ outcome: 'set_aside', finding: 'not_now' }])
  })

  test('a resolution declared by them is no confirmation: the user still answers', async () => {
    const { id, number } = await open()
    await importSteps(program, {
      steps: [step({ step: 'taken', number }), step({ step: 'resolved', number, text: 'Fatto' })],
    })
    const { rows } = await rowsOf(
      "select count(*)::int as n from pgboss.job where name = 'servicedesk.close_silent' and data->>'caseId' = $1",
      [id],
    )
    expect(rows[0].n).toBe(1)
    expect((await findCase(await city.as('employee'), id)).may.confirm).toBe(true)
    await expect(resolveCase(await city.as('agent'), id, { note: 'di nuovo' })).rejects.toMatchObject({
      code: 'not_now',
    })
  })
})

describe('bad steps', () => {
  test('each kind of wrong line is named, and nothing of the file is loaded', async () => {
    const { number } = await open()
    const minute = (n: number) => new Date(zeroMs + n * 60_000).toISOString()
    const lines = [
      'system;key;step;occurred_at;reference;number;text;team',
      `assistenza;b1;taken;${minute(-9)};;${number};;`, // before the opening
      `assistenza;b2;taken;${minute(600)};;${number};;`, // in the future
      `assistenza;b3;taken;${minute(0)};IGNOTO;;;`,
      `assistenza;b4;taken;${minute(0)};;2026/99999999;;`,
      `assistenza;b5;volato;${new Date().toISOString()};;${number};;`,
      `assistenza;b6;assigned;${new Date().toISOString()};;${number};;Squadra che non c’è`,
      `assistenza;b7;replied;${new Date().toISOString()};;${number};;`,
      `assistenza;b8;taken;ieri;;${number};;`,
      `assistenza;b9;taken;2026-10-25 02:30;;${number};;`,
      `assistenza;b10;taken;${new Date().toISOString()};;;;`,
    ]
    const before = await traces()
    const { code, places } = await refusal(importStepFile(program, Buffer.from(lines.join('\r\n'))))
    expect(code).toBe('import_refused')
    expect(places).toEqual([
      'line 2, column occurred_at',
      'line 3, column occurred_at',
      'line 4, column reference',
      'line 5, column number',
      'line 6, column step',
      'line 7, column team',
      'line 8, column text',
      'line 9, column occurred_at',
      'line 10, column occurred_at',
      'line 11, column reference',
    ])
    expect(await traces()).toEqual(before)
  })

  test('a file that is not one is refused in words', async () => {
    for (const bytes of ['', 'a;b\r\n1;2\r\n', 'system;key;step;occurred_at\r\n"x'])
      expect((await refusal(importStepFile(program, Buffer.from(bytes)))).code).toBe('import_refused')
  })

  test('local times of the administration are read with its zone', async () => {
    const { id, number } = await open()
    await wait()
    const local = Temporal.Now.zonedDateTimeISO('Europe/Rome')
      .toPlainDateTime()
      .toString()
      .slice(0, 23)
      .replace('T', ' ')
    await importStepFile(
      program,
      Buffer.from(`system;key;step;occurred_at;number\r\nassistenza;loc;taken;${local};${number}\r\n`),
    )
    expect((await findCase(await city.as('agent'), id)).state).toBe('in_progress')
  })

  test('nobody else brings steps in, and the chain stays whole', async () => {
    const { number } = await open()
    for (const part of ['employee', 'agent', 'technician', 'contract_manager', 'auditor', 'administrator'] as const)
      await expect(
        importSteps(await city.as(part), { steps: [step({ step: 'taken', number })] }),
      ).rejects.toMatchObject({
        code: 'forbidden',
      })
    await sealAll(city.services.database.owner)
    expect((await verifyChain(city.services.database.owner)).problems).toEqual([])
  })

  test('another administration’s case is unknown here, by number and by id', async () => {
    const { id, number } = await open()
    const made = await createOrganisation(city.services, {
      name: 'Comune vicino',
      ipaCode: 'c_vicino',
      zone: 'Europe/Rome',
      isDemo: true,
      administrator: {
        givenName: 'Vera',
        familyName: 'Vicina',
        email: 'vicina@altro.example.it',
        password: 'Una-parola-lunga-9',
      },
    })
    const organisation = { ...made.organisation, zone: 'Europe/Rome', isDemo: true }
    const neighbour = systemContext(city.services, organisation, 'Riga di comando', 'cli')
    const before = await traces()
    expect(await refusal(importSteps(neighbour, { steps: [step({ step: 'taken', number })] }))).toMatchObject({
      places: ['steps.0.number'],
    })
    await expect(setReference(neighbour, id, { system: 'assistenza', reference: 'X' })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await traces()).toEqual(before)
  })

  test('stored clocks are those that the events give, however the steps arrived', async () => {
    const differing = await checkClocks(await systemContextFor(city.services, city.organisationId, 'Controllo'))
    expect(differing).toMatchObject({ differing: 0 })
  })

  test('two imports of the same file at once: each step is taken once', async () => {
    const cases = await Promise.all([open('Uno'), open('Due'), open('Tre')])
    const steps = cases.map(({ number }) => step({ step: 'taken', number }))
    const results = await Promise.all([importSteps(program, { steps }), importSteps(program, { steps })])
    expect(results.map(({ applied }) => applied).sort()).toEqual([0, 3])
  })
})

async function firstTeam() {
  return city.services.database.owner.selectFrom('team').select(['id', 'name']).executeTakeFirstOrThrow()
}
