import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { actAs, systemContext } from '../../platform/auth/actors.ts'
import type { Context } from '../../platform/context.ts'
import { signMessageId } from '../../platform/mail/message-ids.ts'
import { mailOf } from '../../platform/mail/testing.ts'
import { sealAll, verifyChain } from '../../platform/seals.ts'
import { addAccount } from '../organisation/accounts.ts'
import { leavePerson, readmitPerson } from '../organisation/departures.ts'
import { addApiKey } from '../organisation/keys.ts'
import { addPerson, findPerson, setRoles } from '../organisation/people.ts'
import { createOrganisation } from '../organisation/set-up.ts'
import { cancelCase } from './answer-case.ts'
import { personCommands } from './cli-person.ts'
import { replyToCase } from './converse.ts'
import { erasePerson, exportPerson } from './erase-person.ts'
import { findCase } from './find-case.ts'
import { importSteps } from './import-steps.ts'
import { ingestMail } from './mail-intake.ts'
import { retryMail } from './mail-quarantine.ts'
import { openCase } from './open-case.ts'
import { suppressAddress } from './outgoing-mail.ts'
import { saveView } from './saved-views.ts'
import { takeCase } from './work-case.ts'

let city: TestCity
let administrator: Context
let head: Context
beforeAll(async () => {
  city = await testCity()
  administrator = await city.as('administrator')
  head = await city.as('head_of_ict')
})
afterAll(() => city.services.close())

/** What the owner of the database reads. */
async function rowsOf(statement: string, values: unknown[] = []) {
  const client = await city.services.database.ownerPool.connect()
  return (await client.query(statement, values).finally(() => client.release())).rows
}

let made = 0
/** Somebody with an account, a key and a name that is nowhere else. */
async function somebody(roles: ('employee' | 'office_contact' | 'administrator')[] = ['employee', 'office_contact']) {
  made += 1
  const mark = `Zzmarchio${made}`
  const email = `${mark.toLowerCase()}@comune.example.it`
  const officeId = (await city.as('employee')).actor.officeId
  const { id } = await addPerson(administrator, {
    email,
    givenName: mark,
    familyName: 'Ricercata',
    phone: '091 555 0001',
    room: mark,
    officeId,
    roles,
  })
  await addAccount(administrator, { personId: id, email, password: 'Una-parola-lunga-9' })
  await addApiKey(administrator, { name: `chiave di ${mark}`, personId: id, scopes: ['case.read'], days: 30 })
  const context = await actAs(city.services, city.organisationId, id, 'portal')
  if (context === null) throw new Error('Nobody')
  return { id, mark, email, context }
}

const bulk = ['Precedence: bulk']
const keep = (text: string) => city.services.files.keep(Buffer.from(text))
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** The command line of this administration. */
function line(): Context {
  const organisation = { id: city.organisationId, name: 'Comune', zone: 'Europe/Rome', isDemo: true }
  return systemContext(city.services, organisation, 'Riga di comando', 'cli')
}

/** A mail that answers to one of ours about a case. */
function mailFrom(from: string, caseId: string, body: string, ...headers: string[]): Buffer {
  const about = { organisationId: city.organisationId, caseId, eventId: 4711 }
  const answer = `In-Reply-To: ${signMessageId(city.services.secret, about, 'comune.example.it')}`
  return mailOf({ messageId: `<${randomUUID()}@example.it>`, from, body, headers: [answer, ...headers] })
}

/** Everywhere in the database where a word still stands. */
async function whereIs(word: string): Promise<string[]> {
  const tables = (
    await rowsOf("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'")
  ).map(({ relname }) => relname)
  const found: string[] = []
  for (const table of tables) {
    const [row] = await rowsOf(`select count(*)::int as n from ${table} t where t::text ilike $1`, [`%${word}%`])
    if (row.n > 0) found.push(table)
  }
  return found
}

const reason = 'Richiesta dell’interessata, art. 17 GDPR'

describe('erasing a person', () => {
  test('their words are nowhere any more, the cases and their events stay, and the chain verifies', async () => {
    const { id, mark, context } = await somebody()
    const kept = await city.services.files.keep(Buffer.from(`foto di ${mark}`))
    const { id: caseId, number } = await openCase(
      context,
      { kind: 'incident', title: `Guasto di ${mark}`, description: `Sono ${mark}`, place: `Stanza ${mark}` },
      [{ ...kept, name: `${mark}.txt` }],
    )
    await takeCase(await city.as('agent'), caseId)
    await replyToCase(await city.as('agent'), caseId, { body: `Buongiorno ${mark}` })
    await importSteps(await city.as('team_leader', 'api'), {
      steps: [
        {
          system: 'assistenza',
          key: randomUUID(),
          number,
          step: 'taken',
          occurredAt: new Date().toISOString(),
          text: `Per ${mark}`,
        },
      ],
    })
    const other = await openCase(await city.as('employee'), { kind: 'incident', title: 'Di un’altra' })
    await replyToCase(context, other.id, { body: `Anche io, ${mark}` })
    await cancelCase(context, caseId)
    const events = (await rowsOf('select count(*)::int as n from event where subject_id = $1', [caseId]))[0].n
    expect(await whereIs(mark)).not.toEqual([])

    const tried = await erasePerson(administrator, id, { reason, dryRun: true })
    expect((await findPerson(administrator, id)).givenName).toBe(mark)
    const erased = await erasePerson(administrator, id, { reason })
    expect(erased.counts).toEqual(tried.counts)
    expect(erased.counts).toMatchObject({ cases: 1, messages: 1 })

    expect(await whereIs(mark)).toEqual([])
    const after = await findCase(await city.as('auditor'), caseId)
    expect(after).toMatchObject({
      title: '',
      place: '',
      state: 'cancelled',
      requesterName: 'Persona cancellata',
      attachments: [],
    })
    expect((await rowsOf('select count(*)::int as n from event where subject_id = $1', [caseId]))[0].n).toBe(events + 1)
    const person = await findPerson(administrator, id)
    expect(person).toMatchObject({
      phone: '',
      room: '',
      officeId: null,
      account: null,
      roles: [],
      email: `cancellata-${id}@sitec.invalid`,
    })
    expect(await actAs(city.services, city.organisationId, id, 'portal')).toBeNull()
    await sealAll(city.services.database.owner)
    expect((await verifyChain(city.services.database.owner)).problems).toEqual([])
  })

  test('what they left beside their cases goes too: files, notes of their mail and the mail, views, their address', async () => {
    const { id, mark, email, context } = await somebody()
    const { id: other } = await openCase(await city.as('employee'), { kind: 'incident', title: 'Di qualcun altro' })
    const bytes = Buffer.from(`allegato di ${mark}`)
    const kept = await city.services.files.keep(bytes)
    await replyToCase(await city.as('employee'), other, { body: 'Con un file' }, [
      { ...(await keep('altrui')), name: 'altrui.txt' },
    ])
    // A reader by office may write there too.
    await rowsOf('update desk_case set office_id = $2 where id = $1', [other, context.actor.officeId])
    await replyToCase(context, other, { body: 'Ecco' }, [{ ...kept, name: `foto-${mark}.txt` }])
    const raw = mailFrom(`${mark} Ricercata <${email}>`, other, `Scrivo io, ${mark}`)
    expect(await ingestMail(line(), raw)).toMatchObject({ outcome: 'appended' })
    const byHand = await ingestMail(
      line(),
      mailFrom('Casa <casa@privata.example>', other, 'Da casa', 'Precedence: bulk'),
    )
    await retryMail(await city.as('agent'), byHand.id, { personId: id })
    const stranger = await ingestMail(line(), mailFrom('Ugo <ugo@altrove.example>', other, 'Di Ugo'))
    await suppressAddress(line(), { email })
    await saveView(await city.as('agent'), { name: 'Resta', filter: {} })
    await saveView(context, { name: `Vista di ${mark}`, filter: { words: mark } })
    expect(await whereIs(mark)).toEqual(
      expect.arrayContaining(['case_attachment', 'event_text', 'saved_view', 'suppressed_address']),
    )

    const tried = await erasePerson(administrator, id, { reason, dryRun: true })
    const erased = await erasePerson(administrator, id, { reason })
    expect(erased.counts).toEqual(tried.counts)
    expect(erased.counts).toMatchObject({ messages: 1, notes: 3, mail: 1, views: 1 })
    expect(await whereIs(mark)).toEqual([])
    const names = await rowsOf('select name from case_attachment where case_id = $1', [other])
    expect(names).toEqual([{ name: 'altrui.txt' }])
    const files = await rowsOf('select sha256 from file where sha256 = any($1)', [[kept.sha256, digestOf(raw)]])
    expect(files).toEqual([])
    const mails = await rowsOf('select id from mail_message where case_id = $1 and file_sha256 is not null', [other])
    expect(mails).toEqual([{ id: stranger.id }])
    expect(await rowsOf('select id from saved_view where owner_id = $1', [id])).toEqual([])
    expect(await rowsOf("select name from saved_view where name = 'Resta'")).toHaveLength(1)
    await sealAll(city.services.database.owner)
    expect((await verifyChain(city.services.database.owner)).problems).toEqual([])
  })

  test('mail of others, whose addresses or subjects contain theirs, stays', async () => {
    const { id, mark, email } = await somebody()
    const from = (sender: string, subject: string) =>
      ingestMail(line(), mailOf({ messageId: `<${randomUUID()}@example.it>`, from: sender, subject, headers: bulk }))
    const own = [await from(`${mark} <${email}>`, 'mia'), await from(email, 'mia senza nome')]
    const others = [
      await from(`Altra <x${email}>`, 'di un’altra'),
      await from('Ugo <ugo@altrove.example>', `per ${email}`),
      await from(`"${email}" <ugo@altrove.example>`, 'con un nome da altri'),
    ]
    await erasePerson(administrator, id, { reason })
    const kept = await rowsOf(
      'select id from mail_message where id = any($1) and file_sha256 is not null order by id',
      [[...own, ...others].map((one) => one.id)],
    )
    expect(kept.map((row) => row.id)).toEqual(others.map((one) => one.id).sort())
  })

  test('who was erased does not come back and is not erased twice; the address is free again', async () => {
    const { id, email } = await somebody()
    await erasePerson(head, id, { reason })
    const { version } = await findPerson(administrator, id)
    await expect(readmitPerson(administrator, id, { version })).rejects.toMatchObject({ code: 'person_erased' })
    await expect(erasePerson(head, id, { reason })).rejects.toMatchObject({ code: 'person_erased' })
    const again = await addPerson(administrator, { email, givenName: 'Nuova', familyName: 'Persona', officeId: null })
    expect(again.id).not.toBe(id)
  })

  test('the supplier’s people: their name goes, the record of the service stays', async () => {
    const { id, context } = await somebody()
    const { id: caseId } = await openCase(context, { kind: 'incident', title: 'Con risposta' })
    const technician = await city.as('otherAgent')
    await takeCase(technician, caseId)
    await replyToCase(technician, caseId, { body: 'Ho cambiato il cavo' })
    await expect(erasePerson(administrator, technician.actor.personId ?? '', { reason })).rejects.toMatchObject({
      code: 'open_cases',
    })
    await cancelCase(context, caseId)
    await rowsOf("update desk_case set holder_id = null where holder_id = $1 and state <> 'closed'", [
      technician.actor.personId,
    ])
    await rowsOf(
      "update desk_case set state = 'closed', closed_how = 'silence', waiting_for = null, closes_at = null, closed_at = now() where requester_id = $1",
      [technician.actor.personId],
    )
    await erasePerson(administrator, technician.actor.personId ?? '', { reason })
    const after = await findCase(context, caseId)
    expect(after.entries.map(({ body }) => body)).toContain('Ho cambiato il cavo')
    expect((await findCase(await city.as('agent'), caseId)).entries.map(({ author }) => author)).toContain(
      'Persona cancellata',
    )
    expect(id).not.toBe('')
  })
})

describe('erasing a person is refused', () => {
  async function traces() {
    return (
      await rowsOf(
        'select (select count(*) from event) as events, (select count(*) from event_text where content is null) as erased, (select count(*) from account) as accounts, (select count(*) from api_key) as keys, (select string_agg(p::text, $1) from person p) as people',
        [''],
      )
    )[0]
  }

  test('while they have open cases, saying which', async () => {
    const { id, context } = await somebody()
    const { number } = await openCase(context, { kind: 'incident', title: 'Ancora aperta' })
    const before = await traces()
    const refused = await erasePerson(administrator, id, { reason }).catch((error) => error)
    expect(refused).toMatchObject({ code: 'open_cases' })
    expect(refused.say.it).toContain(number)
    expect(await traces()).toEqual(before)
  })

  test('for oneself and for the last administrator', async () => {
    const before = await traces()
    const own = administrator.actor.personId ?? ''
    await expect(erasePerson(administrator, own, { reason })).rejects.toMatchObject({ code: 'oneself' })
    await expect(erasePerson(head, own, { reason })).rejects.toMatchObject({ code: 'last_administrator' })
    expect(await traces()).toEqual(before)
  })

  test('without a reason, to other roles, for an unknown person and for another administration’s', async () => {
    const { id } = await somebody()
    const before = await traces()
    await expect(erasePerson(administrator, id, { reason: '' })).rejects.toMatchObject({ code: 'invalid' })
    for (const part of ['employee', 'agent', 'team_leader', 'contract_manager', 'auditor'] as const)
      for (const work of [erasePerson, exportPerson])
        await expect(work(await city.as(part), id, { reason })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(erasePerson(administrator, randomUUID(), { reason })).rejects.toMatchObject({ code: 'not_found' })
    expect(await traces()).toEqual(before)
    const neighbour = await createOrganisation(city.services, {
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
    const theirs = systemContext(
      city.services,
      { ...neighbour.organisation, zone: 'Europe/Rome', isDemo: true },
      'Riga',
      'cli',
    )
    await expect(erasePerson(theirs, id, { reason })).rejects.toMatchObject({ code: 'not_found' })
    await expect(exportPerson(theirs, id)).rejects.toMatchObject({ code: 'not_found' })
    expect((await findPerson(administrator, id)).givenName).toMatch(/^Zzmarchio/)
  })

  test('an administrator who leaves: the sign-in texts of the last six months stay for the access log', async () => {
    const { id, email } = await somebody(['administrator'])
    await erasePerson(head, id, { reason })
    const kept = await rowsOf("select x.content, x.retention from event_text x where x.content like '%' || $1 || '%'", [
      email,
    ])
    expect(new Set(kept.map(({ retention }) => retention))).toEqual(new Set(['security']))
  })
})

describe('a person’s own data', () => {
  test('are given as one JSON, and that they were given is recorded', async () => {
    const { id, mark, email, context } = await somebody()
    await openCase(context, { kind: 'incident', title: `Guasto di ${mark}`, description: 'Da ieri' })
    const known = JSON.parse(JSON.stringify(await exportPerson(head, id)))
    expect(known.organisation.person).toMatchObject({ email, givenName: mark, room: mark })
    expect(known.organisation.access.keys).toMatchObject([{ name: `chiave di ${mark}` }])
    expect(known.cases.cases).toMatchObject([{ title: `Guasto di ${mark}`, state: 'new' }])
    expect(known.cases.words[0].text).toMatchObject({ body: 'Da ieri' })
    expect(JSON.stringify(known)).not.toContain('argon2')
    const [event] = await rowsOf("select actor_id from event where kind = 'person.exported' and subject_id = $1", [id])
    expect(event.actor_id).toBe(head.actor.personId)
  })

  test('the command tries, erases and refuses in words', async () => {
    const { email, id } = await somebody()
    const organisation = { id: city.organisationId, name: 'Comune', zone: 'Europe/Rome', isDemo: true }
    const context = systemContext(city.services, organisation, 'Riga di comando', 'cli')
    const run = (values: Record<string, string | boolean>, address = email) =>
      personCommands
        .find(({ name }) => name === 'person erase')
        ?.run({
          context,
          positionals: [address],
          values,
          resolvePath: (path) => path,
          readFile: async () => new Uint8Array(),
          print: async () => undefined,
        })
    expect(await run({ reason, 'dry-run': true })).toMatchObject({ exit: 0, json: { dryRun: true } })
    expect((await findPerson(administrator, id)).email).toBe(email)
    await expect(run({})).rejects.toMatchObject({ code: 'invalid' })
    await expect(run({ reason }, 'nessuno@comune.example.it')).rejects.toMatchObject({ code: 'invalid' })
    expect(await run({ reason })).toMatchObject({
      exit: 0,
      json: { dryRun: false },
      text: expect.stringContaining('Cancellati'),
    })
    expect((await findPerson(administrator, id)).email).toContain('@sitec.invalid')
  })

  test('who has left already is erased too', async () => {
    const { id } = await somebody()
    const { version } = await findPerson(administrator, id)
    await leavePerson(administrator, id, { version })
    await expect(setRoles(administrator, id, { version: version + 1, roles: [] })).rejects.toMatchObject({
      code: 'person_left',
    })
    expect((await erasePerson(head, id, { reason })).counts.organisation).toBeGreaterThan(0)
  })
})
