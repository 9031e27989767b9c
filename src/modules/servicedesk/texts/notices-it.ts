/** Italian of the mails about a case: sentences that stand by themselves. */
export const noticesIt = {
  subject: (number: string, title: string) =>
    title === '' ? `Richiesta n. ${number}` : `Richiesta n. ${number}: ${title}`,
  greeting: (name: string) => `Buongiorno ${name},`,
  reserved: (number: string) => `C’è una novità sulla tua richiesta n. ${number}. Per leggerla accedi a SITEC.`,
  opened: (number: string, title: string) =>
    title === ''
      ? `Abbiamo ricevuto la tua richiesta n. ${number}.`
      : `Abbiamo ricevuto la tua richiesta n. ${number}: «${title}».`,
  openedNext: 'Ti scriviamo quando i tecnici la prendono in carico.',
  receipt: {
    phone: (number: string, when: string) =>
      `Abbiamo registrato la tua telefonata e aperto la richiesta n. ${number}. Ora della telefonata: ${when}.`,
    in_person: (number: string, when: string) =>
      `Abbiamo registrato quello che ci hai chiesto di persona e aperto la richiesta n. ${number}. Ora: ${when}.`,
  },
  receiptAbout: (title: string) => `Oggetto: ${title}`,
  receiptLink: 'Se l’ora non è giusta correggila qui, senza accedere:',
  taken: (since: string) => `La tua richiesta è in lavorazione. In carico ai tecnici ${since}.`,
  promised: (when: string) => `I tecnici hanno dato una data per la tua richiesta. Data prevista: ${when}.`,
  promisedAgain: (when: string, before: string) =>
    `La data della tua richiesta è cambiata. Data prevista: ${when} (prima: ${before}).`,
  reason: (reason: string) => `Motivo: ${reason}`,
  replied: 'Il servizio di assistenza ti ha risposto:',
  asked: 'Per andare avanti i tecnici hanno bisogno di una tua risposta:',
  askedBare: 'Per andare avanti i tecnici hanno bisogno di una tua risposta.',
  askedNext: 'La richiesta è ferma finché non rispondi.',
  askedLink: 'Rispondi a questa mail, oppure scrivi qui, senza accedere:',
  resolved: 'I tecnici hanno segnato la tua richiesta come risolta.',
  resolvedHow: 'Che cosa è stato fatto:',
  resolvedAsk: 'Il problema è risolto? Scegli qui «Sì», «In parte» o «No», senza accedere:',
  resolvedUntil: (when: string) =>
    `Se non rispondi, la richiesta si chiude senza risposta. Ultimo momento per rispondere: ${when}.`,
  closedSilent:
    'La tua richiesta è stata chiusa senza risposta: non abbiamo saputo se il problema è risolto. Se c’è ancora, apri una nuova richiesta e cita questo numero.',
  cancelled: 'La tua richiesta è stata ritirata da chi la segue.',
  cancelledNext: 'Se ti serve ancora, rispondi a questa mail o apri una nuova richiesta.',
  refused: 'La tua richiesta non è stata accolta.',
  duplicate: (other: string | null) =>
    other === null
      ? 'La tua richiesta riguarda un problema che stiamo già seguendo con un’altra: proseguiamo con quella.'
      : `La tua richiesta riguarda un problema che stiamo già seguendo con la richiesta n. ${other}: proseguiamo con quella.`,
  see: 'Tutta la richiesta, dopo l’accesso:',
  signature: (organisation: string) => `Servizi informatici, ${organisation}`,
  automatic: 'Messaggio automatico di SITEC.',
  head: {
    subject: (day: string) => `Impronta di garanzia del ${day}`,
    lead: 'Conserva questo messaggio fuori da SITEC. Con l’impronta qui sotto si può provare che nessun atto registrato prima di quel momento è stato cambiato, tolto o aggiunto.',
    number: (number: string) => `Numero: ${number}`,
    head: (head: string) => `Impronta: ${head}`,
    when: (when: string) => `Presa: ${when} (UTC)`,
    verify: 'Per verificare, chi gestisce SITEC esegue:',
  },
  test: {
    subject: 'Prova della posta in uscita di SITEC',
    lead: 'Se leggi questo messaggio, SITEC sa spedire la posta. Non serve rispondere.',
  },
}
