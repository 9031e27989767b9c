import type { ActivityBand, BoxKind, BoxSource, FindingCode, ServerKind, SignIn, WrittenBy } from '../box-vocabulary.ts'

/** The facts of a finding, put into words by whoever knows the language. */
export type SaidEvidence = {
  text: (name: string) => string
  day: (name: string) => string | null
  whole: (name: string) => number
  size: (name: string) => string
  list: (name: string) => readonly string[]
}

const boxes = (count: number) => (count === 1 ? 'Una casella' : `${count} caselle`)

/** Italian of the register of mailboxes. */
export const boxIt = {
  problems: {
    addressTaken: 'Questo indirizzo è già di un’altra casella del censimento.',
    unknownOffice: 'Questo ufficio non c’è.',
    unknownOfficeCode: 'Nessun ufficio ha questo codice.',
    unknownPerson: 'Nessuna persona ha questo indirizzo.',
    unknownServer: 'Questo server di posta non c’è.',
    stale: 'Nel frattempo è cambiato: ricarica la pagina e riprova.',
    decided: 'Su questa casella c’è una decisione che il nuovo tipo non ammette.',
    noFinding: 'Questo rilievo non c’è più.',
    alreadyAside: 'Questo rilievo è già messo da parte.',
    wrongPattern:
      'Una regola è fatta di parole separate da un punto, un trattino o una sottolineatura: * sta per una parola, ? per una lettera.',
    fileRefused:
      'Il file non è stato caricato: non è cambiato nulla. Correggi le righe indicate e carica di nuovo tutto.',
    fileMissing: 'Scegli un file.',
    repeated: 'Questo indirizzo è già in una riga precedente.',
    wrongKind: 'Il tipo è office, service, project, application, list, personal o certified.',
    wrongAddress: 'Non è un indirizzo di posta.',
    wrongSize: 'Scrivi un numero di byte, oppure un numero con kB, MB, GB o TB.',
    wrongDay: 'Scrivi il giorno come 2026-01-31.',
    wrongCount: 'Scrivi un numero intero.',
    papersMissing:
      'Il file dice quanto sono usate caselle personali: per caricarlo servono i riferimenti della valutazione d’impatto e dell’accordo.',
    certifiedMeasures: 'Di una casella PEC si registra che c’è: niente dimensioni e niente date.',
    plain: 'Senza cifratura si può parlare solo con un server su questa stessa macchina (127.0.0.1 o ::1).',
    nameTaken: 'Un altro server di posta ha già questo nome.',
    secretMissing: 'Serve la password o la chiave.',
    secretAgain:
      'Per un server diverso la password va scritta di nuovo: non si manda a un altro server quella di prima.',
    userMissing: 'Serve il nome con cui si entra.',
    secretNotUsed: 'Quando ogni casella ha la sua password, qui non se ne scrive nessuna.',
    wrongKey: 'La chiave del servizio è il file JSON che rilascia Google: servono client_email e private_key.',
    wrongApplicationKey: 'La chiave dell’applicazione è un testo JSON con tenant, client_id e client_secret.',
    kindSignIn: 'Questo modo di entrare non è di questo tipo di server.',
    noDirectory: 'Questo server non ha una directory da leggere: serve Google Workspace con la chiave di servizio.',
    gmailApiNeeds:
      'Con l’API di Gmail si scrive solo in un server di tipo Google Workspace, con la chiave di servizio (OAuth 2).',
    onlyGmailApi: 'Vale solo per un server in cui si scrive con l’API di Gmail: lascia vuoto.',
    wrongApi:
      'Scrivi l’indirizzo come https://gmail.googleapis.com; senza cifratura solo per questa stessa macchina (127.0.0.1 o ::1).',
    beingFilled:
      'Un gruppo sta copiando in questo server: il modo in cui ci si scrive si può cambiare quando è concluso o fermato.',
    underWay:
      'Un gruppo sta portando la posta da questo server o in questo server: host e porta si possono cambiare quando è concluso o fermato.',
    loginMissing: 'Per provare serve una casella da aprire.',
    running: 'Su questo server c’è già un censimento in corso.',
    notRunning: 'Questo censimento è già finito.',
    nothingAsked: 'Non c’è nessuna casella da guardare.',
    directoryEmpty:
      'La directory non mostra nessuna casella: controlla da dove si legge, il filtro e che cosa può vedere chi legge. Non è cambiato nulla.',
    tooManyBoxes: (most: number) => `Più di ${most} caselle: restringi la base o il filtro. Non è cambiato nulla.`,
    passwordMissing: 'Su questo server ogni casella si apre con la sua password: manca nella colonna password.',
  },
  kinds: {
    office: 'Ufficio',
    service: 'Servizio',
    project: 'Progetto',
    application: 'Applicativo',
    list: 'Lista di distribuzione',
    personal: 'Personale',
    certified: 'PEC',
  } satisfies Record<BoxKind, string>,
  bands: {
    recent: 'Usata negli ultimi 180 giorni',
    this_year: 'Non usata da oltre 180 giorni',
    older: 'Non usata da oltre un anno',
    never: 'Mai usata',
  } satisfies Record<ActivityBand, string>,
  sources: {
    csv: 'file',
    imap: 'censimento del server',
    ldap: 'directory LDAP',
    google: 'directory Google Workspace',
    hand: 'a mano',
  } satisfies Record<BoxSource, string>,
  findings: {
    no_holder: 'Senza responsabile',
    holder_left: 'Il titolare non c’è più',
    unused: 'Non usata da tempo',
    duplicate: 'Doppia',
    published_dead: 'Pubblicata, ma nessuno la legge',
    unpublished: 'Non pubblicata',
    misnamed: 'Nome fuori regola',
    forward_outside: 'Inoltra fuori dall’ente',
    alias_loop: 'Inoltro in tondo',
    alias_clash: 'Indirizzo conteso',
    over_quota: 'Piena',
  } satisfies Record<FindingCode, string>,
  sentences: {
    no_holder: ({ text, day, whole }) => {
      const leftOn = day('leftOn')
      const gone =
        leftOn === null ? 'Nessuno ne risponde' : `${text('name')}, che ne rispondeva, non c’è più dal ${leftOn}`
      return `${gone}, e ${whole('goneDelegates') > 0 ? 'chi poteva aprirla non c’è più' : 'nessun altro può aprirla'}.`
    },
    holder_left: ({ text, day, whole }) => {
      const still = whole('forwards') > 0 ? ' La casella inoltra ancora la posta ad altri.' : ''
      return `${text('name')} non c’è più dal ${day('leftOn')}: la casella si disattiva, risponde con l’indirizzo dell’ufficio, poi si conserva chiusa per il tempo stabilito e si cancella.${still}`
    },
    unused: ({ day, whole }) =>
      day('on') === null
        ? 'Non ci è mai arrivato, stato letto o partito nulla.'
        : `L’ultimo messaggio arrivato, letto o partito è del ${day('on')}: più di ${whole('days')} giorni fa.`,
    duplicate: ({ text, whole }) =>
      `Circa ${whole('percent')} messaggi su 100 sono anche in ${text('other')} (confrontate ${whole('compared')} impronte).`,
    published_dead: ({ text, day, whole }) => {
      const since =
        day('on') === null
          ? 'non risulta che qualcuno l’abbia mai letta'
          : `l’ultimo messaggio letto o partito è del ${day('on')}`
      const last = day('receivedOn') === null ? '' : ` L’ultimo arrivato è del ${day('receivedOn')}.`
      return `È pubblicata (${text('publishedAt')}), ma ${since}: più di ${whole('days')} giorni fa.${last}`
    },
    unpublished: () => 'Non risulta pubblicata in nessun posto: chi sta fuori non sa che c’è.',
    misnamed: ({ text, list, day }) => {
      const rules = list('patterns').join(', ')
      const past = text('past') === '' ? '' : ` La forma ${text('past')} era ammessa fino al ${day('until')}.`
      return `«${text('name')}» non segue le regole per questo tipo di casella${rules === '' ? '' : ` (${rules})`}.${past}`
    },
    forward_outside: ({ text }) => `Manda la posta a ${text('to')}, che non è un indirizzo dell’ente.`,
    alias_loop: ({ list }) => `La posta torna al punto di partenza: ${list('way').join(' → ')}.`,
    alias_clash: ({ text }) =>
      `L’indirizzo ${text('address')} è anche di ${text('other')}: non si sa dove arriva la posta.`,
    over_quota: ({ size }) =>
      `Contiene ${size('size')} su ${size('quota')} permessi: i nuovi messaggi possono essere respinti.`,
  } satisfies Record<FindingCode, (said: SaidEvidence) => string>,
  serverKinds: { imap: 'IMAP', google: 'Google Workspace', microsoft: 'Microsoft 365' } satisfies Record<
    ServerKind,
    string
  >,
  signIns: {
    master: 'Utente principale (casella*utente, come Dovecot)',
    authzid: 'Utente principale per conto della casella (SASL PLAIN)',
    token: 'Chiave di servizio (OAuth 2)',
    own: 'Ogni casella con la sua password',
  } satisfies Record<SignIn, string>,
  writtenBys: { imap: 'Con IMAP', gmail_api: 'Con l’API di Gmail' } satisfies Record<WrittenBy, string>,
  columns: {
    name: 'nome',
    kind: 'tipo',
    office: 'ufficio',
    holder: 'responsabile',
    register: 'registro di protocollo',
    published: 'pubblicazione',
    server: 'server',
    login: 'accesso',
    quota: 'spazio permesso',
    aliases: 'alias',
    forwards: 'inoltri',
    delegates: 'delegati',
  },
  events: {
    'mailbox.added': 'Messa nel censimento',
    'mailbox.changed': 'Corretta',
    'mailbox.holder_chosen': 'Scelto il responsabile',
    'mailbox.kind_changed': 'Cambiato il tipo',
    'mailbox.gone': 'Non trovata dall’ultimo censimento',
    'mailbox.finding_aside': 'Rilievo messo da parte',
    'mailbox.finding_resumed': 'Rilievo ripreso',
  } as Record<string, string>,
  done: {
    tried: (added: number, changed: number, unchanged: number, gone: number) =>
      `Prova: da aggiungere ${added}, da cambiare ${changed}, uguali ${unchanged}, non più presenti ${gone}. Non è stato scritto nulla.`,
    loaded: (added: number, changed: number, unchanged: number, gone: number) =>
      `Caricate: aggiunte ${added}, cambiate ${changed}, uguali ${unchanged}, non più presenti ${gone}.`,
    adding: (address: string, kind: string) => `nuova: ${address} (${kind})`,
    differing: (address: string, column: string, before: string, after: string) =>
      `${address}, ${column}: «${before}» → «${after}»`,
    leaving: (address: string) => `non più presente: ${address}`,
    notAddresses: (count: number, some: string) =>
      count === 1
        ? `Lasciata fuori una voce il cui indirizzo non è un indirizzo: ${some}.`
        : `Lasciate fuori ${count} voci il cui indirizzo non è un indirizzo: ${some}.`,
    difference: (line: number, address: string, column: string, before: string, after: string) =>
      `riga ${line}, ${address}, ${column}: «${before}» → «${after}»`,
  },
  directory: {
    auth: 'La directory non ci lascia entrare: controlla la chiave di servizio, l’amministratore e i permessi concessi.',
    unreachable: 'La directory non risponde.',
    quota: 'La directory chiede di aspettare ancora: riprova più tardi. Non è cambiato nulla.',
    other: 'La directory ha risposto in modo inatteso. Non è cambiato nulla.',
  },
  lead: (present: number, withFindings: number) =>
    withFindings === 0
      ? `${boxes(present)} nel censimento, nessuna da verificare.`
      : `${boxes(present)} nel censimento: ${withFindings} da verificare.`,
}
