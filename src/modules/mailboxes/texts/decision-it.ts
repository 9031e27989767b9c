/** Italian of decisions about mailboxes: refusals, sentences, mail, pages, plan. */
const count = (one: string, many: string) => (n: number, said: string) => (n === 1 ? one : `${said} ${many}`)

const states = {
  proposed: 'Da confermare',
  confirmed: 'Confermata dall’ufficio',
  contested: 'Contestata dall’ufficio',
  approved: 'Approvata',
  refused: 'Non approvata',
  undone: 'Annullata',
  superseded: 'Sostituita',
  carried_out: 'Eseguita',
}

export const decisionIt = {
  kinds: {
    keep: 'Resta com’è',
    rename: 'Cambia nome',
    merge: 'Confluisce in un’altra',
    group: 'Diventa una lista',
    delegate: 'Casella condivisa con delega',
    archive: 'Archiviata',
    delete: 'Eliminata',
    leaver: 'Chiusa: persona uscita',
  },
  states,
  silent: 'L’ufficio non ha risposto',
  boxKinds: {
    office: 'Ufficio',
    service: 'Servizio',
    project: 'Progetto',
    application: 'Applicazione',
    list: 'Lista',
    personal: 'Personale',
    certified: 'PEC',
  },
  becomes: {
    keep: 'resta com’è',
    rename: (address: string, until: string) =>
      `cambia nome in ${address}; il vecchio indirizzo funziona fino al ${until}`,
    merge: (into: string) => `i messaggi passano in ${into}`,
    prefix: (folder: string) => `nella cartella «${folder}»`,
    doubles: 'anche quelli che ci sono già',
    noDoubles: 'senza ripetere quelli che ci sono già',
    alias: (until: string) => `il vecchio indirizzo funziona fino al ${until}`,
    group: 'diventa una lista: i messaggi arrivano a chi ne fa parte',
    delegate: 'diventa una casella condivisa: chi ha la delega la apre con le proprie credenziali',
    archive: (until: string) =>
      `i messaggi si esportano in un archivio conservato fino al ${until}, poi la casella si chiude`,
    delete: (until: string) => `si chiude subito ed è eliminata dopo il ${until}`,
    leaver: (address: string, until: string) =>
      `si chiude; chi scrive riceve una risposta automatica con l’indirizzo ${address}; i messaggi restano sigillati fino al ${until}`,
  },
  reasons: {
    certified: 'è posta certificata',
    holder_left: 'la persona non lavora più qui',
    personal: 'è personale',
    registered: 'la legge il protocollo',
    twin: 'quasi tutti i suoi messaggi sono anche nell’altra',
    empty_quiet: 'è vuota e non usata da tempo',
    quiet: 'non usata da tempo',
    list: 'è già una lista',
    many_readers: 'la leggono più di 25 persone',
    readers: 'la leggono più persone',
    in_use: 'è in uso',
  },
  objections: {
    unknown: 'Questa casella non c’è nel registro.',
    gone: 'La casella non c’è più sul server.',
    already: 'Per questa casella c’è già una proposta: sostituisci quella.',
    personalKinds: 'Una casella personale resta com’è, o si chiude quando la persona esce.',
    certifiedKinds: 'Una casella PEC resta com’è.',
    notPersonal: 'Solo una casella personale si chiude perché la persona esce.',
    missing: 'Serve per questa scelta.',
    notForKind: 'Non serve per questa scelta: toglilo.',
    past: 'Scegli un giorno dopo oggi.',
    sameAddress: 'È l’indirizzo di adesso.',
    addressTaken: 'L’indirizzo è già di un’altra casella, di un alias o di un’altra proposta.',
    addressUnfit: 'Prima della chiocciola usa solo lettere minuscole, cifre, punti e trattini, al massimo 64.',
    otherDomain: 'Il dominio non è dell’amministrazione.',
    intoItself: 'Una casella non confluisce in sé stessa.',
    intoUnknown: 'La casella di destinazione non c’è.',
    intoKind: 'Si confluisce solo in una casella di ufficio, servizio, progetto o applicazione.',
    intoEnds: 'La casella di destinazione sta per chiudersi: scegline un’altra.',
    isTarget: 'In questa casella ne confluisce un’altra: prima cambia quella proposta.',
    manyDelegates:
      'La leggono più di 25 persone, e una delega ne ammette 25: scegli “Diventa una lista”, che non ha questo limite.',
    answerUnknown: 'L’indirizzo della risposta automatica deve essere di una casella d’ufficio del registro.',
  },
  problems: {
    stale: (address: string) => `La proposta per ${address} è cambiata nel frattempo: ricarica la pagina.`,
    staleSettings: 'Le impostazioni sono cambiate nel frattempo: ricarica la pagina.',
    staleLink: 'Le proposte sono cambiate nel frattempo: guardale di nuovo.',
    alreadyProposed: 'Nel frattempo qualcuno ha già fatto una proposta per una di queste caselle.',
    ended: (address: string) => `La proposta per ${address} è già conclusa.`,
    state: (address: string, state: keyof typeof states) =>
      `La proposta per ${address} non si può cambiare così: ${states[state]}.`,
    ownProposal: (address: string) => `Chi ha fatto la proposta per ${address} non la conferma e non la approva.`,
    needsOffice: (address: string) =>
      `Per ${address} serve la conferma dell’ufficio: una casella si elimina o confluisce solo con due consensi.`,
    mayAnswer: (address: string, day: string) => `L’ufficio può ancora rispondere per ${address}, fino al ${day}.`,
    held: (address: string, day: string) => `${address} è trattenuta fino al ${day}: non si elimina prima.`,
    waveBegan: (address: string, wave: number) =>
      `Il gruppo di migrazione ${wave} ha già cominciato con ${address}: la decisione non si cambia più.`,
    priceAndSource: 'Scrivi il prezzo e dove è scritto, o nessuno dei due.',
    reasonMissing: 'Scrivi perché.',
    nothingTicked: 'Segna almeno una riga.',
    fileMissing: 'Scegli un file.',
  },
  import: {
    refused: 'Il file non è stato caricato: correggi questi punti e riprova.',
    repeated: (line: number) => `È già alla riga ${line}.`,
    empty: 'Il file non ha righe.',
  },
  mail: {
    subject: (n: number) =>
      n === 1 ? 'Una proposta per una casella del tuo ufficio' : `${n} proposte per le caselle del tuo ufficio`,
    lead: (n: number) =>
      n === 1
        ? 'C’è una proposta per una casella di posta dei tuoi uffici:'
        : `Ci sono ${n} proposte per le caselle di posta dei tuoi uffici:`,
    why: 'Perché:',
    more: (n: number) => `Altre ${n} sono nella pagina.`,
    link: 'Guardale e rispondi da qui, senza accedere (il collegamento vale una volta, per 14 giorni):',
    until: (day: string) =>
      `Se non rispondi entro il ${day}, il dirigente può decidere senza la tua risposta; non dove una casella si elimina o confluisce in un’altra.`,
    page: 'O accedi alla pagina delle proposte:',
  },
  witness: 'dal collegamento nella mail',
  events: {
    proposed: 'Proposta',
    confirmed: 'Confermata dall’ufficio',
    contested: 'Contestata dall’ufficio',
    approved: 'Approvata dal dirigente',
    refused: 'Non approvata dal dirigente',
    undone: 'Annullata',
    superseded: 'Sostituita da una nuova proposta',
    carried_out: 'Eseguita',
  },
  silence: (day: string) => `L’ufficio non ha risposto entro il ${day}.`,
  count: { boxes: count('una casella', 'caselle'), proposals: count('una proposta', 'proposte') },
}
