/** What a clerk, an agent at the keyboard, a team leader and the contract manager come to do, and what it costs them. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { apiKey, call, cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
let agentKey: string
const data = newFolder('journeys')
const visitors: Visitor[] = []
const [employee, agent, leader, manager] = [
  'impiegata@comune.example.it',
  'operatore@societa.example.it',
  'responsabile@societa.example.it',
  'contratto@comune.example.it',
]

beforeAll(async () => {
  server = await startServer({ data })
  browser = await startBrowser()
  agentKey = await apiKey({ data }, agent, [
    'case.open',
    'case.read',
    'case.take',
    'case.work',
    'case.resolve',
    'case.ask',
  ])
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

async function arrives(email: string, options: Parameters<typeof visitor>[2] = {}): Promise<Page> {
  const one = await visitor(browser, `http://localhost:${server.port}`, options)
  visitors.push(one)
  await signIn(one.page, email)
  return one.page
}

async function opened(input: Record<string, unknown>): Promise<{ id: string; number: string }> {
  const made = await call(server, agentKey, 'POST', '/cases', { kind: 'incident', requesterEmail: employee, ...input })
  return made.body as { id: string; number: string }
}
const put = (id: string, what: string, body: unknown = {}) =>
  call(server, agentKey, 'PUT', `/cases/${id}/${what}`, body)

/** A date two working days from now, as a field of type datetime-local takes it. */
function inSomeDays(days: number): string {
  const when = new Date(Date.now() + days * 86_400_000)
  return `${when.toISOString().slice(0, 10)}T14:00`
}

describe('the clerk', () => {
  test('asks in three steps; then one page says where it stands and when; one answer goes back to the technicians', async () => {
    const page = await arrives(employee)
    let steps = 0
    const step = async (act: Promise<unknown>) => {
      await act
      steps += 1
    }
    await step(page.getByRole('link', { name: 'Qualcosa non funziona' }).click())
    await page.getByLabel('Che cosa non funziona?').fill('Il totem dello sportello 4 non parte')
    await step(page.getByRole('button', { name: /^Invia/ }).click())
    await page.waitForURL('**/richieste/**')
    const received = await page.getByRole('status').innerText()
    steps += 1 // reading the number
    expect(steps).toBeLessThanOrEqual(3)
    const number = /\d{4}\/\d+/.exec(received)?.[0] ?? ''
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''

    await put(id, 'taking-in-charge')
    await put(id, 'promised-date', { promisedFor: new Date(Date.now() + 3 * 86_400_000).toISOString() })
    await page.goto('/')
    const line = page.getByRole('listitem').filter({ hasText: number })
    expect(await line.innerText()).toMatch(/I tecnici ci stanno lavorando\. Data prevista: .*, ore \d/)
    expect(await examine(page)).toEqual([])

    // "Come si calcola questa scadenza": for the asker too.
    await line.getByRole('link').first().click()
    await page.getByRole('link', { name: 'Come si calcola questa scadenza' }).click()
    await page.getByRole('heading', { name: /^Presa in carico: conclusa/ }).waitFor()
    expect(await page.getByText('Ricalcolata adesso dagli eventi: è uguale').count()).toBe(1)
    expect(await examine(page)).toEqual([])

    await put(id, 'resolution', { note: 'Cambiato l’alimentatore.' })
    await page.goto('/')
    await page.getByRole('listitem').filter({ hasText: number }).getByRole('button', { name: 'Sì, è risolta' }).click()
    await page.getByText('Chiusa: l’utente ha confermato').waitFor()
  })

  test.each([
    ['applicativo', 'Assistenza su un applicativo'],
    ['manutenzione', 'Piccola manutenzione'],
    ['ausiliari', 'Servizio ausiliario'],
    ['sviluppo', 'Richiesta GESEPA/ICT'],
  ])('every kind has its door: /chiedi/%s', async (door, title) => {
    const page = await arrives(employee, { width: door === 'ausiliari' ? 375 : 1280 })
    await page.goto(`/chiedi/${door}`)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(title)
    expect(await examine(page)).toEqual([])
    await page.getByLabel('Di che cosa si tratta?').fill('Una prova della porta')
    if (await page.getByLabel(/^Applicativo/).count()) await page.getByLabel(/^Applicativo/).fill('Protocollo')
    if (door === 'manutenzione') await page.getByLabel('Estensione funzionale').check()
    if (door === 'ausiliari') await page.getByLabel('Trasporto', { exact: true }).check()
    await page.getByRole('button', { name: /^Invia/ }).click()
    const again = page.getByRole('button', { name: 'Invia comunque la richiesta' })
    await Promise.race([page.waitForURL('**/richieste/**'), again.waitFor()])
    if (await again.count()) await again.click()
    await page.waitForURL('**/richieste/**')
  })
})

describe('the agent, by keyboard alone', () => {
  test('a date is promised, moved with its reason, and the clock that waits says so', async () => {
    const { id, number } = await opened({ title: 'Il lettore di tessere non si accende', canWork: 'no' })
    const page = await arrives(agent)
    await page.goto(`/richieste/${id}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await page.keyboard.press('p')
    await page.locator('#resolve').waitFor()
    const promise = async (when: string, reason?: string) => {
      await page.keyboard.press('d')
      await page.locator('#promise input[type=datetime-local]').waitFor()
      await page.locator('#promise input[type=datetime-local]').fill(when)
      if (reason) await page.locator('#promise textarea').fill(reason)
      await page.locator('#promise button[type=submit]').focus()
      await page.keyboard.press('Enter')
    }
    await promise(inSomeDays(2))
    await page.getByText('Data prevista, detta all’utente').waitFor()
    await promise(inSomeDays(4), 'Il pezzo arriva giovedì.')
    await page.getByText('Il pezzo arriva giovedì.').waitFor()
    expect(await page.locator('.st-dues').innerText()).toContain('Prima:')
    expect(await examine(page)).toEqual([])

    await page.locator('#ask > summary').focus()
    await page.keyboard.press('Enter')
    await page.locator('#ask textarea').fill('Che spia vedi?')
    await page.locator('#ask button[type=submit]').focus()
    await page.keyboard.press('Enter')
    await page.getByText('In attesa dell’utente').first().waitFor()
    // The page is still being told what has changed: a key goes to what is there when all of it has arrived.
    await page.waitForLoadState('networkidle')
    await page.getByRole('link', { name: 'Come si calcola questa scadenza' }).press('Enter')
    await page.getByRole('heading', { name: /^Soluzione: ferma/ }).waitFor()
    expect(await examine(page)).toEqual([])
    expect(await page.getByText(number).count()).toBeGreaterThan(0)
  })

  test('a promise in the past is refused in words, and what was typed stays', async () => {
    const { id } = await opened({ title: 'Il proiettore sfarfalla' })
    await put(id, 'taking-in-charge')
    const page = await arrives(agent)
    await page.goto(`/richieste/${id}`)
    await page.locator('#promise > summary').click()
    await page.locator('#promise input[type=datetime-local]').fill('2026-01-05T10:00')
    await page.locator('#promise button[type=submit]').click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('La data prevista è già passata')
    expect(await page.locator('#promise input[type=datetime-local]').inputValue()).toBe('2026-01-05T10:00')
    expect(await examine(page)).toEqual([])
  })
})

describe('who leads and who answers', () => {
  test('the team leader reads at once who is drowning, and reassigns several with one act', async () => {
    const page = await arrives(leader)
    expect(new URL(page.url()).pathname).toBe('/')
    expect(await page.getByRole('table').first().innerText()).toContain('Oltre la data')
    expect(await page.getByRole('main').innerText()).toMatch(/\d+ oltre la data e \d+ in scadenza oggi/)
    expect(await examine(page)).toEqual([])
    await page.getByRole('link', { name: 'Scegli e affida' }).click()
    await page.getByText('Aggiornata ora').waitFor()
    for (const key of ['j', 'x', 'j', 'x', 'a']) await page.keyboard.press(key)
    await page.getByLabel('Squadra').last().selectOption({ label: '2° livello sistemi e rete' })
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page
      .getByText(/2 (richieste )?affidate|Affidate: 2|2 su 2/)
      .first()
      .waitFor()
  })

  test('a kind that leaves its indicator waits on the contract manager’s home, one step from the consent', async () => {
    const { id, number } = await opened({ title: 'Elenco dei pagamenti per ufficio' })
    await put(id, 'taking-in-charge')
    await put(id, 'kind', { to: 'data_processing', reason: 'È un’estrazione.' })
    const page = await arrives(manager)
    const waiting = page.getByRole('region', { name: 'Aspettano il Comune' })
    await waiting.getByRole('link', { name: number }).click()
    await page.getByText('serve il consenso del Comune').first().waitFor()
    expect(await examine(page)).toEqual([])
    await page.getByRole('button', { name: 'Acconsenti' }).click()
    await page.getByText('Tipo cambiato').first().waitFor()
  })

  test('the agreement: its times, its versions, and what moving the open requests would change', async () => {
    const page = await arrives('amministratore@comune.example.it')
    await page.goto('/amministrazione/accordo')
    await page.getByText('Aggiungi una versione').click()
    await page.getByLabel('Vale per le richieste aperte dal').fill('2026-01-01')
    await page.getByLabel('Atto da cui viene').fill('Determina di prova n. 7')
    await page.locator('input[name=amount-0]').fill('30')
    expect(await examine(page)).toEqual([])
    await page.getByRole('button', { name: 'Aggiungi la versione' }).click()
    await page.getByText('In vigore: versione 2').waitFor()
    await page.getByRole('button', { name: 'Mostra che cosa cambia' }).click()
    await page.getByText(/richieste aperte su altre versioni/).waitFor()
    expect(await examine(page)).toEqual([])
  })
})

test('nothing in the consoles of all these visitors', () => {
  expect(visitors.flatMap((one) => one.complaints)).toEqual([])
})
