/** Operations and person-days, walked in a real browser with and without JavaScript. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

let browser: Browser
let server: Serving
const origin = () => `http://localhost:${server.port}`

const manager = 'contratto@comune.example.it'
const leader = 'responsabile@societa.example.it'
const steward = 'referente@comune.example.it'
const administrator = 'amministratore@comune.example.it'

beforeAll(async () => {
  server = await startServer({ data: newFolder('operations') })
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

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

describe('the month of what is watched', () => {
  test.each([true, false])(
    'the city accepts an interruption the supplier proposed (JavaScript: %s)',
    async (javaScript) => {
      const reason = `Prova di fermo ${javaScript ? 'con' : 'senza'}`
      const supplier = await arrives(leader, { javaScript })
      await supplier.page.getByRole('link', { name: 'Gestione operativa' }).click()
      expect(await supplier.page.getByRole('button', { name: 'Accetta' }).count()).toBe(0)
      await supplier.page.getByText('Proponi un fermo').click()
      await supplier.page.fill('#from', '2031-05-04T20:00')
      await supplier.page.fill('#until', '2031-05-04T19:00')
      await supplier.page.fill('#reason', reason)
      await supplier.page.getByRole('button', { name: 'Invia' }).first().click()
      await supplier.page.getByRole('alert').getByText('La fine viene dopo l’inizio.').waitFor()
      expect(await supplier.page.inputValue('#reason')).toBe(reason)
      await supplier.page.fill('#until', '2031-05-04T22:00')
      await supplier.page.getByRole('button', { name: 'Invia' }).first().click()
      await supplier.page.getByRole('cell', { name: reason }).waitFor()
      await supplier.close()
      const city = await arrives(manager, { javaScript })
      await city.page.goto('/gestione-operativa')
      const row = city.page.getByRole('row').filter({ hasText: reason })
      await row.getByRole('button', { name: 'Accetta', exact: true }).click()
      // What is decided and of another month leaves the list of what waits.
      await expect.poll(() => row.count()).toBe(0)
      expect(city.complaints).toEqual([])
      await city.close()
    },
  )

  test('a file of calls that names who answered is refused in words, and a good one is loaded', async () => {
    const { page, complaints, close } = await arrives(manager)
    await page.goto('/gestione-operativa')
    const load = async (text: string) => {
      if (!(await page.locator('#what').isVisible())) await page.getByText('Carica un file').first().click()
      await page.selectOption('#what', 'calls')
      await page.setInputFiles('#file', csv('chiamate.csv', text))
      await page.locator('form[enctype="multipart/form-data"] button[type=submit]').click()
    }
    await load('started_at;outcome;waited_s;source;operatore\n2026-01-02 10:00;busy;0;carrier;Olga\n')
    await page.getByRole('alert').getByText('mai le persone').waitFor()
    expect(await examine(page)).toEqual([])
    await load('started_at;outcome;waited_s;source\n2026-01-02 10:00;busy;0;carrier\n')
    await page.getByRole('row', { name: /Chiamate Amministrazione 1 1 0/ }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('a scope is added, opened and ended by the administrator, on a phone too', async () => {
    const { page, complaints, close } = await arrives(administrator, { width: 375 })
    await page.goto('/gestione-operativa')
    await page.getByText('Aggiungi un ambito').click()
    await page.fill('#scope-code', 'SRV-NUOVO')
    await page.fill('#scope-name', 'Server nuovo')
    await page.fill('#scope-beginsOn', '2026-01-01')
    await page.locator('form:has(#scope-code) button[type=submit]').click()
    await page.getByRole('link', { name: 'Server nuovo' }).click()
    await page.getByRole('heading', { name: 'Server nuovo' }).waitFor()
    expect(await examine(page)).toEqual([])
    await page.getByText('Cambia l’ultimo giorno').click()
    await page.fill('#endsOn', '2025-12-31')
    await page.getByRole('button', { name: 'Salva' }).click()
    await page.getByRole('alert').getByText('L’ultimo giorno non viene prima del primo.').waitFor()
    await page.fill('#endsOn', '2031-12-31')
    await page.getByRole('button', { name: 'Salva' }).click()
    await page.getByText('al 31 dicembre 2031').waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})

describe('the person-days of the year', () => {
  test.each([true, false])(
    'are declared, contested with a reason and corrected (JavaScript: %s)',
    async (javaScript) => {
      const what = `Stampa di prova ${javaScript ? 'con' : 'senza'}`
      const supplier = await arrives(leader, { javaScript })
      await supplier.page.getByRole('link', { name: 'Piccola manutenzione' }).click()
      await supplier.page.getByText('Dichiara giornate').click()
      await supplier.page.fill('#days', '1,55')
      await supplier.page.selectOption('#area', 'web')
      await supplier.page.fill('#what', what)
      await supplier.page.locator('form:has(#what) button[type=submit]').click()
      await supplier.page.getByRole('alert').waitFor()
      await supplier.page.fill('#days', '1,5')
      await supplier.page.locator('form:has(#what) button[type=submit]').click()
      await supplier.page.getByRole('row').filter({ hasText: what }).waitFor()
      await supplier.close()
      const city = await arrives(manager, { javaScript })
      await city.page.goto('/piccola-manutenzione')
      const row = city.page.getByRole('row').filter({ hasText: what })
      await row.getByRole('checkbox').check()
      await city.page.getByRole('button', { name: 'Contesta le voci spuntate' }).click()
      await city.page.getByRole('alert').getByText('Per contestare serve il motivo.').first().waitFor()
      await row.getByRole('checkbox').check()
      await city.page.fill('#contest-reason', 'Era una correzione')
      await city.page.getByRole('button', { name: 'Contesta le voci spuntate' }).click()
      await row.getByText('Era una correzione').waitFor()
      if (javaScript) expect(await examine(city.page)).toEqual([])
      expect(city.complaints).toEqual([])
      await city.close()
    },
  )

  test('a steward sees the entries of their own applications, and decides on them', async () => {
    const { page, complaints, close } = await arrives(steward)
    await page.goto('/piccola-manutenzione')
    await page.getByText('Le voci degli applicativi di cui sei referente.').waitFor()
    expect(await page.getByRole('heading', { name: 'Giornate dell’anno' }).count()).toBe(0)
    expect(await examine(page)).toEqual([])
    const boxes = page.getByRole('checkbox')
    const before = await boxes.count()
    await boxes.first().check()
    await page.getByRole('button', { name: 'Accetta le voci spuntate' }).click()
    await expect.poll(() => boxes.count()).toBe(before - 1)
    expect(complaints).toEqual([])
    await close()
  })
})
