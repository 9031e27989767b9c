/** Deliveries from the supplier's file to the payment: the verifier in the warehouse, the second person, the reconciliation. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approvePlan, decideLines } from '../../src/modules/needs/decide.ts'
import { importPlan } from '../../src/modules/needs/import-plan.ts'
import { placeOrder } from '../../src/modules/needs/orders.ts'
import { findPlan } from '../../src/modules/needs/plans.ts'
import { actAs } from '../../src/platform/auth/actors.ts'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { apiKey, call, cleanUp, newFolder, type Serving, servicesOf, startServer, until } from '../support/server.ts'

let browser: Browser
let server: Serving
let key: string
const data = newFolder('deliveries')
const visitors: Visitor[] = []
const year = 2024
const [manager, administrator, leader] = [
  'contratto@comune.example.it',
  'amministratore@comune.example.it',
  'responsabile@societa.example.it',
]

beforeAll(async () => {
  server = await startServer({ data })
  browser = await startBrowser()
  await approvedPlan()
  key = await apiKey({ data }, manager, ['orders.read', 'needs.read', 'needs.deliver', 'needs.verify', 'needs.order'])
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

/** The plan of 2024 as it was published, approved whole, with an order. */
async function approvedPlan() {
  const services = await servicesOf({ data })
  try {
    const people = await services.database.owner
      .selectFrom('person')
      .select(['id', 'email', 'organisation_id'])
      .where('email', 'in', [manager, 'dirigente@comune.example.it'])
      .execute()
    const as = async (email: string) => {
      const person = people.find((one) => one.email === email)
      const context = person && (await actAs(services, person.organisation_id, person.id, 'portal'))
      if (!context) throw new Error(`The demo city has no ${email}`)
      return context
    }
    const file = readFileSync(new URL('../../src/modules/needs/fixtures/needs-plan-2024.csv', import.meta.url))
    await importPlan(await as(manager), file, year)
    const head = await as('dirigente@comune.example.it')
    const { rows } = await findPlan(head, year)
    const lines = rows.map(({ id, version }) => ({ id, version }))
    await decideLines(head, year, { lines, decision: 'accepted' })
    await approvePlan(head, year, { act: 'Delibera 12/2024' })
    const supplier = await services.database.owner
      .selectFrom('party')
      .select('id')
      .where('kind', '=', 'supplier')
      .executeTakeFirstOrThrow()
    await placeOrder(await as(manager), year, {
      ...{ number: 'A-1', supplierId: supplier.id, orderedOn: '2024-05-02', act: 'Determina 120/2024' },
      lines: [
        { number: 4, quantity: 20, unitPrice: '1500.00', model: 'Laser A3 Pro' },
        { number: 2, quantity: 100, unitPrice: '774.00', model: 'Desk 400 G9' },
        { number: 10, quantity: 40, unitPrice: '300.00' },
      ],
    })
  } finally {
    await services.close()
  }
}

async function arrives(email: string, options: Parameters<typeof visitor>[2] = {}): Promise<Visitor> {
  const one = await visitor(browser, `http://localhost:${server.port}`, options)
  visitors.push(one)
  await signIn(one.page, email)
  return one
}

/** axe at the desk and on a phone. */
async function examineBoth(page: Page): Promise<string[]> {
  const before = page.viewportSize()
  const found: string[] = []
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    found.push(...(await examine(page)).map((one) => `${width}: ${one}`))
  }
  if (before) await page.setViewportSize(before)
  return found
}

async function deliveryOf(note: string): Promise<string> {
  const { body } = await call(server, key, 'GET', '/deliveries')
  return (body as unknown as { id: string; note: string }[]).find((one) => one.note === note)?.id ?? ''
}

type Piece = { serial: string | null; accepted: number; isInSample: boolean }
type Found = { state: string; outcome: string | null; items: Piece[] }
const seen = async (note: string) =>
  (await call(server, key, 'GET', `/deliveries/${await deliveryOf(note)}`)).body as unknown as Found
const acceptedOf = async (note: string, serial: string) =>
  (await seen(note)).items.find((item) => item.serial === serial)?.accepted

// The smallest picture there is, one point.
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
)
const header = 'order,note,delivered_on,line,model,serial,quantity'
const today = new Date().toISOString().slice(0, 10)
const lot = (note: string, rows: string[]) => [header, ...rows.map((row) => `A-1,${note},${today},${row}`)].join('\n')

async function upload(page: Page, label: string, text: string) {
  const panel = page.locator('details').filter({ has: page.getByText(label, { exact: true }) })
  if ((await panel.getAttribute('open')) === null) await panel.locator('summary').click()
  await panel
    .getByLabel('File CSV')
    .setInputFiles({ name: 'consegna.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await panel.getByRole('button', { name: 'Carica il file' }).click()
}

describe('deliveries', () => {
  test('the supplier declares by file: every wrong line is named, then the whole note is there', async () => {
    const { page } = await arrives(leader)
    await page.getByRole('link', { name: 'Consegne', exact: true }).click()
    await page.getByRole('heading', { name: 'Consegne', level: 1 }).waitFor()
    expect(await page.getByText('Nessuna consegna da verificare.').count()).toBe(1)
    await upload(page, 'Dichiara da un file', lot('B-1', ['4,Laser A3 Pro,,1', '4,Laser A3 Pro,S-9,1', '77,X,S-10,1']))
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('Riga 2, colonna serial: Serve il numero di serie')
    expect(await alert.innerText()).toContain('Riga 4, colonna line: Il piano non ha la riga 77.')
    expect(await examineBoth(page)).toEqual([])
    const first = ['S-1', 'S-2', 'S-3', 'S-4'].map((serial) => `4,Laser A3 Pro,${serial},1`)
    await upload(page, 'Dichiara da un file', lot('B-1', [...first, '4,Laser A3 Lite,S-5,1', '10,,,30']))
    await page.getByText('Consegne dichiarate: 1, righe 6; già note: 0.').waitFor()
    await upload(page, 'Dichiara da un file', lot('B-1', [...first, '4,Laser A3 Lite,S-5,1', '10,,,30']))
    await page.getByText('Consegne dichiarate: 0, righe 0; già note: 1.').waitFor()
    await page.getByText('Una consegna aspetta la verifica.').waitFor()
    expect(await examineBoth(page)).toEqual([])
    await page.getByRole('link', { name: 'B-1' }).click()
    await page.getByRole('heading', { name: 'Bolla B-1' }).waitFor()
    expect(await page.getByText('Modello diverso: ordinato Laser A3 Pro').count()).toBe(1)
    // Whoever delivers does not verify.
    expect(await page.getByRole('button', { name: 'Comincia la verifica' }).count()).toBe(0)
    expect((await page.request.get(`/consegne/${await deliveryOf('B-1')}/verifica`)).status()).toBe(403)
    expect(await examineBoth(page)).toEqual([])
  })

  test('a small note is declared in a form, without JavaScript; what is wrong is said beside its entry', async () => {
    const { page } = await arrives(leader, { javaScript: false })
    await page.goto('/consegne')
    await page.getByText('Dichiara una consegna', { exact: true }).click()
    await page.getByLabel('Numero dell’ordine').fill('A-1')
    await page.getByLabel('Numero della bolla').fill('B-2')
    await page.getByLabel('Riga del piano').first().fill('4')
    await page.getByLabel('Modello').first().fill('Laser A3 Pro')
    await page.getByLabel('Numeri di serie, uno per riga').first().fill('S-20\nS-20')
    await page.getByRole('button', { name: 'Dichiara la consegna' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('è due volte nella bolla')
    // S-1 is on the other note too.
    await page.getByLabel('Numeri di serie, uno per riga').first().fill('S-20\nS-1')
    await page.getByRole('button', { name: 'Dichiara la consegna' }).click()
    await page.getByText('Consegna dichiarata.').waitFor()
    expect(await page.getByText('Numero di serie già visto in un’altra consegna').count()).toBe(1)
  })
})

type Alarm = { shakes: unknown[]; said: string[] }

/** A verifier with the phone page open, the verification begun and everything kept that the page needs without signal. */
async function inTheWarehouse(note: string): Promise<Visitor & { address: string }> {
  const one = await arrives(manager, { width: 375 })
  await one.page.addInitScript(() => {
    const alarm: { shakes: unknown[]; said: string[] } = { shakes: [], said: [] }
    Object.assign(globalThis, { alarm })
    Object.defineProperty(navigator, 'vibrate', { value: (how: unknown) => alarm.shakes.push(how) })
    Object.defineProperty(globalThis, 'speechSynthesis', {
      value: { cancel: () => undefined, speak: (what: { text: string }) => alarm.said.push(what.text) },
    })
  })
  const address = `/consegne/${await deliveryOf(note)}/verifica`
  await one.page.goto(address)
  const begin = one.page.getByRole('button', { name: 'Comincia la verifica' })
  if ((await begin.count()) > 0) await begin.click()
  await one.page.getByLabel('Numero di serie').waitFor()
  await one.page.evaluate(() => navigator.serviceWorker.ready)
  await until(() =>
    one.page.evaluate(async (address) => {
      const kept = await Promise.all([address, `${address}.data`].map((one) => caches.match(one)))
      return kept.every((answer) => answer !== undefined)
    }, address),
  )
  return { ...one, address }
}

const alarmOf = (page: Page) => page.evaluate(() => (globalThis as unknown as { alarm: Alarm }).alarm)

/** Reads a bar code as a reader with a trigger does: it types and presses Enter. */
async function reads(page: Page, serial: string) {
  await page.getByLabel('Numero di serie').fill(serial)
  await page.keyboard.press('Enter')
}
const unsent = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('sitec-interventi')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('checks').objectStore('checks').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )
const toSend = (page: Page) => page.getByRole('region', { name: /^Da inviare/ }).getByRole('listitem')

describe('a verifier in the warehouse', () => {
  test('accepts without signal in two taps a piece, then it is recorded exactly once', async () => {
    const { page, context } = await inTheWarehouse('B-1')
    await page.getByText('0 su 6 guardati.').waitFor()
    expect(await examineBoth(page)).toEqual([])
    await context.setOffline(true)
    await page.reload()
    await page.getByText('Senza rete').waitFor()
    // By reading: the way to accept is under the finger at once.
    await reads(page, 's-1')
    await page.getByText('s-1 è sulla bolla.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('S-1: accettata.').waitFor()
    await page.getByText('1 esito parte da solo appena torna il segnale').waitFor()
    // By tapping.
    const card = page.locator('details.st-visit-card').filter({ hasText: 'S-2' })
    await card.locator('summary').click()
    await card.getByRole('button', { name: 'Accettata' }).click()
    await page.getByText('2 esiti partono da soli appena torna il segnale').waitFor()
    await page.getByText('2 su 6 guardati.').waitFor()
    expect(await toSend(page).count()).toBe(2)
    expect(await examine(page)).toEqual([])
    // The phone may be put away and forget the page meanwhile.
    await page.reload()
    await page.getByText('2 su 6 guardati.').waitFor()
    expect(await acceptedOf('B-1', 'S-1')).toBe(0)
    await context.setOffline(false)
    await page.getByText('Inviati: S-1, S-2.').waitFor()
    await page.getByText('Senza rete').waitFor({ state: 'detached' })
    expect([await acceptedOf('B-1', 'S-1'), await acceptedOf('B-1', 'S-2'), await unsent(page)]).toEqual([1, 1, 0])
    await page.getByText('2 su 6 guardati.').waitFor()
  })

  test('what was sent and not answered is recorded once, also when somebody looked anew meanwhile', async () => {
    const { page, context } = await inTheWarehouse('B-1')
    await page.route('**/controlli', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await reads(page, 'S-3')
    await page.keyboard.press('Enter')
    await toSend(page).first().waitFor()
    await until(async () => (await acceptedOf('B-1', 'S-3')) === 1)
    const id = await deliveryOf('B-1')
    const anew = { checks: [{ serial: 'S-3', outcome: 'rejected', reason: 'Ammaccata sul retro' }] }
    expect((await call(server, key, 'PUT', `/deliveries/${id}/verification/checks`, anew)).status).toBe(200)
    await page.unroute('**/controlli')
    await context.setOffline(true)
    await context.setOffline(false)
    await page.getByText('Inviati: S-3.').waitFor()
    await sleep(300)
    expect([await acceptedOf('B-1', 'S-3'), await unsent(page)]).toEqual([0, 0])
    const back = { checks: [{ serial: 'S-3', outcome: 'accepted' }] }
    await call(server, key, 'PUT', `/deliveries/${id}/verification/checks`, back)
  })

  test('a wrong one is said in words, aloud and in the hand: not on the note, looked at already, another model', async () => {
    const { page } = await inTheWarehouse('B-1')
    await reads(page, 'S-99')
    const alert = page.getByRole('alert')
    await alert.filter({ hasText: 'S-99 non è su questa bolla.' }).waitFor()
    expect(await alarmOf(page)).toEqual({ shakes: [[300, 100, 300]], said: ['S-99 non è su questa bolla.'] })
    expect(await examineBoth(page)).toEqual([])
    await reads(page, 'S-1')
    await alert.filter({ hasText: 'S-1 è già guardato: accettata.' }).waitFor()
    await reads(page, 'S-5')
    await alert.filter({ hasText: 'il modello non è quello ordinato (Laser A3 Pro)' }).waitFor()
    expect((await alarmOf(page)).said).toHaveLength(3)
    const form = page.getByRole('form', { name: 'Esito di S-5' }).first()
    await form.getByRole('button', { name: 'Accettata' }).click()
    await form.getByText('Scrivi il motivo.').waitFor()
    await form.getByLabel('Motivo').fill('È un modello inferiore')
    await form.getByRole('button', { name: 'Respinta' }).click()
    await page.getByText('Inviati: S-5.').waitFor()
    expect(await examine(page)).toEqual([])
  })

  test('a number that is taken is refused by the server in words, stays on the phone, and is looked at anew', async () => {
    const { page } = await inTheWarehouse('B-2')
    await reads(page, 'S-1')
    await page.getByRole('alert').filter({ hasText: 'numero di serie già visto' }).waitFor()
    await page.getByRole('form', { name: 'Esito di S-1' }).first().getByRole('button', { name: 'Accettata' }).click()
    await toSend(page).getByText('Non registrato: da rifare').waitFor()
    expect(await toSend(page).innerText()).toContain('non si può accettare')
    expect(await page.getByText('Si chiude quando tutti gli esiti sono inviati.').count()).toBe(1)
    expect(await examine(page)).toEqual([])
    await reads(page, 'S-1')
    const form = page.getByRole('form', { name: 'Esito di S-1' }).first()
    await form.getByLabel('Motivo').fill('Numero già consegnato')
    await form.getByRole('button', { name: 'Respinta' }).click()
    await page.getByText('Inviati: S-1.').waitFor()
    expect(await unsent(page)).toBe(0)
    await reads(page, 'S-20')
    await page.keyboard.press('Enter')
    await page.getByText('Non resta nulla da guardare.').waitFor()
    await page.getByRole('button', { name: 'Chiudi la verifica' }).click()
    await page.getByText('Verifica chiusa.').waitFor()
    expect(await seen('B-2')).toMatchObject({ state: 'verified', outcome: 'reserved' })
  })

  test('signing out asks before anything is lost', async () => {
    const { page, context, address } = await inTheWarehouse('B-1')
    await context.setOffline(true)
    await reads(page, 'S-4')
    await page.keyboard.press('Enter')
    await toSend(page).first().waitFor()
    await page.getByRole('button', { name: 'Esci' }).click()
    await page.getByRole('alert').filter({ hasText: 'Non ancora registrati: 1 esito.' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(address)
    expect(await examine(page)).toEqual([])
    await page.getByRole('button', { name: 'Resta' }).click()
    await page.getByText('5 su 6 guardati.').waitFor()
    expect(await unsent(page)).toBe(1)
    await context.setOffline(false)
    await page.reload()
    await until(async () => (await acceptedOf('B-1', 'S-4')) === 1)
  })

  test('without JavaScript the same checks are plain forms, and the lot is closed', async () => {
    const { page } = await arrives(manager, { javaScript: false, width: 375 })
    await page.goto(`/consegne/${await deliveryOf('B-1')}/verifica`)
    await page.getByLabel('Numero di serie').fill('S-77')
    await page.getByRole('button', { name: 'Cerca' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('S-77 non è su questa bolla.')
    const card = page.locator('details.st-visit-card').first()
    await card.locator('summary').click()
    await card.getByLabel('Quanti, su 30').fill('28')
    await card.getByRole('button', { name: 'Accettata' }).click()
    await page.getByText('Esito registrato.').waitFor()
    await page.getByText('28 accettati, 0 con riserva, 0 respinti').waitFor()
    await page.getByRole('button', { name: 'Chiudi la verifica' }).click()
    await page.getByText('Verifica chiusa.').waitFor()
    expect(await seen('B-1')).toMatchObject({ state: 'verified', outcome: 'reserved' })
  })
})

test('a lot of value has a sample, and holds when a second person confirms it', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => `2,Desk 400 G9,PC-${String(at + 1).padStart(3, '0')},1`)
  const { page: supplier } = await arrives(leader)
  await supplier.goto('/consegne')
  await upload(supplier, 'Dichiara da un file', lot('B-3', rows))
  await supplier.getByText('Consegne dichiarate: 1, righe 60; già note: 0.').waitFor()

  const first = await inTheWarehouse('B-3')
  await first.page.getByText('Campione: 13 righe su 60.').waitFor()
  await first.page.getByText('0 su 13 guardati.').waitFor()
  // Eleven by a program, the last two by hand.
  const sample = (await seen('B-3')).items.filter(({ isInSample }) => isInSample).slice(2)
  const checks = sample.map(({ serial }) => ({ serial, outcome: 'accepted' }))
  await call(server, key, 'PUT', `/deliveries/${await deliveryOf('B-3')}/verification/checks`, { checks })
  await first.page.reload()
  for (const looked of [12, 13]) {
    await first.page.getByText(`${looked - 1} su 13 guardati.`).waitFor()
    const card = first.page.locator('details.st-visit-card').first()
    await card.locator('summary').click()
    await card.getByRole('button', { name: 'Accettata' }).click()
    await first.page.getByText(`${looked} su 13 guardati.`).waitFor()
  }
  await until(async () => (await unsent(first.page)) === 0)
  await first.page.getByRole('button', { name: 'Chiudi la verifica' }).click()
  await first.page.getByText('Verifica chiusa: ora aspetta la seconda persona.').waitFor()
  await first.page.getByText('la conferma un’altra persona').waitFor()
  expect(await first.page.getByRole('button', { name: 'Conferma la verifica' }).count()).toBe(0)
  expect(await seen('B-3')).toMatchObject({ state: 'confirming' })

  const { page } = await arrives(administrator)
  await page.goto('/consegne')
  await page.getByRole('link', { name: 'B-3' }).click()
  await page.getByText('vale quando una seconda persona conferma').waitFor()
  expect(await examineBoth(page)).toEqual([])
  await page.getByText('Aggiungi una fotografia', { exact: true }).click()
  await page.getByLabel('Fotografia della consegna').setInputFiles({
    ...{ name: 'lotto.png', mimeType: 'image/png', buffer: picture },
  })
  await page.getByLabel('Che cosa mostra').fill('I bancali all’ingresso')
  await page.getByRole('button', { name: 'Aggiungi la fotografia' }).click()
  await page.getByText('Fotografia aggiunta.').waitFor()
  const [photo] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'I bancali all’ingresso' }).click(),
  ])
  expect(photo.suggestedFilename()).toMatch(/\.png$/)
  // Given back without a reason it is not; confirmed it holds.
  await page.getByText('Restituisci da rifare', { exact: true }).first().click()
  await page.getByLabel('Motivo').fill('no')
  expect(await page.getByLabel('Motivo').evaluate((field: HTMLTextAreaElement) => field.validity.valid)).toBe(false)
  await page.getByRole('button', { name: 'Conferma la verifica' }).click()
  await page.getByText('Verifica confermata. Presi in carico nel SITEC: 60.').waitFor()
  expect(await seen('B-3')).toMatchObject({ state: 'verified', outcome: 'accepted' })
  expect(await examineBoth(page)).toEqual([])
})

describe('orders, invoices and the reconciliation', () => {
  test('an order is placed on what is left of the plan; above it nothing is recorded and nothing typed is lost', async () => {
    const { page } = await arrives(manager)
    await page.goto(`/fabbisogni/${year}/ordini`)
    await page.getByText('Un ordine per 119.400,00 € senza IVA.').waitFor()
    expect(await examineBoth(page)).toEqual([])
    await page.getByText('Nuovo ordine', { exact: true }).click()
    await page.getByLabel('Numero dell’ordine').fill('A-2')
    await page.getByLabel('Atto').fill('Determina 121/2024')
    await page.getByLabel('Quanti, riga 5').fill('51')
    await page.getByLabel('Modello, riga 5').fill('Multi A4')
    await page.getByLabel('Riferimento, €, riga 5').fill('280,00')
    await page.getByRole('button', { name: 'Registra l’ordine' }).click()
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('Riga 5: approvati 50, con questo ordine ne sarebbero ordinati 51')
    expect(await page.getByLabel('Modello, riga 5').inputValue()).toBe('Multi A4')
    expect(await examineBoth(page)).toEqual([])
    await page.getByLabel('Quanti, riga 5').fill('50')
    await page.getByRole('button', { name: 'Registra l’ordine' }).click()
    await page.getByText('Ordine registrato.').waitFor()
    await page.getByRole('row', { name: /A-2/ }).getByText('Una riga').click()
    await page.getByText('sopra il riferimento di 280,00 €').waitFor()
  })

  test('what is verified is paid; more only with a reason', async () => {
    const { page } = await arrives(manager, { javaScript: false })
    await page.goto(`/fabbisogni/${year}/ordini`)
    await page.getByText('Nuova fattura', { exact: true }).click()
    await page.locator('#invoice-order').selectOption('A-1')
    await page.getByLabel('Numero della fattura').fill('FT-1')
    await page.getByLabel('Riga del piano').first().fill('4')
    await page.getByLabel('Pezzi').first().fill('6')
    await page.getByLabel('Importo senza IVA, €').first().fill('9.000,00')
    await page.getByRole('button', { name: 'Registra', exact: true }).last().click()
    await page.getByText('Fattura registrata.').waitFor()
    // Five of line 4 were accepted: S-1 to S-4 and S-20.
    await page.getByRole('row', { name: /FT-1 .* 9\.000,00 7\.500,00 .*Supera il verificato/ }).waitFor()
    await page.getByRole('row', { name: /FT-1/ }).getByText('Registra il pagamento').click()
    await page.getByRole('row', { name: /FT-1/ }).getByRole('button', { name: 'Registra' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('quanto è verificato: si paga il verificato')
    await page.getByRole('row', { name: /FT-1/ }).getByLabel('Motivo').fill('Accordo con la Società')
    await page.getByRole('row', { name: /FT-1/ }).getByRole('button', { name: 'Registra' }).click()
    await page.getByText('Pagamento registrato.').waitFor()
    await page
      .getByRole('row', { name: /FT-1/ })
      .getByText(/Pagata il/)
      .waitFor()
  })

  test('the supplier sees its orders and neither invoices nor the reconciliation', async () => {
    const { page } = await arrives(leader)
    await page.goto(`/fabbisogni/${year}/ordini`)
    await page.getByRole('heading', { name: `Ordini del ${year}` }).waitFor()
    expect(await page.getByRole('heading', { name: 'Fatture' }).count()).toBe(0)
    expect(await page.getByText('Nuovo ordine').count()).toBe(0)
    expect((await page.request.get(`/fabbisogni/${year}/verifica`)).status()).toBe(403)
    expect(await examineBoth(page)).toEqual([])
  })

  test('the reconciliation shows each finding at its line, and the same in CSV and PDF', async () => {
    const { page } = await arrives(manager)
    await page.goto(`/fabbisogni/${year}/ordini`)
    await page.getByRole('row', { name: /FT-1/ }).waitFor()
    expect(await examineBoth(page)).toEqual([])
    await page.goto(`/fabbisogni/${year}/verifica`)
    await page.getByRole('heading', { name: `Verifica delle dotazioni ${year}` }).waitFor()
    const row = (number: number) => page.locator(`#riga-${number}`)
    const four = await row(4).innerText()
    expect(four).toContain('Modello diverso da quello ordinato: 1')
    expect(four).toContain('Numero di serie già visto: 1')
    expect(four).toContain('Pagato più del verificato: 1.500,00 €')
    expect(await row(10).innerText()).toContain('Sulla bolla e non trovati: 2')
    expect(await row(5).innerText()).toContain('Prezzo sopra il riferimento di 20,00 €')
    expect(await row(1).innerText()).toContain('Approvati e mai ordinati: 20')
    // 60 PCs, five printers, 28 outlets.
    expect(await page.locator('dl.st-sum').innerText()).toContain('62.340,00 €')
    expect(await examineBoth(page)).toEqual([])
    await row(4).locator('summary').click()
    expect(await examineBoth(page)).toEqual([])
    const csv = await (await page.request.get(`/fabbisogni/${year}/verifica.csv`)).text()
    expect(csv).toContain('other_model:1 repeated_serial:1 paid_over_verified:150000')
    const pdf = await page.request.get(`/fabbisogni/${year}/verifica.pdf`)
    expect([pdf.headers()['content-type'], (await pdf.body()).subarray(0, 5).toString()]).toEqual([
      'application/pdf',
      '%PDF-',
    ])
  })
})

test('nothing in all this made a browser complain', () => {
  // A slow machine runs what was preloaded late.
  const expected = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|net::|preload/
  expect(visitors.flatMap((one) => one.complaints).filter((complaint) => !expected.test(complaint))).toEqual([])
})
