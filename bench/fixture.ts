/** What the measures ask for: ids, numbers and words of the data set, a key and two signed-in sessions. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { demoPassword } from '../demo/city.ts'
import { addApiKey } from '../src/modules/organisation/keys.ts'
import { agreementInForce, loadRules } from '../src/modules/servicedesk/agreements.ts'
import type { DeskRules } from '../src/modules/servicedesk/internal/fold-columns.ts'
import { actAs } from '../src/platform/auth/actors.ts'
import { type Context, read } from '../src/platform/context.ts'
import type { OpenServices } from '../src/platform/services.ts'
import { openConnection } from './client.ts'
import { rareWords } from './data.ts'

export type Fixture = {
  organisationId: string
  /** What cases opened now run on. */
  agreementId: string
  rules: DeskRules
  agent: Context
  leader: Context
  manager: Context
  technician: Context
  employee: Context
  /** Cases spread over the whole history, open and closed. */
  caseIds: string[]
  /** People of the administration who ask. */
  requesterIds: string[]
  /** An office with others below it. */
  officeId: string
  teamId: string
  /** Words to search for, of each sort in turn. */
  words: { common: string[]; rare: string[]; single: string[]; people: string[]; numbers: string[] }
  /** What somebody types into the person picker. */
  letters: string[]
}

export async function findFixture(services: OpenServices): Promise<Fixture> {
  const { owner } = services.database
  const who = async (email: string) => {
    const found = await owner
      .selectFrom('person')
      .select(['organisation_id', 'id'])
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    const context = await actAs(services, found.organisation_id, found.id, 'desk')
    if (context === null) throw new Error(`${email} is not there`)
    return context
  }
  const agent = await who('operatore@societa.example.it')
  const spread = await sql<{ id: string; number: number }>`
    select id, number from desk_case where number in (
      select 1 + (n * (select max(number) from desk_case) / 400) from generate_series(0, 399) as n)`.execute(owner)
  const requesters = await sql<{ id: string }>`
    select person_id as id from person_role where role = 'employee' order by person_id limit 2000`.execute(owner)
  const office = await sql<{ id: string }>`select parent_id as id from office where parent_id is not null
    group by 1 order by count(*) desc, 1 limit 1`.execute(owner)
  const numbers = spread.rows.map((row) => row.number)
  const single = numbers.map((number) =>
    rareWords.single(Math.ceil(number / rareWords.singleEvery) * rareWords.singleEvery),
  )
  const { agreementId, rules } = await rulesOf(agent)
  return {
    organisationId: agent.organisationId,
    agreementId,
    rules,
    agent,
    leader: await who('responsabile@societa.example.it'),
    manager: await who('contratto@comune.example.it'),
    technician: await who('tecnico@societa.example.it'),
    employee: await who('impiegata@comune.example.it'),
    caseIds: spread.rows.map((row) => row.id),
    requesterIds: requesters.rows.map((row) => row.id),
    officeId: office.rows[0]?.id ?? '',
    teamId: agent.actor.teamIds[0] ?? '',
    words: {
      common: ['stampante', 'protocollo', 'lentezza rete', 'cartella condivisa', 'monitor'],
      rare: [rareWords.some, `${rareWords.some} stampante`, `accesso ${rareWords.some}`],
      single,
      people: ['betulla', 'cedrini', 'larice', 'olmetto', 'faggio'],
      numbers: numbers.flatMap((number) => [String(number), `2026/${number}`]),
    },
    letters: ['bet', 'ced', 'lari', 'olmetto', 'fag', '60', '612', 'anagrafe', 'tributi', 'eba', 'gin', 'piop'],
  }
}

async function rulesOf(agent: Context): Promise<{ agreementId: string; rules: DeskRules }> {
  return read(agent, async (ctx) => {
    const agreementId = await agreementInForce(ctx)
    if (agreementId === null) throw new Error('There is no agreement')
    return { agreementId, rules: await loadRules(ctx, agreementId, new Date().toISOString()) }
  })
}

/** A key with which a program reads and opens cases as the agent. */
export async function makeKey(services: OpenServices, fixture: Fixture): Promise<string> {
  const administrator = await services.database.owner
    .selectFrom('person')
    .select('id')
    .where('email', '=', 'amministratore@comune.example.it')
    .executeTakeFirstOrThrow()
  const context = await actAs(services, fixture.organisationId, administrator.id, 'cli')
  if (context === null) throw new Error('There is no administrator')
  const personId = fixture.agent.actor.personId ?? ''
  const made = await addApiKey(context, {
    name: `bench ${randomUUID()}`,
    personId,
    scopes: ['case.open', 'case.read', 'people.find'],
    days: 1,
  })
  return made.token
}

/** Signs in as a page's visitor would; returns the Cookie header. */
export async function signIn(port: number, email: string): Promise<string> {
  const connection = await openConnection(port)
  const answer = await connection.call({
    method: 'POST',
    path: '/accedi',
    headers: { origin: `http://localhost:${port}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password: demoPassword }).toString(),
  })
  connection.close()
  const cookie = /\r\nset-cookie: (__Host-sitec=[^;\r]+)/i.exec(answer.head)?.[1]
  if (cookie === undefined) throw new Error(`${email} could not sign in: ${answer.status}`)
  return cookie
}
