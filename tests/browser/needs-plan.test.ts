/** The needs plan, walked from the offices’ sheets to the approved plan, with and without JavaScript. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving

const contact = 'referente@comune.example.it'
const manager = 'contratto@comune.example.it'
const head = 'dirigente@comune.example.it'
const year = new Date().getUTCFullYear() + 1

beforeAll(async () => {
  server = await startServer({ data: newFolder('needs') })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

async function arrives(email: string, options: Parameters<typeof visitor>[2] = {}): Promise<Visitor> {
  const one = await visitor(browser, `http://localhost:${server.port}`, options)
  await signIn(one.page, email)
  return one
}

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

/** What axe finds, on a desk and on a phone. */
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

/** Goes on with the Tab key until the focus is where it should be; the number of presses. */
async function tabTo(page: Page, selector: string, most = 60): Promise<number> {
  for (let presses = 0; presses <= most; presses += 1) {
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return presses
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key does not reach ${selector}`)
}

/** Types a line of four boxes and goes to the next: four keys besides the words. */
async function typeLine(page: Page, boxes: [string, string, string, string]) {
  for (const [at, text] of boxes.entries()) {
    await page.keyboard.type(text)
    await page.keyboard.press(at === 3 ? 'Enter' : 'Tab')
  }
}

const saved = (page: Page) =>
  page
    .getByRole('status')
    .getByText(/Salvata alle/)
    .waitFor()
const sendButton = 'button[value="send"]'

test('ICT opens a plan and loads a price list; a wrong file is refused with every line', async () => {
  const { page, complaints, close } = await arrives(manager)
  await page.getByRole('link', { name: 'Fabbisogni', exact: true }).click()
  await page.getByText('Non c’è ancora nessun piano.').waitFor()
  await page.getByText('Carica un piano da file').click()
  await page.fill('#load-year', String(year - 2))
  const header = 'line,category,description,quantity,unit_price_eur,total_ex_vat_eur,total_inc_vat_eur,kind'
  const bad = [`1,sofa,Divano,1,10.00,10.00,12.20,new`, `2,printer,Stampante,2,10.00,21.00,24.40,new`]
  await page.setInputFiles('#file', csv('piano.csv', [header, ...bad].join('\n')))
  await page.getByRole('button', { name: 'Carica', exact: true }).click()
  const alert = page.getByRole('alert')
  await alert.getByText('line 2, column category').waitFor()
  await alert.getByText('line 3, column total_ex_vat_eur').waitFor()
  expect(await examined(page)).toEqual([])
  await page.getByText('Apri un piano').click()
  await page.fill('#year', String(year))
  await page.fill('#closesOn', `${year}-12-30`)
  await page.getByRole('button', { name: 'Apri la raccolta' }).click()
  await page.getByRole('heading', { name: `Piano dei Fabbisogni ${year}` }).waitFor()
  await page.getByRole('link', { name: 'La raccolta' }).click()
  await page.getByText('Nessun ufficio ha ancora inviato.').waitFor()
  await page.getByText('Carica un listino').click()
  await page.fill('#name', 'Listino di prova')
  await page.fill('#effectiveFrom', '2025-01-01')
  await page.fill('#act', 'Determina 3/2025')
  const prices = ['MON,workstation,Monitor 24 pollici,140.00', 'PC,workstation,Postazione completa,780.00']
  await page.setInputFiles(
    '#file',
    csv('listino.csv', ['code,category,description,unit_price_eur', ...prices].join('\n')),
  )
  await page.getByRole('button', { name: 'Carica il listino' }).click()
  await page.getByText('In vigore: Listino di prova').waitFor()
  expect(complaints).toEqual([])
  await close()
})

describe('the sheet of an office', () => {
  test('is filled and sent with the keyboard alone', async () => {
    const { page, complaints, close } = await arrives(contact)
    await page.goto('/fabbisogni')
    expect(await examined(page)).toEqual([])
    await tabTo(page, 'main a.is-main')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `Che cosa serve al tuo ufficio nel ${year}` }).waitFor()
    await tabTo(page, '#line-1-what')
    await typeLine(page, ['Monitor 24 pollici', '4', 'Sportelli 1–4', 'Secondo schermo per chi serve il pubblico'])
    await typeLine(page, ['Postazione completa', '6', 'In sostituzione di 6 del 2017', 'Non reggono il protocollo'])
    await page.keyboard.type('Sedia ergonomica')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Control+d')
    expect(await page.inputValue('#line-3-quantity')).toBe('6')
    await page.keyboard.press('Control+z')
    expect(await page.inputValue('#line-3-quantity')).toBe('')
    await page.keyboard.type('1')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Un collega')
    // 4 × 140 and 6 × 780; the chair is not in the list.
    await page.getByText('5.240,00 €').waitFor()
    await page.getByText('una riga non è nel catalogo').waitFor()
    await saved(page)
    await tabTo(page, '#line-4-what')
    await page.getByText('Manca un motivo alla riga 3.').waitFor()
    expect(await examined(page)).toEqual([])
    await page.evaluate('document.querySelector("main").focus()')
    await tabTo(page, sendButton)
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('Riga 3: scrivi il motivo').waitFor()
    await tabTo(page, '[role=alert] a')
    await page.keyboard.press('Enter')
    await tabTo(page, '#line-3-why')
    await page.keyboard.type('Prescrizione del medico')
    await saved(page)
    await page.evaluate('document.querySelector("main").focus()')
    await tabTo(page, sendButton)
    await page.keyboard.press('Enter')
    await page.getByText('Inviata al Servizio ICT').waitFor()
    expect(await examined(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  test('is a plain form without JavaScript: kept, refused with what was typed, sent', async () => {
    const { page, close } = await arrives(contact, { javaScript: false })
    await page.goto('/fabbisogni')
    await page.getByText(/Gli altri tuoi uffici/).click()
    await page
      .getByRole('link', { name: /^Scrivi/ })
      .first()
      .click()
    await page.fill('#line-1-what', 'Monitor 24 pollici')
    await page.fill('#line-1-quantity', 'due')
    // A row left empty in between falls away.
    await page.fill('#line-3-what', 'Sedia ergonomica')
    await page.getByRole('button', { name: 'Salva la bozza' }).click()
    await page
      .getByRole('alert')
      .getByText(/^Riga 1:/)
      .waitFor()
    expect(await page.inputValue('#line-1-quantity')).toBe('due')
    expect(await page.inputValue('#line-2-what')).toBe('Sedia ergonomica')
    await page.fill('#line-1-quantity', '2')
    await page.getByText('Incolla da un foglio').click()
    await page.fill('#pasted', 'Postazione completa\t1\tNuovo collega\tArriva a marzo\n')
    await page.getByRole('button', { name: 'Aggiungi le righe' }).click()
    await saved(page)
    expect(await page.inputValue('#line-3-why')).toBe('Arriva a marzo')
    await page.getByRole('button', { name: 'Invia al Servizio ICT' }).click()
    await page.getByRole('alert').getByText('Riga 1: scrivi per chi').waitFor()
    await page.fill('#line-1-forWhom', 'Stanza 2')
    await page.fill('#line-1-why', 'Schermi guasti')
    await page.fill('#line-2-quantity', '1')
    await page.fill('#line-2-forWhom', 'Una collega')
    await page.fill('#line-2-why', 'Mal di schiena')
    await page.getByRole('button', { name: 'Invia al Servizio ICT' }).click()
    await page.getByText('Inviata al Servizio ICT').waitFor()
    await close()
  })
})

describe('the collection', () => {
  test('ICT makes a line of equal requests, merges another, gives a sheet back and ends the collection', async () => {
    const { page, complaints, close } = await arrives(manager)
    await page.goto(`/fabbisogni/${year}/raccolta`)
    await page.getByText('3 richieste aspettano di entrare nel piano.').waitFor()
    expect(await examined(page)).toEqual([])
    const group = page.getByRole('article', { name: 'Monitor 24 pollici: 6 pezzi, 2 uffici' })
    await group.getByText('Secondo schermo per chi serve il pubblico').waitFor()
    await group.getByText('Fai una riga del piano').click()
    await group.getByText('Capitolo, fondo, codici e note').click()
    await group.getByLabel(/^CUP/).fill('corto')
    await group.getByRole('button', { name: 'Fai la riga' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel(/^CUP/).first().fill('')
    await page.getByRole('button', { name: 'Fai la riga' }).first().click()
    await group.waitFor({ state: 'detached' })
    const chairs = page.getByRole('article', { name: /^Sedia ergonomica/ })
    await chairs.getByText('Unisci a una riga che c’è').click()
    await chairs.getByRole('checkbox').first().uncheck()
    await chairs.getByRole('button', { name: 'Unisci', exact: true }).click()
    await page.getByRole('article', { name: /^Sedia ergonomica: un pezzo/ }).waitFor()
    await page
      .getByRole('button', { name: /^Restituisci la scheda/ })
      .first()
      .click()
    await page.getByRole('alert').getByText('già nel piano').waitFor()
    for (const what of ['Sedia ergonomica', 'Postazione completa']) {
      const rest = page.getByRole('article', { name: what })
      await rest.getByText('Fai una riga del piano').click()
      await rest.getByLabel(/^Prezzo unitario/).fill(what.startsWith('Sedia') ? '90,00' : '780,00')
      await rest.getByRole('button', { name: 'Fai la riga' }).click()
      await rest.waitFor({ state: 'detached' })
    }
    await page.getByText('Tutto quello che gli uffici hanno inviato è nel piano.').waitFor()
    await page.getByRole('button', { name: 'Chiudi la raccolta' }).click()
    await page.getByRole('button', { name: 'Riapri la raccolta' }).waitFor()
    await page.getByRole('link', { name: 'Il piano' }).click()
    await page.getByRole('link', { name: 'Monitor 24 pollici' }).click()
    await page.getByRole('heading', { name: 'Riga 1: Monitor 24 pollici' }).waitFor()
    await page.getByRole('cell', { name: 'Secondo schermo per chi serve il pubblico' }).waitFor()
    expect(await examined(page)).toEqual([])
    await page.getByText('Cambia la ripartizione').click()
    await page.fill('#office-3', 'NON-C-È')
    await page.fill('#quantity-3', '1')
    await page.locator('form:has(#office-3) button[type=submit]').click()
    await page.getByRole('alert').getByText('Nessun ufficio ha il codice NON-C-È.').waitFor()
    expect(await page.inputValue('#office-3')).toBe('NON-C-È')
    expect(complaints).toEqual([])
    await close()
  })
})

describe('the decision', () => {
  test.each([true, false])('the head decides several lines at once (JavaScript: %s)', async (javaScript) => {
    const { page, complaints, close } = await arrives(head, { javaScript })
    await page.goto(`/fabbisogni/${year}`)
    const boxes = page.getByRole('checkbox', { name: /^Scegli la riga/ })
    await boxes.nth(1).check()
    await boxes.nth(2).check()
    await page.getByRole('button', { name: 'Non accogliere' }).first().click()
    await page.getByRole('alert').getByText('Scrivi il motivo.').waitFor()
    if (javaScript) expect(await examined(page)).toEqual([])
    for (const at of [1, 2]) await boxes.nth(at).check()
    await page.fill('#reason', `Già in magazzino ${javaScript}`)
    await page.getByRole('button', { name: 'Non accogliere' }).first().click()
    await page.getByText(`Già in magazzino ${javaScript}`).nth(1).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('accepts one with one press, one in part, approves the plan and varies it', async () => {
    const { page, complaints, close } = await arrives(head)
    await page.goto(`/fabbisogni/${year}`)
    await page.getByText('Manca la decisione su una riga.').waitFor()
    await page.getByRole('button', { name: 'Accogli la riga 1' }).click()
    await page.getByText('Tutte le righe sono decise').waitFor()
    const second = page.getByRole('row').filter({ hasText: 'Sedia ergonomica' })
    await second.getByText('Decidi di nuovo').click()
    await second.getByRole('button', { name: 'Accogli la riga 2' }).click()
    await second.getByText('Non accolta').waitFor({ state: 'detached' })
    const first = page.getByRole('row').filter({ hasText: 'Monitor 24 pollici' })
    await first.getByText('Decidi di nuovo').click()
    await first.getByLabel(/^Quanti/).fill('7')
    await first.getByLabel(/^Motivo/).fill('Bastano per ora')
    await first.getByRole('button', { name: 'Accogli in parte' }).click()
    await first.getByRole('alert').getByText('scrivi quanti pezzi, da 1 a 6').waitFor()
    await first.getByLabel(/^Quanti/).fill('5')
    await first.getByRole('button', { name: 'Accogli in parte' }).click()
    await first.getByText('Accolta in parte').waitFor()
    await page.getByText('Approva il piano').first().click()
    await page.fill('#act', 'Delibera 12')
    await page.locator('form:has(#act) button[type=submit]').click()
    await page.getByText(/^Approvato il .* con Delibera 12\.$/).waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
    await page.getByText('Fai una variazione').click()
    await page.fill('#act', 'Determina 98')
    await page.fill('#reason', 'Un contributo regionale')
    await page.getByRole('button', { name: 'Approva la variazione' }).click()
    await page.getByRole('alert').getByText('La variazione non cambia nulla').waitFor()
    await page.selectOption('#change-1', { index: 1 })
    await page.fill('#quantity-1', '9')
    await page.getByRole('button', { name: 'Approva la variazione' }).click()
    await page.getByText(/^Approvato; variazione 1 del .*, con Determina 98\.$/).waitFor()
    expect(await examined(page)).toEqual([])
    await page.getByRole('link', { name: 'Monitor 24 pollici' }).click()
    await page.getByText('Previsti').first().waitFor()
    await page.getByText('Chiudi la riga').first().waitFor()
    expect(await examined(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})

describe('the year after', () => {
  test('last year’s lines are taken up, cells are pasted, and nothing typed is lost when saving fails', async () => {
    const ict = await arrives(manager)
    await ict.page.goto('/fabbisogni')
    await ict.page.getByText('Apri un piano').click()
    await ict.page.fill('#year', String(year + 1))
    await ict.page.getByRole('button', { name: 'Apri la raccolta' }).click()
    await ict.page.getByRole('heading', { name: `Piano dei Fabbisogni ${year + 1}` }).waitFor()
    await ict.close()
    const { page, context, complaints, close } = await arrives(contact)
    await page.goto('/fabbisogni')
    await page.locator('main a.is-main').click()
    await page.getByText('Non accolta').first().waitFor()
    await page.getByRole('button', { name: 'Riprendi Monitor 24 pollici' }).click()
    expect(await page.inputValue('#line-1-quantity')).toBe('4')
    await page.getByText(`dal ${year}: 4`).waitFor()
    await page.getByRole('button', { name: 'Riprendi tutte e 2' }).click()
    await page.getByText(`Tutte le righe del ${year} sono riprese.`).waitFor()
    await saved(page)
    await page.focus('#line-4-what')
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', 'Cuffia\\t3\\tCentralino\\tAscolto continuo\\nScanner\\t1')
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })()`)
    expect(await page.inputValue('#line-4-why')).toBe('Ascolto continuo')
    expect(await page.inputValue('#line-5-what')).toBe('Scanner')
    await saved(page)
    await context.setOffline(true)
    await page.fill('#line-5-forWhom', 'Archivio')
    await page.getByRole('alert').getByText('Il server non risponde').waitFor()
    expect(await page.inputValue('#line-5-forWhom')).toBe('Archivio')
    await context.setOffline(false)
    await page.fill('#line-5-why', 'Arriva ancora carta')
    await saved(page)
    complaints.length = 0
    // The same sheet in another window: who comes second is told, and keeps what was typed.
    const other = await context.newPage()
    await other.goto(page.url())
    await other.fill('#line-5-quantity', '2')
    await saved(other)
    await page.fill('#line-5-quantity', '3')
    await page.getByRole('alert').getByText('Qualcun altro ha cambiato questa scheda').waitFor()
    expect(await page.inputValue('#line-5-quantity')).toBe('3')
    expect(await examined(page)).toEqual([])
    await page.getByRole('button', { name: 'Salva la mia versione' }).click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await page.reload()
    expect(await page.inputValue('#line-5-quantity')).toBe('3')
    // Who leaves at once loses nothing either.
    await page.fill('#line-5-why', 'Carta ogni giorno')
    await page.getByRole('link', { name: 'Fabbisogni', exact: true }).click()
    await page.locator('main a.is-main').click()
    await page.waitForSelector('#line-5-why')
    expect(await page.inputValue('#line-5-why')).toBe('Carta ogni giorno')
    expect(complaints).toEqual([])
    await close()
  })

  test('without JavaScript a line is taken up with a button, and what was typed stays', async () => {
    const { page, close } = await arrives(contact, { javaScript: false })
    await page.goto('/fabbisogni')
    await page.getByText(/Gli altri tuoi uffici/).click()
    const links = page.getByRole('link', { name: /^Scrivi/ })
    const count = await links.count()
    for (let at = 0; at < count; at += 1) {
      await page.goto('/fabbisogni')
      await page.getByText(/Gli altri tuoi uffici/).click()
      await page
        .getByRole('link', { name: /^Scrivi/ })
        .nth(at)
        .click()
      if ((await page.getByRole('button', { name: 'Riprendi Sedia ergonomica' }).count()) > 0) break
    }
    await page.fill('#line-1-what', 'Lampada')
    await page.getByRole('button', { name: 'Riprendi Sedia ergonomica' }).click()
    expect(await page.inputValue('#line-1-what')).toBe('Lampada')
    expect(await page.inputValue('#line-2-what')).toBe('Sedia ergonomica')
    expect(await page.getByRole('button', { name: 'Riprendi Sedia ergonomica' }).count()).toBe(0)
    await close()
  })
})
