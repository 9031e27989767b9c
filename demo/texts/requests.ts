/** Installs, moves, adds, changes and accounts. */
import type { Topic } from './topics.ts'

/** What somebody of the desk goes there for, by type of request. */
export const requestsOnSite: readonly (Topic & { type: 'install' | 'move' | 'add' | 'change' })[] = [
  {
    type: 'install',
    team: 'field',
    isOnSite: true,
    asks: [
      ['Installare il programma di disegno, stanza {n}', 'La licenza è già stata acquistata.'],
      ['Installare la stampante nuova nella stanza {n}', 'È arrivata ieri, è ancora nella scatola.'],
      ['Installare lo scanner dell’ufficio atti', 'Ci serve prima dell’inizio delle iscrizioni.'],
      ['Configurare il portatile per il lavoro da casa', 'Comincio il mese prossimo, due giorni a settimana.'],
      ['Installare il lettore di tessere allo sportello {n}', 'Per le carte d’identità elettroniche.'],
      ['Montare un secondo monitor, stanza {n}', 'Il monitor è già qui.'],
      ['Preparare due postazioni per il servizio civile', 'Arrivano lunedì.'],
    ],
    questions: [['Il numero della licenza ce l’hai?', 'Sì, è nella mail del fornitore che inoltro.']],
    solutions: [
      'Installato e provato con l’utente.',
      'Montato, collegato e aggiunto all’inventario.',
      'Configurato; consegnate le istruzioni per il collegamento.',
    ],
  },
  {
    type: 'move',
    team: 'field',
    isOnSite: true,
    asks: [
      ['Spostare la postazione dalla stanza {n} al piano terra', 'Cambio ufficio da lunedì.'],
      ['Spostare quattro postazioni al primo piano', 'Il trasloco è previsto per venerdì.'],
      ['Portare il telefono con lo stesso numero nella stanza {n}', 'Il numero è sui manifesti.'],
      ['Spostare la multifunzione vicino alla sala d’attesa', 'C’è già una presa di rete.'],
      ['Trasferire lo sportello {n} nella sede est', 'Due computer, una stampante, un lettore.'],
      ['Rimontare le postazioni dopo l’imbiancatura', 'Sono accatastate nel corridoio.'],
    ],
    questions: [['Nella stanza nuova ci sono prese libere?', 'Sì, due di rete e quattro di corrente.']],
    solutions: [
      'Spostato e provato. Stesso numero interno.',
      'Rimontate tutte le postazioni, attivate due prese.',
      'Trasferito lo sportello, provata una stampa di certificato.',
    ],
  },
  {
    type: 'add',
    team: 'field',
    isOnSite: true,
    asks: [
      ['Nuova postazione per assunzione, stanza {n}', 'Scrivania e presa ci sono già.'],
      ['Serve un telefono in più allo sportello {n}', 'Siamo diventati tre.'],
      ['Aggiungere una presa di rete nella stanza {n}', 'Usiamo una prolunga che attraversa la porta.'],
      ['Cuffie per il centralino', 'Le due di oggi non si sentono più.'],
      ['Una tastiera con i tasti grandi', 'Su indicazione del medico competente.'],
      ['Webcam per la sala riunioni', 'Le commissioni si fanno a distanza.'],
      ['Un disco esterno per l’archivio fotografico', 'Circa duemila immagini.'],
    ],
    questions: [['Chi ne è consegnatario?', 'Il funzionario del servizio.']],
    solutions: [
      'Consegnato e collegato; etichetta d’inventario applicata.',
      'Tirato il cavo e attivata la presa.',
      'Preparata la postazione con il profilo dell’ufficio.',
    ],
  },
  {
    type: 'change',
    team: 'field',
    isOnSite: true,
    asks: [
      ['Sostituire il computer della stanza {n}: ha più di otto anni', 'Non prende gli aggiornamenti.'],
      ['Cambiare il monitor piccolo dello sportello {n}', 'Il pubblico non riesce a leggere.'],
      ['Aumentare la memoria della postazione {n}', 'Con le mappe aperte si ferma.'],
      ['Passare alla firma remota', 'Lascio la chiavetta.'],
      ['Cambiare la stampante personale con quella di piano', 'La nostra non ha più toner in commercio.'],
      ['Sostituire il marcatempo dell’ingresso di servizio', 'Legge una tessera su tre.'],
    ],
    questions: [['Possiamo passare nel pomeriggio?', 'Sì, dopo le 14 lo sportello è chiuso.']],
    solutions: [
      'Sostituito; ritirato quello vecchio per la cancellazione dei dati.',
      'Aggiunta memoria.',
      'Attivata la firma remota e ritirata la chiavetta.',
    ],
  },
]

/** Accounts, dealt with from the desk. */
export const accountRequests: Topic = {
  team: null,
  isOnSite: false,
  asks: [
    ['Accesso alla contabilità per una collega', 'Prende servizio dal primo del mese, serve la sola consultazione.'],
    ['Casella di posta per il nuovo ufficio', 'La leggono in tre.'],
    ['Accesso alla cartella dei contributi', 'Mi serve per le istruttorie del trimestre.'],
    ['Togliere gli accessi di chi va in pensione', 'Ultimo giorno venerdì.'],
    ['Nuova utenza per un tirocinante', 'Sei mesi, solo posta e protocollo.'],
    ['Abilitare due colleghi alla firma delle determine', 'Con decreto di nomina già protocollato.'],
    ['Lista di distribuzione per i referenti di sede', 'Siamo ventidue, metto l’elenco in allegato.'],
    ['Alias di posta per l’evento di maggio', 'Serve fino a giugno.'],
    ['Inoltro della posta durante la maternità', 'Verso la casella dell’ufficio.'],
    ['Accesso da casa per il turno di reperibilità', 'Solo nei fine settimana.'],
    ['Cambio di cognome nella posta', 'Da mercoledì.'],
    ['Profilo di sola lettura sul portale dei pagamenti', 'Per la rendicontazione.'],
  ],
  questions: [
    ['Ti serve solo leggere o anche modificare?', 'Solo leggere.'],
    ['Fino a quando?', 'Fino al 31 dicembre.'],
    ['Il dirigente lo ha autorizzato?', 'Sì, metto la nota in allegato.'],
  ],
  solutions: [
    'Creato l’accesso, comunicato all’ufficio.',
    'Creata la casella; mandate le istruzioni ai tre colleghi.',
    'Disattivate le utenze alla data indicata.',
    'Aggiunto al gruppo, l’accesso è attivo da subito.',
  ],
}

/** Transport, printing and rooms. */
export const ancillaryAsks = {
  transport: [
    ['Portare dieci computer dal magazzino alla sede est', 'Sono pronti e imballati.'],
    ['Ritiro di apparecchi fuori uso, stanza {n}', 'Tre monitor e una stampante.'],
    ['Trasporto di due armadi di rete', 'Serve un mezzo con sponda.'],
    ['Consegnare i portatili ai presidenti di seggio', 'Il sabato mattina.'],
  ],
  printing: [
    ['Stampa di duemila avvisi di pagamento', 'Il file è nella cartella dell’ufficio.'],
    ['Stampa e piega delle lettere della mensa', 'Milleduecento famiglie.'],
    ['Rilegare venti copie del bilancio', 'Per il consiglio di giovedì.'],
    ['Etichette per il nuovo archivio', 'Quattrocento, formato piccolo.'],
  ],
  rooms: [
    ['Aula informatica per il corso sul protocollo', 'Quindici persone, mattina.'],
    ['Sala riunioni con videoconferenza', 'Commissione con la Regione.'],
    ['Aula per il concorso: dodici postazioni', 'Con la sorveglianza della rete.'],
  ],
} as const

export const ancillarySolutions = {
  transport: ['Consegnato; firmato il documento di trasporto.', 'Ritirato e portato in magazzino.'],
  printing: ['Stampato e consegnato all’ufficio.', 'Stampato, piegato, imbustato.'],
  rooms: ['Aula preparata e provata.', 'Sala riservata, collegamento provato il giorno prima.'],
} as const
