/** Waves of mailboxes between two real Dovecots: checked, copied, paused, cut over, proved, brought back. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import { readManifest } from '../src/modules/mailboxes/manifest.ts'
import { checkWave } from '../src/modules/mailboxes/preflight.ts'
import { readProof } from '../src/modules/mailboxes/proofs.ts'
import { chooseAside, keepMessages, keptMailbox, listAside } from '../src/modules/mailboxes/set-aside.ts'
import { importCopyLog } from '../src/modules/mailboxes/third-party.ts'
import { holdMailbox, tryAgain } from '../src/modules/mailboxes/wave-acts.ts'
import { tickCheck } from '../src/modules/mailboxes/wave-checks.ts'
import { checkWaveNow, renewProofNow, startWaves } from '../src/modules/mailboxes/wave-run.ts'
import type { PlanWaveInput, WaveDetail } from '../src/modules/mailboxes/wave-schema.ts'
import { addToWave, findWave, planWave } from '../src/modules/mailboxes/waves.ts'
import type { Context } from '../src/platform/context.ts'
import { startDistance } from './support/delay.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { contentsOf, fillMailbox, putMessage } from './support/mailbox.ts'
import { addMailbox, addServer, handsOn, masterPassword, masterUser, placeOf, rowsAndFolds } from './support/wave.ts'

const why = whyNoDovecot()
const names = Array.from({ length: 20 }, (_, number) => `casella${number}@comune.example.it`)

describe.skipIf(why !== null)(`waves${why === null ? '' : ` (skipped: ${why})`}`, () => {
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
  const box = async (more: Parameters<typeof addMailbox>[3] = {}, serverId = servers.fromServerId) => {
    const address = names[next++] ?? ''
    const id = await addMailbox(placeOf(city), serverId, address, more)
    return { id, address, from: source.as(address), to: target.as(address) }
  }
  const plan = async (boxes: { id: string }[], more: Partial<PlanWaveInput> = {}) => {
    const { number } = await planWave(ctx, { name: 'Gruppo di prova', ...servers, mostAtOnce: 2, ...more })
    await addToWave(ctx, number, { version: 1, mailboxIds: boxes.map(({ id }) => id) })
    return number
  }
  const { all, move, until, tickAll } = handsOn(() => ctx)

  test('from the check to the closing: every message is there, the manifest is signed, the mailbox is at its new server', async () => {
    const [one, two] = [await box(), await box()]
    await fillMailbox(one.from, 60, { size: 2000 })
    await fillMailbox(two.from, 30, { size: 2000, folder: 'Fatti' })
    const number = await plan([one, two], { isPilot: true })
    await checkWave(ctx, number, { version: (await findWave(ctx, number)).version })
    const wave = await findWave(ctx, number)
    await checkWaveNow(city.services, city.organisationId, wave.id)
    const looked = await findWave(ctx, number)
    expect(looked.boxes.map(({ state, messages }) => [state, messages])).toEqual([
      ['prepared', 60],
      ['prepared', 30],
    ])
    expect(looked.boxes[0]?.preflight.every(({ outcome }) => outcome !== 'stop')).toBe(true)
    goOn()
    await move(number, 'start')
    await until(number, all('delta'))
    expect(contentsOf(one.to)).toEqual(contentsOf(one.from))
    await expect(move(number, 'cut_over')).rejects.toThrow('checks_open')
    await tickAll(number)
    await putMessage(one.from, Buffer.from('Subject: tardi\r\n\r\nArrivato prima del passaggio.\r\n'), {
      receivedAt: '2026-11-02T09:00:00Z',
    })
    await move(number, 'cut_over')
    const done = await until(number, all('verified'))
    expect(contentsOf(one.to)).toEqual(contentsOf(one.from))
    expect(done.boxes[0]).toMatchObject({ doneMessages: 61, messages: 61, hasProof: true, setAside: 0 })
    const manifest = readManifest(await readProof(ctx, number, one.id))
    expect(manifest.content.counts).toMatchObject({ messages: 61, verified: 61 })
    await move(number, 'close')
    const row = await city.services.database.owner
      .selectFrom('mailbox')
      .select('server_id')
      .where('id', '=', one.id)
      .executeTakeFirstOrThrow()
    expect(row.server_id).toBe(servers.toServerId)
  }, 90_000)

  test('paused in the middle it stops within seconds; a server that starts again goes on where it was', async () => {
    // Far away, so that the copy lasts however quick the machine is.
    const far = await startDistance(source.port, 40)
    const fromServerId = await addServer(placeOf(city), 'Vecchia posta lontana', far)
    const one = await box({}, fromServerId)
    await fillMailbox(one.from, 1500, { size: 3000 })
    const number = await plan([one], { fromServerId })
    goOn({ copy: { batchMessages: 5, firstWindow: 20_000, mostWindow: 20_000 } })
    await move(number, 'start')
    await until(number, ({ boxes: [first] }) => (first?.doneMessages ?? 0) > 20 && first?.state === 'copying')
    const before = Date.now()
    await move(number, 'pause')
    const paused = await until(number, ({ boxes: [first] }) => first?.speed === null)
    expect(Date.now() - before).toBeLessThan(8000)
    const done = paused.boxes[0]?.doneMessages ?? 0
    expect(done).toBeGreaterThan(20)
    expect(done).toBeLessThan(1500)
    await run?.stop()
    goOn()
    await sleep(500)
    expect((await findWave(ctx, number)).boxes[0]?.doneMessages).toBe(done)
    await move(number, 'resume')
    const whole = await until(number, all('delta'), 60_000)
    expect(whole.boxes[0]).toMatchObject({ doneMessages: 1500, setAside: 0 })
    expect(contentsOf(one.to)).toEqual(contentsOf(one.from))
    await run?.stop()
    await far.close()
  }, 120_000)

  test('a mailbox that is held waits alone; one without responsible waits until there is one', async () => {
    const [held, lacking, free] = [await box(), await box({ hasHolder: false }), await box()]
    for (const one of [held, lacking, free]) await fillMailbox(one.from, 5, { size: 500 })
    const number = await plan([held, lacking, free])
    const version = (await findWave(ctx, number)).boxes.find(({ mailboxId }) => mailboxId === held.id)?.version ?? 0
    await holdMailbox(ctx, number, held.id, { version, isHeld: true })
    goOn()
    await move(number, 'start')
    const wave = await until(
      number,
      ({ boxes }) =>
        boxes.some(({ state }) => state === 'delta') && boxes.some(({ waitsFor }) => waitsFor === 'holder'),
    )
    expect(wave.boxes.find(({ mailboxId }) => mailboxId === held.id)).toMatchObject({
      state: 'surveyed',
      isHeld: true,
      doneMessages: 0,
    })
    expect(wave.boxes.find(({ mailboxId }) => mailboxId === lacking.id)).toMatchObject({
      group: 'needs',
      waitsFor: 'holder',
    })
    const owner = city.services.database.owner
    await owner.updateTable('mailbox').set({ holder_id: ctx.actor.personId }).where('id', '=', lacking.id).execute()
    await until(number, ({ boxes }) => boxes.find(({ mailboxId }) => mailboxId === lacking.id)?.state === 'delta')
  }, 60_000)

  test('messages the target does not take: the owner decides, they are kept apart, the mailbox goes on', async () => {
    const one = await box()
    await fillMailbox(one.from, 4, { size: 500 })
    await fillMailbox(one.from, 2, { size: 90_000, seed: 3 })
    const owner = city.services.database.owner
    await owner
      .updateTable('mail_server')
      .set({ most_message_bytes: 50_000 })
      .where('id', '=', servers.toServerId)
      .execute()
    const number = await plan([one])
    goOn()
    await move(number, 'start')
    const waiting = await until(number, ({ boxes: [first] }) => first?.waitsFor === 'choices')
    expect(waiting.boxes[0]).toMatchObject({ doneMessages: 4, messages: 6, setAside: 2, undecided: 2, group: 'needs' })
    await expect(chooseAside(ctx, number, one.id, { choice: 'accept' })).rejects.toThrow('invalid')
    const { messages } = await listAside(ctx, number, one.id)
    expect(messages.map(({ state, reason }) => [state, reason])).toEqual([
      ['refused', 'APPENDLIMIT 50000'],
      ['refused', 'APPENDLIMIT 50000'],
    ])
    await chooseAside(ctx, number, one.id, { choice: 'leave', messages: messages.slice(0, 1) })
    expect((await findWave(ctx, number)).boxes[0]?.waitsFor).toBe('choices')
    await chooseAside(ctx, number, one.id, { choice: 'export' })
    await keepMessages(city.services, city.organisationId, waiting.id, one.id)
    const kept = Buffer.concat(await Array.fromAsync(await keptMailbox(ctx, number, one.id)))
    expect(kept.toString('latin1')).toMatch(/^From sitec@localhost /)
    expect(kept.length).toBeGreaterThan(85_000)
    const done = await until(number, all('delta'))
    expect(done.boxes[0]).toMatchObject({ waitsFor: null, undecided: 0, hasProof: true })
    const decided = async () =>
      readManifest(await readProof(ctx, number, one.id))
        .content.folders.flatMap(({ items }) => items)
        .flatMap(({ state, decision }) => (state === 'refused' ? [decision] : []))
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(await decided()).toEqual([
      { choice: 'leave', decidedAt: at },
      { choice: 'export', decidedAt: at },
    ])
    await chooseAside(ctx, number, one.id, { choice: 'export', messages: messages.slice(0, 1) })
    await renewProofNow(city.services, city.organisationId, waiting.id, one.id)
    expect((await decided()).map((decision) => decision?.choice)).toEqual(['export', 'export'])
    await owner
      .updateTable('mail_server')
      .set({ most_message_bytes: null })
      .where('id', '=', servers.toServerId)
      .execute()
  }, 60_000)

  test('stopped after the cut-over: what has come since is brought back, and nothing twice', async () => {
    const one = await box()
    await fillMailbox(one.from, 12, { size: 800 })
    const before = contentsOf(one.from)
    const number = await plan([one])
    goOn()
    await move(number, 'start')
    await until(number, all('delta'))
    await tickAll(number)
    await move(number, 'cut_over')
    await until(number, all('verified'))
    await putMessage(one.to, Buffer.from('Subject: nuovo\r\n\r\nArrivato alla nuova posta.\r\n'), {
      receivedAt: '2026-11-20T08:00:00Z',
    })
    await move(number, 'stop', 'la nuova posta non regge')
    await until(number, all('rolled_back'))
    const after = contentsOf(one.from)
    expect(after).toHaveLength(13)
    expect(after.filter((line) => !before.includes(line))).toHaveLength(1)
    expect(after).toEqual(contentsOf(one.to))
  }, 60_000)

  test('a third party has copied: SITEC reads both sides, sends nothing, and says what is missing', async () => {
    const one = await box()
    for (const number of [1, 2, 3, 4])
      await putMessage(one.from, Buffer.from(`Subject: ${number}\r\n\r\nMessaggio ${number}.\r\n`), {
        receivedAt: `2024-01-0${number}T10:00:00Z`,
      })
    // Two as they were, one with a header that the tool has put before it, one not at all.
    for (const number of [1, 2])
      await putMessage(one.to, Buffer.from(`Subject: ${number}\r\n\r\nMessaggio ${number}.\r\n`), {
        receivedAt: `2024-01-0${number}T10:00:00Z`,
      })
    await putMessage(one.to, Buffer.from('X-Received: da uno strumento\r\nSubject: 3\r\n\r\nMessaggio 3.\r\n'), {
      receivedAt: '2026-01-01T10:00:00Z',
    })
    const there = contentsOf(one.to)
    const number = await plan([one], { carriedOutBy: 'third_party', thirdParty: 'Ditta di traslochi' })
    goOn()
    await move(number, 'start')
    await until(number, ({ boxes: [first] }) => first?.waitsFor === 'log')
    const log = `address,folder,uid,size,sha256,target_uid,result\n${one.address},INBOX,1,,,1,copied\n${one.address},INBOX,3,,,3,copied\n`
    const { version } = await findWave(ctx, number)
    await expect(importCopyLog(ctx, number, version, Buffer.from(log.replace(',copied', ',forse')))).rejects.toThrow(
      'import_refused',
    )
    await importCopyLog(ctx, number, version, Buffer.from(log))
    const wave = await until(number, ({ boxes: [first] }) => first?.waitsFor === 'incomplete')
    expect(wave.boxes[0]).toMatchObject({ messages: 4, doneMessages: 3 })
    expect(contentsOf(one.to)).toEqual(there)
    await putMessage(one.to, Buffer.from('Subject: 4\r\n\r\nMessaggio 4.\r\n'), { receivedAt: '2024-01-04T10:00:00Z' })
    await tryAgain(ctx, number, one.id, { version: wave.boxes[0]?.version ?? 0 })
    await until(number, all('delta'))
    const { content } = readManifest(await readProof(ctx, number, one.id))
    expect(content.counts).toMatchObject({ messages: 4, verified: 4, byLevel: [3, 0, 1, 0, 0] })
  }, 60_000)

  /** A wave of one mailbox that was cut over and proved; the run is stopped. */
  const cutOver = async (messages: number, more: Partial<PlanWaveInput> = {}) => {
    const one = await box()
    await fillMailbox(one.from, messages, { size: 800, hasIds: false })
    const number = await plan([one], more)
    goOn()
    await move(number, 'start')
    await until(number, all('delta'))
    await tickAll(number)
    await move(number, 'cut_over')
    await until(number, all('verified'))
    await run?.stop()
    return { ...one, number }
  }
  const often = { late: { firstDays: 3, firstSeconds: 1, thenSeconds: 1 } }
  const comes = (server: Dovecot, subject: string, folder = 'INBOX') =>
    server.deliver(Buffer.from(`Subject: ${subject}\r\n\r\n${subject}: arrivato dopo il passaggio.\r\n`), folder)
  const looked = async (number: number, since = new Date().toISOString()) =>
    until(number, ({ boxes: [first] }) => new Date(first?.lateAt ?? 0) > new Date(since))
  const late = (count: number) => (wave: WaveDetail) => wave.boxes[0]?.lateMessages === count
  const texts = (server: Dovecot) => contentsOf(server).map((line) => line.replace(/^(\S+) .* (\S+)$/, '$1 $2'))

  test('late: an old server that does not answer for a while is asked again within the hour, by itself', async () => {
    const one = await cutOver(4)
    await source.kill()
    goOn({ ...often, copy: { attempts: 1, pause: 20 } })
    await until(one.number, ({ boxes: [first] }) => first?.waitsFor === 'source_unreachable')
    await source.startAgain().then(() => comes(one.from, 'mentre non rispondeva'))
    const longAgo = new Date(Date.now() - 3_700_000).toISOString()
    await placeOf(city)
      .owner.updateTable('wave_mailbox')
      .set({ progressed_at: longAgo, preflight_at: longAgo })
      .where('mailbox_id', '=', one.id)
      .execute()
    expect((await until(one.number, late(1))).boxes[0]).toMatchObject({ waitsFor: null, messages: 5 })
  }, 60_000)

  test('what reaches the old server after the cut-over arrives once; what was deleted or moved in the new one stays so', async () => {
    const one = await cutOver(6)
    const before = await readProof(ctx, one.number, one.id)
    const { doveadm, user } = one.to
    doveadm(['expunge', '-u', user, 'mailbox', 'INBOX', '1'])
    doveadm(['mailbox', 'create', '-u', user, 'Altre'])
    doveadm(['move', '-u', user, 'Altre', 'mailbox', 'INBOX', '1'])
    doveadm(['flags', 'add', '-u', user, '\\Flagged', 'mailbox', 'INBOX', '1'])
    const moved = texts(one.to)
    comes(one.from, 'tardi')
    goOn(often)
    const wave = await until(one.number, late(1))
    expect(wave).toMatchObject({ lateMessages: 1, state: 'cut_over' })
    expect(wave.boxes[0]).toMatchObject({ state: 'verified', waitsFor: null, messages: 7, lateMissing: 0 })
    const after = texts(one.to)
    expect(after.filter((line) => !moved.includes(line))).toHaveLength(1)
    expect(after).toHaveLength(6)
    const renewed = readManifest(await readProof(ctx, one.number, one.id)).content
    expect(renewed.counts).toMatchObject({ messages: 7, verified: 7 })
    const isLate = renewed.folders.flatMap(({ items }) => items).map((item) => item.isLate ?? false)
    expect(isLate).toEqual([false, false, false, false, false, false, true])
    expect(renewed.digest).not.toBe(readManifest(before).content.digest)
    await looked(one.number)
    // The late one is its user's as well: deleted, it does not come back when another comes.
    doveadm(['expunge', '-u', user, 'mailbox', 'INBOX', 'subject', 'tardi'])
    comes(one.from, 'più tardi')
    await until(one.number, late(2))
    await looked(one.number)
    expect(texts(one.to)).toHaveLength(6)
    const events = await city.services.database.owner
      .selectFrom('event')
      .select('payload')
      .where('subject_id', '=', wave.id)
      .where('kind', '=', 'wave.mailbox_late')
      .orderBy('id')
      .execute()
    expect(events.map(({ payload }) => payload)).toEqual([
      { mailboxId: one.id, late: 1, came: 1, missing: 0 },
      { mailboxId: one.id, late: 2, came: 1, missing: 0 },
    ])
  }, 60_000)

  test('late: what was moved at the old server, or got new numbers on either side, is not new', async () => {
    const one = await cutOver(5)
    one.to.doveadm(['expunge', '-u', one.to.user, 'mailbox', 'INBOX', '2'])
    one.from.doveadm(['mailbox', 'create', '-u', one.from.user, 'Vecchie'])
    one.from.doveadm(['move', '-u', one.from.user, 'Vecchie', 'mailbox', 'INBOX', '2:3'])
    comes(one.from, 'tardi', 'Vecchie')
    goOn(often)
    await until(one.number, late(1))
    expect(texts(one.to)).toHaveLength(5)
    expect(texts(one.to).filter((line) => line.startsWith('Vecchie'))).toHaveLength(1)
    await looked(one.number)
    await run?.stop()
    await one.from.as(one.address).renumber()
    await one.to.as(one.address).renumber()
    comes(one.from, 'ancora')
    goOn(often)
    await until(one.number, late(2))
    await looked(one.number)
    expect(texts(one.to)).toHaveLength(6)
  }, 60_000)

  test('late: a sending that was never answered is found again, not repeated', async () => {
    const one = await cutOver(3)
    comes(one.from, 'tardi')
    goOn(often)
    await until(one.number, late(1))
    await run?.stop()
    const owner = city.services.database.owner
    const changes = { state: 'intent', target_uid: null, target_sha256: null, level: null } as const
    await owner.updateTable('mail_copy_item').set(changes).where('is_late', '=', true).execute()
    await owner.updateTable('wave_mailbox').set({ late_at: null }).where('mailbox_id', '=', one.id).execute()
    goOn(often)
    await looked(one.number)
    expect((await findWave(ctx, one.number)).boxes[0]).toMatchObject({ lateMessages: 1, waitsFor: null })
    expect(contentsOf(one.to)).toEqual(contentsOf(one.from))
  }, 60_000)

  test('late: what the target refuses waits for its owner, and a mailbox that is held is not looked at', async () => {
    const one = await cutOver(2)
    const owner = city.services.database.owner
    const limit = (bytes: number | null) =>
      owner.updateTable('mail_server').set({ most_message_bytes: bytes }).where('id', '=', servers.toServerId).execute()
    await limit(50_000)
    const hold = async (isHeld: boolean) => {
      const version = (await findWave(ctx, one.number)).boxes[0]?.version ?? 0
      await holdMailbox(ctx, one.number, one.id, { version, isHeld })
    }
    await hold(true)
    await fillMailbox(one.from, 1, { size: 90_000, seed: 7 })
    goOn(often)
    await sleep(2500)
    expect((await findWave(ctx, one.number)).boxes[0]).toMatchObject({ lateAt: null, waitsFor: null })
    await hold(false)
    await until(one.number, ({ boxes: [first] }) => first?.waitsFor === 'choices')
    await chooseAside(ctx, one.number, one.id, { choice: 'leave' })
    const done = await until(one.number, late(1))
    expect(done.boxes[0]).toMatchObject({ setAside: 1, undecided: 0, waitsFor: null, doneMessages: 2 })
    await limit(null)
  }, 60_000)

  test('rolled back after late mail: nothing is there twice', async () => {
    const one = await cutOver(4)
    comes(one.from, 'tardi')
    goOn(often)
    await until(one.number, late(1))
    comes(one.to, 'nuovo')
    const before = contentsOf(one.from)
    await move(one.number, 'stop', 'la nuova posta non regge')
    await until(one.number, all('rolled_back'))
    expect(contentsOf(one.from).filter((line) => !before.includes(line))).toHaveLength(1)
    expect(texts(one.from)).toEqual(texts(one.to))
    expect(texts(one.from)).toHaveLength(6)
  }, 60_000)

  test('rolled back, moved again and rolled back again: nothing is twice on either side', async () => {
    const one = await cutOver(3)
    comes(one.to, 'nuovo')
    goOn()
    await move(one.number, 'stop', 'la nuova posta non regge')
    await until(one.number, all('rolled_back'))
    comes(one.from, 'dopo il ritorno')
    const again = await plan([one])
    await move(again, 'start')
    await until(again, all('delta'))
    expect(texts(one.to)).toEqual(texts(one.from))
    await tickAll(again)
    await move(again, 'cut_over')
    await until(again, all('verified'))
    await move(again, 'stop', 'nemmeno questa volta')
    await until(again, all('rolled_back'))
    expect(texts(one.from)).toHaveLength(5)
    expect(texts(one.to)).toEqual(texts(one.from))
  }, 60_000)

  test('asked to close, the old mailboxes are looked at once more first; with a reason it is closed at once', async () => {
    const one = await cutOver(3)
    comes(one.from, 'ultimo')
    await move(one.number, 'close', '')
    expect(await findWave(ctx, one.number)).toMatchObject({ state: 'cut_over', closingAt: expect.any(String) })
    await tickCheck(ctx, one.number, 'support', { state: 'open' })
    goOn()
    await until(one.number, late(1))
    await sleep(500)
    expect((await findWave(ctx, one.number)).state).toBe('cut_over')
    await tickCheck(ctx, one.number, 'support', { state: 'done' })
    const closed = await until(one.number, ({ state }) => state === 'closed')
    expect(closed).toMatchObject({ closingAt: null, lateMessages: 1 })
    expect(closed.boxes[0]?.state).toBe('closed')
    expect(contentsOf(one.to)).toEqual(contentsOf(one.from))
  }, 60_000)

  test('late where another copies: SITEC says how many came and are missing, and sends nothing', async () => {
    const one = await box()
    const first = Buffer.from('Subject: 1\r\n\r\nMessaggio.\r\n')
    for (const side of [one.from, one.to]) await putMessage(side, first, { receivedAt: '2024-01-01T10:00:00Z' })
    const number = await plan([one], { carriedOutBy: 'third_party', thirdParty: 'Ditta di traslochi' })
    const log = `address,folder,uid,result\n${one.address},INBOX,1,copied\n`
    await importCopyLog(ctx, number, (await findWave(ctx, number)).version, Buffer.from(log))
    goOn(often)
    await move(number, 'start')
    await until(number, all('delta'))
    await tickAll(number)
    await move(number, 'cut_over')
    await until(number, all('verified'))
    const there = contentsOf(one.to)
    comes(one.from, 'tardi')
    const wave = await until(number, late(1))
    expect(wave.boxes[0]).toMatchObject({ lateMissing: 1, waitsFor: null, doneMessages: 1, messages: 2 })
    expect(contentsOf(one.to)).toEqual(there)
    await move(number, 'close', '')
    await looked(number)
    expect((await findWave(ctx, number)).state).toBe('cut_over')
    comes(one.to, 'tardi')
    const closed = await until(number, ({ state }) => state === 'closed')
    expect(closed.boxes[0]).toMatchObject({ lateMessages: 1, lateMissing: 0, doneMessages: 2 })
  }, 60_000)

  test('what the rows hold equals the fold of the events, for every wave that was worked here', async () => {
    const all = await rowsAndFolds(placeOf(city), servers.fromServerId)
    expect(all.length).toBeGreaterThanOrEqual(13)
    for (const { row, fold } of all) expect(row).toEqual(fold)
  })
})
