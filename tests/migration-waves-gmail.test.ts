/** Waves from a real Dovecot into a Gmail API as strict as Google's: checked, copied, paused, cut over, proved, brought back. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import { digestOf } from '../src/modules/mailboxes/internal/digest.ts'
import { readManifest } from '../src/modules/mailboxes/manifest.ts'
import { readProof } from '../src/modules/mailboxes/proofs.ts'
import { addServer as addServerByHand, changeServer, listServers, tryServer } from '../src/modules/mailboxes/servers.ts'
import { chooseAside } from '../src/modules/mailboxes/set-aside.ts'
import { tryAgain } from '../src/modules/mailboxes/wave-acts.ts'
import { checkWaveNow, startWaves } from '../src/modules/mailboxes/wave-run.ts'
import type { PlanWaveInput, WaveDetail } from '../src/modules/mailboxes/wave-schema.ts'
import { addToWave, findWave, planWave } from '../src/modules/mailboxes/waves.ts'
import type { Context } from '../src/platform/context.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { type GmailDouble, type GmailOptions, startGmail } from './support/gmail-double.ts'
import { type GoogleTokens, startGoogleTokens } from './support/google-tokens.ts'
import { contentsOf, fillMailbox, putEdgeMailbox, putMessage } from './support/mailbox.ts'
import { addMailbox, addServer, handsOn, masterPassword, masterUser, placeOf } from './support/wave.ts'

const why = whyNoDovecot()
const names = Array.from({ length: 24 }, (_, number) => `casella${number}@comune.example.it`)
const at = { receivedAt: '2020-05-04T10:00:00Z' }
const mail = (subject: string, more = '') =>
  Buffer.from(
    `From: anna@comune.example.it\r\nDate: Mon, 4 May 2020 10:00:00 +0000\r\nMessage-ID: <${subject.replaceAll(' ', '.')}@x>\r\nSubject: ${subject}\r\n${more}\r\nTesto di ${subject}.\r\n`,
  )

describe.skipIf(why !== null)(`waves into Gmail${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let ctx: Context
  let source: Dovecot
  let gmail: GmailDouble
  let tokens: GoogleTokens
  let fromServerId: string
  let toServerId: string
  let next = 0
  let run: { stop: () => Promise<void> } | null = null

  beforeAll(async () => {
    city = await testCity()
    ctx = await city.as('mail_administrator')
    source = await startDovecot({
      ...{ format: 'sdbox', users: names, master: { user: masterUser, password: masterPassword } },
      extra: `namespace inbox {
  mailbox Inviata {
    auto = create
    special_use = \\Sent
  }
}`,
    })
    fromServerId = await addServer(placeOf(city), 'Vecchia posta verso Google', source)
    tokens = await startGoogleTokens((user) => gmail.token(user))
  })
  const start = async (options: GmailOptions = {}) => {
    gmail = await startGmail(options)
    const { id } = await addServerByHand(ctx, { ...settings(), name: `Google ${next} ${gmail.port}` })
    toServerId = id
  }
  const settings = () => ({
    ...{ name: 'Google', kind: 'google' as const, host: 'imap.gmail.com', signIn: 'token' as const },
    ...{ signInUser: 'posta@comune.example.it', secret: tokens.key(), writtenBy: 'gmail_api' as const },
    ...{ api: `http://127.0.0.1:${gmail.port}`, unitsPerMinute: 100_000_000 },
  })
  beforeEach(async () => {
    Object.assign(tokens.state, { refuses: false, isDown: false })
    await start()
  })
  afterEach(async () => {
    await run?.stop()
    run = null
    await gmail.close()
  })
  afterAll(async () => {
    await tokens?.close()
    await source?.stop()
    await city?.services.close()
  })

  const goOn = (changes = {}) => {
    run = startWaves(city.services, { tick: 100, ...changes })
  }
  const box = async (more: Parameters<typeof addMailbox>[3] = {}) => {
    const address = names[next++] ?? ''
    const id = await addMailbox(placeOf(city), fromServerId, address, more)
    return { id, address, from: source.as(address), to: () => gmail.mailboxOf(address) }
  }
  type Box = Awaited<ReturnType<typeof box>>
  const plan = async (boxes: { id: string }[], more: Partial<PlanWaveInput> = {}) => {
    const { number } = await planWave(ctx, {
      ...{ name: 'Gruppo verso Google', fromServerId, toServerId, mostAtOnce: 2, ...more },
    })
    await addToWave(ctx, number, { version: 1, mailboxIds: boxes.map(({ id }) => id) })
    return number
  }
  const { all, move, until, tickAll } = handsOn(() => ctx)
  const waits = (reason: string) => (wave: WaveDetail) => wave.boxes.some(({ waitsFor }) => waitsFor === reason)
  const kept = (one: Box) => [...one.to().messages.values()]
  const labelsOf = (one: Box, subject: string) =>
    kept(one)
      .filter(({ source }) => source.includes(`Subject: ${subject}\r\n`))
      .flatMap(({ labels }) => [...labels].map((id) => one.to().labels.get(id)?.name))
      .sort()
  const create = (one: Box, folder: string) => source.doveadm(['mailbox', 'create', '-u', one.address, folder])
  const rawOf = (one: Box, subject: string) =>
    kept(one).find(({ source }) => source.includes(`Subject: ${subject}\r\n`))?.raw ?? Buffer.alloc(0)
  /** Folder and subject of everything at the source. */
  const subjectsAt = ({ address }: Box) =>
    source
      .doveadm(['fetch', '-u', address, 'mailbox hdr.subject', 'all'])
      .split('\f\n')
      .flatMap((record) => {
        const [, folder, subject] = /^mailbox: (.*)\nhdr\.subject: (.*)/.exec(record) ?? []
        return folder === undefined ? [] : [`${folder}: ${subject}`]
      })
      .sort()
  const cutOver = async (number: number) => {
    await move(number, 'start')
    await until(number, all('delta'))
    await tickAll(number)
    await move(number, 'cut_over')
    await until(number, all('verified'))
  }

  test('from the check to the closing: equal messages are told before, each message is proved, late mail comes too', async () => {
    const [one, two] = [await box(), await box()]
    await putEdgeMailbox(one.from)
    await fillMailbox(two.from, 12, { size: 900 })
    create(two, 'Spam')
    await putMessage(two.from, mail('indesiderata'), { folder: 'Spam', ...at })
    const number = await plan([one, two], { isPilot: true })
    const planned = await findWave(ctx, number)
    await checkWaveNow(city.services, city.organisationId, planned.id)
    const looked = await findWave(ctx, number)
    expect(looked.boxes.map(({ state, messages }) => [state, messages])).toEqual([
      ['prepared', 8],
      ['prepared', 13],
    ])
    const findings = (mailboxId: string) => looked.boxes.find((box) => box.mailboxId === mailboxId)?.preflight
    expect(findings(one.id)).toContainEqual(expect.objectContaining({ check: 'merged', outcome: 'note', count: 2 }))
    expect(findings(two.id)).toContainEqual(expect.objectContaining({ check: 'merged', outcome: 'good', count: 0 }))
    expect(findings(one.id)).toContainEqual(expect.objectContaining({ check: 'room_untold', outcome: 'note' }))
    expect(findings(one.id)?.map(({ check }) => check)).not.toContain('room')
    expect(findings(two.id)?.find(({ check }) => check === 'folders')?.words).toContain('Spam → SPAM')
    expect([kept(one), kept(two)]).toEqual([[], []])

    goOn()
    await move(number, 'start')
    const copied = await until(number, all('delta'))
    expect(copied.boxes.map(({ doneMessages, setAside }) => [doneMessages, setAside])).toEqual([
      [8, 0],
      [13, 0],
    ])
    expect(kept(one)).toHaveLength(6)
    expect(labelsOf(two, 'indesiderata')).toEqual(['SPAM', 'UNREAD'])
    await tickAll(number)
    await putMessage(one.from, mail('tardi'), at)
    await move(number, 'cut_over')
    const done = await until(number, all('verified'))
    expect(labelsOf(one, 'tardi')).toEqual(['INBOX', 'UNREAD'])
    expect(done.boxes[0]).toMatchObject({ doneMessages: 9, messages: 9, hasProof: true, setAside: 0 })
    const { content } = readManifest(await readProof(ctx, number, one.id))
    expect(content.to).toMatchObject({ protocol: 'gmail', user: one.address, port: gmail.port })
    expect(content.counts).toMatchObject({ messages: 9, verified: 9, different: 7 })
    await move(number, 'close')
    const row = await city.services.database.owner
      .selectFrom('mailbox')
      .select('server_id')
      .where('id', '=', one.id)
      .executeTakeFirstOrThrow()
    expect(row.server_id).toBe(toServerId)
  }, 90_000)

  test('paused in the middle it stops within seconds; a server that starts again goes on, and nothing is there twice', async () => {
    const one = await box()
    await fillMailbox(one.from, 700, { size: 900 })
    const number = await plan([one])
    goOn({ copy: { batchMessages: 5 } })
    await move(number, 'start')
    await until(number, ({ boxes: [first] }) => (first?.doneMessages ?? 0) > 20 && first?.state === 'copying')
    const before = Date.now()
    await move(number, 'pause')
    const paused = await until(number, ({ boxes: [first] }) => first?.speed === null)
    expect(Date.now() - before).toBeLessThan(8000)
    const done = paused.boxes[0]?.doneMessages ?? 0
    expect(done).toBeGreaterThan(20)
    expect(done).toBeLessThan(700)
    await run?.stop()
    goOn()
    await sleep(500)
    expect((await findWave(ctx, number)).boxes[0]?.doneMessages).toBe(done)
    await move(number, 'resume')
    const whole = await until(number, all('delta'), 60_000)
    expect(whole.boxes[0]).toMatchObject({ doneMessages: 700, setAside: 0 })
    expect(new Set(kept(one).map((message) => message.source.toString('latin1'))).size).toBe(kept(one).length)
  }, 120_000)

  test('stopped after the cut-over: what has come to Gmail since goes back label by label, nothing twice, nothing is taken away', async () => {
    const one = await box()
    await fillMailbox(one.from, 10, { size: 700 })
    create(one, 'Fatture')
    await putMessage(one.from, mail('fattura vecchia'), { folder: 'Fatture', ...at })
    await putMessage(one.from, mail('cancellata'), { flags: '\\Deleted', ...at })
    const before = contentsOf(one.from)
    const subjects = subjectsAt(one)
    const number = await plan([one])
    goOn()
    await cutOver(number)
    const there = one.to()
    const idOf = (name: string) => [...there.labels.values()].find((label) => label.name === name)?.id ?? ''
    const own = there.createLabel('Pratiche/2026')
    there.store(mail('nuova in arrivo'), ['INBOX', 'UNREAD'], 'dateHeader')
    there.store(mail('risposta'), ['SENT'], 'dateHeader')
    there.store(mail('fattura nuova'), [idOf('Fatture'), 'STARRED'], 'dateHeader')
    there.store(mail('in un’etichetta nuova'), [own.id, 'INBOX'], 'dateHeader')
    there.store(mail('archiviata', 'X-Lunga: sì\r\n'), ['IMPORTANT'], 'dateHeader')
    there.store(mail('chiacchiera'), ['CHAT'], 'dateHeader')
    const moved = kept(one).find(({ source }) => source.includes('Subject: Messaggio 3\r\n'))
    there.modify(moved?.id ?? '', [own.id], ['INBOX'])
    const atGmail = kept(one).length
    await move(number, 'stop', 'la nuova posta non regge')
    await until(number, all('rolled_back'))
    const added = subjectsAt(one).filter((line) => !subjects.includes(line))
    expect(added).toEqual([
      'Archiviati: archiviata',
      'Fatture: fattura nuova',
      'INBOX: in un’etichetta nuova',
      'INBOX: nuova in arrivo',
      'Inviata: risposta',
      'Pratiche/2026: in un’etichetta nuova',
    ])
    const after = contentsOf(one.from)
    expect(before.filter((line) => !after.includes(line))).toEqual([])
    expect(after).toHaveLength(before.length + 6)
    expect(kept(one)).toHaveLength(atGmail)
    expect(after.filter((line) => line.includes('\\Flagged') && line.startsWith('Fatture'))).toHaveLength(1)

    // Moved a second time: what came back from Gmail is there already, and is proved like the rest; so is a second way back.
    await putMessage(one.from, mail('dopo il ritorno'), at)
    const again = await plan([one])
    await cutOver(again)
    expect(kept(one)).toHaveLength(atGmail + 1)
    const { counts } = readManifest(await readProof(ctx, again, one.id)).content
    expect(counts).toMatchObject({ messages: after.length + 1, verified: after.length + 1 })
    const twice = subjectsAt(one)
    await move(again, 'stop', 'neanche stavolta')
    await until(again, all('rolled_back'))
    expect(subjectsAt(one)).toEqual(twice)
    expect(kept(one)).toHaveLength(atGmail + 1)
  }, 90_000)

  test('stopped while nobody knows what became of the last message sent: it is looked for, and does not come back as a new one', async () => {
    const one = await box()
    await fillMailbox(one.from, 6, { size: 700 })
    const number = await plan([one])
    goOn()
    await move(number, 'start')
    await until(number, all('delta'))
    await tickAll(number)
    await putMessage(one.from, mail('ultimo'), at)
    // It is stored at Gmail; the answer never comes, and this process ends.
    const lost = Promise.withResolvers<void>()
    gmail.state.during = async (moment) => {
      if (moment !== 'stored') return false
      lost.resolve()
      return true
    }
    await move(number, 'cut_over')
    await lost.promise
    await run?.stop()
    gmail.state.during = null
    expect((await findWave(ctx, number)).boxes[0]).toMatchObject({ state: 'cut_over' })
    expect(labelsOf(one, 'ultimo')).toEqual(['INBOX', 'UNREAD'])
    const before = subjectsAt(one)
    await move(number, 'stop', 'la nuova posta non regge')
    goOn()
    await until(number, all('rolled_back'))
    expect(subjectsAt(one)).toEqual(before)
    expect(kept(one)).toHaveLength(7)
  }, 60_000)

  test('a token that is refused waits in words until the right is granted; one that ends early is asked for anew', async () => {
    const one = await box()
    await fillMailbox(one.from, 8, { size: 600 })
    const number = await plan([one])
    tokens.state.refuses = true
    goOn()
    await move(number, 'start')
    const waiting = await until(number, waits('target_auth'))
    expect(waiting.boxes[0]).toMatchObject({ state: 'surveyed', group: 'needs' })
    expect(waiting.boxes[0]?.preflight.find(({ check }) => check === 'target')).toMatchObject({
      ...{ outcome: 'stop', code: 'auth', words: expect.stringContaining('unauthorized_client') },
    })
    tokens.state.refuses = false
    await tryAgain(ctx, number, one.id, { version: waiting.boxes[0]?.version ?? 0 })
    await until(number, all('delta'))
    expect(kept(one)).toHaveLength(8)

    // In the middle of the copy: Google takes no token any more, and gives none.
    const two = await box()
    await fillMailbox(two.from, 40, { size: 600 })
    await gmail.close()
    await start({ tokenUses: 12 })
    const other = await plan([two])
    let stored = 0
    gmail.state.during = async (moment) => {
      stored += moment === 'stored' ? 1 : 0
      tokens.state.refuses = stored >= 20
      return false
    }
    await move(other, 'start')
    const stopped = await until(other, waits('target_auth'))
    expect(stopped.boxes[0]).toMatchObject({ state: 'copying', group: 'needs' })
    expect(stopped.boxes[0]?.doneMessages).toBeGreaterThan(5)
    gmail.state.during = null
    tokens.state.refuses = false
    await tryAgain(ctx, other, two.id, { version: stopped.boxes[0]?.version ?? 0 })
    const whole = await until(other, all('delta'))
    expect(whole.boxes[0]).toMatchObject({ doneMessages: 40, setAside: 0 })
    expect(gmail.told.tokens).toBeGreaterThan(5)
  }, 90_000)

  test('nobody answers where tokens are given, or at the API: it waits for that server, and the check says so', async () => {
    const one = await box()
    await fillMailbox(one.from, 3, { size: 600 })
    const number = await plan([one])
    tokens.state.isDown = true
    goOn({ copy: { attempts: 2, pause: 20 } })
    await move(number, 'start')
    const waiting = await until(number, waits('target_unreachable'))
    tokens.state.isDown = false
    await tryAgain(ctx, number, one.id, { version: waiting.boxes[0]?.version ?? 0 })
    await until(number, all('delta'))
  }, 60_000)

  test('the service takes no more today: it waits, says so, and goes on by itself within the hour', async () => {
    const one = await box()
    await fillMailbox(one.from, 6, { size: 600 })
    const number = await plan([one])
    gmail.state.readsFail = true
    goOn()
    await move(number, 'start')
    const waiting = await until(number, waits('limit'))
    expect(waiting.boxes[0]).toMatchObject({ state: 'copying', group: 'needs' })
    gmail.state.readsFail = false
    await sleep(1500)
    expect((await findWave(ctx, number)).boxes[0]?.waitsFor).toBe('limit')
    const owner = city.services.database.owner
    const longAgo = new Date(Date.now() - 3_700_000).toISOString()
    await owner
      .updateTable('wave_mailbox')
      .set({ progressed_at: longAgo, preflight_at: longAgo })
      .where('mailbox_id', '=', one.id)
      .execute()
    const done = await until(number, all('delta'))
    expect(done.boxes[0]).toMatchObject({ waitsFor: null, doneMessages: 6 })
    expect(kept(one)).toHaveLength(6)
  }, 60_000)

  test('on the way back a refused token is the new server’s trouble; then it goes on where it was, large messages through a file', async () => {
    const one = await box()
    await putMessage(one.from, mail('vecchia'), at)
    const number = await plan([one])
    goOn()
    await cutOver(number)
    const large = Buffer.concat([mail('grande'), Buffer.from('Riga di prova.\r\n'.repeat(350_000))])
    one.to().store(large, ['INBOX'], 'dateHeader')
    for (let count = 0; count < 30; count += 1) one.to().store(mail(`nuova ${count}`), ['INBOX'], 'dateHeader')
    // A token that is good for so much and no more, and none after it.
    gmail.limitTokens(45)
    tokens.state.refuses = true
    await move(number, 'stop', 'la nuova posta non regge')
    const waiting = await until(number, waits('target_auth'))
    expect(waiting.boxes[0]).toMatchObject({ state: 'verified' })
    gmail.limitTokens(Number.POSITIVE_INFINITY)
    tokens.state.refuses = false
    await tryAgain(ctx, number, one.id, { version: waiting.boxes[0]?.version ?? 0 })
    await until(number, all('rolled_back'))
    const subjects = subjectsAt(one)
    expect(subjects).toHaveLength(32)
    expect(new Set(subjects).size).toBe(32)
    // As doveadm shows it: without the returns at line ends.
    const asShown = digestOf(Buffer.from(rawOf(one, 'grande').toString().replaceAll('\r\n', '\n').trimEnd()))
    expect(contentsOf(one.from).filter((line) => line.endsWith(asShown))).toHaveLength(1)
  }, 60_000)

  test('a mailbox that is merged into another goes below a label of its own, and back from there alone', async () => {
    const one = await box()
    const other = await box({ decision: 'merge', into: one.id })
    await putMessage(one.from, mail('della prima'), at)
    await putMessage(other.from, mail('della seconda'), at)
    create(other, 'Spam')
    await putMessage(other.from, mail('spam della seconda'), { folder: 'Spam', ...at })
    const number = await plan([one, other])
    const { boxes } = await findWave(ctx, number)
    const under = boxes.find(({ mailboxId }) => mailboxId === other.id)?.underFolder ?? ''
    expect(under).not.toBe('')
    goOn()
    await cutOver(number)
    expect(labelsOf(one, 'della prima')).toEqual(['INBOX', 'UNREAD'])
    expect(labelsOf(one, 'della seconda')).toEqual(['UNREAD', `${under}/INBOX`])
    expect(labelsOf(one, 'spam della seconda')).toEqual(['UNREAD', `${under}/Spam`])
    one.to().store(mail('nuova'), ['INBOX'], 'dateHeader')
    await move(number, 'stop', 'la nuova posta non regge')
    await until(number, all('rolled_back'))
    expect(subjectsAt(one)).toEqual(['INBOX: della prima', 'INBOX: nuova'])
    expect(subjectsAt(other)).toEqual(['INBOX: della seconda', 'Spam: spam della seconda'])
  }, 60_000)

  test('the last copy brings nothing back that its user deleted at Gmail since the cut-over', async () => {
    const one = await box()
    for (const subject of ['resta', 'tolta']) await putMessage(one.from, mail(subject), at)
    const number = await plan([one])
    goOn()
    await move(number, 'start')
    await until(number, all('delta'))
    await tickAll(number)
    await run?.stop()
    await move(number, 'cut_over')
    one.to().remove(kept(one).find(({ source }) => source.includes('Subject: tolta'))?.id ?? '')
    await putMessage(one.from, mail('tardi'), at)
    goOn()
    await until(number, all('verified'))
    expect(['resta', 'tolta', 'tardi'].map((subject) => rawOf(one, subject).length > 0)).toEqual([true, false, true])
  }, 60_000)

  test('messages above the server’s own bound are set aside for the owner, as at any server', async () => {
    const one = await box()
    await fillMailbox(one.from, 3, { size: 500 })
    await fillMailbox(one.from, 1, { size: 90_000, seed: 3 })
    await changeServer(ctx, toServerId, { ...(await nameOf()), ...settingsKept(), mostMessageBytes: 50_000 })
    const number = await plan([one])
    goOn()
    await move(number, 'start')
    const waiting = await until(number, waits('choices'))
    expect(waiting.boxes[0]).toMatchObject({ doneMessages: 3, messages: 4, setAside: 1 })
    expect(waiting.boxes[0]?.preflight).toContainEqual(expect.objectContaining({ check: 'large', count: 1 }))
    await chooseAside(ctx, number, one.id, { choice: 'leave' })
    await until(number, all('delta'))
  }, 60_000)

  const nameOf = async () => {
    const server = (await listServers(ctx)).find(({ id }) => id === toServerId)
    return { name: server?.name ?? '' }
  }
  const settingsKept = () => {
    const { name: _, ...rest } = settings()
    return { ...rest, secret: '' }
  }

  test('how a server is written to: tried as it will be used, refused where it cannot be, not changed while a wave fills it', async () => {
    expect(await tryServer(ctx, { ...settings(), login: names[0] ?? '' }, null)).toMatchObject({ isWell: true })
    tokens.state.refuses = true
    expect(await tryServer(ctx, { ...settings(), login: 'mai.vista@comune.example.it' }, null)).toMatchObject({
      ...{ isWell: false, code: 'auth', words: expect.stringContaining('unauthorized_client') },
    })
    tokens.state.refuses = false
    const one = await box()
    await putMessage(one.from, mail('una'), at)
    const number = await plan([one])
    goOn()
    await move(number, 'start')
    await until(number, all('delta'))
    const change = {
      ...(await nameOf()),
      ...settingsKept(),
      writtenBy: 'imap' as const,
      api: null,
      unitsPerMinute: null,
    }
    await expect(changeServer(ctx, toServerId, change)).rejects.toThrow('being_filled')
    // What was copied is known under both addresses: neither server goes elsewhere meanwhile.
    const elsewhere = { ...settings(), ...(await nameOf()), host: 'imap.example.it' }
    await expect(changeServer(ctx, toServerId, elsewhere)).rejects.toThrow('under_way')
    const old = (await listServers(ctx)).find(({ id }) => id === fromServerId) ?? expect.fail('no old server')
    const { id: _, hasSecret, version, ...oldSettings } = old
    await expect(changeServer(ctx, fromServerId, { ...oldSettings, port: old.port + 1 })).rejects.toThrow('under_way')
    await changeServer(ctx, fromServerId, { ...oldSettings, mostConnections: 6 })
    await move(number, 'stop', 'si ricomincia con IMAP')
    await changeServer(ctx, toServerId, change)
    expect((await listServers(ctx)).find(({ id }) => id === toServerId)).toMatchObject({ writtenBy: 'imap', api: null })
  }, 60_000)
})
