import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { systemContext } from '../../platform/auth/actors.ts'
import type { Context } from '../../platform/context.ts'
import { createOrganisation } from '../organisation/set-up.ts'
import { supplierCommands } from './cli-supplier.ts'
import { findCase } from './find-case.ts'
import { importSteps, setReference } from './import-steps.ts'
import { listNameAccesses, openNames } from './names.ts'
import { openCase } from './open-case.ts'
import { exportReconciliation, findReconciliation, listReconciliations, reconcileCases } from './reconcile-cases.ts'
import { takeCase } from './work-case.ts'

let city: TestCity
let program: Context
let manager: Context
let agent: Context
beforeAll(async () => {
  city = await testCity()
  program = await city.as('team_leader', 'api')
  manager = await city.as('contract_manager')
  agent = await city.as('agent')
})
afterAll(() => city.services.close())

const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n'))
const header = 'reference;number;state;opened;taken;resolved;closed'

/** What the owner of the database reads. */
async function rowsOf(statement: string, values: unknown[] = []) {
  const client = await city.services.database.ownerPool.connect()
  return (await client.query(statement, values).finally(() => client.release())).rows
}

async function inTheirTool(reference: string, steps: ('taken' | 'resolved')[]) {
  const opened = await openCase(await city.as('employee'), { kind: 'incident', title: `Guasto ${reference}` })
  await setReference(program, opened.id, { system: 'assistenza', reference })
  for (const step of steps)
    await importSteps(program, {
      steps: [
        {
          system: 'assistenza',
          key: `${reference}-${step}`,
          reference,
          step,
          occurredAt: new Date().toISOString(),
          text: 'Fatto',
        },
      ],
    })
  return findCase(agent, opened.id)
}

describe('the comparison with the supplier’s tool', () => {
  test('before any case lives there, nothing can be compared', async () => {
    await expect(reconcileCases(manager, csv(header, 'A;;new;;;;'))).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'system' }],
    })
  })

  test('equal, missing, extra, different and late: each in its group, with both values', async () => {
    const equal = await inTheirTool('R-1', ['taken'])
    const missing = await inTheirTool('R-2', [])
    const differing = await inTheirTool('R-3', ['taken', 'resolved'])
    const late = await inTheirTool('R-4', ['taken'])
    const onlyOurs = await openCase(await city.as('employee'), { kind: 'incident', title: 'Mai passata a loro' })
    // Declared ten days before it was sent.
    await rowsOf("update external_step set occurred_at = recorded_at - interval '10 days' where key = 'R-4-taken'")
    const file = csv(
      header,
      `R-1;${equal.number};In lavorazione;${equal.openedAt};${equal.takenAt};;`,
      `R-3;${differing.number};in_progress;${differing.openedAt};${new Date(Date.parse(differing.takenAt ?? '') - 7_200_000).toISOString()};;`,
      `R-4;;in_progress;${late.openedAt};${late.takenAt};;`,
      'R-99;;in_progress;;;;',
      `R-98;${onlyOurs.number};new;;;;`,
      `R-97;${equal.number};in_progress;;;;`,
    )
    const made = await reconcileCases(manager, file, { from: '2020-01-01' })
    expect(made.missing).toMatchObject([{ number: missing.number, reference: 'R-2', state: 'new' }])
    expect(made.extra).toMatchObject([
      { line: 5, reference: 'R-99', why: 'unknown' },
      { line: 6, reference: 'R-98', number: onlyOurs.number, why: 'not_linked' },
      { line: 7, reference: 'R-97', number: equal.number, why: 'other_reference' },
    ])
    expect(made.differing).toHaveLength(1)
    expect(made.differing[0]).toMatchObject({ line: 3, number: differing.number })
    expect(made.differing[0]?.differences.map(({ field }) => field)).toEqual(['state', 'taken', 'resolved'])
    expect(made.late).toMatchObject({ steps: 4, count: 1, list: [{ number: late.number, step: 'taken' }] })
    expect(made.late.list[0]?.workingMinutes).toBeGreaterThan(24 * 60)
    expect(made.sha256).toBe(createHash('sha256').update(file).digest('hex'))

    const [event] = await rowsOf("select payload, actor_id from event where kind = 'reconciliation.made'")
    expect(event.payload).toMatchObject({
      sha256: made.sha256,
      missing: 1,
      extra: 3,
      differing: 1,
      lateSteps: 1,
      steps: 4,
    })
    expect(event.actor_id).toBe(manager.actor.personId)
    expect(await findReconciliation(await city.as('auditor'), made.id)).toEqual(made)
    const lines = (await exportReconciliation(manager, made.id)).trim().split('\r\n')
    expect(lines).toHaveLength(1 + 1 + 3 + 3 + 1)
    expect((await listReconciliations(manager)).made[0]).toMatchObject({ id: made.id, missing: 1, extra: 3 })
  })

  test('within the tolerance two clocks are the same; a column that is not there is not compared', async () => {
    const one = await inTheirTool('T-1', ['taken'])
    const shifted = new Date(Date.parse(one.takenAt ?? '') + 4 * 60_000).toISOString()
    const rest = (await rowsOf("select reference from external_case where reference <> 'T-1'")).map(
      ({ reference }) => `${reference};;in_progress;`,
    )
    const file = csv('reference;number;state;taken', `T-1;;in_progress;${shifted}`, ...rest)
    const differs = async (toleranceMinutes: number) =>
      (await reconcileCases(manager, file, { toleranceMinutes })).differing.some(({ reference }) => reference === 'T-1')
    expect(await differs(5)).toBe(false)
    expect(await differs(3)).toBe(true)
  })

  test('what a file that begins later need not have is not missing, unless it is still open', async () => {
    const old = await inTheirTool('O-1', ['taken', 'resolved'])
    await rowsOf("update desk_case set opened_at = opened_at - interval '90 days' where id = $1", [old.id])
    const missing = async () =>
      (await reconcileCases(manager, csv(header, `T-1;;in_progress;${new Date().toISOString()};;;`))).missing.map(
        ({ reference }) => reference,
      )
    expect(await missing()).toContain('O-1')
    await rowsOf(
      "update desk_case set state = 'closed', closed_how = 'silence', closes_at = null, closed_at = now() where id = $1",
      [old.id],
    )
    expect(await missing()).not.toContain('O-1')
  })

  test('a bad file is refused line by line and leaves nothing', async () => {
    const count = () =>
      rowsOf('select (select count(*) from reconciliation) as made, (select count(*) from event) as events')
    const before = await count()
    const bad = csv(header, 'B-1;;inventato;;;;', 'B-2;;new;ieri;;;', 'B-2;;new;;;;', ';;new;;;;', 'B-3;abc;new;;;;')
    await expect(reconcileCases(manager, bad)).rejects.toMatchObject({
      code: 'import_refused',
      fields: [
        { path: 'line 2, column state' },
        { path: 'line 3, column opened' },
        { path: 'line 4, column reference' },
        { path: 'line 5, column reference' },
        { path: 'line 6, column number' },
      ],
    })
    await expect(reconcileCases(manager, csv(header, 'A;;new;;;;'), { system: 'altro' })).rejects.toMatchObject({
      fields: [{ path: 'system' }],
    })
    await expect(reconcileCases(agent, csv(header, 'A;;new;;;;'))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(reconcileCases(await city.as('auditor'), csv(header, 'A;;new;;;;'))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await count()).toEqual(before)
  })

  test('the command says it in its exit code', async () => {
    const command = supplierCommands.find(({ name }) => name === 'cases reconcile')
    const organisation = { id: city.organisationId, name: 'Comune', zone: 'Europe/Rome', isDemo: true }
    const context = systemContext(city.services, organisation, 'Riga di comando', 'cli')
    const run = (file: Buffer) =>
      command?.run({
        context,
        positionals: ['f'],
        values: {},
        resolvePath: (path) => path,
        readFile: async () => file,
        print: async () => undefined,
      })
    expect(await run(csv(header, 'A;;new;;;;'))).toMatchObject({
      exit: 1,
      text: expect.stringContaining('Da verificare'),
    })
    const all = (
      await rowsOf(
        'select e.reference, c.state from external_case e join desk_case c on c.organisation_id = e.organisation_id and c.id = e.case_id',
      )
    ).map(({ reference, state }) => `${reference};${state}`)
    await rowsOf('update external_step set occurred_at = recorded_at')
    expect(await run(csv('reference;state', ...all))).toMatchObject({ exit: 0, text: 'Nulla da verificare.' })
    await expect(run(csv('x;y'))).rejects.toMatchObject({ code: 'import_refused' })
  })
})

describe('names behind the supplier’s work', () => {
  test('are closed until somebody entitled opens them with a reason, and the supplier’s leader sees that', async () => {
    const { id } = await openCase(await city.as('employee'), { kind: 'incident', title: 'Contestata' })
    await takeCase(agent, id)
    const before = await findCase(manager, id)
    expect(before.entries.map((entry) => entry.author)).not.toContain(agent.actor.name)
    const opened = await openNames(manager, id, { reason: 'contested', note: 'L’ufficio contesta la presa in carico' })
    expect(opened.names).toMatchObject([{ kind: 'case.taken', name: agent.actor.name }])
    const seen = await listNameAccesses(await city.as('team_leader'))
    expect(seen[0]).toMatchObject({
      caseId: id,
      by: manager.actor.name,
      reason: 'contested',
      note: 'L’ufficio contesta la presa in carico',
    })
    // The case itself has not changed.
    expect((await findCase(manager, id)).version).toBe(before.version)
  })

  test('stay closed without a reason, to other roles, and to other administrations', async () => {
    const { id } = await openCase(await city.as('employee'), { kind: 'incident', title: 'Riservata ai nomi' })
    const note = 'Serve per la sicurezza'
    await expect(openNames(manager, id, { reason: 'security', note })).rejects.toMatchObject({ code: 'no_names' })
    await takeCase(agent, id)
    const count = () => rowsOf("select count(*) from event where kind = 'case.names_opened'")
    const before = await count()
    await expect(openNames(manager, id, { reason: 'security', note: '' })).rejects.toMatchObject({ code: 'invalid' })
    for (const part of ['employee', 'agent', 'team_leader', 'administrator'] as const)
      await expect(openNames(await city.as(part), id, { reason: 'security', note })).rejects.toMatchObject({
        code: 'forbidden',
      })
    await expect(listNameAccesses(agent)).rejects.toMatchObject({ code: 'forbidden' })
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
    const neighbour = systemContext(
      city.services,
      { ...made.organisation, zone: 'Europe/Rome', isDemo: true },
      'Riga',
      'cli',
    )
    await expect(openNames(neighbour, id, { reason: 'security', note })).rejects.toMatchObject({ code: 'not_found' })
    expect(await listNameAccesses(neighbour)).toEqual([])
    const [{ id: comparison }] = await rowsOf('select id from reconciliation limit 1')
    await expect(findReconciliation(neighbour, comparison)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listReconciliations(neighbour)).made).toEqual([])
    expect(await count()).toEqual(before)
  })
})
