/** A mailbox from proposal to decision: ICT proposes, the office confirms from its mail on a phone, the head approves. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decisionLetter } from '../../src/modules/mailboxes/decision-mail.ts'
import { systemContextFor } from '../../src/platform/auth/actors.ts'
import { transact } from '../../src/platform/context.ts'
import type { OpenServices } from '../../src/platform/services.ts'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, servicesOf, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
let services: OpenServices

const contact = 'referente@comune.example.it'
const addresses = ['prova.uno', 'prova.due'].map((name) => `${name}@comune.example.it`)

beforeAll(async () => {
  const data = newFolder('decisions')
  server = await startServer({ data, env: { DEMO_SCALE: '0.01' } })
  services = await servicesOf({ data })
  browser = await startBrowser()
  const owner = services.database.owner
  const person = await owner.selectFrom('person').selectAll().where('email', '=', contact).executeTakeFirstOrThrow()
  for (const address of addresses)
    await owner
      .insertInto('mailbox')
      .values({
        ...{ organisation_id: person.organisation_id, id: randomUUIDv7(), address, kind: 'office', source: 'hand' },
        ...{ office_id: person.office_id, seen_at: new Date().toISOString(), version: 1 },
      })
      .execute()
  // The proposals of the demo are not this office's affair here.
  await sql`update mailbox_decision set state = 'undone' where state = 'proposed'`.execute(owner)
})
afterAll(async () => {
  await browser?.close()
  await services?.close()
  await cleanUp()
})

async function arrives(email: string, options: Parameters<typeof visitor>[2] = {}): Promise<Visitor> {
  const one = await visitor(browser, `http://localhost:${server.port}`, options)
  await signIn(one.page, email)
  return one
}

/** What axe finds, on a desk and on a phone, and whether the page is wider than the screen. */
async function examined(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const width of [375, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    found.push(...(await examine(page)).map((one) => `${width}: ${one}`))
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    if (Number(wide) > width) found.push(`${width}: the page is ${wide} wide`)
  }
  return found
}

/** The words of the mail that waits for the contact, as the outbox composes it. */
async function letter(): Promise<string> {
  const mail = await sql<{ id: string; day: string; personId: string; organisationId: string }>`
    select m.id, m.day::text, m.person_id as "personId", m.organisation_id as "organisationId" from outgoing_mail m
    join person p on p.organisation_id = m.organisation_id and p.id = m.person_id
    where m.notice = 'mailbox_decisions' and p.email = ${contact}`.execute(services.database.owner)
  const [row, ...more] = mail.rows
  if (row === undefined || more.length > 0) throw new Error('One mail waits')
  const ctx = await systemContextFor(services, row.organisationId, 'Posta in uscita')
  const written = await transact(ctx, (ctx) =>
    decisionLetter(ctx, { ...row, subjectId: null, createdAt: new Date().toISOString(), language: 'it' }),
  )
  return written?.body.join('\n') ?? ''
}

describe.each([{ javaScript: true }, { javaScript: false }])('with JavaScript: $javaScript', ({ javaScript }) => {
  const address = addresses[javaScript ? 0 : 1] ?? ''

  test('ICT proposes, the office confirms from its mail, the head approves', async () => {
    const mail = await arrives('posta@comune.example.it', { javaScript })
    await mail.page.goto(`http://localhost:${server.port}/caselle/proposte?view=to_propose&words=${address}`)
    await mail.page.getByLabel(`Segna ${address}`).check()
    await mail.page.getByRole('button', { name: 'Proponi per le caselle segnate' }).click()
    // Words typed before the choice is changed are still there after it.
    if (javaScript) await mail.page.getByLabel('Perché').fill('Il progetto è finito')
    await mail.page.getByRole('link', { name: 'Archiviata' }).click()
    await mail.page.getByLabel('Archivio conservato fino al').fill('2040-12-31')
    if (!javaScript) await mail.page.getByLabel('Perché').fill('Il progetto è finito')
    if (javaScript) expect(await examined(mail.page)).toEqual([])
    await mail.page.getByRole('button', { name: 'Proponi', exact: true }).click()
    await mail.page.getByRole('link', { name: address }).waitFor()
    await mail.close()

    const link = /\/r\/caselle\/\S+/.exec(await letter())?.[0] ?? ''
    const phone = await visitor(browser, `http://localhost:${server.port}`, { width: 375, javaScript })
    await phone.page.goto(`http://localhost:${server.port}${link}`)
    expect(await phone.page.textContent('main')).toContain('Il progetto è finito')
    if (javaScript) expect(await examined(phone.page)).toEqual([])
    // The second tap, after the one in the mail.
    await phone.page.getByRole('button', { name: 'Confermo' }).click()
    await phone.page.getByRole('heading', { name: 'Risposta ricevuta' }).waitFor()
    await phone.close()

    const head = await arrives('dirigente@comune.example.it', { javaScript })
    await head.page.goto(`http://localhost:${server.port}/caselle/proposte?view=to_approve&words=${address}`)
    await head.page.getByLabel(`Segna ${address}`).check()
    if (javaScript) expect(await examined(head.page)).toEqual([])
    await head.page.getByRole('button', { name: 'Approva le segnate' }).click()
    await head.page.goto(`http://localhost:${server.port}/caselle/proposte?view=approved&words=${address}`)
    await head.page.getByRole('link', { name: address }).click()
    await head.page.getByText('Approvata: si può eseguire.').waitFor()
    expect(await head.page.textContent('main')).toContain('dal collegamento nella mail')
    if (javaScript) expect(await examined(head.page)).toEqual([])
    await head.page.goto(`http://localhost:${server.port}/caselle/piano`)
    if (javaScript) expect(await examined(head.page)).toEqual([])
    expect(head.complaints).toEqual([])
    await head.close()
  })
})
