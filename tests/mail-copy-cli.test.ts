/** `sitec mail copy` and `sitec mail verify` as an administrator types them. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import { copyResult, type VerifyResult } from '../src/modules/mailboxes/schema.ts'
import { projectRoot } from '../src/platform/root.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { contentsOf, fillMailbox, putEdgeMailbox } from './support/mailbox.ts'

const why = whyNoDovecot()

describe.skipIf(why !== null)(`mail on the command line${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let source: Dovecot
  let target: Dovecot
  const folder = mkdtempSync(join(tmpdir(), 'sitec-mail-cli-'))
  const manifest = join(folder, 'verbale.json')

  beforeAll(async () => {
    city = await testCity()
    source = await startDovecot({ format: 'sdbox' })
    target = await startDovecot({ format: 'sdbox' })
    await putEdgeMailbox(source)
    await fillMailbox(source, 20, { folder: 'Fatti', size: 2000 })
  })
  afterAll(async () => {
    await source?.stop()
    await target?.stop()
    await city?.services.close()
    rmSync(folder, { recursive: true })
  })

  const passwords = () => ({ SITEC_FROM_PASSWORD: source.password, SITEC_TO_PASSWORD: target.password })
  const sitec = async (words: string[], more: Record<string, string> = passwords()) => {
    const { data, databaseUrl } = city.services.config
    const child = spawn(process.execPath, ['src/cli/main.ts', 'mail', ...words], {
      cwd: projectRoot(),
      env: { PATH: process.env.PATH, SITEC_DATA: data, DATABASE_URL: databaseUrl ?? '', ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const exit = new Promise<number | null>((done) => child.once('close', done))
    const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
    return { code, output, errors }
  }
  const address = ({ user, port }: Dovecot) => `imap://${user}@127.0.0.1:${port}`
  const ends = () => ['--from', address(source), '--to', address(target)]
  const here = '--insecure-loopback'
  const verify = async (...words: string[]) => {
    const { code, output } = await sitec(['verify', manifest, here, '--json', ...words])
    return { code, found: JSON.parse(output) as VerifyResult }
  }

  test('one folder, then all: one line of JSON with exactly these figures; progress beside it', async () => {
    const one = await sitec(['copy', ...ends(), here, '--json', '--folder', 'INBOX', '--folder', 'Fatti'])
    expect(one.code).toBe(0)
    const result = copyResult.strict().parse(JSON.parse(one.output))
    expect(result).toMatchObject({
      folders: 2,
      messages: { source: 27, copied: 27, verified: 27 },
      lost: 0,
      problems: [],
    })
    expect(one.errors).toMatch(/\d+ di \d+/)
    const all = await sitec(['copy', ...ends(), here, '--json', '--manifest', manifest])
    expect(all.code).toBe(0)
    expect(JSON.parse(all.output)).toMatchObject({
      folders: 3,
      messages: { source: 28, copied: 1, alreadyThere: 27, refused: 0, verified: 28 },
    })
    expect(contentsOf(target)).toEqual(contentsOf(source))
  }, 60_000)

  test('the manifest: digests and counts, nothing that was written; signed, recorded, and both mailboxes as it says', async () => {
    const file = readFileSync(manifest, 'utf8')
    expect(JSON.parse(file).content.counts).toMatchObject({ messages: 28, verified: 28, byLevel: [28, 0, 0, 0, 0] })
    expect(file).not.toMatch(/doppio|Messaggio|Uguale in tutto/)
    expect(readFileSync(join(folder, 'verbale.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
    const { code, found } = await verify()
    const equal = { checked: 28, equal: 28, changed: 0, missing: 0 }
    expect(found).toMatchObject({ signature: 'good', isRecorded: true, source: equal, target: equal, problems: [] })
    expect(code).toBe(0)
  }, 60_000)

  test('verified later: a missing message is named, renumbered ones are not, a changed manifest is found out', async () => {
    target.doveadm(['expunge', '-u', target.user, 'mailbox', 'Fatti', 'uid', '7'])
    await source.renumber()
    const missing = await verify()
    expect(missing.code).toBe(1)
    expect(missing.found).toMatchObject({ source: { equal: 28 }, target: { equal: 27, missing: 1 } })
    expect(missing.found.problems).toEqual([{ side: 'target', code: 'message_missing', folder: 'Fatti', uid: 7 }])
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"verified":28', '"verified":27'))
    const changed = await verify('--target-only')
    expect(changed.code).toBe(1)
    expect(changed.found).toMatchObject({ signature: 'broken', isRecorded: false, source: null })
  }, 60_000)

  test('without writing: what there would be to do, and nothing is done', async () => {
    const before = contentsOf(target)
    await fillMailbox(source, 3, { size: 900, seed: 5 })
    const { code, output } = await sitec(['copy', ...ends(), here, '--dry-run', '--json'])
    expect(code).toBe(0)
    // The source renumbered INBOX: all of it is looked at again, and recognised only when it is read.
    expect(JSON.parse(output)).toMatchObject({ messages: { source: 31, copied: 10, alreadyThere: 21 } })
    expect(contentsOf(target)).toEqual(before)
  }, 60_000)

  test('a password in the address: refused with a sentence that does not repeat it, exit 2', async () => {
    const words = ['--from', 'imaps://anna:segreta@imap.example.it', '--to', 'imaps://anna@imap.example.it']
    const { code, errors, output } = await sitec(['copy', ...words, here])
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toContain('from: La password non va nell’indirizzo')
    expect(errors).not.toContain('segreta')
  })

  test('no password and nobody to ask: said where it may be given', async () => {
    const { code, errors } = await sitec(['copy', ...ends(), here], {})
    expect(code).toBe(2)
    expect(errors).toContain('SITEC_FROM_PASSWORD')
    expect(existsSync(manifest)).toBe(true)
  })
})
