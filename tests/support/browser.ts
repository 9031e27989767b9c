/** A real Chromium: Debian's when it is installed, otherwise the one in the npm package. Neither: the tests fail. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Debian's Chromium, where it is installed. */
export const debian = '/usr/bin/chromium'
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Starts the browser; the npm package's unpacks itself on first use. Its own switches (one process for all) are for lambdas. */
export async function startBrowser(): Promise<Browser> {
  if (existsSync(debian)) return chromium.launch({ executablePath: debian, args: quiet })
  const { default: packaged } = await import('@sparticuz/chromium')
  return chromium.launch({ executablePath: await packaged.executablePath(), args: quiet })
}

/** What the browser mentions and is no fault. */
const mentions = [
  // A refused form is an answer with a status.
  'the server responded with a status of 4',
  // A service worker that takes a page over while it loads: an asset of that one visit is fetched twice.
  'cross-world service worker resource mismatch',
]

export type Visitor = { page: Page; context: BrowserContext; complaints: string[]; close: () => Promise<void> }

/** Somebody with a browser of their own; what the browser complains about is kept, and no complaint is a good one. */
export async function visitor(
  browser: Browser,
  url: string,
  options: { javaScript?: boolean; width?: number } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'it-IT',
    viewport: { width: options.width ?? 1280, height: 900 },
    javaScriptEnabled: options.javaScript ?? true,
    // Half-way between two colours a button has a contrast of its own.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`${error.message} (${page.url()})`))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !mentions.some((one) => message.text().includes(one)))
      complaints.push(message.text())
  })
  return { page, context, complaints, close: () => context.close() }
}

/** Signs in as a person of the demo city, with mouse-less typing. */
export async function signIn(page: Page, email: string, password = 'Prova-SITEC-2026') {
  await page.goto('/accedi')
  await page.fill('#email', email)
  await page.fill('#password', password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/accedi'))
}

/** What axe finds on the page as it stands, one line a violation; the policy of the page does not concern the examiner. */
export async function examine(page: Page): Promise<string[]> {
  // Without signal no session is opened: its end would end the want of signal that a test has set, and no page would hear of it.
  const session = (await page.evaluate('navigator.onLine')) ? await page.context().newCDPSession(page) : null
  await session?.send('Page.setBypassCSP', { enabled: true })
  const found = await page.evaluate(
    `(async () => { ${axe}; return (await axe.run()).violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')) })()`,
  )
  await session?.detach()
  return found as string[]
}
