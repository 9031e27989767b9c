/** How long what is kept: one table, with where each period comes from. Proposed; the administration decides. */
import type { Retention } from '../../platform/events.ts'
import type { Say } from '../../platform/texts.ts'
import type { CaseKind } from './internal/lifecycle.ts'

/** When a period begins to run: the case was closed, it was decided on the mail, the person left, the event was recorded. */
export type Beginning = 'closing' | 'decision' | 'departure' | 'recording'

export type RetentionRule = {
  id: RuleId
  class: Retention
  begins: Beginning
  /** Proposed months. */
  months: number
  /** The law's shortest, where it names one. */
  least: number
  what: Say
  source: Say
}

export const ruleIds = ['service', 'works', 'reserved', 'mail', 'people', 'security'] as const
export type RuleId = (typeof ruleIds)[number]

/** Kinds whose record is also the proof of what the contract paid for. */
export const worksKinds: readonly CaseKind[] = ['defect', 'small_maintenance', 'data_processing', 'development_request']

/** Every rule, in the order in which they are shown. */
export const retentionRules: readonly RetentionRule[] = [
  {
    id: 'service',
    class: 'case',
    begins: 'closing',
    months: 36,
    least: 1,
    what: {
      it: 'Testi e allegati delle richieste di assistenza, servizio e materiale',
      en: 'Texts and attachments of cases of assistance, service and supplies',
    },
    source: {
      it: 'Art. 5, par. 1, lett. e), GDPR: il tempo per verificare il servizio e decidere sulle contestazioni; massimario di scarto dell’ente',
      en: 'Art. 5(1)(e) GDPR: the time to verify the service and decide on disputes; the administration’s retention schedule',
    },
  },
  {
    id: 'works',
    class: 'case',
    begins: 'closing',
    months: 120,
    least: 1,
    what: {
      it: 'Testi e allegati di difetti, piccole manutenzioni, elaborazioni e richieste di sviluppo',
      en: 'Texts and attachments of defects, small maintenance, data processing and development requests',
    },
    source: {
      it: 'Art. 2946 del codice civile: prova di ciò che il contratto ha pagato, fino alla prescrizione ordinaria; massimario di scarto dell’ente',
      en: 'Art. 2946 of the civil code: proof of what the contract paid for, up to ordinary limitation; the administration’s retention schedule',
    },
  },
  {
    id: 'reserved',
    class: 'case',
    begins: 'closing',
    months: 12,
    least: 1,
    what: {
      it: 'Testi e allegati delle richieste riservate, di ogni tipo',
      en: 'Texts and attachments of reserved cases, of every kind',
    },
    source: {
      it: 'Art. 5, par. 1, lett. c) ed e), e art. 9 GDPR: il tempo più breve, perché il testo può contenere dati particolari',
      en: 'Art. 5(1)(c) and (e) and art. 9 GDPR: the shortest time, since the text may hold special categories of data',
    },
  },
  {
    id: 'mail',
    class: 'case',
    begins: 'decision',
    months: 12,
    least: 1,
    what: {
      it: 'Posta arrivata che non è in nessuna richiesta: ignorata, da guardare, scartata',
      en: 'Mail that came in and is in no case: ignored, set aside, discarded',
    },
    source: {
      it: 'Art. 5, par. 1, lett. c) ed e), GDPR: il tempo per accorgersi di un messaggio messo da parte per errore; massimario di scarto dell’ente',
      en: 'Art. 5(1)(c) and (e) GDPR: the time to notice a message set aside by mistake; the administration’s retention schedule',
    },
  },
  {
    id: 'people',
    class: 'organisation',
    begins: 'departure',
    months: 60,
    least: 1,
    what: {
      it: 'Nomi, recapiti e stanze di prima, di chi è uscito',
      en: 'Earlier names, addresses and rooms of those who have left',
    },
    source: {
      it: 'Art. 5, par. 1, lett. e), GDPR: il tempo per sapere chi agì in una richiesta contestata; massimario di scarto dell’ente',
      en: 'Art. 5(1)(e) GDPR: the time to know who acted in a disputed case; the administration’s retention schedule',
    },
  },
  {
    id: 'security',
    class: 'security',
    begins: 'recording',
    months: 12,
    least: 6,
    what: {
      it: 'Indirizzi di accesso, nomi delle chiavi, motivi dell’apertura dei nomi',
      en: 'Sign-in addresses, names of keys, reasons for opening names',
    },
    source: {
      it: 'Provvedimento del Garante 27 novembre 2008 sugli amministratori di sistema: non meno di sei mesi; art. 32 GDPR',
      en: 'Garante’s decision of 27 November 2008 on system administrators: not less than six months; art. 32 GDPR',
    },
  },
]

const beginnings: Record<Beginning, string> = {
  closing: 'dalla chiusura',
  decision: 'dalla decisione sul messaggio',
  departure: 'dall’uscita della persona',
  recording: 'dalla registrazione',
}

/** The rules as the Italian table of the adoption file; a test holds the file to it. */
export function retentionTable(): string {
  const head = ['Codice', 'Che cosa', 'Periodo proposto', 'Da quando', 'Minimo', 'Fonte (da far verificare)']
  const rows = retentionRules.map(({ id, what, months, begins, least, source }) => [
    `\`${id}\``,
    what.it,
    `${months} mesi`,
    beginnings[begins],
    least > 1 ? `${least} mesi` : '–',
    source.it,
  ])
  const widths = head.map((title, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? title.length)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}
