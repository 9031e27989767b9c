/** Italian of the comparison with the supplier's tool, of its steps and of opened names. */
export const supplierIt = {
  steps: {
    refused: 'I passi non sono stati caricati: non è cambiato nulla. Correggi i punti indicati e invia di nuovo tutto.',
    more: (count: number) => `Altri ${count} errori non sono mostrati: correggi questi e riprova.`,
    noReference: 'Manca il riferimento nello strumento della Società, o il numero della richiesta: scrivi almeno uno.',
    unknownNumber: 'Nessuna richiesta di SITEC ha questo numero.',
    unknownReference:
      'Nessuna richiesta di SITEC ha questo riferimento: scrivi anche il numero, la prima volta che lo usi.',
    referenceOfOther: 'Questo riferimento è già di un’altra richiesta: controlla il numero e il riferimento.',
    unknownTeam: 'Questa squadra non c’è: scrivi il nome come appare in SITEC.',
    keyReused:
      'Un passo con questa chiave è già arrivato con un altro contenuto: a un passo nuovo serve una chiave nuova.',
    noInstant: 'Manca l’istante.',
    wrongInstant: 'Scrivi giorno e ora, per esempio 2026-05-04T10:30:00+02:00 oppure 04/05/2026 10:30.',
    ambiguousInstant:
      'Per il cambio dell’ora questo istante non c’è, o c’è due volte: scrivilo con lo scarto, per esempio +02:00.',
    inFuture: 'Questo istante è nel futuro: un passo si invia quando è avvenuto.',
    beforeOpening: 'Questo istante viene prima dell’apertura della richiesta.',
    needsTeam: 'Per affidare una richiesta serve la squadra.',
    needsText: 'Questo passo ha bisogno di un testo.',
    done: (applied: number, noted: number, setAside: number, known: number) =>
      `Applicati ${applied}, annotati ${noted}, da verificare ${setAside}, già noti ${known}.`,
    names: {
      taken: 'presa in carico',
      assigned: 'affidata',
      replied: 'risposta',
      asked: 'domanda all’utente',
      resolved: 'risolta',
      opened: 'aperta',
      closed: 'chiusa',
    },
    findings: {
      not_now: 'Lo stato della richiesta non lo permetteva',
      out_of_order: 'Arrivato dopo passi avvenuti più tardi',
    },
  },
  reconcile: {
    refused: 'Il file non è stato confrontato. Correggi le righe indicate e caricalo di nuovo.',
    noSystem: 'Nessuna richiesta vive in uno strumento della Società: non c’è nulla da confrontare.',
    severalSystems: (names: string) => `Le richieste vivono in più strumenti: scrivi quale. Ci sono: ${names}.`,
    unknownSystem: (names: string) => `Nessuna richiesta vive in questo strumento. Ci sono: ${names}.`,
    unknownState: (allowed: string) => `Scegli uno fra: ${allowed}.`,
    repeated: (line: string) => `Questo riferimento è già alla riga ${line.replace('line ', '')}.`,
    fileMissing: 'Scegli il file da confrontare.',
    why: {
      unknown: 'SITEC non conosce né il riferimento né il numero',
      not_linked: 'la richiesta c’è, ma in SITEC non risulta nello strumento della Società',
      other_reference: 'la richiesta c’è, ma in SITEC ha un altro riferimento',
    },
    fields: { state: 'Stato', opened: 'Apertura', taken: 'Presa in carico', resolved: 'Risolta', closed: 'Chiusa' },
    groups: {
      missing: 'Mancano nel file',
      extra: 'Solo nel file',
      differing: 'Diverse',
      late: 'Passi arrivati tardi',
    },
    csv: {
      group: 'Gruppo',
      number: 'Numero',
      reference: 'Riferimento',
      what: 'Che cosa',
      ours: 'In SITEC',
      theirs: 'Nello strumento della Società',
    },
    nothing: 'Nulla da verificare.',
    summary: (missing: number, extra: number, differing: number, late: number) =>
      `Da verificare: mancano nel file ${missing}, solo nel file ${extra}, diverse ${differing}, passi arrivati tardi ${late}.`,
  },
  names: {
    nothing: 'In questa richiesta non c’è nessun passo di persone della Società.',
    reasons: { security: 'sicurezza', contested: 'richiesta contestata' },
  },
}
