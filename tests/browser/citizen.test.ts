/** The voice of the citizen in a real browser: with the keyboard alone, without JavaScript, on a phone. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scriptedSmtp } from '../../src/platform/mail/smtp-testing.ts'
import type { OpenServices } from '../../src/platform/services.ts'
import { examine, signIn, startBrowser, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, servicesOf, startServer, until } from '../support/server.ts'

let browser: Browser
let server: Serving
let smtp: Awaited<ReturnType<typeof scriptedSmtp>>
let services: OpenServices
const data = newFolder('citizen')
const origin = () => `http://localhost:${server.port}`
const password = 'Una-parola-lunga-9'
const year = new Date().getUTCFullYear() - 1
const reportPage = `/bilancio-sociale/${year}/1-B/2`

beforeAll(async () => {
  smtp = await scriptedSmtp()
  const env = { SITEC_SMTP_URL: smtp.url, SITEC_MAIL_FROM: 'assistenza@comune.example.it' }
  server = await startServer({ data, env })
  services = await servicesOf({ data, port: server.port })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await services?.close()
  await cleanUp()
  await smtp?.close()
})

const rows = (table: 'page_rating' | 'clarity_answer', page: string) =>
  services.database.owner.selectFrom(table).selectAll().where('page', '=', page).execute()

const plain = (raw: string) =>
  Buffer.from(
    raw
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

/** What was mailed to an address, once it is there. */
async function mailTo(address: string): Promise<string> {
  const find = () => smtp.taken.findLast(({ to }) => to.join(' ').includes(address))
  await until(() => find() !== undefined, 30_000)
  return plain(find()?.raw ?? '')
}

/** Presses a key until something has the focus; fails when it never has. */
async function tabTo(page: Page, selector: string, most = 80) {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
  }
  throw new Error(`The keyboard never reaches ${selector}`)
}

const noSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

describe('a citizen who rates a page of the social report', () => {
  test.each([
    ['with JavaScript, wide', true, 1280, 'anna'],
    ['without JavaScript, on a phone', false, 375, 'bruna'],
  ] as const)(
    'registers on the way, comes back with the answer kept, sends it once: %s',
    async (_, javaScript, width, name) => {
      const email = `${name}@posta.example`
      const v = await visitor(browser, origin(), { javaScript, width })
      const { page } = v
      await page.goto(reportPage)
      await page.getByRole('radio', { name: 'Abbastanza' }).check()
      await page.fill('#text', `Mi è servita la tabella, dice ${name}.`)
      await page.getByRole('button', { name: 'Invia' }).click()
      await page.waitForURL(/\/accedi/)
      expect(page.url()).not.toContain('tabella')
      await page.getByRole('link', { name: 'Registrati' }).click()
      await page.waitForURL(/\/registrati/)
      await page.fill('#email', email)
      await page.fill('#password', password)
      await page.getByRole('button', { name: 'Registrati' }).click()
      await page.getByRole('heading', { name: 'Guarda la posta' }).waitFor()
      const link = /\/registrati\/conferma\/[\w-]{43}/.exec(await mailTo(email))?.[0] ?? ''
      await page.goto(link)
      if (javaScript) expect(await examine(page)).toEqual([])
      await page.fill('#password', password)
      await page.getByRole('button', { name: 'Conferma' }).click()
      await page.waitForURL((url) => url.pathname === reportPage)
      expect(await page.getByText('La tua risposta è pronta: premi Invia.').isVisible()).toBe(true)
      expect(await page.getByRole('radio', { name: 'Abbastanza' }).isChecked()).toBe(true)
      expect(await noSideways(page)).toBe(true)
      await page.getByRole('button', { name: 'Invia' }).click()
      await page.getByText('Grazie, la tua risposta è stata registrata.').waitFor()
      const texts = await services.database.owner.selectFrom('event_text').select('content').execute()
      expect(texts.filter(({ content }) => content?.includes(`dice ${name}.`))).toHaveLength(1)
      // Once more, signed in: said kindly, and nothing written.
      const before = (await rows('page_rating', reportPage)).length
      await page.goto(reportPage)
      await page.getByRole('radio', { name: 'Moltissimo' }).check()
      await page.getByRole('button', { name: 'Invia' }).click()
      await page.getByText('Hai già valutato questa versione della pagina').waitFor()
      if (javaScript) expect(await examine(page)).toEqual([])
      expect((await rows('page_rating', reportPage)).length).toBe(before)
      expect(v.complaints).toEqual([])
      await v.close()
    },
  )

  test('with the keyboard alone: opens and closes the question, answers, signs in, sends', async () => {
    const v = await visitor(browser, origin())
    const { page } = v
    await page.goto(`/bilancio-sociale/${year}`)
    await tabTo(page, '.st-rate-box > summary')
    await page.keyboard.press('Enter')
    expect(await page.getByText('Ti è stata utile questa pagina?').isVisible()).toBe(false)
    await page.keyboard.press('Enter')
    expect(await page.getByText('Ti è stata utile questa pagina?').isVisible()).toBe(true)
    await tabTo(page, '[name=answer]')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await tabTo(page, '.st-rate-box button')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/accedi/)
    await tabTo(page, '#email')
    await page.keyboard.type('cittadina@example.it')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Prova-SITEC-2026')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === `/bilancio-sociale/${year}`)
    expect(await page.getByRole('radio', { name: 'Poco' }).isChecked()).toBe(true)
    await tabTo(page, '.st-rate-box button')
    await page.keyboard.press('Enter')
    await page.getByText('Grazie, la tua risposta è stata registrata.').waitFor()
    await v.close()
  })

  test('a script or two megabytes: a clear error with the answer still there, and nothing written', async () => {
    const before = (await rows('page_rating', reportPage)).length
    const post = (text: string) =>
      fetch(`${origin()}/valuta`, {
        method: 'POST',
        headers: { origin: origin(), 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ page: reportPage, version: '2', answer: '5', text }),
        redirect: 'manual',
      })
    for (const text of ['<script>alert(1)</script>', 'x'.repeat(2_000_000)]) {
      const response = await post(text)
      const html = await response.text()
      expect(response.status).toBe(422)
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(html).toContain('La risposta non è ancora stata registrata.')
      expect(html).not.toContain('<script>alert')
      expect(html.length).toBeLessThan(60_000)
    }
    expect((await rows('page_rating', reportPage)).length).toBe(before)
  })

  test('a person of the administration is told that citizens answer', async () => {
    const v = await visitor(browser, origin())
    await signIn(v.page, 'impiegata@comune.example.it')
    await v.page.goto(reportPage)
    await v.page.getByRole('radio', { name: 'Molto', exact: true }).check()
    await v.page.getByRole('button', { name: 'Invia' }).click()
    await v.page.getByText('rispondono i cittadini registrati').waitFor()
    await v.close()
  })
})

describe('how clear a page is', () => {
  test.each([
    ['with the keyboard alone', true, 1280],
    ['without JavaScript, on a phone', false, 375],
  ] as const)('the branch that fits the stars appears, and the answer is kept: %s', async (_, javaScript, width) => {
    const v = await visitor(browser, origin(), { javaScript, width })
    const { page } = v
    await page.goto('/note-legali')
    const before = (await rows('clarity_answer', '/note-legali')).length
    const [liked, difficult] = [
      'Quali sono stati gli aspetti che hai preferito?',
      'Dove hai incontrato le maggiori difficoltà?',
    ]
    expect(await page.getByText(liked).isVisible()).toBe(false)
    await tabTo(page, '[name=stars]')
    await page.keyboard.press('Space')
    expect(await page.getByText(difficult).isVisible()).toBe(true)
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight')
    expect(await page.getByText(liked).isVisible()).toBe(true)
    expect(await page.getByText(difficult).isVisible()).toBe(false)
    if (javaScript) expect(await examine(page)).toEqual([])
    expect(await noSideways(page)).toBe(true)
    await tabTo(page, '[name=positive]')
    await page.keyboard.press('Space')
    await tabTo(page, '.st-clarity button')
    await page.keyboard.press('Enter')
    await page.getByText('Grazie, il tuo parere ci aiuterà a migliorare il servizio!').waitFor()
    const kept = await rows('clarity_answer', '/note-legali')
    expect(kept).toHaveLength(before + 1)
    expect(await page.context().cookies()).toEqual([])
    await v.close()
  })

  test('the two questions are never on the same page', async () => {
    for (const path of ['/privacy', '/note-legali', '/accessibilita', '/integrita', '/sviluppatori', reportPage]) {
      const html = await (await fetch(origin() + path)).text()
      const asked = [html.includes('Quanto sono chiare'), html.includes('Ti è stata utile questa pagina?')]
      expect(asked, path).toEqual(path === reportPage ? [false, true] : [true, false])
    }
  })
})

describe('a report of accessibility', () => {
  test('sent without JavaScript becomes a case that the desk sees, with a receipt by mail', async () => {
    const v = await visitor(browser, origin(), { javaScript: false, width: 375 })
    const { page } = v
    await page.goto('/accessibilita')
    await page.fill('#email', 'lettore@posta.example')
    await page.fill('#page', reportPage)
    await page.fill('[name=text] >> nth=0', 'Con lo screen reader il grafico non dice nulla.')
    await page.getByRole('button', { name: 'Invia la segnalazione' }).click()
    const notice = await page.getByRole('status').textContent()
    const number = /\d{4}\/\d+/.exec(notice ?? '')?.[0] ?? '-'
    expect(await mailTo('lettore@posta.example')).toContain(number)
    await v.close()
    const desk = await visitor(browser, origin())
    await signIn(desk.page, 'operatore@societa.example.it')
    await desk.page.goto(`/da-lavorare?view=all&words=${number}`)
    await desk.page.getByText('Segnalazione di accessibilità').first().waitFor()
    await desk.close()
  })
})

describe('the account of a citizen', () => {
  test('is deleted from the profile, at once', async () => {
    const v = await visitor(browser, origin())
    const { page } = v
    await page.goto('/accedi')
    await page.fill('#email', 'cittadino3@example.it')
    await page.fill('#password', 'Prova-SITEC-2026')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/cittadino$/)
    expect(await examine(page)).toEqual([])
    await page.fill('#delete-current', 'Prova-SITEC-2026')
    await page.getByRole('button', { name: 'Cancella la registrazione' }).click()
    await page.getByText('La tua registrazione è stata cancellata.').waitFor()
    await page.goto('/cittadino')
    expect(page.url()).toContain('/accedi')
    await v.close()
  })
})

describe('every page of citizens and editors', () => {
  const walks: [who: string | null, pages: string[]][] = [
    [
      null,
      [
        '/registrati',
        '/registrati?inviata',
        '/privacy',
        '/note-legali',
        '/accessibilita',
        '/parere?grazie=/privacy',
        '/valuta',
        '/accedi',
      ],
    ],
    ['redazione@comune.example.it', ['/valutazioni', '/valutazioni/commenti']],
    ['dirigente@comune.example.it', ['/valutazioni']],
    ['amministratore@comune.example.it', ['/amministrazione/pubblicazione']],
  ]
  test.each([1280, 375])('axe finds nothing at %i pixels, in either language', async (width) => {
    for (const [who, pages] of walks) {
      const v = await visitor(browser, origin(), { width })
      if (who !== null) await signIn(v.page, who)
      for (const path of pages) {
        await v.page.goto(path)
        expect(await examine(v.page), path).toEqual([])
        if (who === null) expect(await noSideways(v.page), path).toBe(true)
      }
      await v.page.goto(pages[0] ?? '/')
      await v.page.getByRole('button', { name: 'English' }).click()
      for (const path of pages) {
        await v.page.goto(path)
        expect(await v.page.getAttribute('html', 'lang')).toBe('en')
        expect(await examine(v.page), path).toEqual([])
      }
      // Who has an account keeps the language there.
      await v.page.getByRole('button', { name: 'Italiano' }).click()
      await v.page.waitForFunction(() => document.documentElement.lang === 'it')
      expect(v.complaints).toEqual([])
      await v.close()
    }
  })

  test('an editor removes a comment, with a reason', async () => {
    const v = await visitor(browser, origin(), { javaScript: false })
    const { page } = v
    await page.goto('/accedi')
    await page.fill('#email', 'redazione@comune.example.it')
    await page.fill('#password', 'Prova-SITEC-2026')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === '/')
    await page.goto('/valutazioni/commenti')
    const row = page.getByRole('row').filter({ hasText: 'dice anna.' })
    await row.getByRole('textbox').fill('Nomina una persona')
    await row.getByRole('button', { name: 'Rimuovi' }).click()
    await page.getByText('Commento rimosso.').waitFor()
    expect(await page.getByText('dice anna.').count()).toBe(0)
    await v.close()
  })
})
