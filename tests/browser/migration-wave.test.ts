/** A wave of three small mailboxes between two real Dovecots, walked from planning to the signed proof. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { readManifest } from '../../src/modules/mailboxes/manifest.ts'
import { openServices } from '../../src/platform/services.ts'
import { examine, signIn, startBrowser, visitor } from '../support/browser.ts'
import { type Distance, startDistance } from '../support/delay.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from '../support/dovecot.ts'
import { contentsOf, fillMailbox } from '../support/mailbox.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'
import { addMailbox, addServer, masterPassword, masterUser } from '../support/wave.ts'

const why = whyNoDovecot()
const addresses = ['uno', 'due', 'tre'].map((name) => `onda.${name}@comune.example.it`)

describe.skipIf(why !== null)(`a wave${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let browser: Browser
  let server: Serving
  let source: Dovecot
  let target: Dovecot
  let line: Distance

  beforeAll(async () => {
    const data = newFolder('waves')
    server = await startServer({ data })
    browser = await startBrowser()
    const master = { user: masterUser, password: masterPassword }
    source = await startDovecot({ format: 'sdbox', users: addresses, master })
    target = await startDovecot({ format: 'sdbox', users: addresses, master })
    const services = await openServices(readConfig({ SITEC_DATA: data }), { listens: false })
    const { id: organisationId } = await services.database.owner
      .selectFrom('organisation')
      .select('id')
      .executeTakeFirstOrThrow()
    const place = { owner: services.database.owner, secret: services.secret, organisationId }
    // A narrow line, so that there is something to pause however quick the machine is.
    line = await startDistance(source.port, 0, { bytesPerSecond: 400_000 })
    const from = await addServer(place, 'Vecchia posta di prova', line)
    await addServer(place, 'Nuova posta di prova', target)
    for (const address of addresses) await addMailbox(place, from, address)
    await services.close()
    for (const [at, address] of addresses.entries())
      await fillMailbox(source.as(address), at === 0 ? 700 : 3000, { size: 3000 })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await line?.close()
    await source?.stop()
    await target?.stop()
    await cleanUp()
  })

  const examined = async (page: Page) => {
    const found: string[] = []
    for (const width of [375, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      found.push(...(await examine(page)).map((one) => `${width}: ${one}`))
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth'))
      if (wide > width) found.push(`${width}: the page is ${wide} wide`)
    }
    return found
  }

  test('planned, filled, copied live, paused and resumed, cut over, proved', async () => {
    const { page, complaints, close } = await visitor(browser, `http://localhost:${server.port}`)
    await signIn(page, 'posta@comune.example.it')
    await page.goto('/caselle/gruppi')
    await page.getByText('Nuovo gruppo').click()
    await page.fill('#name', 'Onda di prova')
    await page.selectOption('#fromServerId', { label: 'Vecchia posta di prova' })
    await page.selectOption('#toServerId', { label: 'Nuova posta di prova' })
    await page.fill('#mostAtOnce', '2')
    await page.getByRole('button', { name: 'Metti in programma' }).click()
    await page.getByText('Il gruppo è vuoto').waitFor()
    await page.getByText('Aggiungi caselle').click()
    for (const address of addresses) await page.getByLabel(address).check()
    await page.getByRole('button', { name: 'Aggiungi al gruppo' }).click()
    await page.getByText('In attesa: 3').waitFor()
    expect(await examined(page)).toEqual([])
    await page.getByRole('button', { name: 'Avvia la copia' }).click()
    // The page itself says how far it is.
    await page
      .getByText(/^[1-9][\d.]* al secondo$/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Sospendi il gruppo' }).click()
    await page.getByRole('heading', { name: /copia sospesa/ }).waitFor()
    await page.getByText('Interrotta').first().waitFor({ timeout: 15_000 })
    expect(await examined(page)).toEqual([])
    line.widen()
    await page.getByRole('button', { name: 'Riprendi la copia' }).click()
    await page.getByText('Tutte le caselle sono copiate e provate.').waitFor({ timeout: 60_000 })
    for (const address of addresses) expect(contentsOf(target.as(address))).toEqual(contentsOf(source.as(address)))
    await page.getByText('Passa alla nuova posta…').click()
    await page.getByRole('button', { name: 'Passa alla nuova posta', exact: true }).click()
    await page
      .getByRole('alert')
      .getByText(/Restano da fare/)
      .waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 150_000)

  test('without JavaScript: checks ticked, cut over, closed; the signed manifest is downloaded', async () => {
    const { page, context, close } = await visitor(browser, `http://localhost:${server.port}`, { javaScript: false })
    await signIn(page, 'posta@comune.example.it')
    await page.goto('/caselle/gruppi')
    await page.getByRole('link', { name: /Onda di prova/ }).click()
    for (;;) {
      const open = page.getByRole('button', { name: /^Fatto: / })
      if ((await open.count()) === 0) break
      await open.first().click()
      await page.waitForLoadState()
    }
    await page.getByText('Passa alla nuova posta…').click()
    await page.getByRole('button', { name: 'Passa alla nuova posta', exact: true }).click()
    for (let waited = 0; waited < 60 && (await page.getByText('Passata e provata').count()) < 3; waited += 1) {
      await page.waitForTimeout(1000)
      await page.reload()
    }
    // Mail that came late is brought before it is closed.
    const first = source.as(addresses[0] ?? '')
    first.deliver(Buffer.from('Subject: tardi\r\n\r\nArrivato dopo il passaggio.\r\n'))
    await page.getByRole('button', { name: 'Concludi il gruppo' }).click()
    await page.getByText('Si conclude dopo un’ultima occhiata').waitFor()
    await page.getByText('Concludi subito…').waitFor()
    const closed = page.getByRole('heading', { name: /concluso/ })
    for (let waited = 0; waited < 60 && (await closed.count()) === 0; waited += 1) {
      await page.waitForTimeout(1000)
      await page.reload()
    }
    await closed.waitFor()
    await page.getByText('701 su 701 uguali, 1 arrivato tardi').waitFor()
    expect(contentsOf(target.as(addresses[0] ?? ''))).toEqual(contentsOf(first))
    await page.goto('/caselle/prove')
    const link = page.getByRole('link', { name: `JSON, prova di ${addresses[0]}` })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const manifest = readManifest(readFileSync(await download.path()))
    expect(manifest.content.counts).toMatchObject({ messages: 701, verified: 701 })
    await context.close()
    await close()
  }, 120_000)

  test('the calendar: weeks with what speaks against a day, at both widths; by keyboard, and as a file', async () => {
    const { page, complaints, close } = await visitor(browser, `http://localhost:${server.port}`)
    await signIn(page, 'posta@comune.example.it')
    await page.goto('/caselle/gruppi')
    for (const name of ['Ferragosto uno', 'Ferragosto due']) {
      await page.getByText('Nuovo gruppo').click()
      await page.fill('#name', name)
      await page.selectOption('#fromServerId', { label: 'Vecchia posta di prova' })
      await page.selectOption('#toServerId', { label: 'Nuova posta di prova' })
      await page.fill('#cutOverAt', '2031-08-15T17:00')
      await page.getByRole('button', { name: 'Metti in programma' }).click()
      await page.getByText('Il gruppo è vuoto').waitFor()
      await page.goto('/caselle/gruppi')
    }
    await page.getByRole('link', { name: 'Calendario' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('columnheader', { name: 'Passaggi' }).waitFor()
    expect(await examined(page)).toEqual([])
    await page.goto('/caselle/gruppi?vista=calendario&dal=2031-08-11')
    const week = page.getByRole('row', { name: /11 ago – 17 ago 2031/ })
    await week.getByText('Assunzione di Maria').waitFor()
    expect(await week.getByText('Giorno di chiusura degli uffici').count()).toBe(2)
    expect(await week.getByText(/^Stesso giorno del gruppo \d+$/).count()).toBe(2)
    expect(await examined(page)).toEqual([])
    const link = page.getByRole('link', { name: /iCalendar/ })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const text = readFileSync(await download.path(), 'utf8')
    expect(text.match(/DTSTART:20310815T150000Z\r\n/g)).toHaveLength(2)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})
