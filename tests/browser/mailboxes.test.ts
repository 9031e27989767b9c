/** The census of mailboxes, from a server that is tried to what is to be checked. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine, signIn, startBrowser, type Visitor, visitor } from '../support/browser.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from '../support/dovecot.ts'
import { type GoogleDirectory, startGoogleDirectory } from '../support/google-directory.ts'
import { cleanUp, newFolder, type Serving, startServer } from '../support/server.ts'

const why = whyNoDovecot()
let browser: Browser
let server: Serving
const visitors: Visitor[] = []
const [mailAdministrator, contact, auditor] = [
  ...['posta@comune.example.it', 'referente@comune.example.it', 'revisore@comune.example.it'],
] as [string, string, string]

beforeAll(async () => {
  server = await startServer({ data: newFolder('mailboxes') })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await cleanUp()
})

async function arrives(email: string, options: Parameters<typeof visitor>[2] = {}): Promise<Visitor> {
  const one = await visitor(browser, `http://localhost:${server.port}`, options)
  visitors.push(one)
  await signIn(one.page, email)
  return one
}

/** Nothing for axe to find, wide and narrow. */
async function isAccessible(page: Page) {
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await examine(page), `${page.url()} at ${width}`).toEqual([])
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

describe('the register', () => {
  test('every view of it can be used by everybody', async () => {
    const { page } = await arrives(mailAdministrator)
    await page.getByRole('link', { name: 'Censimento', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Censimento delle caselle' }).waitFor()
    await isAccessible(page)
    for (const path of ['nuova', 'file', 'directory', 'server', 'regole']) {
      await page.goto(`/caselle/${path}`)
      await isAccessible(page)
    }
  })

  test('a mailbox that nobody answers for gets somebody, without JavaScript too; another finding is put aside', async () => {
    const { page } = await arrives(mailAdministrator, { javaScript: false })
    await page.goto('/caselle?finding=no_holder')
    await page.getByRole('link', { name: 'ascolto.cittadini@comune.example.it' }).click()
    await page.getByText('Nessuno ne risponde, e nessun altro può aprirla.').waitFor()
    await page.getByText('Scegli il responsabile').click()
    await page.getByLabel('Indirizzo di chi ne risponde').fill('nessuno@comune.example.it')
    await page.getByRole('button', { name: 'Registra' }).first().click()
    await page.getByText('Nessuna persona ha questo indirizzo.').first().waitFor()
    await page.getByLabel('Indirizzo di chi ne risponde').fill(contact)
    await page.getByRole('button', { name: 'Registra' }).first().click()
    await page.getByText('Niente da verificare.').waitFor()
    await page.goto('/caselle?finding=unpublished')
    await page.getByRole('link', { name: 'mobilita.scolastica@comune.example.it' }).click()
    await page.getByText('Metti da parte').first().click()
    await page.getByLabel('Perché va bene così').fill('Il servizio comincia a settembre.')
    await page.getByRole('button', { name: 'Metti da parte' }).click()
    await page.getByText('Messo da parte da Pia Postale: Il servizio comincia a settembre.').waitFor()
    await page.goto('/caselle?finding=any')
    expect(await page.getByText('mobilita.scolastica').count()).toBe(0)
  })

  test('a file is tried, told line by line what is wrong with it, and loaded', async () => {
    const { page } = await arrives(mailAdministrator)
    const file = (text: string) => ({ name: 'caselle.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.goto('/caselle/file')
    await page.getByLabel('File CSV').setInputFiles(file('address;kind\r\nda.file@comune.example.it;ufficio\r\n'))
    await page.getByRole('button', { name: 'Carica', exact: true }).click()
    await page.getByText('line 2, column kind').waitFor()
    await page
      .getByLabel('File CSV')
      .setInputFiles(file('address;kind;name\r\nda.file@comune.example.it;office;Da file\r\n'))
    await page.getByRole('button', { name: 'Prova, senza scrivere' }).click()
    await page.getByText('da aggiungere 1').waitFor()
    await page
      .getByLabel('File CSV')
      .setInputFiles(file('address;kind;name\r\nda.file@comune.example.it;office;Da file\r\n'))
    await page.getByRole('button', { name: 'Carica', exact: true }).click()
    await page.getByText('aggiunte 1').waitFor()
  })

  test('an office’s contact sees its own, and nothing to change; who only reads gets the files', async () => {
    const own = (await arrives(contact)).page
    await own.getByRole('link', { name: 'Caselle di posta' }).first().click()
    await own.getByRole('heading', { name: 'Caselle di posta' }).waitFor()
    expect(await own.getByRole('link', { name: 'Aggiungi una casella' }).count()).toBe(0)
    await own.getByRole('row').nth(1).getByRole('link').first().click()
    await own.getByRole('heading', { name: 'La casella in breve' }).waitFor()
    expect(await own.getByText('Scegli il responsabile').count()).toBe(0)
    await isAccessible(own)
    const { page } = await arrives(auditor)
    const found = await page.request.get('/caselle/rilievi.csv')
    expect(await found.text()).toContain('Circa')
    expect((await page.request.get('/caselle.csv?kind=certified')).headers()['content-type']).toContain('text/csv')
  })
})

describe('the directory of Google Workspace', () => {
  let google: GoogleDirectory
  const clerk = { 'anna.google@comune.example.it': 'Anna Google' }
  beforeAll(async () => {
    google = await startGoogleDirectory()
  })
  afterAll(() => google?.stop())

  test('without a server for it the page says so, and gives the line for a technician', async () => {
    const { page } = await arrives(mailAdministrator)
    await page.goto('/caselle')
    await page.getByRole('link', { name: 'Prendi da una directory' }).click()
    await page.getByText('Nessun server di Google Workspace con la chiave di servizio.').waitFor()
    expect(await page.getByRole('region', { name: 'Comando da dare al tecnico' }).textContent()).toContain(
      'sitec mailboxes import-ldap ldaps://',
    )
    expect(await page.getByRole('button', { name: 'Prova, senza scrivere' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Aggiungilo in Server e censimenti' }).click()
    await page.getByText('Aggiungi un server').click()
    await page.getByLabel('Nome', { exact: true }).fill('Workspace di prova')
    await page.getByLabel('Tipo').selectOption('google')
    await page.getByLabel('Indirizzo del server').fill('127.0.0.1')
    await page.getByLabel('Porta').fill(String(google.port))
    await page.getByLabel('Connessione cifrata (TLS)').uncheck()
    await page.getByLabel('Come si entra').selectOption('token')
    await page.getByLabel('Utente principale').fill('amministratore@comune.example.it')
    await page.getByLabel('Password o chiave').fill(google.key)
    await page.getByRole('button', { name: 'Salva il server' }).click()
    await page.getByText('Il server è salvato.').waitFor()
  })

  test('is tried, and only then applied: who would be added, changed and gone is on the page; without JavaScript too', async () => {
    google.holds(
      { ...clerk, 'va.via@comune.example.it': 'Va Via' },
      { 'lista.google@comune.example.it': Object.keys(clerk) },
    )
    const { page } = await arrives(mailAdministrator, { javaScript: false })
    await page.goto('/caselle/directory')
    expect(await page.getByRole('button', { name: 'Applica queste modifiche' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Prova, senza scrivere' }).click()
    await page.getByText('Prova: da aggiungere 3, da cambiare 0').waitFor()
    await page.getByRole('row', { name: 'lista.google@comune.example.it Lista Lista di distribuzione' }).waitFor()
    expect((await page.request.get('/caselle?words=anna.google')).ok()).toBe(true)
    expect(await (await page.request.get('/caselle?words=anna.google')).text()).not.toContain('Anna Google')
    await page.getByRole('button', { name: 'Applica queste modifiche' }).click()
    await page.getByText('Caricate: aggiunte 3').waitFor()

    google.holds({ 'anna.google@comune.example.it': 'Anna Maria Google' }, { 'lista.google@comune.example.it': [] })
    await page.getByLabel('La directory contiene tutte le caselle di quel server').check()
    await page.getByRole('button', { name: 'Prova, senza scrivere' }).click()
    await page.getByText('da cambiare 2, uguali 0, non più presenti 1').waitFor()
    await page.getByRole('row', { name: 'anna.google@comune.example.it nome Anna Google Anna Maria Google' }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'va.via@comune.example.it' }).waitFor()
    expect(await page.getByLabel('La directory contiene tutte le caselle di quel server').isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Applica queste modifiche' }).click()
    await page.getByText('cambiate 2, uguali 0, non più presenti 1').waitFor()
    await page.getByRole('button', { name: 'Prova, senza scrivere' }).click()
    await page.getByText('non c’è niente da applicare').waitFor()
    expect(await page.getByRole('button', { name: 'Applica queste modifiche' }).count()).toBe(0)
  })

  test('what it refuses is said, with what was chosen kept; every state can be used by everybody', async () => {
    const { page } = await arrives(mailAdministrator)
    await page.goto('/caselle/directory')
    await isAccessible(page)
    google.holds({ ...clerk, 'nuova.google@comune.example.it': 'Nuova', 'senza.chiocciola': 'Senza' })
    await page.getByLabel('La directory contiene tutte').check()
    await page.getByRole('button', { name: 'Prova, senza scrivere' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Lasciate fuori' }).waitFor()
    await page.getByText('senza.chiocciola').waitFor()
    await isAccessible(page)
    google.refuses(true)
    await page.getByRole('button', { name: 'Applica queste modifiche' }).click()
    await page.getByText('La directory non ci lascia entrare').waitFor()
    expect(await page.getByLabel('La directory contiene tutte').isChecked()).toBe(true)
    await isAccessible(page)
    google.refuses(false)
    google.holds({})
    await page.getByRole('button', { name: 'Prova, senza scrivere' }).click()
    await page.getByText('La directory non mostra nessuna casella').waitFor()
  })
})

describe.skipIf(why !== null)(`a census${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let dovecot: Dovecot
  beforeAll(async () => {
    dovecot = await startDovecot({ users: ['gare'], master: { user: 'censimento', password: 'Parola-di-prova' } })
    for (let at = 0; at < 3; at += 1)
      dovecot.as('gare').deliver(Buffer.from(`Message-ID: <${at}@x>\r\nSubject: Gara ${at}\r\n\r\nTesto\r\n`))
  })
  afterAll(() => dovecot?.stop())

  test('the server is tried and says what is wrong, then is counted; what is to be checked is a click away', async () => {
    const { page } = await arrives(mailAdministrator)
    await page.goto('/caselle/server')
    await page.getByText('Aggiungi un server').click()
    await page.getByLabel('Nome', { exact: true }).fill('Posta di prova')
    await page.getByLabel('Indirizzo del server').fill('127.0.0.1')
    await page.getByLabel('Porta').fill(String(dovecot.port))
    await page.getByLabel('Connessione cifrata (TLS)').uncheck()
    await page.getByLabel('Utente principale').fill('censimento')
    await page.getByLabel('Casella con cui provare').fill('gare')
    await page.getByLabel('Password o chiave').fill('sbagliata')
    await page.getByRole('button', { name: 'Prova', exact: true }).click()
    await page.getByText('l’accesso è rifiutato.').waitFor()
    await page.getByLabel('Password o chiave').fill(dovecot.password)
    await page.getByRole('button', { name: 'Prova', exact: true }).click()
    await page.getByText('Funziona: la casella si apre in sola lettura, 3 messaggi in arrivo.').waitFor()
    await page.getByLabel('Password o chiave').fill(dovecot.password)
    await page.getByRole('button', { name: 'Salva il server' }).click()
    await page.getByText('Il server è salvato.').waitFor()
    await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Posta di prova' })
    const list =
      'address;login;kind\r\ngare.appalti@comune.example.it;gare;office\r\npersona@comune.example.it;gare;\r\n'
    await page
      .getByLabel('File CSV delle caselle')
      .setInputFiles({ name: 'c.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
    await page.getByRole('button', { name: 'Comincia il censimento' }).click()
    await page.getByText('2 caselle guardate su 2.').waitFor({ timeout: 60_000 })
    await page.getByText('Finito').first().waitFor({ timeout: 60_000 })
    await page.getByText('lasciata chiusa').waitFor()
    await isAccessible(page)
    await page.getByRole('link', { name: 'Vai a ciò che è da verificare' }).click()
    await page.getByRole('link', { name: 'gare.appalti@comune.example.it' }).click()
    await page.getByText('Non risulta pubblicata in nessun posto').waitFor()
    await isAccessible(page)
  })
})

describe('a server of Google', () => {
  test('that waves fill through the Gmail API: refused in words, saved, said in the list; without JavaScript too', async () => {
    const { page } = await arrives(mailAdministrator, { javaScript: false })
    await page.goto('/caselle/server')
    await page.getByText('Aggiungi un server').click()
    await page.getByLabel('Nome', { exact: true }).fill('Google Workspace di prova')
    await page.getByLabel('Tipo', { exact: true }).selectOption({ label: 'Google Workspace' })
    await page.getByLabel('Indirizzo del server').fill('imap.gmail.com')
    await page.getByLabel('Utente principale').fill(mailAdministrator)
    await page.getByLabel('Come ci scrivono i gruppi di migrazione').selectOption({ label: 'Con l’API di Gmail' })
    await page.getByRole('button', { name: 'Salva il server' }).click()
    await page.getByRole('link', { name: /^Con l’API di Gmail si scrive solo in un server di tipo Google/ }).waitFor()
    await page.getByLabel('Come si entra').selectOption({ label: 'Chiave di servizio (OAuth 2)' })
    await page
      .getByLabel('Password o chiave')
      .fill(JSON.stringify({ client_email: 'a@b.example', private_key: '-----BEGIN PRIVATE KEY-----' }))
    await page.getByLabel('Unità al minuto per casella').fill('15000')
    await page.getByRole('button', { name: 'Salva il server' }).click()
    await page.getByText('Il server è salvato.').waitFor()
    const row = page.getByRole('row', { name: /Google Workspace di prova/ })
    await row.getByText('ci si scrive con l’API di Gmail').waitFor()
    await page.getByRole('link', { name: 'Google Workspace di prova' }).click()
    expect(await page.getByLabel('Come ci scrivono i gruppi di migrazione').inputValue()).toBe('gmail_api')
    expect(await page.getByLabel('Unità al minuto per casella').inputValue()).toBe('15000')
    const { page: another } = await arrives(mailAdministrator)
    await another.goto(page.url())
    await another.getByLabel('Indirizzo dell’API').waitFor()
    await isAccessible(another)
  })
})

test('no page made the browser complain', () => {
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([])
})
