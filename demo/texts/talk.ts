/** What is said while a case goes on: answers, notes, reasons. */
import type { WaitingReason } from '../../src/modules/servicedesk/internal/lifecycle.ts'

/** First words of the desk to the user. */
export const greetings = [
  'Ricevuto: passa un tecnico in mattinata.',
  'L’abbiamo presa in carico. Ti scriviamo appena ci sono novità.',
  'Passiamo domani tra le 9 e le 11. Se non ci sei, rispondi qui.',
  'Ci stiamo lavorando: serve un pezzo, arriva domani.',
  'Abbiamo visto il problema anche da qui, lo stiamo seguendo.',
  'Intanto puoi usare la stampante del corridoio.',
] as const

/** Notes between the city's and the supplier's staff. */
export const notes = [
  'Stesso comportamento della settimana scorsa: limite di 5 MB sul servizio di conservazione.',
  'Da provare con un altro profilo.',
  'Il pezzo è in magazzino.',
  'Apparecchio fuori garanzia da marzo.',
  'La sede apre alle 8, il custode ha le chiavi dell’armadio.',
  'Terza volta in un mese: valutare la sostituzione.',
  'Sentito il referente: va bene nel pomeriggio.',
] as const

export const pauseNotes: Record<Exclude<WaitingReason, 'user' | 'approval'>, readonly string[]> = {
  appointment: [
    'In stanza non c’era nessuno: appuntamento per domani alle 10.',
    'L’ufficio chiede di passare dopo il ricevimento del pubblico.',
    'Concordato il passaggio per giovedì mattina.',
  ],
  third_party: [
    'Aperta la garanzia con il costruttore, attendiamo il pezzo.',
    'Segnalato al gestore della linea.',
    'Attendiamo la correzione dal produttore del programma.',
  ],
  planned_change: [
    'Si risolve con la sostituzione già in calendario sabato.',
    'Rientra nell’aggiornamento previsto questa settimana.',
  ],
  force_majeure: ['Sede chiusa per allagamento.', 'Quartiere senza corrente dalla mattina.'],
}

export const promiseReasons = [
  'La correzione richiede una prova in più con l’ufficio.',
  'Il produttore ha spostato il rilascio.',
  'Serve prima la verifica sui dati del mese.',
  'Il collega che segue l’applicativo rientra lunedì.',
] as const

export const reopenings = {
  no: [
    'Si è ripresentato subito dopo.',
    'Stamattina è di nuovo tutto fermo.',
    'Ho provato adesso: non è cambiato niente.',
    'Non è il problema che avevo segnalato.',
  ],
  partly: [
    'Ora stampa, ma solo in bianco e nero.',
    'Va meglio, però è ancora lento.',
    'Funziona per me, non per la collega.',
    'Manca ancora una delle due postazioni.',
  ],
} as const

export const nobodyThere = ['Stanza chiusa, nessuno al telefono.', 'Ufficio in riunione, da ripassare.'] as const
export const toReturn = ['Serve un pezzo che non ho con me.', 'Verificato il guasto, torno con il ricambio.'] as const

export const estimates = [
  'Analisi, modifica, prova con l’ufficio.',
  'Comprende la prova e l’aggiornamento del manuale.',
  'Stima sulla base di un intervento simile dell’anno scorso.',
] as const
export const approvals = ['Va bene, procedete.', 'Approvato. Da provare con l’ufficio prima del rilascio.'] as const
export const refusals = [
  'Non è una priorità di quest’anno.',
  'Stima troppo alta per il beneficio: si riveda la richiesta.',
  'Rientra nel progetto già finanziato.',
] as const
/** Why an extension is refused when the year's person-days are used up. */
export const quotaUsedUp = 'Le giornate di quest’anno per le estensioni sono finite: da riproporre a gennaio.'

export const kindReasons = {
  proposed: [
    'Non è un guasto della postazione: serve assistenza sull’applicativo.',
    'La funzione chiesta non esiste: è una piccola manutenzione.',
  ],
  refused: ['Resta com’è stata aperta: il guasto c’era.', 'Non concordo: è un malfunzionamento.'],
  direct: ['È una richiesta, non un guasto.', 'Il programma funziona: serve una spiegazione.'],
  defect: ['Abbiamo riprodotto l’errore: è un difetto.'],
} as const

export const reclassifications = [
  'Riguarda tutto l’ufficio, sentito il referente.',
  'C’è una postazione libera accanto: può lavorare.',
] as const

/** Matters whose words are kept from all but those who work on them. */
export const reservedAsks = {
  health: [
    ['Programma di lettura dello schermo per un collega', 'Su prescrizione del medico competente.'],
    ['Postazione adattata dopo un intervento', 'Rientro previsto tra due settimane.'],
  ],
  police: [
    ['Accesso alla banca dati delle indagini delegate', 'Su disposizione della procura.'],
    ['Copia delle immagini di una telecamera', 'Richiesta protocollata in busta chiusa.'],
  ],
  whistleblowing: [['Il modulo delle segnalazioni non invia', 'Ho bisogno che resti riservato.']],
} as const
