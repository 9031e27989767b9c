/** Italian of what offices say of what was delivered for them: the mail, its page, the page of the office. */
const pieces = (count: number) => (count === 1 ? 'un pezzo' : `${count} pezzi`)
const day = (iso: string) =>
  new Intl.DateTimeFormat('it-IT', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`))

export const officeAnswersIt = {
  mail: {
    subject: (note: string) => `È arrivato tutto? Consegna ${note}`,
    lead: (note: string, supplier: string, on: string) =>
      `${supplier} dichiara una consegna per il tuo ufficio, con la bolla ${note}. Data della consegna: ${day(on)}.`,
    office: (name: string) => `${name}:`,
    line: (count: number, what: string, models: readonly string[]) =>
      `- ${what}: ${pieces(count)}${models.length === 0 ? '' : ` (${models.join(', ')})`}`,
    ask: 'È arrivato tutto come descritto? Rispondi qui, senza accedere:',
    page: 'Tutte le consegne ai tuoi uffici, dopo l’accesso:',
  },
  link: {
    title: 'È arrivato tutto?',
    lead: (note: string, supplier: string, on: string) => `Bolla ${note} del ${day(on)}, ${supplier}.`,
    once: 'Il collegamento vale per una sola risposta. Quello che dici sta accanto alla verifica di conformità, non al suo posto.',
    used: {
      complete: 'Hai confermato: è arrivato tutto',
      differs: 'Hai segnalato che qualcosa manca o è diverso',
    },
    usedNext: {
      complete: 'Grazie.',
      differs: 'Grazie: chi verifica la consegna legge quello che hai scritto.',
    },
    answered: 'L’ufficio ha già risposto',
    answeredNext: 'Per cambiare la risposta accedi e apri le consegne del tuo ufficio.',
    expired: 'Questo collegamento è scaduto',
    expiredNext: 'Accedi e rispondi dalle consegne del tuo ufficio.',
    unknown: 'Questo collegamento non esiste',
    unknownNext: 'Forse è stato copiato a metà, o non ti occupi più di quell’ufficio.',
    see: 'Accedi e vai alle consegne',
  },
  page: {
    title: 'Consegne ai tuoi uffici',
    lead: (waiting: number) =>
      waiting === 0
        ? 'Nessuna consegna aspetta la tua risposta.'
        : waiting === 1
          ? 'Una consegna aspetta la tua risposta.'
          : `${waiting} consegne aspettano la tua risposta.`,
    none: 'Nessuna consegna è stata dichiarata per i tuoi uffici.',
    waiting: 'Da confermare',
    answered: 'Con una risposta',
    done: 'Risposta registrata.',
    change: 'Cambia la risposta',
    heading: (office: string, note: string) => `${office}, bolla ${note}`,
    facts: (supplier: string, on: string, order: string) => `${supplier}, ${day(on)}, ordine ${order}.`,
    offer: (waiting: number) =>
      waiting === 1
        ? 'Una consegna per i tuoi uffici aspetta che tu dica se è arrivata.'
        : `${waiting} consegne per i tuoi uffici aspettano che tu dica se sono arrivate.`,
    open: 'Vai alle consegne',
  },
  form: {
    complete: 'Sì, è arrivato tutto',
    differs: 'Manca qualcosa o è diverso',
    office: 'In quale ufficio',
    which: 'Che cosa manca o è diverso',
    whichHint: 'Se non scegli niente, vale per tutto.',
    reason: 'Scrivi che cosa non torna',
    reasonHint: 'Per esempio: ne sono arrivati 4 su 5; uno ha lo schermo rotto.',
    send: 'Invia la segnalazione',
    line: (number: number, what: string) => `Riga ${number}: ${what}`,
  },
  line: (what: string, count: number) => `${what}: ${pieces(count)}`,
  models: (models: readonly string[]) => `Modello: ${models.join(', ')}`,
  serials: (serials: readonly string[], more: number) =>
    `Numeri di serie: ${serials.join(', ')}${more > 0 ? ` e altri ${more}` : ''}`,
  said: {
    title: 'Che cosa dicono gli uffici',
    caption: 'Risposte degli uffici',
    lead: 'La parola di chi riceve sta accanto a quella di chi verifica: non rende verificato nessun pezzo.',
    columns: { office: 'Ufficio', delivery: 'Bolla', pieces: 'Pezzi', answer: 'Risposta' },
    none: 'Nessun pezzo è per un ufficio: non c’è a chi chiedere.',
    waiting: 'Non ha ancora risposto',
    complete: 'Confermata dall’ufficio',
    differs: 'L’ufficio segnala',
    words: (reason: string) => `«${reason}»`,
    about: (lines: readonly string[]) => `Su: ${lines.join('; ')}`,
    erased: 'Il testo è stato rimosso.',
    throughLink: 'dal collegamento nella mail',
    contested: (count: number) => (count === 1 ? 'Un ufficio segnala' : `${count} uffici segnalano`),
    counts: (confirmed: number, contested: number) =>
      [
        ...(confirmed > 0 ? [`confermati dagli uffici: ${confirmed}`] : []),
        ...(contested > 0 ? [`segnalati dagli uffici: ${contested}`] : []),
      ].join(', '),
  },
}
