import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { systemContextFor } from '../../platform/auth/actors.ts'
import { type MailParts, mailOf } from '../../platform/mail/testing.ts'
import { sealAll, verifyChain } from '../../platform/seals.ts'
import { leavePerson } from '../organisation/departures.ts'
import { addPerson } from '../organisation/people.ts'
import { cancelCase } from './answer-case.ts'
import { findCase } from './find-case.ts'
import { ingestMail } from './mail-intake.ts'
import { discardMail } from './mail-quarantine.ts'
import { openCase } from './open-case.ts'
import { adoptRetention, applyRetention, applyRetentionEverywhere, cutoff, retentionStanding } from './retention.ts'
import { retentionRules, retentionTable } from './retention-rules.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

/** What the owner of the database reads. */
async function rowsOf(statement: string, values: unknown[] = []) {
  const client = await city.services.database.ownerPool.connect()
  return (await client.query(statement, values).finally(() => client.release())).rows
}

const months = { service: 36, works: 120, reserved: 12, mail: 6, people: 60, security: 12 }
const act = 'Determinazione n. 12 del 3 marzo 2026'
const night = () => systemContextFor(city.services, city.organisationId, 'Conservazione')

async function closed(title: string, monthsAgo: number) {
  const { id } = await openCase(await city.as('employee'), {
    kind: 'incident',
    title,
    description: `Testo di ${title}`,
  })
  await cancelCase(await city.as('employee'), id)
  await rowsOf('update desk_case set closed_at = now() - make_interval(months => $2, hours => $3) where id = $1', [
    id,
    Math.floor(monthsAgo),
    monthsAgo % 1 === 0 ? 0 : 24,
  ])
  return id
}

describe('keeping by time', () => {
  test('until the administration has decided, nothing is erased', async () => {
    const id = await closed('Vecchia ma non decisa', 400)
    expect(await applyRetention(await night())).toMatchObject({ cases: 0, texts: 0 })
    expect((await findCase(await city.as('auditor'), id)).title).toBe('Vecchia ma non decisa')
    const standing = await retentionStanding(await city.as('auditor'))
    expect(standing.adopted).toBeNull()
    expect(standing.rules.find((rule) => rule.id === 'service')).toMatchObject({ decided: null, due: 1 })
  })

  test('a night erases what is over its time and leaves the rest; events stay and the chain verifies', async () => {
    const [over, young, open] = [
      await closed('Oltre il tempo', 36.5),
      await closed('Ancora nel tempo', 35),
      (await openCase(await city.as('employee'), { kind: 'incident', title: 'Aperta da sempre' })).id,
    ]
    await rowsOf("update desk_case set opened_at = now() - interval '30 years' where id = $1", [open])
    await adoptRetention(await city.as('head_of_ict'), { act, months })
    const events = async (id: string) =>
      (await rowsOf('select count(*)::int as n from event where subject_id = $1', [id]))[0].n
    const before = await events(over)
    await applyRetentionEverywhere(city.services)
    const auditor = await city.as('auditor')
    const after = await findCase(auditor, over)
    expect(after.title).toBe('')
    expect(after.entries[0]?.erasedReason).toContain('Conservazione')
    expect(await events(over)).toBe(before + 1)
    expect((await findCase(auditor, young)).title).toBe('Ancora nel tempo')
    expect((await findCase(auditor, open)).title).toBe('Aperta da sempre')
    const standing = await retentionStanding(auditor)
    expect(standing.adopted).toMatchObject({ act })
    expect(standing.runs[0]).toMatchObject({ cases: 2, byRule: { service: 2 } })
    expect(standing.rules.find((rule) => rule.id === 'service')).toMatchObject({ decided: 36, due: 0 })
    await sealAll(city.services.database.owner)
    expect((await verifyChain(city.services.database.owner)).problems).toEqual([])
  })

  test('a reserved case has its own, shorter time; what proves what was paid for a longer one', async () => {
    const reserved = await closed('Riservata', 13)
    await rowsOf("update desk_case set reserved = 'health' where id = $1", [reserved])
    const works = await closed('Difetto', 40)
    await rowsOf("update desk_case set kind = 'defect' where id = $1", [works])
    expect(await applyRetention(await night())).toMatchObject({ byRule: { reserved: 1 } })
    const titles = await rowsOf('select title from desk_case where id = any ($1) order by title', [[reserved, works]])
    expect(titles).toEqual([{ title: '' }, { title: 'Difetto' }])
  })

  test('mail that is in no case goes when its time since the decision is over; what is in a case goes with it', async () => {
    const take = (parts: MailParts) => ingestMail({ ...system, door: 'cli' }, mailOf(parts))
    const system = await night()
    const young = await take({ messageId: '<giovane@example.it>', from: 'x@altrove.example', subject: 'Giovane' })
    const old = [
      await take({ messageId: '<vecchia@example.it>', from: 'Ugo <ugo@altrove.example>', subject: 'Vecchia' }),
      await take({ messageId: '<lista@example.it>', headers: ['List-Id: <novita.example.org>'], subject: 'Novità' }),
      await take({ messageId: '<scartata@example.it>', from: 'y@altrove.example', subject: 'Scartata' }),
    ]
    const [, , discarded] = old
    await discardMail(await city.as('agent'), discarded?.id ?? '', { reason: 'Parla di Ugo', erase: true })
    const inCase = await take({ messageId: '<presa@example.it>', from: city.emailOf('employee') })
    const ids = [...old, inCase].map((one) => one.id)
    await rowsOf("update mail_message set decided_at = now() - interval '7 months' where id = any($1)", [ids])
    const standing = await retentionStanding(await city.as('auditor'))
    expect(standing.rules.find((rule) => rule.id === 'mail')).toMatchObject({ decided: 6, due: 3 })
    expect(await applyRetention(system)).toMatchObject({ cases: 0, byRule: { mail: 3 } })
    const kept = await rowsOf('select id from mail_message where file_sha256 is not null order by id')
    expect(kept.map((row) => row.id)).toEqual([young.id, inCase.id].sort())
    const words = 'select x.content from event e join event_text x on x.event_id = e.id where e.subject_id = any($1)'
    expect(await rowsOf(`${words} and x.content is not null`, [old.map((one) => one.id)])).toEqual([])
    expect(await applyRetention(system)).toEqual({ cases: 0, texts: 0, byRule: {} })
  })

  test('a second run finds nothing more and leaves no event', async () => {
    const count = async () => (await rowsOf('select count(*)::int as n from event'))[0].n
    await applyRetention(await night())
    const before = await count()
    expect(await applyRetention(await night())).toEqual({ cases: 0, texts: 0, byRule: {} })
    expect(await count()).toBe(before)
  })

  test('more than one batch is done in one night', async () => {
    for (let n = 0; n < 60; n += 1) await closed(`Molte ${n}`, 37)
    expect(await applyRetention(await night())).toMatchObject({ cases: 60, byRule: { service: 60 } })
  })

  test('texts of who left long ago and old sign-in texts go; those of who is here stay', async () => {
    const texts = (id: string) =>
      rowsOf(
        'select x.content from event e join event_text x on x.event_id = e.id where e.subject_id = $1 and x.content is not null',
        [id],
      )
    const manager = await city.as('administrator')
    const one = await addPerson(manager, {
      email: 'ex@comune.example.it',
      givenName: 'Ex',
      familyName: 'Collega',
      officeId: null,
    })
    const here = await addPerson(manager, {
      email: 'qui@comune.example.it',
      givenName: 'Qui',
      familyName: 'Resta',
      officeId: null,
    })
    await leavePerson(manager, one.id, { version: 1, leftOn: '2019-01-31' })
    expect(await applyRetention(await night())).toMatchObject({ byRule: { people: 1 } })
    expect(await texts(one.id)).toEqual([])
    expect(await texts(here.id)).toHaveLength(1)
  })

  test('periods shorter than the law’s, without an act, or decided by others are refused and change nothing', async () => {
    const before = await rowsOf('select * from retention_period order by rule')
    const head = await city.as('head_of_ict')
    await expect(adoptRetention(head, { act, months: { ...months, security: 5 } })).rejects.toMatchObject({
      fields: [{ path: 'months.security' }],
    })
    await expect(adoptRetention(head, { act: '', months })).rejects.toMatchObject({ code: 'invalid' })
    for (const part of ['auditor', 'contract_manager', 'team_leader', 'employee'] as const)
      await expect(adoptRetention(await city.as(part), { act, months })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(retentionStanding(await city.as('agent'))).rejects.toMatchObject({ code: 'forbidden' })
    expect(await rowsOf('select * from retention_period order by rule')).toEqual(before)
  })

  test('a period of months ends on the same day of the month, at the same hour of the administration', () => {
    const now = Temporal.Instant.from('2026-03-31T10:00:00Z')
    expect(cutoff('Europe/Rome', 1, now)).toBe('2026-02-28T11:00:00Z')
    expect(cutoff('Europe/Rome', 12, now)).toBe('2025-03-31T10:00:00Z')
  })
})

describe('the table of the adoption file', () => {
  test('is the one the program has', () => {
    const path = new URL('../../../docs/adozione/tabella-conservazione.md', import.meta.url)
    expect(readFileSync(path, 'utf8')).toContain(retentionTable())
  })

  test('every rule names its source in both languages and proposes no less than the law', () => {
    for (const rule of retentionRules) {
      expect(rule.source.it.length).toBeGreaterThan(20)
      expect(rule.source.en.length).toBeGreaterThan(20)
      expect(rule.months).toBeGreaterThanOrEqual(rule.least)
    }
  })
})
