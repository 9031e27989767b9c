/** Every page, looked at by axe, wide and narrow, in both languages. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
const data = newFolder('pages')

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

// The demo city's published edition, and the draft of the year after.
const lastYear = new Date().getUTCFullYear() - 1

const walks: readonly { who: string | null; pages: readonly string[] }[] = [
  { who: null, pages: ['/accedi', '/integrita', '/sviluppatori', '/non-esiste'] },
  {
    who: 'impiegata@comune.example.it',
    pages: ['/', '/chiedi/guasto', '/chiedi/servizio', '/le-mie-richieste', '/profilo', '/amministrazione'],
  },
  {
    who: 'operatore@societa.example.it',
    pages: [
      '/da-lavorare',
      '/da-lavorare?view=all&words=stampante',
      '/nuova-richiesta?chi=imp',
      '/profilo',
      '/posta',
      '/posta?stato=ignored',
    ],
  },
  { who: 'contratto@comune.example.it', pages: ['/da-lavorare?view=all'] },
  {
    who: null,
    pages: ['', `/${lastYear}`, `/${lastYear}/1-B`, `/${lastYear}/1-B/1`, `/${lastYear}/versioni`].map(
      (part) => `/bilancio-sociale${part}`,
    ),
  },
  {
    who: 'redazione@comune.example.it',
    pages: [
      ...['', '/priorita', '/serie', `/${lastYear}`, `/${lastYear + 1}`, `/${lastYear + 1}/2-A/1`],
      ...['text', 'figures', 'series', 'commitments'].map((kind) => `/${lastYear + 1}/2-A/1?nuovo=${kind}`),
      ...['', '/2-A', '/2-A/1'].map((part) => `/${lastYear + 1}/anteprima${part}`),
    ].map((part) => `/redazione${part}`),
  },
  {
    who: 'amministratore@comune.example.it',
    pages: [
      '',
      '/uffici',
      '/sedi',
      '/persone',
      '/squadre',
      '/calendari',
      '/chiavi',
      '/importa',
      '/posta',
      '/posta-in-uscita',
    ].map((part) => `/amministrazione${part}`),
  },
]

async function complaintsOf({ page }: Visitor, address: string): Promise<string[]> {
  const response = await page.goto(address).catch((error: Error) => {
    // A file is saved, not shown.
    if (error.message.includes('Download is starting')) return null
    throw error
  })
  return response === null ? [] : (await examine(page)).map((found) => `${address}: ${found}`)
}

describe.each(walks)('the pages of $who', ({ who, pages }) => {
  test.each([1280, 375])('at %i px axe finds nothing', async (width) => {
    const one = await visitor(browser, origin(), { width })
    if (who) await signIn(one.page, who)
    const found: string[] = []
    for (const address of pages) found.push(...(await complaintsOf(one, address)))
    expect(found).toEqual([])
    expect(one.complaints).toEqual([])
    await one.close()
  })

  test('they open in English too, without a word of Italian in the menu', async () => {
    const one = await visitor(browser, origin())
    if (who) await signIn(one.page, who)
    await one.page.goto(pages[0] ?? '/')
    await one.page.getByRole('button', { name: 'English' }).click()
    await one.page.getByRole('button', { name: 'Italiano' }).waitFor()
    expect(await one.page.locator('html').getAttribute('lang')).toBe('en')
    expect(await examine(one.page)).toEqual([])
    await one.page.getByRole('button', { name: 'Italiano' }).click()
    await one.page.getByRole('button', { name: 'English' }).waitFor()
    await one.close()
  })
})

test('an answer left behind by going elsewhere is no complaint; a mishap is one', async () => {
  const { page, complaints, close } = await visitor(browser, origin())
  await page.goto('/accedi')
  await page.waitForLoadState('networkidle')
  await page.evaluate(`void Promise.reject(new DOMException('BodyStreamBuffer was aborted', 'AbortError'))`)
  await page.evaluate(`void Promise.reject(new Error('a mishap'))`)
  await expect.poll(() => complaints.length).toBeGreaterThan(0)
  expect(complaints).toEqual([expect.stringContaining('a mishap')])
  await close()
})

test('the demo says on every page that its data are invented', async () => {
  const one = await visitor(browser, origin())
  await signIn(one.page, 'operatore@societa.example.it')
  for (const address of ['/da-lavorare', '/nuova-richiesta', '/profilo']) {
    await one.page.goto(address)
    expect(await one.page.getByText('Dati di prova: persone, uffici e cifre').count(), address).toBe(1)
  }
  await one.close()
})

test('a second factor: enrolled from the profile, asked at the next sign-in, worth one use', async () => {
  const { TOTP, Secret } = await import('otpauth')
  const one = await visitor(browser, origin())
  await signIn(one.page, 'dirigente@comune.example.it')
  await one.page.goto('/profilo')
  await one.page.getByRole('button', { name: 'Attiva il secondo fattore' }).click()
  const uri = await one.page.getByRole('link', { name: 'Apri nell’app di autenticazione' }).getAttribute('href')
  const totp = new TOTP({ secret: Secret.fromBase32(new URL(uri ?? '').searchParams.get('secret') ?? '') })
  const code = totp.generate()
  await one.page.getByLabel(/primo codice/).fill(code)
  await one.page.getByRole('button', { name: 'Conferma il codice' }).click()
  await one.page.getByText('Attivo: a ogni accesso').waitFor()
  await one.page.getByRole('button', { name: 'Esci' }).click()
  await one.page.waitForURL('**/accedi')
  await one.page.fill('#email', 'dirigente@comune.example.it')
  await one.page.fill('#password', 'Prova-SITEC-2026')
  await one.page.keyboard.press('Enter')
  await one.page.waitForURL('**/accedi/codice**')
  expect(await examine(one.page)).toEqual([])
  await one.page.getByLabel('Codice').fill(code)
  await one.page.keyboard.press('Enter')
  expect(await one.page.getByRole('alert').innerText()).toContain('Il codice non è corretto o è scaduto')
  // The next code is good: one step ahead is tolerated.
  await one.page.getByLabel('Codice').fill(totp.generate({ timestamp: Date.now() + 30_000 }))
  await one.page.keyboard.press('Enter')
  await one.page.waitForURL((url) => !url.pathname.startsWith('/accedi'))
  await one.close()
})
