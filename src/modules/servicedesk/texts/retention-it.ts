/** Italian of keeping and erasing. */
export const retentionIt = {
  reason: 'Conservazione: il periodo è finito',
  erased: { given: 'Persona', family: 'cancellata' },
  problems: {
    tooShort: (least: number) => `Il periodo non può essere più breve di ${least} mesi.`,
    openCases: (numbers: string, rest: number) =>
      `Questa persona ha ancora richieste aperte, sue o in carico: ${numbers}${rest > 0 ? ` e altre ${rest}` : ''}. Concludile, ritirale o affidale ad altri, poi ripeti.`,
    unknownEmail: 'Nessuna persona ha questo indirizzo.',
  },
  done: (counts: string, dryRun: boolean) => `${dryRun ? 'Verrebbero cancellati' : 'Cancellati'}: ${counts}`,
  counts: {
    cases: 'richieste svuotate',
    messages: 'messaggi in richieste di altri',
    organisation: 'testi dell’anagrafe e dell’accesso',
  },
  pages: {
    administration: 'Amministrazione',
    title: 'Conservazione',
    menu: 'Conservazione',
    undecided:
      'I periodi sono proposti: finché l’amministrazione non li decide, SITEC non cancella nulla per il passare del tempo.',
    decided: (act: string) => `Periodi decisi con: ${act}. Ogni notte SITEC cancella i testi il cui periodo è finito.`,
    decidedOn: 'Decisi il',
    by: (name: string) => `da ${name}`,
    rules: 'Che cosa si conserva e per quanto',
    columns: {
      what: 'Che cosa',
      months: 'Mesi',
      begins: 'Da quando',
      source: 'Fonte, da far verificare dal responsabile della protezione dei dati',
      due: 'Da cancellare',
    },
    begins: { closing: 'dalla chiusura', departure: 'dall’uscita', recording: 'dalla registrazione' },
    proposed: 'proposti',
    monthsOf: (what: string) => `Mesi: ${what}`,
    dueNow: (count: string, isDecided: boolean) => (isDecided ? `${count}, la prossima notte` : `${count}, se decisi`),
    moreThan: 'oltre 1.000',
    act: 'Atto con cui i periodi sono decisi',
    actHint: 'Per esempio: Determinazione n. 12 del 3 marzo 2026.',
    adopt: 'Decidi i periodi',
    adopted: 'Periodi registrati: valgono dalla prossima notte.',
    runs: 'Ultime cancellazioni',
    runsNone: 'Nessuna cancellazione ancora.',
    run: { at: 'Quando', cases: 'Richieste svuotate', texts: 'Testi cancellati' },
    person: 'Dati di una persona',
    personLead: 'Per cancellarli, o per darglieli in copia (articoli 15 e 17 GDPR).',
    email: 'Indirizzo di posta',
    find: 'Trova',
  },
  erase: {
    title: (name: string) => `Dati di ${name}`,
    lead: (email: string) =>
      `${email}. Le sue richieste restano, con chi fece che cosa e quando: senza nomi e senza testi.`,
    already: 'I dati di questa persona sono stati cancellati.',
    copyTitle: 'Copia dei dati',
    copyLead:
      'Tutto ciò che SITEC sa di questa persona, in un file da consegnarle (art. 15 GDPR). Che sia stato estratto resta registrato.',
    copy: 'Scarica la copia',
    eraseTitle: 'Cancellazione',
    eraseLead:
      'Toglie per sempre nome, recapiti, accesso, chiavi, i testi e gli allegati delle sue richieste e i messaggi scritti in quelle di altri.',
    backups: 'Le copie di sicurezza già fatte contengono ancora questi dati fino alla loro scadenza.',
    reason: 'Motivo',
    reasonHint:
      'Resta scritto per sempre: senza dati personali. Per esempio: richiesta dell’interessata, art. 17 GDPR.',
    sure: 'Ho capito che non si può annullare',
    sureMissing: 'Conferma di aver capito che non si può annullare.',
    try: 'Mostra che cosa verrebbe cancellato',
    erase: 'Cancella per sempre',
    tried: 'Verrebbero cancellati:',
    erased: 'I dati della persona sono stati cancellati.',
  },
}
