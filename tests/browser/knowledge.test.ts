/** Articles before asking, "capita anche a me", the queue by keyboard and in bulk, saved views, homes: in a real browser. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
const data = newFolder('knowledge')
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

const employee = 'impiegata@comune.example.it'
const contact = 'referente@comune.example.it'
const agent = 'operatore@societa.example.it'
const leader = 'responsabile@societa.example.it'

async function arrives(email: string, options: Parameters<typeof visitor>[2] = {}) {
  const one = await visitor(browser, origin(), options)
  people.push(one)
  await signIn(one.page, email)
  return one.page
}

/** Opens a request on the portal, past whatever is offered. */
async function ask(page: Visitor['page'], title: string) {
  await page.goto('/chiedi/guasto')
  await page.getByLabel('Che cosa non funziona?').fill(title)
  await page.getByRole('button', { name: /^Invia/ }).click()
  await page.waitForURL('**/richieste/**')
  return new URL(page.url()).pathname
}

describe('before sending', () => {
  test('articles and outages show while one types; one press says that it is solved, and no request is opened', async () => {
    const page = await arrives(employee)
    await page.goto('/le-mie-richieste')
    const before = await page.locator('main li').count()
    await page.goto('/chiedi/guasto')
    // Known already, before a word is typed.
    expect(await page.getByRole('region', { name: /Lo sappiamo già/ }).count()).toBe(1)
    await page.getByLabel('Che cosa non funziona?').pressSequentially('La mia password è scaduta')
    const offer = page.getByRole('region', { name: 'Forse hai già la risposta' })
    await offer.getByRole('link', { name: /Cambiare la password da soli/ }).waitFor()
    expect(await examine(page)).toEqual([])
    await offer.getByRole('button', { name: 'Ho risolto con questo: «Cambiare la password da soli»' }).click()
    await page.getByRole('heading', { name: 'Bene, hai risolto da solo' }).waitFor()
    expect(await examine(page)).toEqual([])
    await page.goto('/le-mie-richieste')
    expect(await page.locator('main li').count()).toBe(before)
    const olga = await arrives(agent)
    await olga.goto('/articoli')
    expect(await olga.getByRole('row', { name: /Cambiare la password da soli/ }).innerText()).toMatch(/\t15\t/)
  })

  test('Enter in the title sends the request, also with articles in sight', async () => {
    const page = await arrives(employee)
    await page.goto('/chiedi/guasto')
    await page.getByLabel('Che cosa non funziona?').pressSequentially('La stampante non stampa')
    await page.getByRole('region', { name: 'Forse hai già la risposta' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/richieste/**')
    await page.getByText('Il numero da citare è').waitFor()
  })

  test('without JavaScript the first press shows them and keeps what was typed, the second sends', async () => {
    const page = await arrives(employee, { javaScript: false })
    await page.goto('/chiedi/guasto')
    await page.getByLabel('Che cosa non funziona?').fill('La stampante non stampa')
    await page.getByLabel(/Che cosa succede/).fill('Fa rumore e basta.')
    await page.getByRole('group', { name: 'Riesci a lavorare?' }).getByLabel('In parte').check()
    await page.getByRole('button', { name: 'Invia la richiesta' }).click()
    const offer = page.getByRole('region', { name: 'Prima di inviare: forse hai già la risposta' })
    await offer.getByRole('link', { name: /La stampante non stampa: tre cose da provare/ }).waitFor()
    expect(await page.getByLabel('Che cosa non funziona?').inputValue()).toBe('La stampante non stampa')
    expect(await page.getByLabel(/Che cosa succede/).inputValue()).toBe('Fa rumore e basta.')
    expect(await page.getByLabel('In parte').isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Invia comunque la richiesta' }).click()
    await page.waitForURL('**/richieste/**')
    await page.getByText('Fa rumore e basta.').waitFor()
    // And the way out works too.
    await page.goto('/chiedi/guasto')
    await page.getByLabel('Che cosa non funziona?').fill('La stampante non stampa')
    await page.getByRole('button', { name: 'Invia la richiesta' }).click()
    await page.getByRole('button', { name: /Ho risolto con questo: «La stampante/ }).click()
    await page.getByRole('heading', { name: 'Bene, hai risolto da solo' }).waitFor()
  })

  test('what no article knows is sent at the first press, also without JavaScript', async () => {
    const page = await arrives(employee, { javaScript: false })
    await page.goto('/chiedi/guasto')
    await page.getByLabel('Che cosa non funziona?').fill('Il citofono gracchia')
    await page.getByRole('button', { name: 'Invia la richiesta' }).click()
    await page.waitForURL('**/richieste/**')
  })

  test('an article says whether it was useful', async () => {
    const page = await arrives(employee, { javaScript: false })
    await page.goto('/articoli?words=toner')
    await page.getByRole('link', { name: /Il toner: quando chiederlo/ }).click()
    await page.getByRole('button', { name: 'Sì' }).click()
    await page.getByText('Grazie, ne terremo conto.').waitFor()
    expect(await page.getByRole('button', { name: 'Sì' }).getAttribute('aria-pressed')).toBe('true')
  })
})

describe('a known outage', () => {
  test('one press, no form: the second says it was said; its end resolves them all', async () => {
    const [irene, rita, olga] = [
      await arrives(employee),
      await arrives(contact, { javaScript: false }),
      await arrives(agent),
    ]
    await irene.goto('/')
    expect(await examine(irene)).toEqual([])
    await irene.getByRole('button', { name: /Capita anche a me: Posta/ }).click()
    const number = /\d{4}\/\d+/.exec(await irene.getByText('la tua segnalazione ha il numero').innerText())?.[0] ?? ''
    await irene.getByText('Già segnalato:').waitFor()
    await irene.goto('/chiedi/guasto')
    await irene.getByRole('link', { name: `richiesta ${number}` }).waitFor()
    await rita.goto('/')
    await rita.getByRole('button', { name: /Capita anche a me: Posta/ }).click()
    await rita.getByText('la tua segnalazione ha il numero').waitFor()

    await olga.goto('/guasti')
    expect(await examine(olga)).toEqual([])
    await olga.getByRole('link', { name: /^Posta: alcuni messaggi/ }).click()
    await olga.getByRole('row', { name: new RegExp(number) }).waitFor()
    await olga.getByText('Aggiorna gli utenti').click()
    await olga.getByLabel('Come va').fill('Manca poco.')
    await olga.getByRole('button', { name: 'Pubblica l’aggiornamento' }).click()
    await olga.getByText('Manca poco.').waitFor()
    await olga.locator('summary').filter({ hasText: 'Il guasto è finito' }).click()
    await olga.getByLabel(/Che cosa è stato fatto/).fill('Tolti dalla lista, posta di nuovo in partenza.')
    expect(await examine(olga)).toEqual([])
    await olga.getByRole('button', { name: 'Chiudi il guasto' }).click()
    // The cases are resolved behind the page, which says how many are left.
    await olga.getByText(/Richieste segnate come risolte: (\d+) di \1\./).waitFor({ timeout: 30_000 })
    expect(await examine(olga)).toEqual([])

    await irene.goto('/')
    expect(await irene.getByRole('region', { name: /Lo sappiamo già/ }).count()).toBe(0)
    await irene.locator('li').filter({ hasText: number }).getByRole('button', { name: 'Sì, è risolta' }).click()
    await irene.getByText('Chiusa: l’utente ha confermato').waitFor()
  })

  test('is announced with a form that says what is wrong with it', async () => {
    const page = await arrives(agent, { javaScript: false })
    await page.goto('/guasti')
    await page.getByText('Segnala un guasto noto').click()
    await page.getByLabel('Che cosa succede, in poche parole').fill('Presenze ferme')
    await page.getByLabel('Che cosa devono sapere gli utenti').fill('Le timbrature non si perdono.')
    await page.getByLabel('Fine prevista').fill('2020-01-01T10:00')
    await page.getByRole('button', { name: 'Apri il guasto' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('prima dell’inizio')
    expect(await page.getByLabel('Che cosa succede, in poche parole').inputValue()).toBe('Presenze ferme')
    await page.getByLabel('Fine prevista').fill('')
    await page.getByRole('button', { name: 'Apri il guasto' }).click()
    await page.getByRole('heading', { name: 'Presenze ferme' }).waitFor()
  })
})

describe('the queue', () => {
  test('by keyboard alone: next 1 key, take 1, hand over 2, answer from a template 3', async () => {
    const irene = await arrives(employee)
    await ask(irene, 'Citofono muto uno')
    await ask(irene, 'Citofono muto due')
    const page = await arrives(agent)
    await page.goto('/da-lavorare?words=citofono+muto')
    await page.getByText('Aggiornata ora').waitFor()
    const keys: string[] = []
    const press = async (key: string) => {
      keys.push(key)
      await page.keyboard.press(key)
    }
    const counted = () => keys.splice(0).length

    await press('j')
    await page.locator('tr.is-cursor').waitFor()
    expect(counted()).toBe(1)

    await press('2')
    await page
      .getByRole('group', { name: /Passa al 2° livello/ })
      .first()
      .waitFor()
    expect(await examine(page)).toEqual([])
    await press('Enter')
    await page.getByText('1 richiesta affidata a 2° livello').waitFor()
    expect(counted()).toBe(2)

    await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null))
    await page.keyboard.press('j')
    await press('p')
    await page.waitForURL('**/richieste/**')
    expect(counted()).toBe(1)

    await page.locator('#modelli li button').first().waitFor({ state: 'attached' })
    await press('r')
    await press('ArrowDown')
    await press('Enter')
    expect(counted()).toBe(3)
    expect(await page.getByLabel('Testo del messaggio').inputValue()).toMatch(/^Gentile Irene Impiegata/)
    expect(await examine(page)).toEqual([])
    await page.getByRole('button', { name: 'Invia', exact: true }).click()
    await page.locator('.st-talk').getByText('Gentile Irene Impiegata').waitFor()
  })

  test('R in the queue opens the request with the templates in hand', async () => {
    const irene = await arrives(employee)
    await ask(irene, 'Citofono sordo')
    const page = await arrives(agent)
    await page.goto('/da-lavorare?words=citofono+sordo')
    await page.getByText('Aggiornata ora').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('r')
    await page.waitForURL('**/richieste/**')
    await page.getByLabel('Cerca il modello').waitFor()
    await page.keyboard.type('riavvi')
    await page.locator('#modelli li button').filter({ hasText: 'Prova a riavviare' }).waitFor()
    await page.keyboard.press('Enter')
    expect(await page.getByLabel('Testo del messaggio').inputValue()).toContain('provi a riavviare')
  })

  test('in bulk by keyboard: X ticks, A entrusts, G joins; ticks outlive news, taking in charge is not offered', async () => {
    const irene = await arrives(employee)
    for (const name of ['uno', 'due', 'tre']) await ask(irene, `Montacarichi fermo ${name}`)
    const page = await arrives(agent)
    await page.goto('/da-lavorare?words=montacarichi')
    await page.getByText('Aggiornata ora').waitFor()
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    const bar = page.getByRole('group', { name: 'Richieste scelte' })
    await bar.getByText('2 scelte').waitFor()
    expect(await bar.getByText(/Prendi in carico/).count()).toBe(0)
    expect(await examine(page)).toEqual([])
    await ask(irene, 'Montacarichi fermo quattro')
    await page.getByRole('row').filter({ hasText: 'Arrivate mentre lavoravi: 1' }).waitFor()
    await bar.getByText('2 scelte').waitFor()
    expect(await page.locator('input[name=case]:checked').count()).toBe(2)

    // A key reaches what is on the page: people press it when they see the field.
    await page.keyboard.press('a')
    await page.locator('select:focus').waitFor()
    await page.getByLabel('Affida le scelte a').selectOption({ label: 'Tecnici in sede' })
    // It is told when the rows are the new ones, however long they take: the next key acts on them.
    await page.route(/da-lavorare\.data/, async (route) => {
      if (route.request().method() === 'GET') await page.waitForTimeout(1500)
      await route.continue()
    })
    await page.keyboard.press('Enter')
    await page.getByText('2 richieste affidate a Tecnici in sede').waitFor()
    expect(await bar.count()).toBe(0)

    await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null))
    await page.keyboard.press('x')
    await bar.waitFor()
    await page.keyboard.press('g')
    await page.getByLabel('Collega le scelte al guasto').and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('1 richiesta collegata al guasto').waitFor()
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })

  test('in bulk without JavaScript: a plain form; the notice says why one did not go', async () => {
    const [irene, page, other] = [
      await arrives(employee),
      await arrives(agent, { javaScript: false }),
      await arrives('operatore2@societa.example.it', { javaScript: false }),
    ]
    const addresses = [await ask(irene, 'Tornello bloccato uno'), await ask(irene, 'Tornello bloccato due')]
    await page.goto('/da-lavorare?words=tornello')
    await other.goto(addresses[1] ?? '')
    await other.getByRole('button', { name: 'Prendi in carico' }).click()
    for (const box of await page.getByRole('checkbox', { name: /^Scegli la richiesta/ }).all()) await box.check()
    await page.getByLabel('Affida le scelte a').selectOption({ label: 'Tecnici in sede' })
    await page.getByRole('button', { name: 'Affida', exact: true }).click()
    const notice = await page.getByRole('status').innerText()
    expect(notice).toContain('1 richiesta affidata a Tecnici in sede')
    expect(notice).toContain('1 non è andata')
    expect(notice).toContain('cambiata da Oreste Operatore')
  })

  test('a view is saved, opened by who shares it, renamed and deleted, without JavaScript too', async () => {
    const page = await arrives(agent)
    await page.goto('/da-lavorare?view=open&severity=high')
    await page.getByRole('link', { name: 'Salva questa vista' }).click()
    await page.getByLabel('Nome della vista').fill('Alte di tutti')
    await page.getByLabel('Chi la vede').selectOption({ label: 'Squadra 1° livello' })
    expect(await examine(page)).toEqual([])
    await page.getByRole('button', { name: 'Salva', exact: true }).click()
    await page.locator('a[aria-current=page]').filter({ hasText: 'Alte di tutti' }).waitFor()
    const other = await arrives('operatore2@societa.example.it', { javaScript: false })
    await other.goto('/da-lavorare')
    await other.getByRole('link', { name: 'Alte di tutti' }).click()
    expect(await other.getByLabel('Urgenza').inputValue()).toBe('high')
    const plain = await arrives(agent, { javaScript: false })
    await plain.goto('/viste')
    expect(await examine(page)).toEqual([])
    await plain.getByLabel('Nome della vista: Alte di tutti').fill('Alte')
    await plain
      .getByRole('listitem')
      .filter({ hasText: 'Alte di tutti' })
      .getByRole('button', { name: 'Rinomina' })
      .click()
    await plain.getByRole('button', { name: 'Elimina la vista Alte', exact: true }).click()
    expect(await plain.getByRole('link', { name: 'Alte', exact: true }).count()).toBe(0)
  })

  test('a similar request is linked from beside the case, and without JavaScript by its number', async () => {
    const irene = await arrives(employee)
    const [first, second] = [
      await ask(irene, 'Ascensore guasto lato nord'),
      await ask(irene, 'Ascensore guasto lato sud'),
    ]
    const page = await arrives(agent)
    await page.goto(first)
    await page
      .getByRole('button', { name: /^Collega come stesso guasto/ })
      .first()
      .click()
    await page.getByRole('button', { name: /^Scollega la richiesta/ }).waitFor()
    expect(new URL(page.url()).pathname).toBe(first)
    expect(await examine(page)).toEqual([])
    const plain = await arrives(agent, { javaScript: false })
    await plain.goto(`${second}/collegamenti`)
    const unlink = plain.getByRole('button', { name: /^Scollega la richiesta/ })
    await unlink.click()
    // Without JavaScript an answer is another page: what is typed before it is there goes with the old one.
    await unlink.waitFor({ state: 'detached' })
    await plain.getByLabel('Numero della richiesta da collegare').fill('2026/999999')
    await plain.getByRole('button', { name: 'Collega', exact: true }).click()
    expect(await plain.getByRole('alert').innerText()).toContain('Questa richiesta non c’è')
  })

  test('an answer from a template without JavaScript', async () => {
    const irene = await arrives(employee)
    const address = await ask(irene, 'Il badge non apre')
    const page = await arrives(agent, { javaScript: false })
    await page.goto(address)
    await page.getByRole('link', { name: 'Usa un modello' }).click()
    await page.getByRole('link', { name: 'Prova a riavviare' }).click()
    expect(await page.getByLabel('Testo del messaggio').inputValue()).toContain('Gentile Irene Impiegata')
    await page.getByRole('button', { name: 'Invia' }).click()
    await page.getByText('provi a riavviare').waitFor()
  })
})

describe('the pages of this part', () => {
  const walks: [string, string[]][] = [
    [employee, ['/', '/articoli', '/chiedi/servizio']],
    [agent, ['/', '/articoli?view=due', '/guasti?view=all', '/modelli', '/viste', '/da-lavorare?salva']],
    [leader, ['/', '/modelli']],
    ['tecnico@societa.example.it', ['/']],
    ['contratto@comune.example.it', ['/', '/articoli']],
    ['amministratore@comune.example.it', ['/', '/guasti']],
  ]
  test.each([1280, 375])('at %i px axe finds nothing on the homes and lists', async (width) => {
    const found: string[] = []
    for (const [email, addresses] of walks) {
      const page = await arrives(email, { width })
      for (const address of addresses) {
        const response = await page.goto(address)
        expect(response?.status(), `${address} as ${email}`).toBe(200)
        found.push(...(await examine(page)).map((one) => `${address} as ${email}: ${one}`))
      }
    }
    expect(found).toEqual([])
  })

  test('articles, outages and templates are written with their forms', async () => {
    const page = await arrives(leader)
    await page.goto('/articoli')
    await page.getByText('Scrivi un articolo').click()
    await page.getByLabel('Titolo', { exact: true }).fill('Il badge non apre la porta')
    await page.getByLabel('Testo', { exact: true }).fill('Prova così:\n\n1. Avvicina il badge.\n2. Aspetta il verde.')
    expect(await examine(page)).toEqual([])
    await page.getByRole('button', { name: 'Salva la bozza' }).click()
    await page.getByRole('button', { name: 'Pubblica' }).click()
    await page.getByText('Pubblicato', { exact: true }).first().waitFor()
    expect(await page.locator('.st-prose ol > li').count()).toBe(2)
    expect(await examine(page)).toEqual([])
    await page.goto('/modelli')
    await page.getByText('Scrivi un modello').click()
    await page.getByLabel('Titolo', { exact: true }).first().fill('Badge rifatto')
    await page.getByLabel('Testo', { exact: true }).first().fill('Gentile {nom}, il badge è pronto.')
    await page.getByRole('button', { name: 'Salva il modello' }).click()
    await page.getByRole('alert').getByText('{nom}').waitFor()
    await page.getByLabel('Testo', { exact: true }).first().fill('Gentile {nome}, il badge è pronto.')
    await page.getByRole('button', { name: 'Salva il modello' }).click()
    await page.getByRole('heading', { name: 'Badge rifatto' }).waitFor()
    expect(await examine(page)).toEqual([])
  })

  test('nothing in all this made a browser complain', () => {
    expect(people.flatMap((one) => one.complaints)).toEqual([])
  })
})
