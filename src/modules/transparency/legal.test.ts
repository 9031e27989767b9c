import { sql } from 'kysely'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context, Services } from '../../platform/context.ts'
import type { Letter } from '../../platform/mail/smtp.ts'
import { anybodyAt, findPublisher } from '../../platform/public-context.ts'
import { createOrganisation } from '../organisation/set-up.ts'
import { confirmCase } from '../servicedesk/answer-case.ts'
import { listOwnCases } from '../servicedesk/cases.ts'
import { resolveCase, takeCase } from '../servicedesk/work-case.ts'
import { sendCitizenMails } from './citizen-mail.ts'
import { answerBarriers, reportBarrier } from './legal-barrier.ts'
import { findPublication, publicContacts, setPublication } from './legal-settings.ts'
import { ratingTexts } from './rating-texts.ts'
import { ClarityRating } from './web/clarity-rating.tsx'
import { ReportRating } from './web/report-rating.tsx'

let city: TestCity
let services: Services
const letters: Letter[] = []
beforeAll(async () => {
  city = await testCity()
  const mailer = {
    from: 'assistenza@comune.example.it',
    send: async (letter: Letter) => {
      letters.push(letter)
      return { how: 'sent' as const }
    },
  }
  services = { ...city.services, mailer }
})
afterAll(() => city.services.close())

const rows = async (query: string) =>
  (await sql.raw<Record<string, unknown>>(query).execute(city.services.database.owner)).rows

async function anybody(): Promise<Context> {
  const publisher = await findPublisher(services)
  if (publisher === null) throw new Error('Nobody publishes')
  return anybodyAt(services, publisher, 'it')
}

const report = {
  email: 'Lettrice@posta.example',
  page: '/bilancio-sociale/2025',
  text: 'Il grafico non si legge con la sintesi vocale.',
}

describe('a report of accessibility', () => {
  test('becomes a case of whoever follows such reports; who writes gets its number and the day of the answer', async () => {
    const { number } = await reportBarrier(await anybody(), { ...report, name: 'Lea Lettrice' }, 'n1')
    expect(number).toMatch(/^\d{4}\/\d+$/)
    const own = await listOwnCases(await city.as('head_of_ict'), true)
    expect(JSON.stringify(own)).toContain(number ?? '-')
    const [found] =
      await rows(`select c.kind, c.title, t.content as description, c.channel, p.email, e.witness, e.actor_id
      from desk_case c join person p on p.id = c.requester_id join event e on e.subject_id = c.id and e.kind = 'case.opened'
      join event_text t on t.event_id = e.id
      where c.title like 'Segnalazione di accessibilità%'`)
    expect(found).toMatchObject({
      kind: 'service_request',
      channel: 'portal',
      email: city.emailOf('head_of_ict'),
      witness: 'A',
      actor_id: null,
      description: expect.stringContaining('Lea Lettrice, lettrice@posta.example'),
    })
    await sendCitizenMails(services)
    const letter = letters.find(({ to }) => to.address === 'lettrice@posta.example')
    const due = Temporal.Now.plainDateISO('Europe/Rome').add({ days: 30 }).toString()
    expect(letter?.subject).toContain(number)
    expect(letter?.text).toContain(ratingTexts.it.day(due))
    expect(letter?.text).toContain('Difensore civico')
    expect(await rows('select 1 from citizen_mail')).toEqual([])
  })

  test('sent twice on the same day it is one case', async () => {
    const twice = { ...report, text: 'Il menu non si apre con la tastiera.' }
    const first = await reportBarrier(await anybody(), twice, 'n2')
    expect(await reportBarrier(await anybody(), twice, 'n2')).toEqual(first)
    expect(await rows("select 1 from event_text where content like '%non si apre con la tastiera%'")).toHaveLength(1)
  })

  test('of a program that fills in everything nothing is kept; neither of what is too long, or too much', async () => {
    const ctx = await anybody()
    const before = await rows('select count(*) from event')
    expect(await reportBarrier(ctx, { ...report, website: 'http://spam.example' }, 'n3')).toEqual({ number: null })
    for (const wrong of [{ text: 'x'.repeat(2001) }, { text: 'breve' }, { email: 'nessuno' }, { page: '' }])
      await expect(reportBarrier(ctx, { ...report, ...wrong }, 'n3')).rejects.toMatchObject({
        code: 'invalid',
        fields: [{ path: Object.keys(wrong)[0] }],
      })
    expect(await rows('select count(*) from event')).toEqual(before)
    for (let n = 0; n < 10; n += 1)
      await reportBarrier(ctx, { ...report, text: `Problema numero ${n} della pagina` }, 'n4')
    await expect(reportBarrier(ctx, report, 'n4')).rejects.toMatchObject({ code: 'too_many_today' })
  })
})

describe('what the public pages say', () => {
  const settings = {
    version: 0,
    declarationUrl: 'https://form.agid.gov.it/view/prova',
    dpo: 'rpd@comune.example.it',
    office: 'Ufficio trasparenza',
    barrierEmail: 'referente@comune.example.it',
  }

  test('is set by the administrator, in versions, and read by anybody', async () => {
    const ctx = await city.as('administrator')
    const { version } = await findPublication(ctx)
    await setPublication(ctx, { ...settings, version })
    expect(await publicContacts(await anybody())).toEqual({
      declarationUrl: settings.declarationUrl,
      dpo: settings.dpo,
      office: settings.office,
    })
    await expect(setPublication(ctx, { ...settings, version })).rejects.toMatchObject({ code: 'stale' })
    const { number } = await reportBarrier(await anybody(), { ...report, text: 'Segue la referente adesso.' }, 'n5')
    expect(JSON.stringify(await listOwnCases(await city.as('office_contact'), true))).toContain(number ?? '-')
  })

  test('when the case is closed, who wrote gets the note of the resolution, once, and is forgotten', async () => {
    const { number } = await reportBarrier(
      await anybody(),
      { ...report, email: 'attende@posta.example', text: 'Il contrasto del menu è troppo basso.' },
      'n6',
    )
    const [waiting] = await rows("select case_id from barrier_report where address = 'attende@posta.example'")
    const caseId = String(waiting?.case_id)
    const system = await city.as('administrator')
    const agent = await city.as('agent', 'desk')
    await takeCase(agent, caseId, {})
    await resolveCase(agent, caseId, { note: 'Abbiamo scurito le voci del menu.' })
    expect(await answerBarriers(system)).toBe(0)
    await confirmCase(await city.as('office_contact'), caseId, {})
    expect(await answerBarriers(system)).toBe(1)
    expect(await answerBarriers(system)).toBe(0)
    await sendCitizenMails(services)
    const letter = letters.findLast(({ to }) => to.address === 'attende@posta.example')
    expect(letter?.subject).toBe(`[${number}] Risposta alla tua segnalazione di accessibilità`)
    expect(letter?.text).toContain('Abbiamo scurito le voci del menu.')
    expect(await rows("select 1 from barrier_report where address = 'attende@posta.example'")).toEqual([])
    expect(await rows("select 1 from citizen_mail where address = 'attende@posta.example'")).toEqual([])
  })

  test('refused with nothing written: an address that is not https, an unknown person, a person of the supplier', async () => {
    const ctx = await city.as('administrator')
    const { version } = await findPublication(ctx)
    const before = await rows('select count(*) from publication_settings')
    for (const wrong of [
      { declarationUrl: 'javascript:alert(1)' },
      { declarationUrl: 'http://form.agid.gov.it' },
      { barrierEmail: 'nessuno@comune.example.it' },
      { barrierEmail: city.emailOf('agent') },
    ])
      await expect(setPublication(ctx, { ...settings, version, ...wrong })).rejects.toMatchObject({ code: 'invalid' })
    for (const part of ['employee', 'agent', 'head_of_ict', 'auditor'] as const) {
      await expect(setPublication(await city.as(part), { ...settings, version })).rejects.toMatchObject({
        code: 'forbidden',
      })
      await expect(findPublication(await city.as(part))).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await rows('select count(*) from publication_settings')).toEqual(before)
  })

  test('is each administration’s own', async () => {
    const made = await createOrganisation(city.services, {
      name: 'Comune vicino',
      ipaCode: 'c_vicino',
      zone: 'Europe/Rome',
      isDemo: true,
      administrator: {
        givenName: 'V',
        familyName: 'Vicina',
        email: 'vicina@altro.example.it',
        password: 'Una-parola-lunga-9',
      },
    })
    const ctx = { ...(await city.as('administrator')), organisationId: made.organisation.id }
    expect(await findPublication(ctx)).toMatchObject({ version: 0, dpo: '' })
    await expect(setPublication(ctx, { ...settings, version: 0 })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('the two components', () => {
  const markup = (element: React.ReactElement, at = '/') =>
    renderToStaticMarkup(
      createElement(RouterProvider, {
        router: createMemoryRouter([{ path: '*', element }], { initialEntries: [at] }),
      }),
    )

  test('the national one has the exact words and hooks of the official validator', () => {
    const html = markup(createElement(ClarityRating, { page: '/privacy' }))
    const texts = (hook: string) =>
      [...html.matchAll(new RegExp(`data-element="${hook}"[^>]*>(?:<input[^>]*>)?\\s*([^<]*)<`, 'g'))].map(
        ([, text]) => text,
      )
    expect(texts('feedback-title')).toEqual(['Quanto sono chiare le informazioni su questa pagina?'])
    expect(texts('feedback-rating-question')).toEqual([
      'Quali sono stati gli aspetti che hai preferito?',
      'Dove hai incontrato le maggiori difficoltà?',
    ])
    expect(texts('feedback-rating-answer')).toEqual([
      'Le indicazioni erano chiare',
      'Le indicazioni erano complete',
      'Capivo sempre che stavo procedendo correttamente',
      'Non ho avuto problemi tecnici',
      'Altro',
      'A volte le indicazioni non erano chiare',
      'A volte le indicazioni non erano complete',
      'A volte non capivo se stavo procedendo correttamente',
      'Ho avuto problemi tecnici',
      'Altro',
    ])
    for (const hook of ['feedback', 'feedback-rating-positive', 'feedback-rating-negative', 'feedback-input-text'])
      expect(html.split(`data-element="${hook}"`)).toHaveLength(2)
    for (const n of [1, 2, 3, 4, 5]) expect(html.split(`data-element="feedback-rate-${n}"`)).toHaveLength(2)
  })

  test('the report’s own has its words and none of the national hooks', () => {
    const element = createElement(ReportRating, { page: '/bilancio-sociale/2025/1-B/2', version: 3 })
    const html = markup(element, '/bilancio-sociale/2025/1-B/2')
    for (const words of [
      'Ti è stata utile questa pagina?',
      'Per niente',
      'Moltissimo',
      'Informativa privacy',
      'Invia',
      'Chiudi',
      'Per valutare questa pagina devi essere registrato (',
    ])
      expect(html).toContain(words)
    expect(html).not.toContain('data-element')
    expect(html).not.toContain(' checked')
    const back = markup(element, '/bilancio-sociale/2025/1-B/2?voto=4&testo=')
    expect(back).toMatch(/<input[^>]*checked=""[^>]*value="4"/)
    expect(back).toContain('La tua risposta è pronta: premi Invia.')
    expect(back).toContain('name="kept"')
    expect(markup(element, '/bilancio-sociale/2025/1-B/2?grazie=')).toContain('Grazie')
  })
})
