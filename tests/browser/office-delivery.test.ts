/** An office's contact says whether a delivery arrived: from the mail on a phone, without JavaScript, and on the office's own page. */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvePlan, decideLines } from '../../src/modules/needs/decide.ts'
import { declareDelivery } from '../../src/modules/needs/deliveries.ts'
import { importPlan } from '../../src/modules/needs/import-plan.ts'
import { placeOrder } from '../../src/modules/needs/orders.ts'
import { findPlan, today } from '../../src/modules/needs/plans.ts'
import { actAs } from '../../src/platform/auth/actors.ts'
import { scriptedSmtp } from '../../src/platform/mail/smtp-testing.ts'
import type { OpenServices } from '../../src/platform/services.ts'
import { examine, signIn, startBrowser, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, servicesOf, startServer, until } from '../support/server.ts'

let browser: Browser
let server: Serving
let smtp: Awaited<ReturnType<typeof scriptedSmtp>>
let services: OpenServices
const data = newFolder('office-delivery')
const year = 2024
const contact = 'referente@comune.example.it'
const origin = () => `http://localhost:${server.port}`

beforeAll(async () => {
  smtp = await scriptedSmtp()
  const env = { SITEC_SMTP_URL: smtp.url, SITEC_MAIL_FROM: 'assistenza@comune.example.it' }
  server = await startServer({ data, env })
  services = await servicesOf({ data, port: server.port })
  browser = await startBrowser()
  await orderedPlan()
})
afterAll(async () => {
  await browser?.close()
  await services?.close()
  await cleanUp()
  await smtp?.close()
})

async function as(email: string) {
  const found = await services.database.owner
    .selectFrom('person')
    .select(['id', 'organisation_id'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const context = await actAs(services, found.organisation_id, found.id, 'desk')
  if (context === null) throw new Error(`There is no ${email}`)
  return context
}

/** The plan of 2024, approved whole, with an order of PCs and licences. */
async function orderedPlan() {
  const manager = await as('contratto@comune.example.it')
  const file = readFileSync(new URL('../../src/modules/needs/fixtures/needs-plan-2024.csv', import.meta.url))
  await importPlan(manager, file, year)
  const head = await as('dirigente@comune.example.it')
  const { rows } = await findPlan(head, year)
  await decideLines(head, year, { lines: rows.map(({ id, version }) => ({ id, version })), decision: 'accepted' })
  await approvePlan(head, year, { act: 'Delibera 12/2024' })
  const supplier = await services.database.owner
    .selectFrom('party')
    .select('id')
    .where('kind', '=', 'supplier')
    .executeTakeFirstOrThrow()
  await placeOrder(manager, year, {
    ...{ number: 'A-1', supplierId: supplier.id, orderedOn: '2024-05-02', act: 'Determina 120/2024' },
    lines: [2, 4].map((number) => ({
      number,
      quantity: 10,
      unitPrice: rows.find((row) => row.number === number)?.unitPrice ?? '',
      model: null,
    })),
  })
}

/** Declares a lot for the contact's office; returns the delivery and the address in the mail. */
async function arrives(note: string): Promise<{ id: string; link: string }> {
  const { actor } = await as(contact)
  const office = await services.database.owner
    .selectFrom('office')
    .select('code')
    .where('id', '=', actor.officeId ?? '')
    .executeTakeFirstOrThrow()
  const leader = await as('responsabile@societa.example.it')
  const { id } = await declareDelivery(leader, {
    ...{ order: 'A-1', note, deliveredOn: today(leader) },
    items: [
      ...[1, 2].map((at) => ({ line: 2, model: 'Desk 400 G9', serial: `${note}-PC-${at}`, office: office.code })),
      { line: 4, model: 'Laser A3 Pro', serial: `${note}-ST-1`, office: office.code },
    ],
  })
  const find = () =>
    smtp.taken
      .map(({ raw }) => raw.replaceAll('=\r\n', ''))
      .flatMap((text) => (text.includes(note) ? (/\/r\/consegna\/[\w-]{43}/.exec(text)?.[0] ?? []) : []))
      .at(-1)
  await until(() => find() !== undefined, 20_000)
  return { id, link: find() ?? '' }
}

const answersOf = (id: string) =>
  services.database.owner
    .selectFrom('delivery_answer as a')
    .innerJoin('event as e', 'e.id', 'a.event_id')
    .innerJoin('needs_line as l', 'l.id', 'a.line_id')
    .select(['a.answer', 'e.witness', 'l.number'])
    .where('a.delivery_id', '=', id)
    .orderBy('l.number')
    .execute()

test('from the mail on a phone: two taps, without signing in; looking at it does nothing', async () => {
  const { id, link } = await arrives('DDT-A')
  for (const method of ['HEAD', 'GET']) {
    const response = await fetch(origin() + link, { method, headers: { purpose: 'prefetch' } })
    expect([response.status, response.headers.get('x-robots-tag'), response.headers.get('cache-control')]).toEqual([
      ...[200, 'noindex, nofollow, noarchive', 'no-store, private'],
    ])
  }
  expect(await answersOf(id)).toEqual([])
  const phone = await visitor(browser, origin(), { width: 375 })
  let taps = 0
  const tap = async (act: Promise<unknown>) => {
    await act
    taps += 1
  }
  await tap(phone.page.goto(link))
  await phone.page.getByRole('heading', { name: 'È arrivato tutto?', level: 1 }).waitFor()
  expect(await phone.page.getByText('DDT-A-PC-1').count()).toBe(1)
  expect(await examine(phone.page)).toEqual([])
  await tap(phone.page.getByRole('button', { name: 'Sì, è arrivato tutto' }).click())
  await phone.page.getByRole('heading', { name: 'Hai confermato: è arrivato tutto' }).waitFor()
  expect(taps).toBeLessThanOrEqual(3)
  expect(await answersOf(id)).toEqual([
    { answer: 'complete', witness: 'M', number: 2 },
    { answer: 'complete', witness: 'M', number: 4 },
  ])
  expect(await examine(phone.page)).toEqual([])
  // Opened again it only says what was said.
  await phone.page.goto(link)
  await phone.page.getByRole('heading', { name: 'Hai confermato: è arrivato tutto' }).waitFor()
  expect(await phone.page.getByRole('button', { name: 'Sì, è arrivato tutto' }).count()).toBe(0)
  expect(phone.complaints).toEqual([])
  await phone.close()
  expect(server.output()).not.toContain(link.slice('/r/consegna/'.length))
})

test('without JavaScript something differs, with words; who verifies reads it beside the pieces', async () => {
  const { id, link } = await arrives('DDT-B')
  const phone = await visitor(browser, origin(), { width: 375, javaScript: false })
  await phone.page.goto(link)
  await phone.page.getByText('Manca qualcosa o è diverso', { exact: true }).click()
  await phone.page.getByLabel(/^Riga 4/).check()
  await phone.page.getByLabel('Scrivi che cosa non torna').fill('La stampante ha il cassetto rotto')
  await phone.page.getByRole('button', { name: 'Invia la segnalazione' }).click()
  await phone.page.getByRole('heading', { name: 'Hai segnalato che qualcosa manca o è diverso' }).waitFor()
  await phone.close()
  expect((await answersOf(id)).map(({ answer, number }) => [number, answer])).toEqual([
    [2, 'complete'],
    [4, 'differs'],
  ])
  const verifier = await visitor(browser, origin())
  await signIn(verifier.page, 'contratto@comune.example.it')
  for (const width of [1280, 375]) {
    await verifier.page.setViewportSize({ width, height: 900 })
    await verifier.page.goto(`/consegne/${id}`)
    const said = verifier.page.getByRole('table', { name: 'Risposte degli uffici' })
    expect(await said.innerText()).toMatch(/L’ufficio segnala.*«La stampante ha il cassetto rotto»/s)
    expect(await examine(verifier.page)).toEqual([])
    for (const path of [`/fabbisogni/${year}/righe/4`, `/fabbisogni/${year}/verifica`, '/consegne']) {
      await verifier.page.goto(path)
      expect(await verifier.page.locator('main').innerText(), path).toMatch(/segnala|segnalati dagli uffici/)
      expect(await examine(verifier.page), path).toEqual([])
    }
  }
  expect(verifier.complaints).toEqual([])
  await verifier.close()
})

test('without the mail: on the page of the office, and corrected there later', async () => {
  const { id, link } = await arrives('DDT-C')
  const one = await visitor(browser, origin(), { width: 375 })
  await signIn(one.page, contact)
  await one.page.goto('/fabbisogni')
  expect(await examine(one.page)).toEqual([])
  await one.page.getByRole('link', { name: 'Vai alle consegne' }).click()
  await one.page.getByRole('heading', { name: 'Consegne ai tuoi uffici', level: 1 }).waitFor()
  expect(await examine(one.page)).toEqual([])
  const lot = () => one.page.getByRole('article').filter({ hasText: 'bolla DDT-C' })
  await lot().getByRole('button', { name: 'Sì, è arrivato tutto' }).click()
  await one.page.getByText('Risposta registrata.').waitFor()
  expect((await answersOf(id)).map(({ witness }) => witness)).toEqual(['U', 'U'])
  await lot().getByText('Cambia la risposta').click()
  await lot().getByText('Manca qualcosa o è diverso', { exact: true }).click()
  await lot().getByLabel('Scrivi che cosa non torna').fill('Un PC non si accende')
  await lot().getByRole('button', { name: 'Invia la segnalazione' }).click()
  await one.page.getByText('«Un PC non si accende»').waitFor()
  expect(await examine(one.page)).toEqual([])
  await one.page.goto(link)
  await one.page.getByRole('heading', { name: 'L’ufficio ha già risposto' }).waitFor()
  expect(await examine(one.page)).toEqual([])
  await one.page.setViewportSize({ width: 1280, height: 900 })
  await one.page.goto('/fabbisogni/consegne')
  expect(await examine(one.page)).toEqual([])
  expect(one.complaints).toEqual([])
  await one.close()
})
