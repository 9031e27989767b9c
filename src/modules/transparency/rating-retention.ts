/** How long what citizens leave is kept: one table, read by the code that forgets, the privacy notice and the adoption file. */
import type { Say } from '../../platform/texts.ts'

/** The periods, in the units of their names. */
export const citizenPeriods = {
  registrationDays: 7,
  linkHours: 24,
  sessionHours: 12,
  mailHours: 24,
  answerDays: 30,
  draftMinutes: 15,
  raterLinkDays: 30,
  commentMonths: 24,
  barrierDays: 30,
} as const

export type CitizenRule = { id: string; what: Say; period: Say }

const p = citizenPeriods

/** Every kind of data of citizens, in the order in which it is shown. */
export const citizenRules: readonly CitizenRule[] = [
  {
    id: 'account',
    what: {
      it: 'Indirizzo di posta e password (cifrata) di chi si registra',
      en: 'Mail address and (hashed) password of who registers',
    },
    period: {
      it: 'fino alla cancellazione, che chi è registrato fa da sé e vale subito',
      en: 'until the person deletes the account, at once',
    },
  },
  {
    id: 'registration',
    what: { it: 'Registrazioni non confermate', en: 'Registrations that were not confirmed' },
    period: {
      it: `${p.registrationDays} giorni; il collegamento vale ${p.linkHours} ore`,
      en: `${p.registrationDays} days; the link is good for ${p.linkHours} hours`,
    },
  },
  {
    id: 'session',
    what: { it: 'Accessi in corso', en: 'Sessions' },
    period: { it: `${p.sessionHours} ore, o 2 senza uso`, en: `${p.sessionHours} hours, or 2 without use` },
  },
  {
    id: 'mail',
    what: { it: 'Messaggi da spedire a chi si registra o segnala', en: 'Mails that wait for who registers or reports' },
    period: {
      it: `fino alla spedizione, al più ${p.mailHours} ore; ${p.answerDays} giorni per ricevute e risposte alle segnalazioni`,
      en: `until they are sent, at most ${p.mailHours} hours; ${p.answerDays} days for receipts of reports and answers to them`,
    },
  },
  {
    id: 'draft',
    what: {
      it: 'Risposta in attesa dell’accesso (cookie cifrato, sul dispositivo di chi risponde)',
      en: 'Answer that waits for the sign-in (encrypted cookie, on the person’s device)',
    },
    period: { it: `${p.draftMinutes} minuti`, en: `${p.draftMinutes} minutes` },
  },
  {
    id: 'rating',
    what: {
      it: 'Risposte sulle pagine: pagina, versione, risposta, giorno; senza nome',
      en: 'Answers about pages: page, version, answer, day; without a name',
    },
    period: {
      it: 'finché la pagina è pubblicata e negli atti',
      en: 'as long as the page is published and in the record',
    },
  },
  {
    id: 'rater_link',
    what: { it: 'Legame fra chi ha risposto e la sua risposta', en: 'Link between who answered and the answer' },
    period: {
      it: `${p.raterLinkDays} giorni, o fino alla cancellazione`,
      en: `${p.raterLinkDays} days, or until the account is deleted`,
    },
  },
  {
    id: 'rater',
    what: {
      it: 'Impronta che impedisce due risposte della stessa persona sulla stessa pagina',
      en: 'Hash that prevents two answers of one person about one page',
    },
    period: { it: 'fino al 31 dicembre dell’anno dopo', en: 'until 31 December of the next year' },
  },
  {
    id: 'comment',
    what: { it: 'Testo libero delle risposte', en: 'Free text of answers' },
    period: {
      it: `${p.commentMonths} mesi, o fino alla rimozione`,
      en: `${p.commentMonths} months, or until it is removed`,
    },
  },
  {
    id: 'network',
    what: {
      it: 'Impronta della rete da cui si inviano i moduli pubblici, contro gli abusi',
      en: 'Hash of the network from which public forms are sent, against abuse',
    },
    period: { it: 'il giorno stesso', en: 'the same day' },
  },
  {
    id: 'barrier_answer',
    what: {
      it: 'Indirizzo a cui mandare la risposta a una segnalazione',
      en: 'Address to which the answer to a report is sent',
    },
    period: { it: 'fino alla risposta', en: 'until the answer' },
  },
  {
    id: 'barrier',
    what: {
      it: 'Segnalazioni di accessibilità, con nome e indirizzo di chi scrive',
      en: 'Reports of accessibility, with name and address of who writes',
    },
    period: {
      it: 'come le richieste di assistenza (codice `service`)',
      en: 'like cases of assistance (code `service`)',
    },
  },
]

/** The rules as the Italian table of the adoption file; a test holds the file to it. */
export function citizenRetentionTable(): string {
  const rows = [
    ['Codice', 'Che cosa', 'Per quanto'],
    ...citizenRules.map(({ id, what, period }) => [`\`${id}\``, what.it, period.it]),
  ]
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n')
}
