/** The technician's day on a phone, with and without signal, and goods from the request to the signature. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { apiKey, call, cleanUp, newFolder, type Serving, startServer, until } from '../support/server.ts'

let browser: Browser
let server: Serving
let agentKey: string
const data = newFolder('field')
const visitors: Visitor[] = []
const [technician, employee] = ['tecnico@societa.example.it', 'impiegata@comune.example.it']

beforeAll(async () => {
  server = await startServer({ data })
  browser = await startBrowser()
  agentKey = await apiKey({ data }, 'operatore@societa.example.it', [
    'case.open',
    'case.read',
    'case.assign',
    'case.resolve',
    'entry.internal',
    'organisation.read',
  ])
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

/** A technician with the page open and everything kept that it needs without signal. */
async function onTheRoad(): Promise<Visitor> {
  const one = await arrives(technician, { width: 375 })
  await one.page.goto('/interventi')
  await one.page.evaluate(() => navigator.serviceWorker.ready)
  await until(() =>
    one.page.evaluate(async () => {
      const kept = await Promise.all(['/interventi', '/interventi.data'].map((address) => caches.match(address)))
      return kept.every((answer) => answer !== undefined)
    }),
  )
  return one
}

type Told = { id: string; number: string }

async function teamId(): Promise<string> {
  const { body } = await call(server, agentKey, 'GET', '/teams')
  return (body.rows as { id: string; name: string }[]).find(({ name }) => name === 'Tecnici in sede')?.id ?? ''
}

/** A case of Irene's that waits for a technician. */
async function entrusted(title: string): Promise<Told> {
  const opened = await call(server, agentKey, 'POST', '/cases', { kind: 'incident', title, requesterEmail: employee })
  await call(server, agentKey, 'PUT', `/cases/${opened.body.id}/assignment`, { teamId: await teamId() })
  return opened.body as Told
}

type Seen = { state: string; entries: { kind: string; serial: string | null; body: string | null; at: string }[] }

async function seen({ id }: Told): Promise<Seen> {
  return (await call(server, agentKey, 'GET', `/cases/${id}`)).body as Seen
}
const visits = async (told: Told) => (await seen(told)).entries.filter(({ kind }) => kind === 'case.visited')

const card = (page: Page, { number }: Told) => page.locator('details.st-visit-card').filter({ hasText: number })
const line = (page: Page, { number }: Told) =>
  page.getByRole('region', { name: 'Chiusi oggi, da inviare' }).getByRole('listitem').filter({ hasText: number })

/** Closes a case as a hand would; returns how many taps that took. */
async function close(page: Page, told: Told, words: { note: string; serial?: string }, button = 'Segna come risolta') {
  let taps = 0
  const tap = async (what: Locator) => {
    taps += 1
    await what.click()
  }
  await tap(card(page, told).locator('summary'))
  await tap(card(page, told).getByLabel('Che cosa hai fatto'))
  await page.keyboard.type(words.note)
  if (words.serial !== undefined) {
    await tap(card(page, told).getByLabel('Seriale del pezzo montato'))
    await page.keyboard.type(words.serial)
  }
  await tap(card(page, told).getByRole('button', { name: button }))
  return taps
}

const unsent = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('sitec-interventi')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('closings').objectStore('closings').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )

describe('a technician’s day on a phone', () => {
  test('one visit is closed in four taps with note, serial and times', async () => {
    const told = await entrusted('Stampante che macchia i fogli')
    const { page } = await onTheRoad()
    expect(await page.getByText(/^\S+ \d+ \S+ · \d+ in \d+ sed/).count()).toBe(1)
    expect(await page.getByRole('heading', { name: /Polo dei servizi sociali, Via del Pioppo 22/ }).count()).toBe(1)
    expect(await examine(page)).toEqual([])
    const words = { note: 'Sostituito il tamburo, provate 20 pagine.', serial: 'DR-77120-4' }
    expect(await close(page, told, words)).toBe(4)
    await page.getByText(`Inviate: ${told.number}.`).waitFor()
    expect(await visits(told)).toMatchObject([{ serial: words.serial, body: words.note }])
    expect((await seen(told)).state).toBe('resolved')
    await page.getByRole('region', { name: 'Chiusi oggi' }).getByText(told.number).waitFor()
    expect(await examine(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(await examine(page)).toEqual([])
  })

  test('a case opened as the minute turns, before the page’s clock has ticked, ends no earlier than it began', async () => {
    const told = await entrusted('Cavo del telefono')
    const minute = Math.floor(Date.now() / 60_000) * 60_000
    const { page } = await arrives(technician, { width: 375 })
    await page.clock.setFixedTime(minute - 1000)
    await page.goto('/interventi')
    const fold = card(page, told).locator('summary')
    await fold.click()
    const lastMinute = new Date(minute - 1000).toTimeString().slice(0, 5)
    await until(async () => (await card(page, told).getByLabel('Fine').inputValue()) === lastMinute)
    await fold.click()
    await page.clock.setFixedTime(minute)
    await close(page, told, { note: 'Cambiato il cavo.' })
    await page.getByText(`Inviate: ${told.number}.`).waitFor()
    expect(await visits(told)).toMatchObject([{ body: 'Cambiato il cavo.' }])
  })

  test('without signal the page is there; what is closed waits, and goes exactly once when the signal returns', async () => {
    const [told, other] = [await entrusted('Monitor che sfarfalla'), await entrusted('Telefono muto')]
    const { page, context } = await onTheRoad()
    await context.setOffline(true)
    await page.reload()
    await page.getByText('Senza rete').waitFor()
    await close(page, told, { note: 'Cambiato il cavo.', serial: 'CV-1' })
    await page.getByText('1 chiusura parte da sola appena torna il segnale').waitFor()
    await close(page, other, { note: '' }, 'Non c’era nessuno')
    await page.getByText('2 chiusure partono da sole appena torna il segnale').waitFor()
    expect(await line(page, told).innerText()).toMatch(/Chiuso alle \d\d:\d\d, da inviare/)
    expect(await card(page, told).count()).toBe(0)
    expect(await examine(page)).toEqual([])
    // The phone may be put away and forget the page meanwhile.
    await page.reload()
    expect(await line(page, other).innerText()).toMatch(/Non c’era nessuno, \d\d:\d\d: da inviare/)
    expect(await visits(told)).toEqual([])
    await context.setOffline(false)
    await page.getByText(`Inviate: ${told.number}, ${other.number}.`).waitFor()
    await page.getByText('Senza rete').waitFor({ state: 'detached' })
    expect([(await visits(told)).length, (await visits(other)).length, await unsent(page)]).toEqual([1, 1, 0])
    expect([(await seen(told)).state, (await seen(other)).state]).toEqual(['resolved', 'in_progress'])
    await page.reload()
    await sleep(500)
    expect((await visits(told)).length).toBe(1)
  })

  test('an answer that gets lost is asked for again, and the visit is there once', async () => {
    const told = await entrusted('Tastiera dello sportello 1')
    const { page, context } = await onTheRoad()
    await page.route('**/interventi/chiusure', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await close(page, told, { note: 'Cambiata la tastiera.' })
    await line(page, told).waitFor()
    await until(async () => (await visits(told)).length === 1)
    await page.unroute('**/interventi/chiusure')
    await context.setOffline(true)
    await context.setOffline(false)
    await page.getByText(`Inviate: ${told.number}.`).waitFor()
    expect([(await visits(told)).length, await unsent(page)]).toEqual([1, 0])
  })

  test('what changed meanwhile is refused in words and kept until it is discarded', async () => {
    const told = await entrusted('Presa di rete, stanza 2')
    const { page, context } = await onTheRoad()
    await context.setOffline(true)
    await close(page, told, { note: 'Rifatta la presa.' })
    await line(page, told).waitFor()
    await call(server, agentKey, 'PUT', `/cases/${told.id}/resolution`, { note: 'Al telefono.' })
    await context.setOffline(false)
    await line(page, told).getByText('Non registrata: la richiesta è cambiata').waitFor()
    expect(await line(page, told).innerText()).toContain('Intanto la richiesta è diventata «Risolta, da confermare»')
    expect(await examine(page)).toEqual([])
    await page.reload()
    await line(page, told).getByText('Rifatta la presa.').waitFor()
    expect(await visits(told)).toEqual([])
    await line(page, told).getByRole('button', { name: 'Scarta' }).click()
    await line(page, told).waitFor({ state: 'detached' })
    expect(await unsent(page)).toBe(0)
  })

  test('a phone with the wrong hour: refused with the reason, corrected in place, sent', async () => {
    const told = await entrusted('Lettore di tessere spento')
    const { page } = await onTheRoad()
    await page.clock.setFixedTime(Date.now() + 26 * 3_600_000)
    await page.reload()
    await close(page, told, { note: 'Cambiato il lettore.' })
    await line(page, told).getByText('Non registrata: da correggere').waitFor()
    expect(await line(page, told).innerText()).toContain('controlla l’ora del telefono')
    await page.clock.setFixedTime(Date.now())
    await line(page, told).getByRole('button', { name: 'Correggi' }).click()
    expect(await examine(page)).toEqual([])
    const clock = await page.evaluate(() => new Date().toTimeString().slice(0, 5))
    await line(page, told).getByLabel('Inizio').fill(clock)
    await line(page, told).getByLabel('Fine').fill(clock)
    await line(page, told).getByRole('button', { name: 'Segna come risolta' }).click()
    await page.getByText(`Inviate: ${told.number}.`).waitFor()
    expect((await visits(told)).length).toBe(1)
  })

  test('an end before the start, and a resolution without a word, are stopped on the phone', async () => {
    const told = await entrusted('Scanner fermo')
    const { page } = await onTheRoad()
    await card(page, told).locator('summary').click()
    await card(page, told).getByRole('button', { name: 'Segna come risolta' }).click()
    expect(await card(page, told).getByRole('alert').innerText()).toContain('Scrivi che cosa hai fatto')
    await card(page, told).getByLabel('Che cosa hai fatto').fill('Provato.')
    const [start, end] = await page.evaluate(() =>
      [1, 2].map((minutes) => new Date(Date.now() - minutes * 60_000).toTimeString().slice(0, 5)),
    )
    await card(page, told)
      .getByLabel('Inizio')
      .fill(start ?? '')
    await card(page, told)
      .getByLabel('Fine')
      .fill(end ?? '')
    await card(page, told).getByRole('button', { name: 'Segna come risolta' }).click()
    expect(await card(page, told).getByRole('alert').innerText()).toContain('La fine viene prima dell’inizio')
    // Half a form survives the page.
    await page.reload()
    await card(page, told).locator('summary').click()
    await until(async () => (await card(page, told).getByLabel('Che cosa hai fatto').inputValue()) === 'Provato.')
  })

  test('signing out asks before anything is lost, then leaves nothing on the phone', async () => {
    const told = await entrusted('Cornetta rotta')
    const { page, context } = await onTheRoad()
    await context.setOffline(true)
    await close(page, told, { note: 'Cambiata la cornetta.' })
    await line(page, told).waitFor()
    await page.getByRole('button', { name: 'Esci' }).click()
    const warning = page.getByRole('alert').filter({ hasText: '1 chiusura non è stata registrata' })
    await warning.waitFor()
    expect(await examine(page)).toEqual([])
    await page.getByRole('button', { name: 'Resta' }).click()
    await warning.waitFor({ state: 'detached' })
    await context.setOffline(false)
    await page.getByText(`Inviate: ${told.number}.`).waitFor()
    await page.getByRole('button', { name: 'Esci' }).click()
    await page.waitForURL('**/accedi')
    const left = await page.evaluate(async () => [
      await caches.keys(),
      (await indexedDB.databases()).map(({ name }) => name),
      (await navigator.serviceWorker.getRegistrations()).length,
    ])
    expect(left).toEqual([[], [], 0])
    await context.setOffline(true)
    await expect(page.goto('/interventi')).rejects.toThrow('ERR_INTERNET_DISCONNECTED')
  })

  test('who signs in after somebody else’s session neither sees nor sends what waits there', async () => {
    const told = await entrusted('Mouse fermo')
    const { page, context } = await onTheRoad()
    await context.setOffline(true)
    await close(page, told, { note: 'Cambiato il mouse.' })
    await line(page, told).waitFor()
    // The session ends by itself: nobody signs out.
    await context.clearCookies()
    await context.setOffline(false)
    await page.getByText('La sessione è finita').waitFor()
    await signIn(page, 'tecnica@societa.example.it')
    await page.goto('/interventi')
    await page.getByText('1 chiusura non inviata di un’altra persona').waitFor()
    expect(await page.getByText('Cambiato il mouse.').count()).toBe(0)
    expect(await visits(told)).toEqual([])
    await context.clearCookies()
    await signIn(page, technician)
    await page.goto('/interventi')
    await page.getByText(`Inviate: ${told.number}.`).waitFor()
    expect((await visits(told)).length).toBe(1)
  })

  test('another site cannot send a visit, nor can who is not signed in', async () => {
    const told = await entrusted('Schermo scuro')
    const { page, context } = await onTheRoad()
    const [cookie] = (await context.cookies()).filter(({ name }) => name === '__Host-sitec')
    const personId = await page.evaluate(
      () => document.documentElement.innerHTML.match(/personId[^0-9a-f]+([0-9a-f-]{36})/)?.[1] ?? '',
    )
    const at = new Date(Date.now() - 60_000).toISOString()
    const visit = {
      personId,
      caseId: told.id,
      teamId: await teamId(),
      startedAt: at,
      endedAt: at,
      outcome: 'to_return',
    }
    const send = (origin: string, signedIn: boolean) =>
      fetch(`${server.url}/interventi/chiusure`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin, ...(signedIn && { cookie: `__Host-sitec=${cookie?.value}` }) },
        body: new URLSearchParams({ once: crypto.randomUUID(), note: '', serial: '', ...visit }),
      })
    expect((await send('https://evil.example', true)).status).toBe(400)
    expect((await send(`http://localhost:${server.port}`, false)).status).toBe(302)
    expect(await visits(told)).toEqual([])
    expect((await send(`http://localhost:${server.port}`, true)).status).toBe(200)
    expect((await visits(told)).length).toBe(1)
  })

  test('somebody asks in person: after typing, two taps', async () => {
    const { page } = await onTheRoad()
    await page.getByText('Chiesto di persona: aggiungi').click()
    await page.getByLabel('Che cosa chiede').fill('Già che sei qui, il proiettore')
    await page.getByLabel('Chi chiede').pressSequentially('imp')
    await page.getByLabel(/Irene Impiegata/).waitFor()
    expect(await examine(page)).toEqual([])
    await page.getByLabel(/Irene Impiegata/).click()
    await page.getByRole('button', { name: 'Aggiungi', exact: true }).click()
    await page.getByText(/Aperta: \d{4}\/\d+/).waitFor()
    await page.locator('details.st-visit-card').filter({ hasText: 'il proiettore' }).waitFor()
  })

  test('a serial is read with the camera where the browser can', async () => {
    const told = await entrusted('Alimentatore guasto')
    const { page } = await onTheRoad()
    expect(await page.getByRole('button', { name: 'Leggi' }).count()).toBe(0)
    await page.addInitScript(() => {
      Object.assign(globalThis, {
        BarcodeDetector: class {
          detect = async () => [{ rawValue: 'PS-4711' }]
        },
      })
      navigator.mediaDevices.getUserMedia = async () => {
        const canvas = document.createElement('canvas')
        setInterval(() => canvas.getContext('2d')?.fillRect(Math.random() * 9, 0, 9, 9), 50)
        return canvas.captureStream(10)
      }
    })
    await page.reload()
    await card(page, told).locator('summary').click()
    await card(page, told).getByRole('button', { name: 'Leggi' }).click()
    await until(
      async () =>
        (await card(page, told)
          .getByLabel(/^Seriale/)
          .inputValue()) === 'PS-4711',
    )
  })

  test('without JavaScript the same forms do', async () => {
    const told = await entrusted('Cavo strappato')
    const { page } = await arrives(technician, { javaScript: false, width: 375 })
    await page.goto('/interventi')
    await card(page, told).locator('summary').click()
    await card(page, told).getByLabel('Che cosa hai fatto').fill('Cambiato il cavo.')
    await card(page, told).getByRole('button', { name: 'Segna come risolta' }).click()
    expect(await card(page, told).getByRole('alert').innerText()).toContain('ore e minuti')
    const clock = new Intl.DateTimeFormat('it-IT', { timeStyle: 'short', timeZone: 'Europe/Rome' }).format()
    await card(page, told).getByLabel('Inizio').fill(clock)
    await card(page, told).getByLabel('Fine').fill(clock)
    await card(page, told).getByRole('button', { name: 'Segna come risolta' }).click()
    await page.getByText('Intervento registrato.').waitFor()
    expect((await seen(told)).state).toBe('resolved')
    await page.getByText('Chiesto di persona: aggiungi').click()
    await page.getByLabel('Chi chiede').fill('imp')
    await page.getByRole('button', { name: 'Cerca' }).click()
    await page.getByLabel('Che cosa chiede').fill('Spostare il monitor')
    await page.getByLabel(/Irene Impiegata/).check()
    await page.getByRole('button', { name: 'Aggiungi', exact: true }).click()
    await page.getByText(/Aperta: \d{4}\/\d+/).waitFor()
  })
})

describe('goods', () => {
  /** Irene asks for two toners and a drum of the Alba L200; returns the address of her request. */
  async function asksForToner(page: Page): Promise<string> {
    await page.goto('/')
    await page.getByRole('link', { name: /Toner o carta/ }).click()
    await page.getByLabel('Modello di stampante').selectOption('Alba L200')
    if (page.url().includes('stampante=') === false) {
      const show = page.getByRole('button', { name: 'Mostra i materiali' })
      if (await show.isVisible()) await show.click()
    }
    await page.getByLabel(/Toner nero/).fill('2')
    await page.getByLabel(/Tamburo/).fill('1')
    return page.url()
  }

  test('toner is asked for by model, delivered in two parts and signed for: by code, and by the square', async () => {
    const irene = await arrives(employee)
    await asksForToner(irene.page)
    expect(await irene.page.getByLabel('Dove portarlo').inputValue()).toContain('stanza 11')
    expect(await examine(irene.page)).toEqual([])
    await irene.page.getByRole('button', { name: 'Invia la richiesta' }).click()
    await irene.page.waitForURL('**/richieste/**')
    const address = new URL(irene.page.url()).pathname
    await irene.page.getByRole('row', { name: /Toner nero 2 0 0/ }).waitFor()
    await call(server, agentKey, 'PUT', `/cases/${address.split('/')[2]}/assignment`, { teamId: await teamId() })

    const tullio = await arrives(technician, { width: 375 })
    const delivers = async (toners: string, drums: string) => {
      await tullio.page.goto('/interventi')
      await tullio.page.locator('details.st-visit-card').filter({ hasText: 'Alba L200' }).locator('summary').click()
      await tullio.page.getByRole('link', { name: 'Consegna il materiale' }).click()
      await tullio.page
        .locator('#deliver')
        .getByLabel(/Toner nero/)
        .fill(toners)
      if (drums !== '')
        await tullio.page
          .locator('#deliver')
          .getByLabel(/Tamburo/)
          .fill(drums)
      expect(await examine(tullio.page)).toEqual([])
      await tullio.page.locator('#deliver').getByRole('button').click()
      await tullio.page.waitForURL('**/bolla/**')
      expect(await examine(tullio.page)).toEqual([])
      return tullio.page.locator('.st-number').innerText()
    }
    const code = await delivers('1', '0')
    expect(code).toMatch(/^\d{6}$/)
    await tullio.page.getByRole('row', { name: 'Toner nero AL200-T 1' }).waitFor()

    await irene.page.goto(address)
    await irene.page.getByLabel(/codice/i).fill(code === '123456' ? '123457' : '123456')
    await irene.page.locator('#ricevuta').getByRole('button').click()
    expect(await irene.page.getByRole('alert').innerText()).toContain('Il codice non corrisponde')
    await irene.page
      .locator('#ricevuta')
      .getByLabel(/codice/i)
      .fill(code)
    await irene.page.locator('#ricevuta').getByRole('button').click()
    await irene.page.getByRole('row', { name: /Toner nero 2 1 1/ }).waitFor()
    expect(await examine(irene.page)).toEqual([])

    const second = await delivers('1', '1')
    await irene.page.goto(`${address}?codice=${second}`)
    expect(
      await irene.page
        .locator('#ricevuta')
        .getByLabel(/codice/i)
        .inputValue(),
    ).toBe(second)
    await irene.page.locator('#ricevuta').getByRole('button').click()
    await irene.page.getByText('Chiusa: l’utente ha confermato').first().waitFor()
    await tullio.page.reload()
    await tullio.page.getByText('Firmata da chi ha ricevuto').waitFor()
  })

  test('without JavaScript it is asked for as well; nothing asked for is refused in words', async () => {
    const { page } = await arrives(employee, { javaScript: false, width: 375 })
    await asksForToner(page)
    await page.getByLabel(/Toner nero/).fill('')
    await page.getByLabel(/Tamburo/).fill('0')
    await page.getByRole('button', { name: 'Invia la richiesta' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('almeno in una riga')
    await page.getByLabel(/Carta A4, risma/).fill('3')
    await page.getByRole('button', { name: 'Invia la richiesta' }).click()
    await page.waitForURL('**/richieste/**')
  })

  test('the list is kept by hand and by file, whole or not at all', async () => {
    const { page } = await arrives('responsabile@societa.example.it')
    await page.getByRole('link', { name: 'Materiali' }).click()
    await page.getByRole('heading', { name: 'Materiali di consumo' }).waitFor()
    expect(await examine(page)).toEqual([])
    await page.getByLabel('Codice').fill('ZZ-1')
    await page.getByLabel('Materiale', { exact: true }).fill('Nastro')
    await page.getByRole('button', { name: 'Salva' }).click()
    await page.getByText('Salvato: Nastro.').waitFor()
    await page.getByRole('row', { name: /ZZ-1/ }).getByRole('link').click()
    await page.getByRole('heading', { name: 'Cambia: Nastro' }).waitFor()
    await page.getByLabel('Si può chiedere').uncheck()
    await page.getByRole('button', { name: 'Salva' }).click()
    await page.getByRole('row', { name: /ZZ-1 Non più offerto/ }).waitFor()
    const load = async (text: string) => {
      await page
        .getByLabel('File CSV')
        .setInputFiles({ name: 'm.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
      await page.getByRole('button', { name: 'Carica il file' }).click()
    }
    await load('code;name;printer_model;active\r\nYY-1;Toner;Nuova;sì\r\nYY-2;Tamburo;Nuova;forse\r\n')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('Riga 3, colonna active: Scrivi sì o no.')
    expect(await page.getByRole('row', { name: /YY-1/ }).count()).toBe(0)
    expect(await examine(page)).toEqual([])
    await load('code;name;printer_model;active\r\nYY-1;Toner;Nuova;sì\r\n')
    await page.getByText('File caricato: 1 aggiunti, 0 cambiati, 0 uguali.').waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Scarica CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('materiali.csv')
  })

  test('pages fit a phone and a desk for axe', async () => {
    const { page } = await arrives('responsabile@societa.example.it', { width: 375 })
    await page.goto('/amministrazione/materiali')
    expect(await examine(page)).toEqual([])
    const irene = await arrives(employee, { width: 375 })
    await irene.page.goto('/chiedi/materiale?stampante=Iride+C40')
    expect(await examine(irene.page)).toEqual([])
  })
})

test('nothing in all this made a browser complain', () => {
  // A slow machine runs what was preloaded late.
  const expected = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|net::|preload/
  expect(visitors.flatMap((one) => one.complaints).filter((complaint) => !expected.test(complaint))).toEqual([])
})
