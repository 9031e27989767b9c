/** Waves whose way is not straight: users at work in both mailboxes, a way back, servers and folders that go away meanwhile. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import { chooseAside, keepMessages, keptMailbox, listAside } from '../src/modules/mailboxes/set-aside.ts'
import { holdMailbox, tryAgain } from '../src/modules/mailboxes/wave-acts.ts'
import { startWaves } from '../src/modules/mailboxes/wave-run.ts'
import type { PlanWaveInput } from '../src/modules/mailboxes/wave-schema.ts'
import { addToWave, findWave, planWave } from '../src/modules/mailboxes/waves.ts'
import type { Context } from '../src/platform/context.ts'
import { startDistance } from './support/delay.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { contentsOf, fillMailbox } from './support/mailbox.ts'
import { addMailbox, addServer, handsOn, masterPassword, masterUser, placeOf, rowsAndFolds } from './support/wave.ts'

const why = whyNoDovecot()
const names = Array.from({ length: 20 }, (_, number) => `casella${number}@comune.example.it`)

describe.skipIf(why !== null)(`waves and the way back${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let ctx: Context
  let source: Dovecot
  let target: Dovecot
  let servers: { fromServerId: string; toServerId: string }
  let next = 0
  let run: { stop: () => Promise<void> } | null = null

  beforeAll(async () => {
    city = await testCity()
    ctx = await city.as('mail_administrator')
    const master = { user: masterUser, password: masterPassword }
    source = await startDovecot({ format: 'sdbox', users: names, master })
    target = await startDovecot({ format: 'sdbox', users: names, master })
    const place = placeOf(city)
    servers = {
      fromServerId: await addServer(place, 'Vecchia posta di prova', source),
      toServerId: await addServer(place, 'Nuova posta di prova', target),
    }
  })
  afterEach(async () => {
    await run?.stop()
    run = null
  })

  afterAll(async () => {
    await source?.stop()
    await target?.stop()
    await city?.services.close()
  })

  const goOn = (changes = {}) => {
    run = startWaves(city.services, { tick: 100, ...changes })
  }
  const box = async (more: Parameters<typeof addMailbox>[3] = {}) => {
    const address = names[next++] ?? ''
    const id = await addMailbox(placeOf(city), servers.fromServerId, address, more)
    return { id, address, from: source.as(address), to: target.as(address) }
  }
  const plan = async (boxes: { id: string }[], more: Partial<PlanWaveInput> = {}) => {
    const { number } = await planWave(ctx, { name: 'Gruppo di prova', ...servers, mostAtOnce: 2, ...more })
    await addToWave(ctx, number, { version: 1, mailboxIds: boxes.map(({ id }) => id) })
    return number
  }
  const { all, move, until, tickAll } = handsOn(() => ctx)

  /** Copied, and ready for the cut-over; the run goes on. */
  const copied = async (...boxes: { id: string }[]) => {
    const number = await plan(boxes)
    goOn()
    await move(number, 'start', 'perché è una prova')
    await until(number, all('delta'))
    await tickAll(number)
    return number
  }
  /** Cut over and proved; the run goes on. */
  const cutOver = async (...boxes: { id: string }[]) => {
    const number = await copied(...boxes)
    await move(number, 'cut_over')
    await until(number, all('verified'))
    return number
  }
  const comes = (server: Dovecot, subject: string, folder = 'INBOX') =>
    server.deliver(Buffer.from(`Subject: ${subject}\r\n\r\n${subject}: arrivato dopo il passaggio.\r\n`), folder)
  /** Folder and digest of each message. */
  const texts = (server: Dovecot) => contentsOf(server).map((line) => line.replace(/^(\S+) .* (\S+)$/, '$1 $2'))

  test('the last copy brings nothing back that users took away at the new mailbox since the cut-over', async () => {
    const one = await box()
    await fillMailbox(one.from, 6, { size: 800, hasIds: false })
    const number = await copied(one)
    await run?.stop()
    await move(number, 'cut_over')
    const { doveadm, user } = one.to
    doveadm(['expunge', '-u', user, 'mailbox', 'INBOX', '1'])
    doveadm(['mailbox', 'create', '-u', user, 'Altre'])
    doveadm(['move', '-u', user, 'Altre', 'mailbox', 'INBOX', '1:2'])
    comes(one.from, 'tardi')
    const before = texts(one.to)
    goOn()
    const wave = await until(number, all('verified'))
    expect(texts(one.to).filter((line) => !before.includes(line))).toHaveLength(1)
    expect(texts(one.to)).toHaveLength(6)
    expect(wave.boxes[0]).toMatchObject({ messages: 7, doneMessages: 7, waitsFor: null })
  }, 60_000)

  const limitOf = (serverId: string, bytes: number | null) =>
    placeOf(city)
      .owner.updateTable('mail_server')
      .set({ most_message_bytes: bytes })
      .where('id', '=', serverId)
      .execute()
  const large = (subject: string, size = 90_000) =>
    Buffer.from(`Subject: ${subject}\r\n\r\n${'Troppo lungo per il vecchio server.\r\n'.repeat(size / 37)}`)

  test('messages the old server does not take on the way back: the owner decides, they are kept apart, it is back', async () => {
    const one = await box()
    await fillMailbox(one.from, 3, { size: 500 })
    const number = await cutOver(one)
    const wave = await findWave(ctx, number)
    one.to.deliver(large('primo'))
    one.to.deliver(large('secondo', 95_000))
    comes(one.to, 'piccolo')
    await limitOf(servers.fromServerId, 50_000)
    await move(number, 'stop', 'la nuova posta non regge')
    const waiting = await until(number, ({ boxes: [first] }) => first?.waitsFor === 'choices')
    expect(waiting.boxes[0]).toMatchObject({ state: 'verified', setAside: 2, undecided: 2, group: 'needs' })
    const { messages, isBack } = await listAside(ctx, number, one.id)
    expect(isBack).toBe(true)
    expect(messages.map(({ state, reason }) => [state, reason])).toEqual([
      ['refused', 'APPENDLIMIT 50000'],
      ['refused', 'APPENDLIMIT 50000'],
    ])
    await chooseAside(ctx, number, one.id, { choice: 'leave', messages: messages.slice(0, 1) })
    await chooseAside(ctx, number, one.id, { choice: 'export' })
    await keepMessages(city.services, city.organisationId, wave.id, one.id)
    const kept = Buffer.concat(await Array.fromAsync(await keptMailbox(ctx, number, one.id))).toString('latin1')
    expect(kept.match(/^Subject: .*/gm)).toEqual(['Subject: secondo'])
    const done = await until(number, all('rolled_back'))
    expect(done.boxes[0]).toMatchObject({ waitsFor: null, undecided: 0 })
    expect(texts(one.from)).toHaveLength(4)
    await limitOf(servers.fromServerId, null)
  }, 60_000)

  test('a mailbox on its way back says how far it is, and stops within seconds while somebody holds it', async () => {
    // Far away, so that the copy lasts however quick the machine is.
    const far = await startDistance(target.port, 40)
    const toServerId = await addServer(placeOf(city), 'Nuova posta lontana', far)
    const one = await box()
    await fillMailbox(one.from, 2, { size: 500 })
    const slowly = { copy: { batchMessages: 2, firstWindow: 4000, mostWindow: 4000 } }
    const number = await plan([one], { toServerId })
    goOn(slowly)
    await move(number, 'start', 'perché è una prova')
    await until(number, all('delta'))
    await tickAll(number)
    await move(number, 'cut_over')
    await until(number, all('verified'))
    await fillMailbox(one.to, 300, { size: 900, seed: 5 })
    await move(number, 'stop', 'la nuova posta non regge')
    const going = await until(number, ({ boxes: [first] }) => first?.isRunning === true && (first.speed ?? 0) > 0)
    const hold = async (isHeld: boolean) => {
      const version = (await findWave(ctx, number)).boxes[0]?.version ?? 0
      await holdMailbox(ctx, number, one.id, { version, isHeld })
    }
    expect(going.boxes[0]).toMatchObject({ state: 'verified', doneMessages: 2 })
    await hold(true)
    const held = await until(number, ({ boxes: [first] }) => first?.speed === null)
    expect(held.boxes[0]).toMatchObject({ state: 'verified', isHeld: true, waitsFor: null })
    const there = texts(one.from).length
    expect(there).toBeLessThan(302)
    await sleep(500)
    expect(texts(one.from)).toHaveLength(there)
    await hold(false)
    await until(number, all('rolled_back'))
    expect(texts(one.from)).toHaveLength(302)
    await run?.stop()
    await far.close()
  }, 90_000)

  test('an administration whose waves cannot be looked at leaves those of the others going on', async () => {
    const { owner } = placeOf(city)
    const id = randomUUID()
    // The first in order; it cannot read its own name.
    await owner.insertInto('organisation').values({ id, name: '0' }).execute()
    await sql.raw(`create policy shut on organisation as restrictive using (id <> '${id}')`).execute(owner)
    const one = await box()
    await fillMailbox(one.from, 3, { size: 500 })
    const number = await plan([one])
    await move(number, 'start', 'perché è una prova')
    goOn()
    await until(number, all('delta'), 20_000)
    await sql`drop policy shut on organisation`.execute(owner)
  }, 60_000)

  test('a mailbox that fails again and again in a way nobody foresaw waits for somebody, and goes on from there', async () => {
    const { owner } = placeOf(city)
    const one = await box()
    await fillMailbox(one.from, 3, { size: 500 })
    one.from.doveadm(['mailbox', 'create', '-u', one.address, 'Guasta'])
    await sql`alter table mail_copy_folder add constraint broken check (source_path <> 'Guasta')`.execute(owner)
    const number = await plan([one])
    await move(number, 'start', 'perché è una prova')
    goOn({ failures: 1 })
    const waiting = await until(number, ({ boxes: [first] }) => first?.waitsFor === 'incomplete')
    expect(waiting.boxes[0]).toMatchObject({ state: 'copying', group: 'needs', isRunning: false, speed: null })
    await sql`alter table mail_copy_folder drop constraint broken`.execute(owner)
    await tryAgain(ctx, number, one.id, { version: waiting.boxes[0]?.version ?? 0 })
    await until(number, all('delta'))
    expect(contentsOf(one.to)).toEqual(contentsOf(one.from))
  }, 60_000)

  test('what a user deleted or filed at the old server before the cut-over does not come back', async () => {
    const one = await box()
    await fillMailbox(one.from, 5, { size: 800, hasIds: false })
    const number = await copied(one)
    const { doveadm, user } = one.from
    doveadm(['expunge', '-u', user, 'mailbox', 'INBOX', '1'])
    doveadm(['mailbox', 'create', '-u', user, 'Pratiche'])
    doveadm(['move', '-u', user, 'Pratiche', 'mailbox', 'INBOX', '1'])
    await move(number, 'cut_over')
    await until(number, all('verified'))
    const before = texts(one.from)
    comes(one.to, 'nuovo')
    await move(number, 'stop', 'la nuova posta non regge')
    await until(number, all('rolled_back'))
    expect(texts(one.from).filter((line) => !before.includes(line))).toHaveLength(1)
    expect(texts(one.from)).toHaveLength(5)
  }, 60_000)

  test('merged into one, each old mailbox gets back what is its own and nothing of the other', async () => {
    const one = await box()
    const other = await box({ decision: 'merge', into: one.id })
    comes(one.from, 'della prima')
    comes(other.from, 'della seconda')
    comes(other.from, 'fatto della seconda', 'Fatti')
    const number = await cutOver(one, other)
    const under = (await findWave(ctx, number)).boxes.find(({ mailboxId }) => mailboxId === other.id)?.underFolder ?? ''
    expect(under).not.toBe('')
    const before = texts(other.from)
    comes(one.to, 'nuovo')
    comes(one.to, 'nuovo della seconda', `${under}/Fatti`)
    await move(number, 'stop', 'la nuova posta non regge')
    await until(number, all('rolled_back'))
    expect(texts(one.from).map((line) => line.split(' ')[0])).toEqual(['INBOX', 'INBOX'])
    const news = texts(other.from).filter((line) => !before.includes(line))
    expect(news.map((line) => line.split(' ')[0])).toEqual(['Fatti'])
  }, 60_000)

  test('a folder that vanished from the old server while a decision was waited for leaves nothing open', async () => {
    const one = await box()
    await fillMailbox(one.from, 3, { size: 500 })
    one.from.deliver(large('enorme'))
    one.from.doveadm(['mailbox', 'create', '-u', one.address, 'Vecchia'])
    comes(one.from, 'di una volta', 'Vecchia')
    await limitOf(servers.toServerId, 50_000)
    const number = await plan([one])
    goOn()
    await move(number, 'start', 'perché è una prova')
    await until(number, ({ boxes: [first] }) => first?.waitsFor === 'choices')
    one.from.doveadm(['mailbox', 'delete', '-u', one.address, 'Vecchia'])
    await chooseAside(ctx, number, one.id, { choice: 'leave' })
    const done = await until(
      number,
      ({ boxes: [first] }) => first?.state === 'delta' || first?.waitsFor === 'incomplete',
    )
    expect(done.boxes[0]).toMatchObject({ state: 'delta', waitsFor: null, messages: 4, doneMessages: 3, setAside: 1 })
    await limitOf(servers.toServerId, null)
  }, 60_000)

  test('merged, a folder that was renamed at the new server is no reason not to come back', async () => {
    const one = await box()
    const other = await box({ decision: 'merge', into: one.id })
    comes(other.from, 'della seconda')
    comes(other.from, 'fatto della seconda', 'Fatti')
    const number = await cutOver(one, other)
    const under = (await findWave(ctx, number)).boxes.find(({ mailboxId }) => mailboxId === other.id)?.underFolder ?? ''
    one.to.doveadm(['mailbox', 'rename', '-u', one.address, `${under}/Fatti`, `${under}/Finiti`])
    comes(one.to, 'nuovo della seconda', `${under}/INBOX`)
    await move(number, 'stop', 'la nuova posta non regge')
    await until(number, ({ boxes }) =>
      boxes.every(({ state, waitsFor }) => state === 'rolled_back' || waitsFor === 'incomplete'),
    )
    expect((await findWave(ctx, number)).boxes.map(({ state }) => state)).toEqual(['rolled_back', 'rolled_back'])
    expect(texts(other.from).map((line) => line.split(' ')[0])).toEqual(['Fatti', 'INBOX', 'INBOX'])
  }, 60_000)

  test('a wave is not closed before what is to be kept apart is kept; under other numbers nothing is kept', async () => {
    const [one, other] = [await box(), await box()]
    for (const { from } of [one, other]) from.deliver(large('enorme'))
    await limitOf(servers.toServerId, 50_000)
    const number = await plan([one, other])
    goOn({ late: { firstDays: 3, firstSeconds: 1, thenSeconds: 1 } })
    await move(number, 'start', 'perché è una prova')
    const { id } = await until(number, ({ boxes }) => boxes.every(({ waitsFor }) => waitsFor === 'choices'))
    for (const { id } of [one, other]) await chooseAside(ctx, number, id, { choice: 'export' })
    await until(number, all('delta'))
    await tickAll(number)
    await move(number, 'cut_over')
    await until(number, all('verified'))
    await move(number, 'close', '')
    const asked = (await findWave(ctx, number)).closingAt ?? ''
    await until(number, ({ boxes }) => boxes.every(({ lateAt }) => (lateAt ?? '') > asked))
    await sleep(1500)
    expect((await findWave(ctx, number)).state).toBe('cut_over')
    await run?.stop()
    await keepMessages(city.services, city.organisationId, id, one.id)
    await other.from.renumber()
    await keepMessages(city.services, city.organisationId, id, other.id)
    const isKept = async (mailboxId: string) => (await listAside(ctx, number, mailboxId)).messages[0]?.isKept
    expect([await isKept(one.id), await isKept(other.id)]).toEqual([true, false])
    const events = await placeOf(city)
      .owner.selectFrom('event')
      .select('payload')
      .where('subject_id', '=', id)
      .where('kind', '=', 'wave.messages_kept')
      .execute()
    expect(events.map(({ payload }) => payload)).toEqual([expect.objectContaining({ mailboxId: one.id, messages: 1 })])
    await limitOf(servers.toServerId, null)
  }, 60_000)

  test('what the rows hold equals the fold of the events, for every wave that was worked here', async () => {
    const all = await rowsAndFolds(placeOf(city), servers.fromServerId)
    expect(all.length).toBeGreaterThanOrEqual(1)
    for (const { row, fold } of all) expect(row).toEqual(fold)
  })
})
