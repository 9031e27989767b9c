/** The comparison with the supplier's tool, opened names, retention and a person's data, walked in a real browser. */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { apiKey, cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
const data = newFolder('tool')
const origin = () => `http://localhost:${server.port}`

const manager = 'contratto@comune.example.it'
const leader = 'responsabile@societa.example.it'
const head = 'dirigente@comune.example.it'

beforeAll(async () => {
  server = await startServer({ data })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

async function arrives(email: string, options: Parameters<typeof visitor>[2] = {}): Promise<Visitor> {
  const one = await visitor(browser, origin(), options)
  await signIn(one.page, email)
  return one
}

/** A case that lives in the supplier's tool and was taken there. */
async function inTheirTool(reference: string, steps: readonly string[]): Promise<{ id: string; number: string }> {
  const headers = { authorization: `Bearer ${await key()}`, 'content-type': 'application/json' }
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${server.url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path} gave ${response.status}: ${await response.text()}`)
    return response.json()
  }
  const opened = (await post('/cases', {
    kind: 'incident',
    title: `Guasto ${reference}`,
    requesterEmail: 'impiegata@comune.example.it',
  })) as { id: string; number: string }
  await post('/external-steps', {
    steps: steps.map((step) => ({
      system: 'assistenza',
      key: `${reference}-${step}`,
      reference,
      number: opened.number,
      step,
      occurredAt: new Date().toISOString(),
      text: 'Dallo strumento della Società',
    })),
  })
  return opened
}

let made: string | undefined
async function key(): Promise<string> {
  made ??= await apiKey({ data }, leader, ['case.open', 'step.import'])
  return made
}

describe('the comparison', () => {
  test.each([true, false])('a file is uploaded and its four groups are read (JavaScript: %s)', async (javaScript) => {
    const mark = javaScript ? 'J' : 'N'
    const [same, missing] = [
      await inTheirTool(`${mark}-1`, ['taken']),
      await inTheirTool(`${mark}-2`, ['taken', 'asked']),
    ]
    const { page, complaints, close } = await arrives(manager, { javaScript })
    await page.getByRole('link', { name: 'Confronto', exact: true }).click()
    if (javaScript) expect(await examine(page)).toEqual([])
    const csv = `reference;number;state\r\n${mark}-1;${same.number};new\r\nX-404;;new\r\n`
    await page.setInputFiles('#file', { name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByRole('button', { name: 'Confronta' }).click()
    await page.waitForURL(/\/confronto\/[0-9a-f-]{36}$/)
    for (const group of ['Mancano nel file', 'Solo nel file: 1', 'Diverse: 1', 'Passi arrivati tardi: 0'])
      await page.getByRole('heading', { name: group }).waitFor()
    await page.getByRole('cell', { name: 'SITEC non conosce né il riferimento né il numero' }).waitFor()
    expect(await page.getByRole('row').filter({ hasText: missing.number }).count()).toBe(1)
    if (javaScript) expect(await examine(page)).toEqual([])
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Scarica come CSV' }).click()
    const text = readFileSync(await (await download).path(), 'utf8')
    expect(text).toContain('Solo nel file;;X-404')
    expect(complaints).toEqual([])
    await close()
  })

  test('a file that cannot be read says on which line', async () => {
    const { page, close } = await arrives(leader)
    await page.goto('/confronto')
    const csv = 'reference;state\r\nA-1;inventato\r\n'
    await page.setInputFiles('#file', { name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByRole('button', { name: 'Confronta' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('line 2, column state')
    expect(await examine(page)).toEqual([])
    await close()
  })

  test('steps that did not fit are listed to be checked', async () => {
    const { number } = await inTheirTool('S-1', ['asked'])
    const { page, close } = await arrives(manager)
    await page.goto('/confronto')
    const row = page.getByRole('row').filter({ hasText: number })
    expect(await row.innerText()).toContain('Lo stato della richiesta non lo permetteva')
    await close()
  })
})

describe('names', () => {
  test('are opened with a reason, and the supplier’s team leader reads by whom and why', async () => {
    const { id, number } = await inTheirTool('M-1', ['taken'])
    const one = await arrives(manager)
    await one.page.goto(`/richieste/${id}/nomi`)
    expect(await examine(one.page)).toEqual([])
    await one.page.getByLabel('La richiesta è contestata').check()
    await one.page.getByLabel('Motivo').fill('L’ufficio contesta l’ora della presa in carico')
    await one.page.getByRole('button', { name: 'Apri i nomi' }).click()
    await one.page.getByText('Questa apertura è stata registrata').waitFor()
    expect(await one.page.getByRole('row').count()).toBeGreaterThan(1)
    expect(await examine(one.page)).toEqual([])
    await one.close()
    const other = await arrives(leader)
    await other.page.getByRole('link', { name: 'Nomi aperti' }).click()
    await other.page.waitForURL('**/nomi')
    const row = other.page.getByRole('row').filter({ hasText: number })
    await row.waitFor()
    expect(await row.innerText()).toContain('L’ufficio contesta l’ora')
    expect(await examine(other.page)).toEqual([])
    await other.close()
  })
})

describe('retention and a person’s data', () => {
  test('the head of ICT decides the periods, a too short one is refused, and the page says what is due', async () => {
    const { page, close } = await arrives(head)
    await page.getByRole('link', { name: 'Conservazione' }).click()
    await page.getByText('finché l’amministrazione non li decide').waitFor()
    expect(await examine(page)).toEqual([])
    await page.getByLabel('Atto con cui i periodi sono decisi').fill('Determinazione n. 12 del 3 marzo 2026')
    await page.getByLabel(/^Mesi: Testi e allegati delle richieste riservate/).fill('6')
    await page.getByRole('button', { name: 'Decidi i periodi' }).click()
    await page.getByText('Periodi registrati').waitFor()
    await page.getByText('Periodi decisi con: Determinazione n. 12 del 3 marzo 2026').waitFor()
    expect(await examine(page)).toEqual([])
    await close()
  })

  test('a person’s data: a copy, a trial, the confirmation, the erasing', async () => {
    const { page, close } = await arrives(head)
    const email = 'referente@comune.example.it'
    await page.goto('/amministrazione/conservazione')
    await page.getByLabel('Indirizzo di posta').fill('nessuno@comune.example.it')
    await page.getByRole('button', { name: 'Trova' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Indirizzo di posta').fill(email)
    await page.getByRole('button', { name: 'Trova' }).click()
    await page.waitForURL('**/dati')
    expect(await examine(page)).toEqual([])
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Scarica la copia' }).click()
    const copy = JSON.parse(readFileSync(await (await download).path(), 'utf8'))
    expect(copy.organisation.person.email).toBe(email)

    await page.getByLabel('Motivo').fill('Richiesta dell’interessato, art. 17 GDPR')
    await page.getByRole('button', { name: 'Cancella per sempre' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('Conferma di aver capito')
    expect(await examine(page)).toEqual([])
    await page.getByRole('button', { name: 'Mostra che cosa verrebbe cancellato' }).click()
    // The demo's contact may have open cases: then the refusal names them, and that is the end of it.
    const answer = page
      .locator('[role=status], [role=alert]')
      .filter({ hasText: /Verrebbero cancellati|richieste aperte/ })
    await answer.waitFor()
    expect(await examine(page)).toEqual([])
    if ((await answer.innerText()).includes('Verrebbero')) {
      await page.getByLabel('Ho capito che non si può annullare').check()
      await page.getByRole('button', { name: 'Cancella per sempre' }).click()
      await page.getByText('I dati della persona sono stati cancellati').waitFor()
    }
    await close()
  })
})

describe('on a phone and in English', () => {
  test('axe finds nothing at 375 px, and the pages speak English', async () => {
    const { page, complaints, close } = await arrives(head, { width: 375 })
    for (const path of ['/confronto', '/nomi', '/amministrazione/conservazione']) {
      await page.goto(path)
      expect(await examine(page), path).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), path).toBe(true)
    }
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Retention' }).waitFor()
    await page.goto('/confronto')
    await page.getByRole('heading', { level: 1, name: 'Comparison with the supplier’s tool' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})
