/** The social report as its editor, the head of ICT and a citizen live it: written, approved, published, corrected, read. */
import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
const people: Visitor[] = []
const origin = () => `http://localhost:${server.port}`
const editor = 'redazione@comune.example.it'
const head = 'dirigente@comune.example.it'
const lastYear = new Date().getUTCFullYear() - 1

beforeAll(async () => {
  server = await startServer({ data: newFolder('report') })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

async function arrives(email: string | null, options: Parameters<typeof visitor>[2] = {}): Promise<Page> {
  const one = await visitor(browser, origin(), options)
  people.push(one)
  if (email !== null) await signIn(one.page, email)
  return one.page
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
/** Opens a panel; it works without JavaScript too. */
const open = (page: Page, name: string) => page.locator('summary', { hasText: name }).first().click()

describe('an edition', () => {
  test('is written, previewed, approved by another person and published, without JavaScript', async () => {
    const elda = await arrives(editor, { javaScript: false })
    await elda.goto('/redazione')
    await open(elda, 'Nuova edizione')
    await elda.getByLabel('Anno', { exact: true }).fill('2016')
    await elda.getByLabel('Titolo', { exact: true }).fill('Bilancio sociale 2016')
    await elda.getByLabel('Ufficio responsabile').fill('Innovazione, referente della trasparenza')
    await press(elda, 'Crea l’edizione')
    await elda.waitForURL('**/redazione/2016')
    await elda.getByText('Edizione: non ha ancora nessuna sezione.').waitFor()
    await open(elda, 'Nuova sezione')
    await elda.getByLabel('Codice').fill('1-B')
    await elda.locator('input[name=title]:visible').fill('I servizi ai cittadini')
    await press(elda, 'Aggiungi')
    await open(elda, 'Nuovo obiettivo')
    await elda.getByLabel('Numero, Sez. 1-B').fill('2')
    await elda.locator('input[name=title]:visible').fill('I servizi online e l’innovazione tecnologica')
    await press(elda, 'Aggiungi')
    await elda.getByRole('link', { name: '2. I servizi online' }).click()
    await addBlocks(elda)
    await elda.getByRole('link', { name: 'Anteprima' }).click()
    await elda.getByText('Anteprima: così apparirà la pagina.').waitFor()
    expect(await elda.locator('.st-big').allInnerTexts()).toEqual(['25\u00a0min'])
    // Markup is shown as the text that it is.
    await elda.getByText('<script>alert(1)</script> resta testo.').waitFor()
    await elda.getByRole('link', { name: 'Torna alla redazione' }).click()
    await open(elda, 'Chiedi l’approvazione')
    await press(elda, 'Chiedi l’approvazione')
    await elda.getByText('Aspetta l’approvazione').waitFor()
    expect(await elda.getByRole('button', { name: 'Approva' }).count()).toBe(0)

    const diana = await arrives(head, { javaScript: false })
    await diana.goto('/redazione')
    await diana.getByText('Un’edizione aspetta l’approvazione').waitFor()
    await diana.getByRole('link', { name: 'Bilancio sociale 2016' }).click()
    await press(diana, 'Approva')
    await diana.getByText('Approvata, da pubblicare').waitFor()

    await elda.goto('/redazione/2016')
    await press(elda, 'Pubblica')
    await elda.getByText('Pubblicata la versione 1.').waitFor()
  })

  test('is corrected: the page says what changes, the citizen reads both versions', async () => {
    const elda = await arrives(editor)
    await elda.goto('/redazione/2016')
    await press(elda, 'Correggi')
    await elda.getByRole('link', { name: '2. I servizi online' }).click()
    await elda.getByRole('link', { name: /^Modifica Blocco 1/ }).click()
    await elda.getByLabel('Valore').first().fill('23')
    await press(elda, 'Salva')
    await elda.getByText('Attesa media all’anagrafe 23 min').waitFor()
    await elda.goto('/redazione/2016')
    await elda.getByText('Attesa media all’anagrafe: 23 min, prima 25 min').waitFor()
    expect(await examine(elda)).toEqual([])
    await open(elda, 'Chiedi l’approvazione')
    await elda.getByLabel('Che cosa è cambiato').fill('corretta l’attesa media, prima 25 minuti')
    await press(elda, 'Chiedi l’approvazione')
    await elda.getByText('Aspetta l’approvazione').waitFor()
    const diana = await arrives(head)
    await diana.goto('/redazione/2016')
    await diana.getByText('Attesa media all’anagrafe: 23 min, prima 25 min').waitFor()
    expect(await examine(diana)).toEqual([])
    await press(diana, 'Approva')
    await diana.getByText('Approvata, da pubblicare').waitFor()
    // Whoever still has the old page is told that it is done, in words.
    await elda.reload()
    await press(elda, 'Pubblica')
    await elda.getByText('Pubblicata la versione 2.').waitFor()

    const citizen = await arrives(null)
    await expect
      .poll(() => citizen.goto('/bilancio-sociale/2016/1-B/2').then(() => citizen.innerText('main')))
      .toContain('corretta l’attesa media, prima 25 minuti')
    expect(await citizen.locator('.st-big').innerText()).toBe('23\u00a0min')
    await citizen.goto('/bilancio-sociale/2016/versioni/1/1-B/2')
    expect(await citizen.locator('.st-big').innerText()).toBe('25\u00a0min')
    await citizen.getByText('Stai leggendo la versione 1').waitFor()
  })
})

async function addBlocks(page: Page) {
  const add = async (kind: string, fill: () => Promise<void>) => {
    await page.getByRole('link', { name: kind, exact: true }).click()
    await fill()
    await press(page, 'Aggiungi')
  }
  await add('Cifre', async () => {
    await page.getByLabel('Che cosa conta').first().fill('Attesa media all’anagrafe')
    await page.getByLabel('Valore').first().fill('25')
    await page
      .getByLabel(/^Unità/)
      .first()
      .fill('min')
  })
  // A figure without date and source is refused, and what was typed stays.
  expect(await page.getByRole('alert').innerText()).toContain('Da correggere')
  expect(await page.getByLabel('Valore').first().inputValue()).toBe('25')
  await page.getByLabel('Data', { exact: true }).first().fill('2016-12-31')
  await page.getByLabel('Fonte', { exact: true }).first().fill('gestione delle code')
  await press(page, 'Aggiungi')
  await add('Testo', async () => {
    await page.getByLabel(/^Titolo del blocco/).fill('Che cosa ci eravamo impegnati a fare')
    await page.getByRole('textbox', { name: 'Testo', exact: true }).fill('<script>alert(1)</script> resta testo.')
  })
  await add('Serie e grafico', async () => {
    await page.getByLabel(/^Titolo del blocco/).fill('I dati, anno per anno')
    await page.getByLabel('Dalle serie caricate').first().selectOption({ index: 1 })
    await page.getByLabel('Come si chiama nella pagina').first().fill('Pratiche')
  })
  await page.getByRole('listitem').filter({ hasText: 'I dati, anno per anno' }).waitFor()
}

describe('a citizen', () => {
  test('is at an objective in two steps, with nothing for axe to complain of, on a phone too', async () => {
    for (const width of [1280, 375]) {
      const page = await arrives(null, { width })
      await page.goto('/bilancio-sociale')
      await page.getByRole('link', { name: `Bilancio sociale ${lastYear}` }).click()
      await page.getByRole('heading', { name: 'Linee strategiche e priorità' }).waitFor()
      expect(await examine(page)).toEqual([])
      await page.getByRole('link', { name: 'Più servizi in rete, meno code agli sportelli' }).click()
      await page.getByRole('heading', { name: 'I dati, anno per anno' }).waitFor()
      await page.getByText('Aggiornata', { exact: true }).waitFor()
      expect(await examine(page)).toEqual([])
      // The chart is there and drawn; its table says the same.
      const chart = page.getByRole('img', { name: /Grafico a colonne, In rete: 4\.120 nel/ })
      await chart.scrollIntoViewIfNeeded()
      await expect.poll(() => chart.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(200)
      expect(await page.getByRole('cell', { name: '25.380' }).count()).toBe(1)
      const wide = await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')
      expect(wide).toBe(true)
      await page.getByRole('link', { name: 'Torna indietro: Sez. 1-B, tutti gli obiettivi' }).click()
      await page.getByRole('heading', { name: 'I servizi ai cittadini' }).waitFor()
      expect(await examine(page)).toEqual([])
    }
  })

  test('gets there with the keyboard alone', async () => {
    const page = await arrives(null)
    await page.goto(`/bilancio-sociale/${lastYear}`)
    for (let at = 0; at < 40; at++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate('document.activeElement?.textContent')
      if (focused === 'Più servizi in rete, meno code agli sportelli') break
    }
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/bilancio-sociale/${lastYear}/1-B/2`)
  })

  test('checks a published version with its digest, and takes data and PDF away', async () => {
    const page = await arrives(null)
    await page.goto(`/bilancio-sociale/${lastYear}/versioni`)
    expect(await examine(page)).toEqual([])
    const digest = await page.locator('.st-hash').first().innerText()
    const get = async (path: string) => {
      const response = await fetch(`${origin()}/bilancio-sociale/${lastYear}${path}`)
      return { response, bytes: Buffer.from(await response.arrayBuffer()) }
    }
    const exact = await get('/versioni/2.json')
    expect(createHash('sha256').update(exact.bytes).digest('hex')).toBe(digest)
    const csv = await get('/1-B/2.csv')
    expect(csv.bytes.toString('utf8')).toContain(`serie;In rete;${lastYear};25380;`)
    for (const path of ['.pdf', '/1-B/2.pdf', '/versioni/1.pdf']) {
      const { response, bytes } = await get(path)
      expect([response.status, response.headers.get('content-type')], path).toEqual([200, 'application/pdf'])
      expect(bytes.subarray(0, 5).toString(), path).toBe('%PDF-')
    }
    for (const path of ['/9-Z', '/1-B/77', '/1-B/2.77', '/versioni/9', '/9-Z/1.csv', '/1-B.pdf'])
      expect((await get(path)).response.status, path).toBe(404)
  })

  test('reads the same bytes as everybody, signed in or not', async () => {
    const read = async (cookie: string) =>
      (await fetch(`${origin()}/bilancio-sociale/${lastYear}/1-B/1`, { headers: { cookie } })).text()
    const elda = await arrives(editor)
    const [session] = await elda.context().cookies()
    expect(await read(`${session?.name}=${session?.value}`)).toBe(await read(''))
  })
})

test('series are loaded from a file and priorities decided; what is refused says why and keeps what was typed', async () => {
  const elda = await arrives(editor)
  await elda.goto('/redazione/serie')
  expect(await examine(elda)).toEqual([])
  const load = async (text: string) => {
    const buffer = Buffer.from(text)
    await elda.setInputFiles('#file', { name: 'serie.csv', mimeType: 'text/csv', buffer })
    await press(elda, 'Carica')
  }
  await load('figure,2015,unit,source\nprova_serie,12,count,relazione di prova\n')
  await elda.getByText('Aggiunti 1 valori').waitFor()
  await load('figure,2015,unit,source\nprova_serie,13,count,relazione di prova\n')
  await elda.getByText('line 2, column 2015').waitFor()
  await elda.goto('/redazione/priorita')
  expect(await examine(elda)).toEqual([])
  await elda.getByRole('link', { name: 'Registra una decisione Punti di aiuto nelle biblioteche' }).click()
  await elda.getByLabel('Nuovo stato').selectOption('dropped')
  await press(elda, 'Salva')
  await elda.getByText('Scrivi perché è stata abbandonata').first().waitFor()
  await elda.getByLabel('Motivo', { exact: true }).fill('Le biblioteche restano chiuse per lavori.')
  await press(elda, 'Salva')
  await elda.getByRole('cell', { name: 'Le biblioteche restano chiuse per lavori.' }).waitFor()
})

test('nobody’s browser complained', () => {
  expect(people.flatMap((one) => one.complaints)).toEqual([])
})
