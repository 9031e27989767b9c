/** Italian of the contract: refusals, and the words of its lists. */
export const it = {
  file: {
    refused:
      'Il contratto non è stato caricato: non è cambiato nulla. Correggi i punti indicati e carica di nuovo il file.',
    notJson: (detail: string) => `Il file non è un JSON leggibile: ${detail}`,
    feesDoNotSum: (sum: string, total: string) =>
      `Le voci del canone sommano ${sum}, ma il totale scritto è ${total}: correggi le voci o il totale.`,
    wrongAmount: 'Scrivi l’importo come 1234.56, senza separatore delle migliaia.',
    feeMissing: (service: string) => `Manca il canone del servizio ${service}.`,
    unknownService: (service: string) => `Il servizio ${service} non è fra quelli del contratto.`,
    unknownIndicator: (code: string) => `L’indicatore ${code} non è fra quelli del contratto.`,
    overlap: (day: string) => `Due versioni del canone valgono dallo stesso giorno, ${day}: ne può valere una sola.`,
    knownBefore: 'Il primo canone non può essere noto prima di valere.',
    twice: (code: string) => `L’indicatore ${code} è scritto due volte.`,
    unknownMeasure: (text: string) =>
      `SITEC non sa calcolare «${text}». Sa calcolare: rapporto entro N giorni lavorativi, giorni medi di consegna, rapporto entro la data promessa, disponibilità, chiamate perse.`,
    wrongTarget: (text: string) =>
      `Obiettivo non leggibile: «${text}». Scrivi per esempio «>= 95 %» o «< 5 business days».`,
    wrongIndicator: (code: string) => `La definizione di ${code} non è completa.`,
    wrongSubset: (text: string) => `In «${text}» non c’è il codice di un indicatore.`,
    inForce: (subject: string, day: string) =>
      `${subject}, dal ${day}: questa versione è già in vigore con un altro contenuto. Una versione in vigore non si cambia: serve una nuova, con la sua data e il suo atto.`,
    done: (title: string, added: number, known: number) =>
      `${title}: ${added} versioni caricate, ${known} già presenti.`,
  },
  declare: {
    refused:
      'Le dichiarazioni non sono state caricate: non è cambiato nulla. Correggi le righe indicate e carica di nuovo il file.',
    wrongPeriod: 'Scrivi il periodo come 2020-12 o 2020-Q4.',
    wrongPeriodKind: (code: string, kind: string) =>
      kind === 'month'
        ? `${code} si dichiara mese per mese: scrivi il periodo come 2020-12.`
        : `${code} si dichiara per trimestre: scrivi il periodo come 2020-Q4.`,
    periodNotOver: (period: string) => `Il periodo ${period} non è ancora finito: si dichiara a periodo concluso.`,
    unknownIndicator: (code: string) => `L’indicatore ${code} non è nel contratto in vigore in quel periodo.`,
    lapsed: (code: string, day: string) => `${code} è cessato il ${day}: in quel periodo non si dichiara più.`,
    unknownScope: (scope: string, known: string) =>
      known === ''
        ? `Questo indicatore non ha ambiti: lascia vuoto «${scope}».`
        : `L’ambito ${scope === '' ? 'manca' : `${scope} non c’è`}. Ambiti dovuti: ${known}.`,
    unknownService: (service: string) => `Il servizio ${service} non è misurato da questo indicatore.`,
    wrongCount: 'Scrivi un numero intero, da zero in su.',
    wrongValue: 'Scrivi il valore con il punto e al più due decimali, per esempio 95.19.',
    inTimeOverTotal: (inTime: number, total: number) =>
      `${inTime} in tempo su ${total}: quelli in tempo non possono essere più del totale.`,
    totalMissing: 'Manca il totale: un rapporto si dichiara con quelli in tempo e il totale.',
    meanAlone:
      'La media da sola non basta: serve il totale dei giorni (total_days) o almeno il numero delle consegne (total).',
    meanUndecided:
      'Con l’arrotondamento questa media può stare da una parte o dall’altra dell’obiettivo: serve il totale dei giorni (total_days).',
    nothing: 'Manca il valore: scrivi i conteggi o il valore, oppure not_measured come unità.',
    wrongUnit: (unit: string) => `Qui l’unità è ${unit}.`,
    sourceMissing: 'Scrivi da quale documento viene la cifra.',
    twice: (earlier: string, now: string) =>
      `Questa cifra è già dichiarata con un altro valore: prima ${earlier}, ora ${now}. Se è una rettifica, dichiarala come rettifica indicando il documento.`,
    nothingToCorrect: 'Non c’è una dichiarazione precedente da rettificare.',
    approved: (period: string) =>
      `Il trimestre ${period} è approvato: una cifra nuova vale come rettifica in un periodo successivo.`,
    done: (added: number, known: number) => `Dichiarazioni caricate: ${added}; già presenti: ${known}.`,
    unknownCase: (number: string) => `La richiesta ${number} non c’è.`,
    overHundred: 'Una percentuale non supera 100.',
    caseTwice: 'Questa richiesta è già nell’elenco con l’esito contrario.',
    wrongYesNo: 'Scrivi sì o no.',
    wrongInstant: 'Scrivi giorno e ora con lo scarto, per esempio 2026-05-04T10:30:00+02:00.',
  },
  problems: {
    noContract: (period: string) =>
      `Nessun contratto è in vigore in ${period}: caricalo con «sitec contract import FILE».`,
    unknownIndicator: (code: string) => `L’indicatore ${code} non è nel contratto di quel periodo.`,
    unknownService: (code: string) => `Il servizio ${code} non è misurato da questo indicatore in quel periodo.`,
    periodToCome: 'Questo periodo non è ancora cominciato.',
    periodNotOver: (period: string) => `Il periodo ${period} non è ancora finito.`,
    supplierMayNot: 'Chi è misurato non decide sulla misura: può farlo solo l’Amministrazione.',
    stale: 'Intanto qualcuno ha cambiato questa voce: rileggila e riprova.',
    fileMissing: 'Scrivi il file da caricare.',
    periodMissing: 'Scrivi il periodo, per esempio --period 2020-Q4.',
    yearMissing: 'Scrivi l’anno, per esempio --year 2021.',
    wrongPeriod: 'Scrivi il periodo come 2020-12 o 2020-Q4.',
    wrongAmount: 'Scrivi l’importo come 1234.56.',
    contestNothing: 'Per contestare serve una cifra dichiarata: in questo periodo non c’è.',
    contestClosed: 'La contestazione è già chiusa.',
    contestSameSide: 'A una contestazione risponde l’altra parte.',
    contestOtherSide: 'La ritira solo chi l’ha sollevata.',
    contestApproved: 'Il trimestre è approvato: non si contesta più, si rettifica in un periodo successivo.',
    contestLate: (day: string) => `Il termine per contestare è scaduto il ${day}: vale il dichiarato.`,
    contestWaits: (day: string) =>
      `La Società può rispondere fino al ${day}: prima si scrive la cifra concordata solo dopo la sua risposta.`,
    contestUnknownCase: 'Una delle richieste scelte non c’è: scegli di nuovo.',
    contestFigure: 'Scrivi la cifra concordata: quelli in tempo e il totale, oppure il valore.',
    exclusionUnknownCase: 'Questa richiesta non è fra quelle contate dall’indicatore nel periodo.',
    exclusionTwice: 'Una di queste richieste ha già un’esclusione: guarda l’elenco.',
    exclusionClause: 'Per un altro motivo serve la clausola del contratto che lo prevede.',
    exclusionDecided: 'Questa esclusione è già decisa: una decisione non si cambia.',
    penaltyNoBreach: 'Su questi valori l’obiettivo è raggiunto: non c’è penale da proporre.',
    penaltyNoFigure: 'Su questa base non c’è ancora una cifra.',
    penaltyTwice: 'Per questo indicatore e periodo c’è già una proposta.',
    penaltyDecided: 'La decisione è già presa e non si cambia.',
    penaltyCounterLate: (day: string) => `Il termine per le controdeduzioni è scaduto il ${day}.`,
    penaltyCounterSide: 'Le controdeduzioni sono della Società.',
    reductionIndicator: 'Una riduzione del canone è di un servizio: lascia vuoto l’indicatore.',
    breachesOpen: (named: string) =>
      `Per questi obiettivi mancati manca la decisione: proponi la penale, poi decidila, anche a 0.00. Sono: ${named}.`,
    penaltyCountered: 'Le controdeduzioni ci sono già.',
    penaltyWaits: (day: string) =>
      `La Società può presentare controdeduzioni fino al ${day}: prima si decide solo se le ha presentate.`,
    penaltyOver: (most: string) => `Non oltre l’importo proposto, ${most}.`,
    approvedAlready: (period: string) => `Il trimestre ${period} è già approvato.`,
    notApproved: (period: string) => `Il trimestre ${period} non è approvato.`,
    reportMissing: (period: string) =>
      `La relazione del ${period} non è arrivata o non è completa: il termine parte da lì.`,
    contestsOpen: (count: number) =>
      count === 1
        ? 'Una contestazione è ancora aperta: definiscila prima di approvare.'
        : `${count} contestazioni sono ancora aperte: definiscile prima di approvare.`,
    penaltiesOpen: (count: number) =>
      count === 1
        ? 'Una penale aspetta la decisione: decidila prima di approvare.'
        : `${count} penali aspettano la decisione: decidile prima di approvare.`,
    exclusionsOpen: (count: number) =>
      count === 1
        ? 'Una esclusione aspetta la decisione: decidila prima di approvare.'
        : `${count} esclusioni aspettano la decisione: decidile prima di approvare.`,
    correctionNothing: 'Ricalcolato oggi, questo indicatore dà lo stesso risultato: non c’è nulla da rettificare.',
    correctionBackwards: 'La rettifica si scrive in un periodo successivo a quello approvato.',
    reportTwice: 'Questa relazione è già registrata.',
    reportEarly: 'La relazione non può arrivare prima della fine del trimestre.',
    planTwice: 'L’approvazione del piano di quest’anno è già registrata.',
    noFee: (year: number) => `Nel ${year} non c’è un canone in vigore.`,
    readingUnknown: 'Questa lettura non è fra quelle del contratto.',
    readingPast: 'Una lettura vale dal giorno dell’atto in poi: la data non può precedere il contratto.',
    readingTwice: 'Da questo giorno vale già una lettura registrata oggi.',
    whatIfTooLong: 'Confronta al più cinque anni alla volta.',
  },
  measures: {
    ratio_within_days: 'Rapporto entro giorni lavorativi',
    mean_days: 'Media dei giorni di consegna',
    ratio_by_promise: 'Rapporto entro la data promessa',
    uptime: 'Disponibilità',
    lost_calls: 'Chiamate perse',
  },
  outcomes: {
    met: 'In obiettivo',
    inadequate: 'Inadeguato',
    unacceptable: 'Sotto obiettivo',
    notMeasurable: 'Non misurabile',
    notDeclared: 'Non dichiarato',
  },
  flags: {
    perfect: 'tutto al 100 %',
    noneLost: 'nessuna chiamata persa',
    smallSample: 'pochi: uno in ritardo basta',
    atThreshold: 'al limite',
    differs: 'dichiarato e rilevato non coincidono',
    noDetail: 'una sola cifra senza dettaglio',
    valueDiffers: 'il valore non corrisponde ai conteggi',
    daysNotDeclared: 'manca il totale dei giorni',
    notDeclared: 'non dichiarato',
    singleThreshold: 'un solo valore, vale da obiettivo e da soglia',
    readingUnclear: 'clausola con più letture',
    promisesMoved: 'date promesse spostate',
    promisesLate: 'date promesse date alla fine',
    takenWithoutActivity: 'prese in carico senza attività',
    closedAtOnce: 'aperte e chiuse in meno di 10 minuti',
    openOverdue: 'aperte oltre la data',
    unknownTime: 'tempo non osservato',
    noCarrier: 'manca il tracciato del gestore',
    disputed: 'contestato',
  },
  notes: {
    typedLater: 'scritta dopo la telefonata',
    takenWithoutActivity: 'nessuna attività dopo la presa in carico',
    promiseMoved: 'data spostata',
    promiseLate: 'data data alla fine',
    noPromise: 'senza data promessa',
    reopened: 'riaperta',
    closedAtOnce: 'chiusa in meno di 10 minuti',
    repeated: 'ripetuta entro 15 giorni',
    cancelledLate: 'ritirata oltre la data',
  },
  contestReasons: {
    late_not_late: 'In ritardo contata in tempo, o il contrario',
    instant_wrong: 'Istante diverso',
    not_counted: 'Non contata',
    counted_twice: 'Contata due volte',
    population: 'Popolazione diversa',
    other: 'Altro',
  },
  exclusionReasons: {
    agreed_interruption: 'Interruzione concordata',
    force_majeure: 'Forza maggiore non dovuta alla Società',
    third_parties: 'Fermo causato da terzi non autorizzati',
    other_clause: 'Altra clausola del contratto',
  },
  csv: {
    yes: 'sì',
    no: 'no',
    worksheet: {
      number: 'Richiesta',
      start: 'Chiesta',
      startWitness: 'Prova dell’inizio',
      due: 'Termine',
      end: 'Fatta',
      endWitness: 'Prova della fine',
      counted: 'Contata',
      inTime: 'In tempo',
      proved: 'Provata',
      days: 'Giorni lavorativi',
      declared: 'Dichiarata in tempo',
      notes: 'Note',
    },
  },
  witnesses: {
    T: 'terzo o sonda',
    U: 'utente',
    M: 'utente, dalla posta',
    A: 'arrivo',
    S: 'Società, in SITEC',
    I: 'importato dalla Società',
  },
}
