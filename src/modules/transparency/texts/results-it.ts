/** Italian of the published results of the contract. */
export const resultsIt = {
  problems: {
    alreadyPublished: (period: string) =>
      `Il trimestre ${period} è già pubblicato: quello che emerge dopo è una rettifica.`,
  },
  index: {
    title: 'Trasparenza dei servizi informatici',
    lead: 'Quanto costano e come funzionano i servizi informatici del Comune, con i dati per controllarlo.',
    levels: 'Livelli di servizio, trimestre per trimestre',
    none: 'Nessun trimestre è ancora pubblicato.',
    published: (day: string) => `pubblicato il ${day}`,
    report: 'Bilancio sociale',
    reportLead: 'Gli impegni presi e i risultati, anno per anno.',
    data: 'Dati aperti',
    dataLead: 'Tutti i dati pubblicati, con il loro dizionario e la licenza CC BY 4.0.',
    catalogue: 'Catalogo dei dati (DCAT-AP_IT, Turtle)',
    catalogueJson: 'Catalogo dei dati (JSON-LD)',
    corrections: 'Rettifiche',
    noCorrections: 'Nessuna rettifica di trimestri pubblicati.',
  },
  page: {
    title: (name: string) => `Livelli di servizio, ${name}`,
    lead: (met: number, all: number) => `${met} indicatori su ${all} in obiettivo sui valori concordati.`,
    leadPenalty: (amount: string) => `Penali del trimestre: ${amount} €.`,
    noPenalty: 'Nessuna penale nel trimestre.',
    figures: {
      met: 'Indicatori in obiettivo',
      differing: 'Dichiarato e rilevato non coincidono',
      penalties: 'Penali applicate',
    },
    of: (part: number, all: number) => `${part} su ${all}`,
    at: (day: string) => `Approvati il ${day}. Fonte: SITEC.`,
    values: 'I valori, uno accanto all’altro',
    valuesLead:
      'Dichiarato è ciò che dice la Società; rilevato è ciò che risulta a SITEC dagli eventi; concordato è il valore su cui le due parti si sono accordate o che vale per contratto.',
    caption: (name: string) => `Indicatori del ${name}`,
    columns: {
      indicator: 'Indicatore',
      target: 'Obiettivo',
      declared: 'Dichiarato',
      observed: 'Rilevato',
      agreed: 'Concordato',
      proved: 'Quota provata',
      open: 'Aperte oltre la data',
      outcome: 'Esito',
      penalty: 'Penale applicata, €',
    },
    chartTitle: 'Dichiarato e rilevato, indicatore per indicatore',
    chartAlt: (words: string) => `Grafico a colonne. ${words}`,
    chartPoint: (code: string, declared: string, observed: string) =>
      `${code}: dichiarato ${declared}, rilevato ${observed}`,
    chartTable: 'Gli stessi dati in tabella',
    notThere: 'manca',
    files: 'Scarica i dati',
    filesLead: 'Ogni cifra di questa pagina si ricalcola da questi file.',
    fileNames: {
      figures: 'Indicatori (CSV)',
      rows: 'Interventi (CSV)',
      scopes: 'Disponibilità dei server (CSV)',
      json: 'Tutto (JSON)',
      dictionary: 'Dizionario dei dati (CSV sul Web)',
      proof: 'Prova dell’integrità (JSON)',
    },
    size: (size: string) => `(${size})`,
    proof: 'Come si prova',
    proofLead:
      'Le impronte dei tre file stanno in un evento sigillato nella catena, il cui capo è pubblico. Con i file e la prova bastano cinque minuti:',
    integrity: 'Capi della catena',
    corrections: 'Rettifiche',
    correctionLine: (code: string, period: string, inPeriod: string, was: string, is: string, delta: string) =>
      `${code}, ${period}: da ${was} a ${is}, conguaglio ${delta} € nel ${inPeriod}`,
    noCorrections: 'Nessuna rettifica.',
    published: 'Pubblicata',
    approved: 'Approvata',
    about: 'Su questa pagina',
    back: 'Torna indietro: tutti i trimestri',
    privacyNote: 'Nei dati non ci sono nomi né uffici; gruppi con meno di cinque righe sono uniti.',
    reserved: 'riservata',
  },
  desk: {
    title: 'Pubblicare i livelli di servizio',
    lead: (n: number) =>
      n === 0
        ? 'Tutti i trimestri approvati sono pubblicati.'
        : n === 1
          ? 'Un trimestre approvato aspetta la pubblicazione.'
          : `${n} trimestri approvati aspettano la pubblicazione.`,
    waiting: 'Da pubblicare',
    done: 'Pubblicati',
    preview: 'Anteprima',
    publish: 'Pubblica',
    publishPeriod: (name: string) => `Pubblica ${name}`,
    previewNote: 'Anteprima: questa pagina non è ancora pubblica.',
    changed: 'Che cosa è cambiato rispetto all’ultimo trimestre pubblicato',
    changeLine: (code: string, was: string, is: string) => `${code}: concordato da ${was} a ${is}`,
    noChange: 'Nessun valore concordato è cambiato.',
    first: 'È il primo trimestre che si pubblica.',
  },
  cli: (period: string) => `Pubblicato: ${period}.`,
  dictionary: {
    figures: 'Indicatori del trimestre: dichiarato, rilevato, concordato, penali',
    rows: 'Interventi del trimestre, una riga ciascuno, senza persone e senza uffici',
    scopes: 'Disponibilità di ciascun server: minuti attivi e minuti osservati',
  },
}
