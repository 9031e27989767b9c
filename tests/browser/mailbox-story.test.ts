/** One story of a mailbox, each part by whom it falls to: counted, decided, confirmed, approved, moved, proved. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readManifest } from '../../src/modules/mailboxes/manifest.ts'
import { signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from '../support/dovecot.ts'
import { contentsOf, fillMailbox } from '../support/mailbox.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'
import { masterPassword, masterUser } from '../support/wave.ts'

const why = whyNoDovecot()
const address = 'storia.intera@comune.example.it'
const messages = 1500

describe.skipIf(why !== null)(`from the census to the proof${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let browser: Browser
  let server: Serving
  let source: Dovecot
  let target: Dovecot
  const visitors: Visitor[] = []

  beforeAll(async () => {
    server = await startServer({ data: newFolder('mailbox-story') })
    browser = await startBrowser()
    const master = { user: masterUser, password: masterPassword }
    source = await startDovecot({ format: 'sdbox', users: [address], master })
    target = await startDovecot({ format: 'sdbox', users: [address], master })
    await fillMailbox(source.as(address), messages, { size: 3000 })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await source?.stop()
    await target?.stop()
    await cleanUp()
  })

  async function arrives(email: string): Promise<Page> {
    const one = await visitor(browser, `http://localhost:${server.port}`)
    visitors.push(one)
    await signIn(one.page, email)
    return one.page
  }

  test('a server is counted, and what is to be checked of its mailbox is said', async () => {
    const page = await arrives('posta@comune.example.it')
    for (const [name, { port }] of [
      ['Server della storia', source],
      ['Nuovo server della storia', target],
    ] as const) {
      await page.goto('/caselle/server')
      await page.getByText('Aggiungi un server').click()
      await page.getByLabel('Nome', { exact: true }).fill(name)
      await page.getByLabel('Indirizzo del server').fill('127.0.0.1')
      await page.getByLabel('Porta').fill(String(port))
      await page.getByLabel('Connessione cifrata (TLS)').uncheck()
      await page.getByLabel('Utente principale').fill(masterUser)
      await page.getByLabel('Password o chiave').fill(masterPassword)
      await page.getByRole('button', { name: 'Salva il server' }).click()
      await page.getByText('Il server è salvato.').waitFor()
    }
    const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.goto('/caselle/file')
    const known = `address;kind;office;holder\r\n${address};office;A2;referente@comune.example.it\r\n`
    await page.getByLabel('File CSV').setInputFiles(file('caselle.csv', known))
    await page.getByRole('button', { name: 'Carica', exact: true }).click()
    await page.getByText('aggiunte 1').waitFor()
    await page.goto('/caselle/server')
    await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Server della storia' })
    const accounts = `address;login;kind\r\n${address};${address};office\r\n`
    await page.getByLabel('File CSV delle caselle').setInputFiles(file('da-contare.csv', accounts))
    await page.getByRole('button', { name: 'Comincia il censimento' }).click()
    await page.getByText('1 casella guardata su 1.').waitFor({ timeout: 60_000 })
    await page.getByRole('link', { name: 'Vai a ciò che è da verificare' }).click()
    await page.getByRole('link', { name: address }).click()
    await page.getByText('Non risulta pubblicata in nessun posto').waitFor()
    await page.getByText('1.500').first().waitFor()
  }, 150_000)

  test('ICT proposes, the office confirms, the head approves', async () => {
    const mail = await arrives('posta@comune.example.it')
    await mail.goto(`/caselle/proposte?view=to_propose&words=${address}`)
    await mail.getByLabel(`Segna ${address}`).check()
    await mail.getByRole('button', { name: 'Proponi per le caselle segnate' }).click()
    await mail.getByRole('link', { name: 'Resta com’è' }).click()
    await mail.waitForURL('**tipo=keep**')
    await mail.getByLabel('Perché').fill('La usa lo sportello ogni giorno')
    await mail.getByRole('button', { name: 'Proponi', exact: true }).click()
    await mail.getByRole('link', { name: address }).waitFor()
    const office = await arrives('referente@comune.example.it')
    await office.goto(`/caselle/proposte?view=to_confirm&words=${address}`)
    await office.getByLabel(`Segna ${address}`).check()
    await office.locator('button[value=confirm]').last().click()
    const head = await arrives('dirigente@comune.example.it')
    await expect
      .poll(async () => {
        await head.goto(`/caselle/proposte?view=to_approve&words=${address}`)
        return head.getByText('Confermata dall’ufficio').count()
      })
      .toBeGreaterThan(0)
    await head.getByLabel(`Segna ${address}`).check()
    await head.getByRole('button', { name: 'Approva le segnate' }).click()
    await head.goto(`/caselle/proposte?view=approved&words=${address}`)
    await head.getByRole('link', { name: address }).click()
    await head.getByText('Approvata: si può eseguire.').waitFor()
  }, 120_000)

  test('a wave copies it before one’s eyes, and its signed proof names every message', async () => {
    const page = await arrives('posta@comune.example.it')
    await page.goto('/caselle/gruppi')
    await page.getByText('Nuovo gruppo').click()
    await page.fill('#name', 'La storia intera')
    await page.selectOption('#fromServerId', { label: 'Server della storia' })
    await page.selectOption('#toServerId', { label: 'Nuovo server della storia' })
    await page.getByRole('button', { name: 'Metti in programma' }).click()
    await page.getByText('Aggiungi caselle').click()
    await page.getByLabel(address).check()
    await page.getByRole('button', { name: 'Aggiungi al gruppo' }).click()
    await page.getByText('In attesa: 1').waitFor()
    await page.getByRole('button', { name: 'Avvia la copia' }).click()
    // Nobody reloads: the page says by itself how far it is.
    await page.getByText('Tutte le caselle sono copiate e provate.').waitFor({ timeout: 90_000 })
    expect(contentsOf(target.as(address))).toEqual(contentsOf(source.as(address)))
    await page.goto('/caselle/prove')
    const link = page.getByRole('link', { name: `JSON, prova di ${address}` })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const { content } = readManifest(readFileSync(await download.path()))
    expect(content.counts).toMatchObject({ messages, verified: messages, refused: 0, altered: 0 })
  }, 150_000)

  test('nothing of it made a browser complain', () => {
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
