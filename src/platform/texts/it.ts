/** Italian, the first language of the screens. Plain, imperative, never concatenated. */
export const it = {
  days: { 0: 'oggi', 1: 'ieri', [-1]: 'domani' } as Partial<Record<number, string>>,
  pdf: {
    testDataNotice: 'Dati di prova: persone, fatti e numeri sono inventati.',
    page: 'Pagina',
    of: 'di',
  },
  problems: {
    malformed: 'La richiesta non è scritta in JSON corretto: controlla virgole, virgolette e parentesi.',
    invalid: 'Alcuni dati non vanno bene: correggi quelli indicati e invia di nuovo.',
    unsupportedType: (expected: string) =>
      `Il contenuto deve essere di tipo ${expected}: controlla l’intestazione Content-Type.`,
    unauthenticated: 'Per continuare accedi con il tuo indirizzo e la tua password.',
    apiKeyWrong:
      'La chiave API manca, è scaduta o è stata revocata: usa l’intestazione “Authorization: Bearer …” con una chiave valida.',
    forbidden: 'Il tuo ruolo non permette questa operazione. Se ti serve, chiedi all’amministratore di SITEC.',
    notFound: 'Non c’è nulla a questo indirizzo, oppure non puoi vederlo.',
    tooLarge: (limit: string) => `Il contenuto supera il limite di ${limit}: riducilo o dividilo e riprova.`,
    tooManySignIns: (minutes: number) => `Troppi tentativi di accesso: riprova fra ${minutes} minuti.`,
    tooManyToday: 'Da questa rete sono arrivati troppi invii per oggi: riprova domani. Non è stato salvato nulla.',
    wrongCredentials: 'Indirizzo o password non corretti. Controlla e riprova.',
    wrongTotp: 'Il codice non è corretto o è scaduto: aspetta il prossimo e riprova.',
    unavailable:
      'In questo momento la base di dati non risponde. Riprova fra qualche secondo: non è stato salvato nulla a metà.',
    busy: 'Qualcun altro stava modificando gli stessi dati: riprova.',
    duplicateKey: 'Questa chiave di ripetizione è già stata usata per un’altra operazione: usane una nuova.',
    unexpected:
      'Qualcosa è andato storto dalla nostra parte. Riprova; se succede ancora, avvisa il servizio di assistenza.',
    invalidChart:
      'Questo grafico non si può disegnare: servono al massimo 500 punti, valori che siano numeri e le stesse etichette per ogni serie.',
    chartUnavailable: 'In questo momento il grafico non si può disegnare. I dati sono nella tabella; riprova fra poco.',
    invalidPdf:
      'Questo documento non si può scrivere in PDF: è troppo grande, oppure manca un titolo, una descrizione o una cella.',
    pdfUnavailable:
      'In questo momento il PDF non si può preparare. Riprova fra poco; la pagina contiene gli stessi dati.',
    pdfMissing:
      'Su questo computer il programma che scrive i PDF non si avvia: avvisa l’amministratore. La pagina contiene gli stessi dati.',
    diskFull: 'Lo spazio su disco di SITEC è finito: avvisa l’amministratore. Non è stato salvato nulla.',
    ldap: {
      notAnAddress: 'L’indirizzo della directory è come ldaps://dc1.comune.example.it.',
      credentialsInAddress:
        'Utente e password non vanno nell’indirizzo: li vedrebbe chiunque sia sulla macchina. Usa --bind, e per la password SITEC_LDAP_PASSWORD, un file o la domanda.',
      plainRefused: 'Senza cifratura si legge solo una directory su questa stessa macchina: usa ldaps://.',
      baseMissing: 'Manca --base: da dove si comincia a leggere, per esempio DC=comune,DC=example.',
      noPassword: 'Manca la password: dalla a SITEC_LDAP_PASSWORD, in un file, oppure da terminale.',
      signIn: 'La directory rifiuta utente o password.',
      noBase: 'Nella directory questa base non c’è.',
      notADn: 'Questo non è un nome della directory.',
      notAFilter: 'Questo non è un filtro LDAP (RFC 4515).',
      notAMapping: 'Il file non è una corrispondenza: correggi ciò che è indicato, come dice la guida.',
      limit:
        'La directory non lascia leggere tutto: serve chi può leggere a pagine, o un filtro più stretto. Non è cambiato nulla.',
      dropped: 'Il collegamento è caduto a metà: non è cambiato nulla, riprova.',
      tooMany: (most: number) => `Più di ${most} voci: restringi la base o il filtro.`,
      refused: (name: string) => `La directory ha rifiutato: ${name}. Non è cambiato nulla.`,
      tls: 'Il certificato della directory non è buono, o la cifratura non riesce: dai il certificato di chi lo firma con --ca-file.',
      unreachable: 'La directory non risponde: controlla indirizzo, porta e rete.',
    },
    fields: {
      missing: 'Questo dato manca.',
      tooShort: (minimum: number) => `Scrivi almeno ${minimum} caratteri.`,
      tooLong: (maximum: number) => `Al massimo ${maximum} caratteri.`,
      tooSmall: (minimum: number) => `Il valore minimo è ${minimum}.`,
      tooBig: (maximum: number) => `Il valore massimo è ${maximum}.`,
      notInList: (allowed: string) => `Scegli uno fra: ${allowed}.`,
      wrongType: 'Il valore non è del tipo atteso.',
      wrongFormat: 'Il formato non è corretto.',
      unknownField: (names: string) => `Dato non previsto: ${names}.`,
    },
  },
}
