/** A copy into Gmail killed between what Gmail stores and what the ledger knows of it; then finished as an administrator types it. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../demo/random.ts'
import { type TestCity, testCity } from '../demo/testing.ts'
import { digestOf } from '../src/modules/mailboxes/internal/digest.ts'
import { copyResult } from '../src/modules/mailboxes/schema.ts'
import { projectRoot } from '../src/platform/root.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { type GmailDouble, type Moment, startGmail } from './support/gmail-double.ts'
import { contentsOf, fillMailbox } from './support/mailbox.ts'

const why = whyNoDovecot()
const kills = 10
const seed = 20_261_130
const address = 'anna@comune.example.it'

describe.skipIf(why !== null)(`Gmail on the command line${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let source: Dovecot
  let gmail: GmailDouble
  const folder = mkdtempSync(join(tmpdir(), 'sitec-gmail-cli-'))
  const manifest = join(folder, 'verbale.json')
  const token = join(folder, 'token')
  // Compiled once: a killed process keeps nothing.
  const place = { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(folder, 'compiled') }

  beforeAll(async () => {
    city = await testCity()
    source = await startDovecot({ format: 'sdbox' })
    gmail = await startGmail()
    writeFileSync(token, `${gmail.token()}\n`)
    await fillMailbox(source, 35, { size: 900 })
    await fillMailbox(source, 20, { size: 900, seed: 7, hasIds: false, folder: 'Fatti' })
  })
  afterAll(async () => {
    await gmail?.close()
    await source?.stop()
    await city?.services.close()
    rmSync(folder, { recursive: true })
  })

  const run = (words: string[], secrets: Record<string, string> = {}) => {
    const { data, databaseUrl } = city.services.config
    return spawn(process.execPath, words, {
      cwd: projectRoot(),
      env: {
        ...place,
        SITEC_DATA: data,
        DATABASE_URL: databaseUrl ?? '',
        SITEC_FROM_PASSWORD: source.password,
        ...secrets,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }
  const sitec = (...words: string[]) =>
    ended(run(['src/cli/main.ts', 'mail', ...words, '--insecure-loopback', '--json']))
  const start = () =>
    run(['tests/support/gmail-child.ts', `${source.port}`, `${gmail.port}`, source.user, address], {
      SITEC_TO_TOKEN: gmail.token(),
    })
  const ended = async (child: ReturnType<typeof run>) => {
    const exit = new Promise<number | null>((done) => child.once('close', done))
    const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
    return { code, output, errors }
  }
  const ends = () => [
    '--from',
    `imap://${source.user}@127.0.0.1:${source.port}`,
    '--to',
    'gmail://anna@comune.example.it',
  ]
  const api = () => [
    '--gmail-api',
    `http://127.0.0.1:${gmail.port}`,
    '--gmail-units',
    '6000000',
    '--to-password-file',
    token,
  ]

  test(`${kills} SIGKILLs before and after Gmail has stored a message: nothing lost, nothing twice`, {
    timeout: 240_000,
  }, async () => {
    const random = seeded(seed)
    let midway = 0
    for (let kill = 0; kill < kills; kill += 1) {
      const [wanted, moment]: [number, Moment] = [random.whole(1, 5), kill % 3 === 0 ? 'asked' : 'stored']
      const from = gmail.stores()
      const child = start()
      gmail.state.during = (at, count) => at === moment && count >= from + wanted && child.kill('SIGKILL')
      if ((await ended(child)).code === null) midway += 1
    }
    gmail.state.during = null
    expect(midway).toBe(kills)
    const last = await sitec('copy', ...ends(), ...api(), '--manifest', manifest)
    const result = copyResult.strict().parse(JSON.parse(last.output))
    expect(result).toMatchObject({ messages: { source: 55, refused: 0, verified: 55 }, lost: 0 })
    expect(last.code).toBe(0)
    const there = [...gmail.mailbox.messages.values()].map((one) => digestOf(one.source))
    expect({ messages: there.length, different: new Set(there).size }).toEqual({ messages: 55, different: 55 })
    expect(contentsOf(source).length).toBe(55)
  })

  test('again copies none; the manifest is verified; a token is in no file of ours, and missed where there is none', {
    timeout: 120_000,
  }, async () => {
    const again = await ended(start())
    expect(JSON.parse(again.output)).toMatchObject({ messages: { copied: 0, alreadyThere: 55 } })
    const verified = await sitec('verify', manifest, ...api())
    expect(JSON.parse(verified.output)).toMatchObject({ signature: 'good', target: { checked: 55, equal: 55 } })
    expect(verified.code).toBe(0)
    expect(readFileSync(manifest, 'utf8')).not.toContain('ya29')
    const without = await sitec('copy', ...ends())
    expect(without.code).toBe(2)
    expect(without.output).toContain('SITEC_TO_TOKEN')
  })
})
