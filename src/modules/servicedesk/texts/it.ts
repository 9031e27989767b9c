/** Italian of the service desk: the words of the glossary, one per thing. */
export const it = {
  kinds: { incident: 'Qualcosa non funziona', service_request: 'Mi serve qualcosa' },
  kindsShort: { incident: 'Non funziona', service_request: 'Mi serve' },
  severities: { blocking: 'Bloccante', high: 'Alta', normal: 'Normale' },
  states: {
    new: 'Da prendere in carico',
    assigned: 'Affidata',
    in_progress: 'In lavorazione',
    waiting: 'In attesa dell’utente',
    resolved: 'Risolta, da confermare',
    closed: 'Chiusa',
    cancelled: 'Ritirata',
  },
  closedHow: { confirmed: 'Chiusa: l’utente ha confermato', silence: 'Chiusa senza risposta' },
  acts: {
    take: 'prendere in carico', assign: 'affidare', reply: 'scrivere', ask: 'chiedere all’utente', resolve: 'segnare come risolta',
    confirm: 'confermare', reopen: 'riaprire', close_silent: 'chiudere', cancel: 'ritirare',
  },
  channels: { portal: 'dal portale', phone: 'per telefono', api: 'da un programma', cli: 'dalla riga di comando' },
  visibilities: {
    public: 'Pubblica', internal: 'Interna: l’utente non la vede', supplier: 'Solo per la Società', verifier: 'Solo per chi verifica',
  },
  writeTo: { public: 'Risposta all’utente', internal: 'Nota interna', supplier: 'Nota della Società', verifier: 'Nota di verifica' },
  writeHint: {
    public: 'La leggono l’utente e chi lavora alla richiesta.',
    internal: 'La leggono il Comune e la Società, non l’utente.',
    supplier: 'La legge solo la Società.',
    verifier: 'La legge solo chi verifica il contratto.',
  },
  canWork: { yes: 'Sì', partly: 'In parte', no: 'No' },
  severityWhy: (canWork: 'yes' | 'partly' | 'no', onlyMe: boolean) =>
    `${{ yes: 'riesce a lavorare', partly: 'lavora in parte', no: 'non riesce a lavorare' }[canWork]}${onlyMe ? '' : ', non succede solo a questa persona'}`,
  witnesses: {
    T: 'Terza parte o sonda', U: 'Atto dell’utente', M: 'Utente, da un collegamento per posta', A: 'Arrivo', S: 'Atto della Società', I: 'Dato importato',
  },
  events: {
    'case.opened': 'Richiesta aperta',
    'case.taken': (team: string | null) => (team ? `Presa in carico da: ${team}` : 'Presa in carico'),
    'case.assigned': (team: string | null) => `Affidata a: ${team ?? 'nessuno'}`,
    'case.replied': 'Messaggio',
    'case.asked': 'Domanda all’utente: la richiesta è in attesa',
    'case.resolved': 'Segnata come risolta',
    'case.confirmed': 'L’utente ha confermato: è risolta',
    'case.reopened': 'L’utente dice che non è risolta',
    'case.closed_silent': 'Chiusa senza risposta',
    'case.cancelled': 'Ritirata da chi l’aveva aperta',
    'case.text_erased': 'Testi rimossi',
  },
  somebody: 'qualcun altro',
  nobody: 'Nessuno',
  erased: (reason: string) => `Contenuto rimosso: ${reason}`,
  problems: {
    stale: (who: string, when: string) => `La richiesta è stata cambiata da ${who} (${when}) mentre la guardavi: rileggila e ripeti, se serve ancora.`,
    alreadyTaken: (who: string, when: string) => `La richiesta è già in carico a ${who} (${when}).`,
    notNow: (act: string, state: string) => `Ora non si può ${act}: la richiesta è nello stato «${state}».`,
    unknownRequester: 'Questa persona non c’è nell’elenco: controlla l’indirizzo, o falla aggiungere dall’amministratore.',
    unknownTeam: 'Questa squadra non c’è.',
  },
  csv: {
    number: 'Numero', kind: 'Tipo', state: 'Stato', severity: 'Urgenza', title: 'Oggetto', office: 'Ufficio', team: 'In carico a',
    opened: 'Aperta (UTC)', updated: 'Ultimo cambiamento (UTC)',
  },
}
