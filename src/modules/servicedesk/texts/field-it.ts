/** Italian of the technician's day: page, work without signal, refusals. */
const closings = (count: number) => (count === 1 ? '1 chiusura' : `${count} chiusure`)

export const fieldIt = {
  problems: {
    notYours:
      'Intanto la richiesta è passata ad altri o non c’è più: l’intervento non è stato registrato. Se ci sei stato, dillo al tuo responsabile.',
    movedTo: (team: string) =>
      `Intanto la richiesta è stata affidata a: ${team}. L’intervento non è stato registrato. Se ci sei stato, scrivilo nella richiesta.`,
    ended: (state: string) =>
      `Intanto la richiesta è diventata «${state}»: l’intervento non è stato registrato. Se ci sei stato, scrivilo nella richiesta.`,
    otherPerson: 'Questa chiusura è di un’altra persona: la può inviare solo chi l’ha scritta.',
    wrongTimes: 'Scrivi inizio e fine come ore e minuti, per esempio 10:05.',
  },
  page: {
    title: 'I miei interventi',
    queue: 'Da lavorare',
    summary: (total: number, sites: number, closed: number, late: number) =>
      [
        `${total} in ${sites === 1 ? '1 sede' : `${sites} sedi`}`,
        [
          ...(closed > 0 ? [closed === 1 ? '1 chiuso' : `${closed} chiusi`] : []),
          ...(late > 0 ? [`${late} oltre la data`] : []),
        ].join(', '),
      ]
        .filter(Boolean)
        .join(': '),
    none: 'Nessun intervento da fare. Quelli affidati alla tua squadra li trovi in «Da lavorare».',
    tooMany: (shown: number) => `Qui ci sono i primi ${shown}, quelli con meno tempo. Gli altri sono in «Da lavorare».`,
    count: (count: number) => (count === 1 ? '1 intervento' : `${count} interventi`),
    noSite: 'Senza sede',
    directions: 'Indicazioni',
    directionsTo: (site: string) => `Indicazioni per ${site}`,
    asks: 'Chiede',
    phone: 'tel.',
    open: 'Apri la richiesta',
    empty: '(senza oggetto)',
    formName: (number: string) => `Chiudi l’intervento ${number}`,
    note: 'Che cosa hai fatto',
    serial: 'Seriale del pezzo montato',
    optional: 'facoltativo',
    read: 'Leggi',
    reading: 'Inquadra il codice',
    stopReading: 'Smetti',
    noCamera: 'La fotocamera non si apre: scrivi il seriale.',
    start: 'Inizio',
    end: 'Fine',
    resolve: 'Segna come risolta',
    toReturn: 'Devo tornare',
    nobody: 'Non c’era nessuno',
    goods: 'Consegna il materiale',
    goodsHint: 'Si chiude quando chi lo riceve firma l’ultima consegna.',
    recorded: 'Intervento registrato.',
    closedToday: 'Chiusi oggi',
  },
  left: {
    none: 'Senza scadenza',
    left: (time: string) => `Restano ${time}`,
    late: (time: string) => `Oltre la data di ${time}`,
    minutes: (count: number) => `${count} min`,
    hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
    days: (days: number, hours: number) =>
      [days === 1 ? '1 giorno' : `${days} giorni`, ...(hours === 0 ? [] : [`${hours} h`])].join(' e '),
  },
  offline: {
    mark: 'Senza rete',
    none: 'Puoi continuare: le chiusure partono da sole appena torna il segnale.',
    waiting: (count: number) =>
      count === 1
        ? 'Puoi continuare. 1 chiusura parte da sola appena torna il segnale.'
        : `Puoi continuare. ${closings(count)} partono da sole appena torna il segnale.`,
    sent: (numbers: string) => `Inviate: ${numbers}.`,
    signIn: 'La sessione è finita: accedi di nuovo. Le chiusure restano su questo telefono e partono dopo.',
    signInLink: 'Accedi',
    list: 'Chiusi oggi, da inviare',
    outcome: {
      resolved: (time: string) => `Chiuso alle ${time}, da inviare`,
      to_return: (time: string) => `Devo tornare, ${time}: da inviare`,
      nobody_there: (time: string) => `Non c’era nessuno, ${time}: da inviare`,
    },
    refused: 'Non registrata: da correggere',
    stale: 'Non registrata: la richiesta è cambiata',
    fix: 'Correggi',
    drop: 'Scarta',
    dropOf: (number: string) => `Scarta la chiusura di ${number}`,
    fixOf: (number: string) => `Correggi la chiusura di ${number}`,
    notSaved: 'Il telefono non può conservare le chiusure: non uscire dalla pagina e riprova quando torna il segnale.',
    others: (count: number) =>
      count === 1
        ? 'Su questo telefono c’è 1 chiusura non inviata di un’altra persona: parte quando accede lei.'
        : `Su questo telefono ci sono ${count} chiusure non inviate di un’altra persona: partono quando accede lei.`,
    leaving: (count: number) =>
      count === 1
        ? '1 chiusura non è stata registrata. Uscendo si cancella da questo telefono e si perde.'
        : `${closings(count)} non sono state registrate. Uscendo si cancellano da questo telefono e si perdono.`,
    leave: 'Esci lo stesso',
    stay: 'Resta',
  },
  inPerson: {
    title: 'Chiesto di persona: aggiungi',
    lead: 'La richiesta si apre a nome di chi te l’ha fatta ed è già tua.',
    kind: 'Che cosa è',
    subject: 'Che cosa chiede',
    who: 'Chi chiede',
    whoHint: 'Tre lettere del nome o dell’ufficio',
    find: 'Cerca',
    choose: 'Scegli la persona',
    noOne: 'Nessuno con queste lettere: prova il cognome o il numero interno.',
    add: 'Aggiungi',
    added: (number: string) => `Aperta: ${number}. È fra i tuoi interventi.`,
    needsNet: 'Serve la rete: i nomi delle persone non restano sul telefono.',
  },
}
export type FieldTexts = typeof fieldIt
