import { describe, expect, test } from 'vitest'
import { type Frame, headDay, letterOf, type NoticeFacts } from './letter.ts'
import { mailTime, since } from './mail-dates.ts'
import { type CaseNotice, nextAttemptIn, noticeOf, type ToldBy } from './notices.ts'

const irene = 'irene'
const before = { requesterId: irene, takenAt: null }
const byStaff: ToldBy = { personId: 'staff', door: 'desk', agoMs: 0 }

const frame: Frame = {
  language: 'it',
  zone: 'Europe/Rome',
  now: '2026-03-05T10:00:00Z',
  organisationName: 'Comune di prova',
}
const facts: Omit<NoticeFacts, 'notice'> = {
  givenName: 'Irene',
  number: '2026/12345',
  title: 'La stampante della stanza 11 macchia i fogli',
  isReserved: false,
  at: '2026-03-03T08:30:00Z',
  words: '',
  isInPerson: false,
  promisedFor: null,
  promisedBefore: null,
  closesAt: null,
  otherNumber: null,
  caseUrl: 'https://sitec.comune.example.it/richieste/0190',
  linkUrl: 'https://sitec.comune.example.it/r/abc',
}

/** What stands between the greeting and the way to the case. */
function said(notice: CaseNotice, more: Partial<NoticeFacts> = {}): string {
  const { text } = letterOf({ ...facts, ...more, notice }, frame)
  return text.slice(text.indexOf('Irene,') + 8, text.indexOf('\n\nTutta la richiesta'))
}

describe('what the requester reads', () => {
  test('the whole of a mail: where to answer, to whom, what, where, from whom', () => {
    expect(letterOf({ ...facts, notice: 'taken' }, frame)).toEqual({
      subject: 'Richiesta n. 2026/12345: La stampante della stanza 11 macchia i fogli',
      text: `--- Rispondi sopra questa riga ---

Buongiorno Irene,

La tua richiesta è in lavorazione. In carico ai tecnici dal 3 marzo.

Tutta la richiesta, dopo l’accesso:
https://sitec.comune.example.it/richieste/0190

Servizi informatici, Comune di prova
Messaggio automatico di SITEC.
`,
    })
  })

  test('received: by mail, by phone, in person', () => {
    expect(said('opened')).toBe(
      'Abbiamo ricevuto la tua richiesta n. 2026/12345: «La stampante della stanza 11 macchia i fogli».\n\nTi scriviamo quando i tecnici la prendono in carico.',
    )
    expect(said('receipt')).toBe(
      'Abbiamo registrato la tua telefonata e aperto la richiesta n. 2026/12345. Ora della telefonata: 3 marzo, ore 9:30.\n\nOggetto: La stampante della stanza 11 macchia i fogli\n\nSe l’ora non è giusta correggila qui, senza accedere:\nhttps://sitec.comune.example.it/r/abc',
    )
    expect(said('receipt', { isInPerson: true })).toContain('Abbiamo registrato quello che ci hai chiesto di persona')
  })

  test('a date: promised, and moved with its reason', () => {
    const promisedFor = '2026-03-06T13:00:00Z'
    expect(said('promised', { promisedFor })).toBe(
      'I tecnici hanno dato una data per la tua richiesta. Data prevista: 6 marzo, ore 14.',
    )
    const moved = { promisedFor: '2026-03-09T11:30:00Z', promisedBefore: promisedFor, words: 'Manca il ricambio.' }
    expect(said('promised', moved)).toBe(
      'La data della tua richiesta è cambiata. Data prevista: 9 marzo, ore 12:30 (prima: 6 marzo, ore 14).\n\nMotivo: Manca il ricambio.',
    )
  })

  test('an answer, a question, a resolution', () => {
    expect(said('replied', { words: 'Passiamo domattina.' })).toBe(
      'Il servizio di assistenza ti ha risposto:\n\nPassiamo domattina.',
    )
    expect(said('asked', { words: 'Che luce si accende?' })).toBe(
      'Per andare avanti i tecnici hanno bisogno di una tua risposta:\n\nChe luce si accende?\n\nLa richiesta è ferma finché non rispondi.\n\nRispondi a questa mail, oppure scrivi qui, senza accedere:\nhttps://sitec.comune.example.it/r/abc',
    )
    expect(said('resolved', { words: 'Cambiato il toner.', closesAt: '2026-03-10T13:00:00Z' })).toBe(
      'I tecnici hanno segnato la tua richiesta come risolta.\n\nChe cosa è stato fatto:\nCambiato il toner.\n\nIl problema è risolto? Scegli qui «Sì», «In parte» o «No», senza accedere:\nhttps://sitec.comune.example.it/r/abc\n\nSe non rispondi, la richiesta si chiude senza risposta. Ultimo momento per rispondere: 10 marzo, ore 14.',
    )
  })

  test('an end: by silence, by somebody else, into another case', () => {
    expect(said('closed_silent')).toMatch(/^La tua richiesta è stata chiusa senza risposta: /)
    expect(said('cancelled', { words: 'Doppione.' })).toMatch(
      /^La tua richiesta è stata ritirata da chi la segue\.\n\nMotivo: Doppione\./,
    )
    expect(said('refused', { words: 'Fuori dal contratto.' })).toBe(
      'La tua richiesta non è stata accolta.\n\nMotivo: Fuori dal contratto.',
    )
    expect(said('duplicate', { otherNumber: '2026/99' })).toBe(
      'La tua richiesta riguarda un problema che stiamo già seguendo con la richiesta n. 2026/99: proseguiamo con quella.',
    )
  })

  test('of a reserved case only the number and where to sign in', () => {
    const reserved = { ...facts, isReserved: true, words: 'Una diagnosi.', linkUrl: null, notice: 'asked' } as const
    const { subject, text } = letterOf(reserved, frame)
    expect(subject).toBe('Richiesta n. 2026/12345')
    expect(text).toContain('C’è una novità sulla tua richiesta n. 2026/12345. Per leggerla accedi a SITEC.')
    expect(text).not.toMatch(/diagnosi|stampante/)
  })

  test('a title with line breaks makes no header of its own, a long one is cut', () => {
    const sneaky = { ...facts, notice: 'opened', title: 'Guasto\r\nBcc: tutti@comune.example.it' } as const
    expect(letterOf(sneaky, frame).subject).toBe('Richiesta n. 2026/12345: Guasto Bcc: tutti@comune.example.it')
    expect(letterOf({ ...sneaky, title: 'a'.repeat(200) }, frame).subject).toHaveLength(125)
  })

  test('in English for who reads English', () => {
    const { subject, text } = letterOf({ ...facts, notice: 'taken' }, { ...frame, language: 'en' })
    expect(subject).toMatch(/^Request no\. 2026\/12345/)
    expect(text).toMatch(
      /^--- Reply above this line ---\n\nGood morning Irene,\n\n.*With the technicians since 3 March\.\n/,
    )
  })

  test('days as Italians say them, on the administration’s clock, with the year when it is another', () => {
    const at = (at: string) => ({ ...frame, at })
    expect(
      ['2026-03-01', '2026-03-08', '2026-03-11', '2026-03-18'].map((day) => since(at(`${day}T12:00:00Z`))),
    ).toEqual(['dal 1º marzo', 'dall’8 marzo', 'dall’11 marzo', 'dal 18 marzo'])
    // Both changes of daylight time, and midnight in Rome, which is still the day before in Greenwich.
    expect(mailTime(at('2026-03-29T01:30:00Z'))).toBe('29 marzo, ore 3:30')
    expect(mailTime(at('2026-10-25T01:30:00Z'))).toBe('25 ottobre, ore 2:30')
    expect(mailTime(at('2025-12-31T23:00:00Z'))).toBe('1º gennaio, ore 0')
    expect(mailTime(at('2025-12-30T23:00:00Z'))).toBe('31 dicembre 2025, ore 0')
    expect(headDay('2026-11-24', 'it')).toBe('24 novembre 2026')
  })
})

describe('who is told', () => {
  const told = (kind: string, payload: Record<string, unknown> = {}, by: Partial<ToldBy> = {}) =>
    noticeOf({ kind, payload }, before, { ...byStaff, ...by })

  test('each event that concerns the requester', () => {
    expect(told('case.opened', { channel: 'mail' })).toBe('opened')
    expect(told('case.opened', { channel: 'phone' })).toBe('receipt')
    expect(told('case.promised')).toBe('promised')
    expect(told('case.replied', { visibility: 'public', isRequester: false })).toBe('replied')
    expect(told('case.closed_silent', {}, { personId: null, door: 'job' })).toBe('closed_silent')
    expect(told('case.duplicate_marked')).toBe('duplicate')
  })

  test('notes, hands it passes through and what SITEC does by itself concern nobody outside', () => {
    for (const visibility of ['internal', 'supplier', 'verifier'])
      expect(told('case.replied', { visibility, isRequester: false })).toBeNull()
    for (const kind of ['case.assigned', 'case.escalated', 'case.text_erased', 'case.kind_changed', 'case.resumed'])
      expect(told(kind)).toBeNull()
    expect(
      noticeOf({ kind: 'case.taken', payload: {} }, { ...before, takenAt: '2026-01-01T00:00:00Z' }, byStaff),
    ).toBeNull()
  })

  test('never who did it themselves; but a mail that opened a case is answered, no page did', () => {
    for (const door of ['portal', 'api', 'link'] as const)
      for (const kind of ['case.opened', 'case.cancelled', 'case.replied'])
        expect(told(kind, { channel: 'portal', visibility: 'public' }, { personId: irene, door })).toBeNull()
    expect(told('case.opened', { channel: 'mail' }, { personId: irene, door: 'mail' })).toBe('opened')
    expect(
      told('case.replied', { visibility: 'public', isRequester: true }, { personId: irene, door: 'mail' }),
    ).toBeNull()
  })

  test('what is loaded long after it happened is no news', () => {
    const days = (n: number) => ({ door: 'import' as const, agoMs: n * 86_400_000 })
    expect([told('case.resolved', {}, days(1)), told('case.resolved', {}, days(4))]).toEqual(['resolved', null])
    expect(told('case.opened', { channel: 'api' }, days(0))).toBeNull()
    // A call typed five days late still gets its receipt.
    expect(told('case.opened', { channel: 'phone' }, { agoMs: 5 * 86_400_000 })).toBe('receipt')
  })
})

test('a mail is tried after a minute, then less and less often, and given up after some four days', () => {
  const pauses = Array.from({ length: 51 }, (_, index) => nextAttemptIn(index + 1))
  expect(pauses.slice(0, 4)).toEqual([60, 120, 240, 480])
  expect(pauses.at(-1)).toBeNull()
  const total = pauses.reduce<number>((sum, pause) => sum + (pause ?? 0), 0)
  expect(total / 86_400).toBeGreaterThan(3.5)
  expect(total / 86_400).toBeLessThan(4.5)
})
