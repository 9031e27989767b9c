/** The story of the service desk, walked by its people in a real browser. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { apiKey, cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
const data = newFolder('browser')
const people: Visitor[] = []

// The public origin: forms are refused from any other.
const origin = () => `http://localhost:${server.port}`

beforeAll(async () => {
  server = await startServer({ data })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

async function arrives(options: Parameters<typeof visitor>[2] = {}) {
  const one = await visitor(browser, origin(), options)
  people.push(one)
  return one
}

const employee = 'impiegata@comune.example.it'
const agent = 'operatore@societa.example.it'

describe('the story', () => {
  test('an employee asks in three steps and gets a number; an agent sees it arrive, works it; the employee answers', async () => {
    const [irene, olga] = [await arrives(), await arrives()]
    await signIn(olga.page, agent)
    await olga.page.getByRole('link', { name: 'Da lavorare', exact: true }).click()
    await olga.page.getByText('Aggiornata ora').waitFor()
    await signIn(irene.page, employee)
    expect(await examine(irene.page)).toEqual([])

    // Three steps: the door, the words, the number.
    await irene.page.getByRole('link', { name: 'Qualcosa non funziona' }).click()
    await irene.page.getByLabel('Che cosa non funziona?').fill('La stampante della stanza 11 macchia i fogli')
    await irene.page.getByLabel(/Che cosa succede/).fill('Righe nere.\nAnche dopo averla spenta.')
    await irene.page.getByRole('group', { name: 'Riesci a lavorare?' }).getByLabel('In parte').check()
    await irene.page.getByRole('group', { name: 'Succede solo a te?' }).getByLabel('No').check()
    await irene.page
      .getByLabel('Allegati')
      .setInputFiles({ name: 'foglio.txt', mimeType: 'text/plain', buffer: Buffer.from('righe') })
    expect(await examine(irene.page)).toEqual([])
    await irene.page.getByRole('button', { name: 'Invia la richiesta' }).click()
    const received = await irene.page.getByRole('status').innerText()
    const number = /\d{4}\/\d+/.exec(received)?.[0] ?? ''
    expect(received).toContain('Il numero da citare è')
    expect(await examine(irene.page)).toEqual([])

    // Live, at the bottom, without moving what is above.
    const line = olga.page.getByRole('row').filter({ hasText: number })
    await line.waitFor()
    expect(await olga.page.getByRole('row').filter({ hasText: 'Arrivate mentre lavoravi: 1' }).count()).toBe(1)
    expect(await line.innerText()).toContain('Alta')
    expect(await examine(olga.page)).toEqual([])

    await line.getByRole('button', { name: `Prendi in carico la richiesta ${number}` }).click()
    await olga.page.waitForURL('**/richieste/**')
    expect(await olga.page.getByText('Olga Operatrice').count()).toBeGreaterThan(0)
    expect(await examine(olga.page)).toEqual([])
    await olga.page.getByLabel('Testo del messaggio').fill('La guardiamo subito.')
    await olga.page.getByRole('button', { name: 'Invia', exact: true }).click()
    await olga.page.getByText('La guardiamo subito.').waitFor()

    // The employee's page hears of it by itself, and sees the team, not the person.
    await irene.page.getByText('La guardiamo subito.').waitFor()
    expect(await irene.page.getByText('1° livello').count()).toBeGreaterThan(0)
    expect(await irene.page.getByText('Olga').count()).toBe(0)

    // What is being typed survives somebody else's message.
    await olga.page.getByLabel('Testo del messaggio').fill('Sto ancora scri')
    await irene.page.getByLabel('Testo del messaggio').fill('Grazie, aspetto.')
    await irene.page.getByRole('button', { name: 'Invia', exact: true }).click()
    await olga.page.getByText('Grazie, aspetto.').waitFor()
    expect(await olga.page.getByLabel('Testo del messaggio').inputValue()).toBe('Sto ancora scri')
    expect(await irene.page.getByLabel('Testo del messaggio').inputValue()).toBe('')

    await olga.page.getByText('Affida a…').click()
    await olga.page.getByLabel('Squadra', { exact: true }).selectOption({ label: 'Tecnici in sede' })
    await olga.page.getByRole('button', { name: 'Affida', exact: true }).click()
    await olga.page.getByText('Affidata a: Tecnici in sede').first().waitFor()
    await resolve(olga, 'Cambiato il tamburo.')

    await irene.page.locator('#reopen > summary').click()
    expect(await examine(irene.page)).toEqual([])
    await irene.page.getByLabel('In parte').check()
    await irene.page.getByLabel('Che cosa non va ancora?').fill('Macchia ancora.')
    await irene.page.getByRole('button', { name: 'Riapri la richiesta' }).click()
    await irene.page.getByText('L’utente dice che non è risolta').waitFor()
    await olga.page.getByText('Macchia ancora.').waitFor()
    await resolve(olga, 'Cambiata la cinghia.')
    await irene.page.getByRole('button', { name: 'Sì, è risolta' }).click()
    await irene.page.getByText('Chiusa: l’utente ha confermato').waitFor()
  })

  test('an agent opens a case while the caller talks: three letters find the person', async () => {
    const { page } = await arrives()
    await signIn(page, agent)
    await page.getByRole('link', { name: 'Nuova richiesta' }).first().click()
    await page.getByLabel('Chi chiama?').pressSequentially('imp')
    await page.getByLabel(/Irene Impiegata/).waitFor()
    await page.getByLabel('Oggetto').fill('La stampante macchia di nuovo')
    await page.getByLabel(/Che cosa dice/).focus()
    await page.getByRole('complementary', { name: 'Richieste aperte simili' }).getByRole('paragraph').first().waitFor()
    expect(await examine(page)).toEqual([])
    await page.getByRole('button', { name: 'Apri la richiesta' }).click()
    await page.waitForURL('**/richieste/**')
    await page.getByText('per telefono').waitFor()
  })

  test('keyboard only: from sign-in to a case taken in charge', async () => {
    const { page } = await arrives()
    await signIn(page, 'operatore2@societa.example.it')
    await page.waitForURL((url) => url.pathname === '/')
    await page.getByRole('link', { name: 'Vai a «Da lavorare»' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/da-lavorare')
    await page.getByText('Aggiornata ora').waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Vai al contenuto')
    await page.getByRole('link', { name: /Da prendere in carico/ }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**view=to_take')
    await page.locator('a[aria-current=page]').filter({ hasText: 'Da prendere in carico' }).waitFor()
    await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null))
    await page.keyboard.press('j')
    await page.locator('tr.is-cursor').waitFor()
    await page.keyboard.press('p')
    await page.waitForURL('**/richieste/**')
    await page.locator('#resolve > summary').waitFor()
    await page.keyboard.press('s')
    await page.getByLabel(/Che cosa è stato fatto/).waitFor()
  })

  test('without JavaScript the employee asks and confirms, the agent takes and resolves', async () => {
    const [irene, olga] = [await arrives({ javaScript: false }), await arrives({ javaScript: false })]
    await signIn(irene.page, employee)
    await irene.page.getByRole('link', { name: 'Mi serve qualcosa' }).click()
    await irene.page.getByRole('button', { name: 'Invia la richiesta' }).click({ noWaitAfter: true })
    await irene.page.getByLabel('Che cosa ti serve?').fill('Un accesso alla cartella dei contributi')
    await irene.page.getByRole('button', { name: 'Invia la richiesta' }).click()
    await irene.page.waitForURL('**/richieste/**')
    const address = new URL(irene.page.url()).pathname
    await signIn(olga.page, agent)
    await olga.page.goto(address)
    await olga.page.getByRole('button', { name: 'Prendi in carico' }).click()
    await resolve(olga, 'Accesso creato.')
    await irene.page.goto(address)
    await irene.page.getByRole('button', { name: 'Sì, è risolta' }).click()
    await irene.page.getByText('Chiusa: l’utente ha confermato').waitFor()
  })

  test('a program opens one with a key, and repeating the call opens no second', async () => {
    const key = await apiKey({ data }, agent, ['case.open'])
    const call = () =>
      fetch(`${origin()}/api/cases`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': 'browser-test-0001',
        },
        body: JSON.stringify({ kind: 'incident', title: 'Il sensore segnala un guasto', requesterEmail: employee }),
      })
    const [first, second] = [await call(), await call()]
    expect([first.status, await first.json()]).toEqual([201, await second.json()])
  })
})

async function resolve({ page }: Visitor, note: string) {
  await page.locator('#resolve > summary').click()
  await page.getByLabel(/Che cosa è stato fatto/).fill(note)
  await page.locator('#resolve').getByRole('button', { name: 'Segna come risolta' }).click()
  await page.getByText(note).first().waitFor()
}

describe('wrong moments', () => {
  test('two agents with the same form: the second reads who was first, and nothing is lost', async () => {
    const [irene, olga, oreste] = [
      await arrives(),
      await arrives({ javaScript: false }),
      await arrives({ javaScript: false }),
    ]
    await signIn(irene.page, employee)
    await irene.page.goto('/chiedi/guasto')
    await irene.page.getByLabel('Che cosa non funziona?').fill('Il telefono è muto')
    await irene.page.getByRole('button', { name: 'Invia la richiesta' }).click()
    await irene.page.waitForURL('**/richieste/**')
    const address = new URL(irene.page.url()).pathname
    for (const [one, email] of [
      [olga, agent],
      [oreste, 'operatore2@societa.example.it'],
    ] as const) {
      await signIn(one.page, email)
      await one.page.goto(address)
    }
    await olga.page.getByRole('button', { name: 'Prendi in carico' }).click()
    await oreste.page.getByRole('button', { name: 'Prendi in carico' }).click()
    expect(await oreste.page.getByRole('alert').innerText()).toContain('già in carico a Olga Operatrice')
  })

  test('a wrong form says what is wrong beside the field and keeps what was typed', async () => {
    const { page } = await arrives({ javaScript: false })
    await signIn(page, employee)
    await page.goto('/chiedi/guasto')
    await page.locator('form.st-form').evaluate((form: HTMLFormElement) => {
      form.noValidate = true
    })
    await page.getByLabel('Che cosa non funziona?').fill('x')
    await page.getByLabel(/Che cosa succede/).fill('Non si accende più.')
    await page.getByRole('button', { name: 'Invia la richiesta' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('Scrivi almeno 3 caratteri.')
    expect(await page.getByLabel(/Che cosa succede/).inputValue()).toBe('Non si accende più.')
    expect(await page.getByLabel('Che cosa non funziona?').getAttribute('aria-invalid')).toBe('true')
  })

  test('an attachment over the limit is refused in words, with and without JavaScript', async () => {
    for (const javaScript of [true, false]) {
      const { page } = await arrives({ javaScript })
      await signIn(page, employee)
      await page.goto('/chiedi/guasto')
      await page.getByLabel('Che cosa non funziona?').fill('Allegato enorme')
      await page.getByLabel('Allegati').setInputFiles(
        {
          name: 'enorme.bin',
          mimeType: 'application/octet-stream',
          buffer: Buffer.alloc(49_000_000, 1),
        },
        { timeout: 60_000 },
      )
      await page.getByRole('button', { name: 'Invia la richiesta' }).click()
      await page.getByText('25 MB').first().waitFor()
    }
  })

  test('after signing out, the way back leads to sign-in', async () => {
    const { page } = await arrives()
    await signIn(page, agent)
    await page.getByRole('button', { name: 'Esci' }).click()
    await page.waitForURL('**/accedi')
    await page.goto('/da-lavorare')
    expect(page.url()).toContain('/accedi?poi=%2Fda-lavorare')
    await page.fill('#email', agent)
    await page.fill('#password', 'sbagliata-davvero')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('alert').innerText()).toContain('Indirizzo o password non corretti')
  })

  test('nothing in all this made a browser complain', () => {
    expect(people.flatMap((one) => one.complaints)).toEqual([])
  })
})
