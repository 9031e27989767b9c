/** The register from hand to hand: confirming, labels, many at once, cases, and an inventory without signal. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { apiKey, call, cleanUp, newFolder, type Serving, startServer, until } from '../support/server.ts'

let browser: Browser
let server: Serving
let key: string
const data = newFolder('register-more')
const visitors: Visitor[] = []
const [technician, clerk, agent] = [
  'tecnico@societa.example.it',
  'impiegata@comune.example.it',
  'operatore@societa.example.it',
]

beforeAll(async () => {
  server = await startServer({ data })
  browser = await startBrowser()
  key = await apiKey({ data }, technician, ['register.read', 'register.manage', 'organisation.read'])
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

async function arrives(email: string, options: Parameters<typeof visitor>[2] = {}): Promise<Visitor> {
  const one = await visitor(browser, `http://localhost:${server.port}`, options)
  visitors.push(one)
  await signIn(one.page, email)
  return one
}

type Added = { id: string; code: string }
const add = async (more: object = {}) =>
  (await call(server, key, 'POST', '/items', { type: 'printer', name: 'Stampante di prova', ...more })).body as Added

/** Nothing for axe to find, wide and narrow. */
async function isAccessible(page: Page) {
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await examine(page), `${page.url()} at ${width}`).toEqual([])
  }
}

describe('from hand to hand', () => {
  test('many are handed over by what is scanned; who receives them confirms in one act', async () => {
    const items = [await add(), await add({ serial: 'BRW-2' })]
    const { page } = await arrives(technician)
    await page.goto('/registro/movimenti')
    await isAccessible(page)
    await page.getByLabel('Beni', { exact: true }).fill(`${items[0]?.code}\nNON-CE`)
    await page.getByLabel('Documento').fill('Bolla n. 77')
    await page.getByRole('button', { name: 'Registra il movimento' }).click()
    await page.getByText('NON-CE: nessun bene').waitFor()
    await page.getByLabel('Beni', { exact: true }).fill(`${items[0]?.code}\nbrw-2`)
    await page.getByLabel('Consegnatario').fill(clerk)
    await page.getByRole('button', { name: 'Registra il movimento' }).click()
    await page.getByText('Fatto: 2 beni.').waitFor()
    const own = (await arrives(clerk)).page
    await own.getByRole('link', { name: 'I beni affidati a me' }).first().click()
    const asked = own.getByRole('article').filter({ hasText: items[0]?.code ?? '' })
    await asked.waitFor()
    expect(await asked.innerText()).toContain('BRW-2')
    await isAccessible(own)
    await asked.getByRole('button', { name: /^Confermo/ }).click()
    await own.getByText('Confermato: la consegna è registrata.').waitFor()
    expect(
      await own
        .getByRole('article')
        .filter({ hasText: items[0]?.code ?? '' })
        .count(),
    ).toBe(0)
    await page.goto(`/registro/${items[0]?.id}`)
    await page.getByText('Consegna confermata da chi l’ha ricevuta').waitFor()
    await isAccessible(page)
    const record = page.getByRole('link', { name: /^Verbale n\. .*PDF$/ })
    const pdf = await page.request.get((await record.getAttribute('href')) ?? '')
    expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
  })

  test('without JavaScript what is wrong is said too, and whoever manages sees it', async () => {
    const item = await add()
    const moved = { act: 'install', document: 'Bolla n. 78', custodianEmail: clerk }
    await call(server, key, 'PUT', `/items/${item.id}/movement`, moved)
    const { page } = await arrives(clerk, { javaScript: false })
    await page.goto('/i-miei-beni')
    const asked = page.getByRole('article').filter({ hasText: item.code })
    await asked.getByText('Qualcosa non va').click()
    await asked.getByLabel('Che cosa non va').fill('È un altro modello.')
    await asked.getByRole('button', { name: 'Segnala' }).click()
    await page.getByText('Segnalato: chi gestisce il registro lo vede.').waitFor()
    const manager = (await arrives(technician)).page
    await manager.goto('/registro/consegne?answer=disputed')
    await manager.getByText('È un altro modello.').waitFor()
    await isAccessible(manager)
  })

  test('ticked items get their labels', async () => {
    const item = await add({ name: 'Etichettata' })
    const { page } = await arrives(technician)
    await page.goto('/registro?words=etichettata')
    await isAccessible(page)
    await page.getByLabel(`Scegli ${item.code}`).check()
    await page.getByRole('button', { name: 'Etichette' }).click()
    await page.getByText('Un’etichetta.').waitFor()
    await isAccessible(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Scarica il PDF' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('etichette.pdf')
  })
})

test('an agent links an item to a case, and the case says who must know', async () => {
  const item = await add({ serial: 'CASE-BRW', custodianEmail: clerk })
  const { page } = await arrives(agent)
  await page.goto('/da-lavorare?view=all')
  await page.locator('tbody a[href^="/richieste/"]').first().click()
  const part = page.getByRole('region', { name: 'Beni della richiesta' })
  await part.getByLabel('Collega un bene').fill('case-brw')
  await part.getByRole('button', { name: 'Collega' }).click()
  await page.getByText('consegnatario di ciò che si ferma').waitFor()
  await isAccessible(page)
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^\d{4}\/\d+$/ })
    .click()
  await part.getByRole('link', { name: item.code }).waitFor()
  await isAccessible(page)
  await page.goto(`/registro/${item.id}`)
  await page.getByRole('heading', { name: 'Richieste su questo bene' }).waitFor()
})

describe('an inventory', () => {
  const unsent = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open('sitec-interventi')
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = () => {
            const counting = opening.result.transaction('counts').objectStore('counts').count()
            counting.onsuccess = () => {
              opening.result.close()
              resolve(counting.result)
            }
          }
        }),
    )

  async function siteId(): Promise<string> {
    const { body } = await call(server, key, 'GET', '/sites')
    return (body.rows as { id: string; name: string }[]).find(({ name }) => name === 'Biblioteca centrale')?.id ?? ''
  }

  test('is counted on a phone without signal; what was read goes exactly once when the signal returns', async () => {
    const site = await siteId()
    const items = [await add({ siteId: site, room: 'A', serial: 'OFF-1' }), await add({ siteId: site, room: 'B' })]
    const { page, context } = await arrives(technician, { width: 375 })
    await page.goto('/inventario')
    await page.getByText('Apri una campagna').click()
    await page.getByLabel('Nome').fill('Biblioteca')
    await page.getByLabel('Giorno').fill('2026-11-30')
    await page.getByLabel(/^Sedi/).selectOption(site)
    await page.getByLabel(/^Tipi/).selectOption('printer')
    await page.getByRole('button', { name: 'Apri', exact: true }).click()
    await page.getByText('Aperta: si può contare.').waitFor()
    const id = new URL(page.url()).pathname.split('/')[2] ?? ''
    await isAccessible(page)
    await page.goto(`/inventario/${id}/conta`)
    await isAccessible(page)
    await page.evaluate(() => navigator.serviceWorker.ready)
    await until(() =>
      page.evaluate(async (path) => {
        const kept = await Promise.all([path, `${path}.data`].map((address) => caches.match(address)))
        return kept.every((answer) => answer !== undefined)
      }, `/inventario/${id}/conta`),
    )
    await context.setOffline(true)
    await page.reload()
    await page.getByText('Senza rete').waitFor()
    await page.getByLabel('Stanza').fill('A')
    const read = async (mark: string) => {
      await page.getByLabel('Codice, serie').fill(mark)
      await page.getByRole('button', { name: 'Registra' }).click()
    }
    await read('off-1')
    await page.getByText(`${items[0]?.code}: trovato.`).waitFor()
    await read(`http://localhost/registro/${items[1]?.id}`)
    await page.getByText(`${items[1]?.code}: il registro lo ha nella stanza B.`).waitFor()
    await read('SCONOSCIUTO-1')
    await page.getByText('3 letture partono da sole appena torna il segnale').waitFor()
    expect(await unsent(page)).toBe(3)
    await page.reload()
    await page.getByText('Da inviare').waitFor()
    await isAccessible(page)
    await context.setOffline(false)
    await until(async () => (await unsent(page)) === 0)
    const { body } = await call(server, key, 'GET', `/inventories/${id}`)
    expect(body).toMatchObject({ found: 1, elsewhere: 1, unknown: 1 })
    await page.reload()
    const file = await page.request.get(`/inventario/${id}.csv`)
    expect((await file.text()).match(/SCONOSCIUTO-1/g)).toHaveLength(1)
    await page.goto(`/inventario/${id}`)
    await page.getByText('Chiudi la campagna').first().click()
    await page.getByRole('button', { name: 'Chiudi la campagna' }).click()
    await page.getByText('Chiusa: ciò che manca è da verificare.').waitFor()
    await isAccessible(page)
  })
})

test('no browser complained', () => {
  expect(
    visitors.flatMap(({ complaints }) => complaints).filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED')),
  ).toEqual([])
})
