/** The contract's story in a real browser: what is at risk, why, what is done about it, approved, published, checked. */
import { createHash } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
const origin = () => `http://localhost:${server.port}`
const manager = 'contratto@comune.example.it'
const leader = 'responsabile@societa.example.it'
const editor = 'redazione@comune.example.it'
const auditor = 'revisore@comune.example.it'

/** So many quarters before this one, as addresses name them. */
function quarterAgo(howMany: number): string {
  const today = Temporal.Now.plainDateISO('Europe/Rome').subtract({ months: 3 * howMany })
  return `${today.year}-Q${Math.ceil(today.month / 3)}`
}
const [last, answered, published] = [quarterAgo(1), quarterAgo(2), quarterAgo(3)]

beforeAll(async () => {
  server = await startServer({ data: newFolder('contract'), env: { DEMO_SCALE: '0.1' } })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

async function arrives(email: string | null, options: Parameters<typeof visitor>[2] = {}): Promise<Visitor> {
  const one = await visitor(browser, origin(), options)
  if (email !== null) await signIn(one.page, email)
  return one
}

test('signing in is enough to see what is at risk; a figure is one step away, its events two', async () => {
  const { page, complaints, close } = await arrives(manager)
  await page.waitForURL('**/contratto')
  await page.getByRole('heading', { name: 'Termini che corrono' }).waitFor()
  await page.getByText(/Chiedono attenzione: \d/).waitFor()
  expect(await examine(page)).toEqual([])
  await page
    .getByRole('link', { name: /^Apri A\.3\.1/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /^A\.3\.1/ }).waitFor()
  await page
    .getByRole('link', { name: /^Eventi della richiesta/ })
    .first()
    .click()
  await page.waitForURL('**/richieste/**')
  expect(complaints).toEqual([])
  await close()
})

describe('a line that does not add up', () => {
  test.each([true, false])('is contested with its cases, answered and settled (JavaScript: %s)', async (javaScript) => {
    const indicator = javaScript ? 'B.1.1' : 'A.3.2'
    const why = `Prova di contestazione ${javaScript ? 'con' : 'senza'}`
    const city = await arrives(manager, { javaScript })
    await city.page.goto(`/contratto/${last}/${indicator}?vista=all`)
    await city.page.getByRole('checkbox').first().check()
    await city.page.locator('#contesta > summary').click()
    await city.page.fill('#contest-what', why)
    await city.page.getByRole('button', { name: 'Contesta', exact: true }).click()
    await city.page.getByText(why).waitFor()
    if (javaScript) expect(await examine(city.page)).toEqual([])
    const supplier = await arrives(leader, { javaScript })
    await supplier.page.goto('/contratto/contestazioni')
    const theirs = supplier.page.locator('section').filter({ hasText: why })
    expect(await theirs.getByText('Cifra concordata').count()).toBe(0)
    await theirs.getByText('Rispondi').first().click()
    await theirs.getByRole('textbox').fill('È così, se ne prende atto.')
    await theirs.getByRole('button', { name: 'Rispondi' }).click()
    await supplier.page.getByText('È così, se ne prende atto.').waitFor()
    await supplier.close()
    await city.page.goto('/contratto/contestazioni')
    const ours = city.page.locator('section').filter({ hasText: why })
    await ours.getByText('Cifra concordata', { exact: true }).click()
    await ours.locator(javaScript ? '[name=inTime]' : '[name=days]').fill('100')
    await ours.locator('[name=total]').fill('120')
    await ours.locator('form:has([name=total]) [name=what]').fill('Dopo il contraddittorio.')
    await ours.getByRole('button', { name: 'Scrivi la cifra concordata' }).click()
    await city.page.locator('section').filter({ hasText: why }).getByText('Definita').waitFor()
    expect(city.complaints).toEqual([])
    await city.close()
  })
})

test('the supplier’s counter-deductions are answered before their term: from the home page, one step', async () => {
  const { page, complaints, close } = await arrives(manager)
  await page.goto('/contratto')
  await page.getByRole('link', { name: 'Rispondi' }).click()
  await page.waitForURL('**/contratto/penali**')
  await page.getByLabel(/^Motivazione della decisione/).fill('Le ragioni non mutano l’esito.')
  await page.getByRole('button', { name: 'Decidi' }).click()
  await page.getByText('Decisa').first().waitFor()
  await page.getByText('Nessuna penale aspetta una decisione.').waitFor()
  expect(complaints).toEqual([])
  await close()
})

test('a quarter is approved in three steps with the keyboard alone, and stays as it is', async () => {
  const { page, complaints, close } = await arrives(manager)
  await page.goto('/contratto')
  await page.getByRole('link', { name: 'Approva il trimestre' }).first().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/contratto/${answered}**`)
  const approve = page.getByRole('button', { name: /^Approva il trimestre/ })
  await approve.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Impronta di garanzia' }).waitFor()
  await page.getByText('le cifre non cambiano più').waitFor()
  expect(await approve.count()).toBe(0)
  expect(await examine(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
})

test('the editor looks, publishes, done; anybody reads it, with its data and its proof', async () => {
  const staff = await arrives(editor)
  await staff.page.goto('/redazione/livelli')
  await staff.page.getByRole('link', { name: 'Anteprima' }).click()
  await staff.page.getByText('Che cosa è cambiato').waitFor()
  await staff.page.getByRole('button', { name: /^Pubblica/ }).click()
  await staff.page.waitForURL(`**/trasparenza/livelli/${answered}`)
  await staff.close()
  const { page, complaints, close } = await arrives(null, { width: 375 })
  await page.goto('/trasparenza')
  await page
    .getByRole('link', { name: /trimestre/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /^Livelli di servizio/ }).waitFor()
  await page.getByText('Quanto sono chiare le informazioni su questa pagina?').waitFor()
  expect(await examine(page)).toEqual([])
  const base = `${origin()}/trasparenza/livelli/${published}`
  const rows = await (await fetch(`${base}/interventi.csv`)).text()
  const proof = await (await fetch(`${base}/prova.json`)).json()
  expect(proof.event.text).toContain(createHash('sha256').update(rows).digest('hex'))
  expect((await fetch(`${origin()}/catalogo.ttl`)).headers.get('content-type')).toContain('text/turtle')
  expect((await fetch(`${base}/grafico-largo.svg`)).headers.get('content-type')).toContain('image/svg+xml')
  expect((await fetch(`${origin()}/trasparenza/livelli/${last}`)).status).toBe(404)
  expect(complaints).toEqual([])
  await close()
})

test('the report for the file is a tagged PDF with title and language', async () => {
  const { page, context, close } = await arrives(auditor)
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const answer = await fetch(`${origin()}/contratto/${last}.pdf`, { headers: { cookie } })
  const bytes = Buffer.from(await answer.arrayBuffer()).toString('latin1')
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(bytes.startsWith('%PDF-')).toBe(true)
  for (const mark of ['/StructTreeRoot', '/Marked true', '/Lang', 'pdfuaid']) expect(bytes, mark).toContain(mark)
  await page.goto(`/contratto/${last}`)
  // Who verifies and who only reads see the same figures; only one may decide.
  expect(await page.getByRole('button', { name: /^Approva/ }).count()).toBe(0)
  await close()
})

test.each([
  ['/contratto', 1280],
  ['/contratto/trimestri', 1280],
  ['/contratto/penali', 1280],
  ['/contratto/rate', 1280],
  ['/contratto/documenti', 1280],
  ['/contratto/e-se?indicator=B.1.1&target=99', 1280],
  ['/contratto', 375],
  ['/contratto/contestazioni', 375],
])('%s at %i px: axe finds nothing, and nothing scrolls sideways', async (address, width) => {
  const { page, complaints, close } = await arrives(manager, { width })
  await page.goto(address)
  expect(await examine(page)).toEqual([])
  const [inner, whole] = await page.evaluate(() => [window.innerWidth, document.documentElement.scrollWidth])
  expect(whole).toBeLessThanOrEqual(inner ?? 0)
  expect(complaints).toEqual([])
  await close()
})
