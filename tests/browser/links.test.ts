/** The pages that mail links open, and the page of outgoing mail, in a real browser, with and without JavaScript. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCase } from '../../src/modules/servicedesk/open-case.ts'
import { askUser, resolveCase, takeCase } from '../../src/modules/servicedesk/work-case.ts'
import { actAs } from '../../src/platform/auth/actors.ts'
import { scriptedSmtp } from '../../src/platform/mail/smtp-testing.ts'
import type { OpenServices } from '../../src/platform/services.ts'
import { examine, signIn, startBrowser, visitor } from '../support/browser.ts'
import { cleanUp, newFolder, type Serving, servicesOf, startServer, until } from '../support/server.ts'

let browser: Browser
let server: Serving
let smtp: Awaited<ReturnType<typeof scriptedSmtp>>
let services: OpenServices
const data = newFolder('links')
const origin = () => `http://localhost:${server.port}`

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

async function as(email: string) {
  const found = await services.database.owner
    .selectFrom('person')
    .select(['id', 'organisation_id'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const context = await actAs(services, found.organisation_id, found.id, 'desk')
  if (context === null) throw new Error(`There is no ${email}`)
  return context
}

const agent = () => as('operatore@societa.example.it')

/** A case the agent opened on the phone for Irene, or somebody else, and took. */
async function taken(title: string, requesterEmail = 'impiegata@comune.example.it') {
  const opened = await openCase(await agent(), { kind: 'incident', title, requesterEmail })
  await takeCase(await agent(), opened.id)
  return opened
}

/** The link in the mail that arrives with these words in it. */
async function linkSaying(words: string): Promise<string> {
  const plain = () =>
    smtp.taken.map(({ raw }) =>
      Buffer.from(
        raw
          .replaceAll('=\r\n', '')
          .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString('utf8'),
    )
  const find = () => plain().find((text) => text.includes(words) && /\/r\/[\w-]{43}/.test(text))
  await until(() => find() !== undefined, 20_000)
  return /(\/r\/[\w-]{43})/.exec(find() ?? '')?.[1] ?? ''
}

/** So many hours from now, as the field of a page takes it. */
const localMinute = (hours: number) =>
  Temporal.Now.zonedDateTimeISO('Europe/Rome').add({ hours }).toPlainDateTime().toString({ smallestUnit: 'minute' })

const stateOf = async (id: string) =>
  (await services.database.owner.selectFrom('desk_case').select('state').where('id', '=', id).executeTakeFirstOrThrow())
    .state

describe('the link of a mail', () => {
  test('scanners and previews look at it and nothing happens; one press, without signing in, confirms', async () => {
    const { id, number } = await taken('Il monitor sfarfalla')
    await resolveCase(await agent(), id, { note: 'Cambiato il cavo del monitor.' })
    const link = await linkSaying('Cambiato il cavo del monitor.')
    for (const method of ['HEAD', 'GET', 'HEAD']) {
      const response = await fetch(origin() + link, { method, headers: { purpose: 'prefetch' } })
      expect([
        response.status,
        response.headers.get('x-robots-tag'),
        response.headers.get('cache-control'),
        response.headers.get('referrer-policy'),
      ]).toEqual([200, 'noindex, nofollow, noarchive', 'no-store, private', 'same-origin'])
    }
    expect(await stateOf(id)).toBe('resolved')
    for (const width of [1280, 375]) {
      const one = await visitor(browser, origin(), { width })
      await one.page.goto(link)
      await one.page.getByRole('heading', { name: 'Il problema è risolto?', level: 1 }).waitFor()
      expect(await one.page.getByText('Cambiato il cavo del monitor.').count()).toBe(1)
      expect(await one.page.getByText(`Richiesta ${number}`).count()).toBe(1)
      expect(await examine(one.page)).toEqual([])
      expect(one.complaints).toEqual([])
      await one.close()
    }
    const irene = await visitor(browser, origin())
    await irene.page.goto(link)
    await irene.page.getByRole('button', { name: 'Sì, è risolta' }).click()
    await irene.page.getByRole('heading', { name: 'Hai risposto: sì, è risolta' }).waitFor()
    expect(await stateOf(id)).toBe('closed')
    expect(await examine(irene.page)).toEqual([])
    await irene.page.goto(link)
    await irene.page.getByRole('heading', { name: 'Hai risposto: sì, è risolta' }).waitFor()
    expect(irene.complaints).toEqual([])
    await irene.close()
    expect(server.output()).not.toContain(link.slice(3))
  })

  test('without JavaScript: “in part” with a reason, an answer to a question, the hour of a call', async () => {
    const irene = await visitor(browser, origin(), { javaScript: false, width: 375 })
    const resolved = await taken('La tastiera scrive doppio')
    await resolveCase(await agent(), resolved.id, { note: 'Pulita la tastiera.' })
    await irene.page.goto(await linkSaying('Pulita la tastiera.'))
    await irene.page.getByLabel('Che cosa non va ancora?').fill('La barra spaziatrice.')
    await irene.page.getByRole('button', { name: 'In parte' }).click()
    await irene.page.getByRole('heading', { name: 'Hai risposto: in parte' }).waitFor()
    expect(await stateOf(resolved.id)).toBe('in_progress')

    const asked = await taken('La rete va e viene')
    await askUser(await agent(), asked.id, { body: 'Anche con il cavo?' })
    await irene.page.goto(await linkSaying('Anche con il cavo?'))
    await irene.page.getByLabel('La tua risposta').fill('Sì, anche.')
    await irene.page.getByRole('button', { name: 'Invia la risposta' }).click()
    await irene.page.getByRole('heading', { name: 'Abbiamo ricevuto la tua risposta' }).waitFor()
    expect(await stateOf(asked.id)).toBe('in_progress')

    const phoned = await taken('Il telefono è muto')
    await irene.page.goto(await linkSaying(phoned.number))
    await irene.page.getByLabel('Giorno e ora giusti').fill('2126-01-15T08:05')
    await irene.page.getByRole('button', { name: 'Correggi l’ora' }).click()
    expect(await irene.page.getByRole('alert').innerText()).toContain('Alcuni dati non vanno bene')
    await irene.page.getByLabel('Giorno e ora giusti').fill(localMinute(-26))
    await irene.page.getByRole('button', { name: 'Correggi l’ora' }).click()
    await irene.page.getByRole('heading', { name: 'Hai corretto l’ora della telefonata' }).waitFor()
    await irene.close()
  })

  test('a question and a receipt, wide and narrow, please axe; in English too', async () => {
    const asked = await taken('La posta non si apre')
    await askUser(await agent(), asked.id, { body: 'Da quando non si apre?' })
    const links = [await linkSaying('Da quando non si apre?'), await linkSaying(asked.number)]
    for (const width of [1280, 375]) {
      const one = await visitor(browser, origin(), { width })
      for (const link of links) {
        await one.page.goto(link)
        expect(await examine(one.page), link).toEqual([])
      }
      await one.page.getByRole('button', { name: 'English' }).click()
      await one.page.getByRole('heading', { name: 'Is the time of your call right?' }).waitFor()
      expect(one.complaints).toEqual([])
      await one.close()
    }
  })

  test('a link that is none or has lapsed says what to do instead', async () => {
    const { id } = await taken('Il mouse non va')
    await resolveCase(await agent(), id, { note: 'Cambiato il mouse.' })
    const link = await linkSaying('Cambiato il mouse.')
    await services.database.owner
      .updateTable('mail_link')
      .set({ expires_at: '2026-01-01' })
      .where('case_id', '=', id)
      .execute()
    const one = await visitor(browser, origin())
    const lapsed = await one.page.goto(link)
    expect([lapsed?.status(), await one.page.locator('h1').innerText()]).toEqual([410, 'Questo collegamento è scaduto'])
    expect(await one.page.getByText('chiama il servizio di assistenza e cita il numero').count()).toBe(1)
    expect(await examine(one.page)).toEqual([])
    const unknown = await one.page.goto('/r/abc')
    expect([unknown?.status(), await one.page.locator('h1').innerText()]).toEqual([
      404,
      'Questo collegamento non esiste',
    ])
    expect(await examine(one.page)).toEqual([])
    await one.close()
  })

  test('a form sent from another site is refused', async () => {
    const { id } = await taken('Lo scanner è lento')
    await resolveCase(await agent(), id, { note: 'Riavviato lo scanner.' })
    const link = await linkSaying('Riavviato lo scanner.')
    const response = await fetch(origin() + link, {
      method: 'POST',
      headers: { origin: 'http://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'act=confirmed',
    })
    expect([response.status, await stateOf(id)]).toEqual([400, 'resolved'])
  })
})

describe('the page of outgoing mail', () => {
  test('the administrator sees what did not go and why, tries it, tries again', async () => {
    smtp.state.script = (command) => (command === 'RCPT' ? '550 5.1.1 unknown' : null)
    const { number } = await taken('Il proiettore è spento', 'referente@comune.example.it')
    const one = await visitor(browser, origin())
    await signIn(one.page, 'amministratore@comune.example.it')
    await until(async () => {
      await one.page.goto('/amministrazione/posta-in-uscita')
      return (await one.page.getByRole('row').filter({ hasText: number }).count()) > 0
    }, 20_000)
    expect(await one.page.getByText('550 5.1.1 unknown').count()).toBeGreaterThan(0)
    for (const width of [1280, 375]) {
      await one.page.setViewportSize({ width, height: 900 })
      expect(await examine(one.page)).toEqual([])
    }
    await one.page.getByRole('button', { name: 'Manda una prova' }).click()
    await one.page.getByText('questo indirizzo non esiste o non riceve', { exact: false }).first().waitFor()
    smtp.state.script = () => null
    await one.page
      .getByRole('button', { name: /^Riprova: Ricevuta della telefonata/ })
      .first()
      .click()
    await one.page.getByText('La mail riparte adesso.').waitFor()
    await one.page.getByRole('button', { name: 'Manda una prova' }).click()
    await one.page.getByText('La prova è partita verso amministratore@comune.example.it').waitFor()
    await one.page.getByText('Aggiungi un indirizzo').click()
    await one.page.getByLabel('Indirizzo', { exact: true }).fill('nessuno@comune.example.it')
    await one.page.getByRole('button', { name: 'Non scrivere più qui' }).click()
    await one.page.getByText('A questo indirizzo non si scrive più.').waitFor()
    expect(await examine(one.page)).toEqual([])
    await one.page.getByRole('button', { name: 'Scrivi di nuovo a nessuno@comune.example.it' }).click()
    await one.page.getByText('A questo indirizzo si scrive di nuovo.').waitFor()
    await one.page.getByRole('link', { name: 'Partite', exact: true }).click()
    await one.page.getByRole('region', { name: 'Mail partite' }).waitFor()
    expect(await examine(one.page)).toEqual([])
    expect(one.complaints).toEqual([])
    await one.close()
  })
})
