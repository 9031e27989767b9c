/** Privacy notice, legal notes and accessibility, in Italian. */
export const legalIt = {
  unset: 'non ancora indicato',
  privacy: {
    title: 'Informativa privacy',
    lead: (organisation: string) =>
      `Quali dati ${organisation} tratta in queste pagine, perché e per quanto tempo (artt. 13 e 14 del Regolamento UE 2016/679).`,
    who: 'Chi tratta i dati',
    whoText: (organisation: string) => `Titolare del trattamento: ${organisation}.`,
    dpo: 'Responsabile della protezione dei dati:',
    office: 'Ufficio responsabile di ciò che si pubblica:',
    read: 'Se leggi soltanto',
    readText:
      'Le pagine pubbliche non usano cookie, non contano le visite e non caricano nulla da altri siti. Chi cambia lingua riceve un cookie tecnico che ricorda la scelta.',
    clarity: 'Se rispondi a «Quanto sono chiare le informazioni su questa pagina?»',
    clarityText:
      'Rispondi senza accesso e senza cookie. Si conservano la pagina, la risposta e il giorno. Per evitare abusi si contano gli invii del giorno da ogni rete, con un’impronta che si cancella con il giorno.',
    report: 'Se ti registri e valuti il Bilancio sociale',
    reportText:
      'Per registrarti servono un indirizzo di posta e una password; il nome non si chiede. La registrazione serve a far rispondere ogni persona una volta. La tua risposta si conserva senza il tuo nome: accanto c’è solo un’impronta, calcolata con una chiave, che dice che hai già valutato quella pagina; dopo 30 giorni non si può più sapere quale risposta è tua. I commenti li legge solo chi cura le pagine.',
    barrier: 'Se segnali un problema di accessibilità',
    barrierText:
      'Usiamo nome (se lo scrivi) e indirizzo per risponderti. La segnalazione diventa una richiesta che segue chi deve risolverla.',
    basis: 'Perché possiamo farlo',
    basisText:
      'I dati si trattano per compiti di interesse pubblico (art. 6, par. 1, lett. e, del Regolamento): rendere conto ai cittadini, migliorare le pagine (art. 7 del d.lgs. 82/2005), rispondere sull’accessibilità (legge 4/2004). Rispondere e registrarsi è facoltativo. I dati non si danno ad altri, salvo alla società che gestisce i sistemi per conto del titolare, e non escono dall’Unione europea.',
    keep: 'Per quanto tempo',
    keepCaption: 'Dati dei cittadini e tempi di conservazione',
    what: 'Che cosa',
    period: 'Per quanto',
    months: (n: number) => `${n} mesi dalla chiusura (periodo proposto, deciso dall’amministrazione)`,
    rights: 'I tuoi diritti',
    rightsText:
      'Puoi chiedere di vedere, correggere o cancellare i dati, di limitarne l’uso o di opporti, scrivendo al responsabile della protezione dei dati. La registrazione la cancelli da te, dal tuo profilo. Puoi presentare reclamo al Garante per la protezione dei dati personali.',
    garante: 'Garante per la protezione dei dati personali',
  },
  legal: {
    title: 'Note legali',
    lead: 'Come si possono usare i contenuti di queste pagine.',
    // Exact words of criterion C.SI.3.4 of the Modello Comuni (italia/design-comuni-docs).
    section: 'Licenza dei contenuti',
    first:
      'In applicazione del principio open by default ai sensi dell’articolo 52 del decreto legislativo 7 marzo 2005, n. 82 (CAD) e salvo dove diversamente specificato (compresi i contenuti incorporati di terzi), i dati, i documenti e le informazioni pubblicati sul sito sono rilasciati con licenza CC-BY 4.0.',
    second:
      'Gli utenti sono quindi liberi di condividere (riprodurre, distribuire, comunicare al pubblico, esporre in pubblico), rappresentare, eseguire e recitare questo materiale con qualsiasi mezzo e formato e modificare (trasformare il materiale e utilizzarlo per opere derivate) per qualsiasi fine, anche commerciale con il solo onere di attribuzione, senza apporre restrizioni aggiuntive.',
    link: 'Testo della licenza CC-BY 4.0',
    software: 'Programma',
    softwareText: 'Queste pagine sono prodotte da SITEC, software libero con licenza EUPL-1.2.',
    office: 'Ufficio responsabile',
  },
  accessibility: {
    title: 'Accessibilità',
    lead: (organisation: string) =>
      `${organisation} si impegna a rendere queste pagine accessibili a tutti, secondo la legge 9 gennaio 2004, n. 4 e le WCAG 2.1, livello AA.`,
    declaration: 'Dichiarazione di accessibilità',
    declarationText:
      'Lo stato di conformità e i contenuti non accessibili sono nella dichiarazione pubblicata sul sito di AgID.',
    declarationLink: 'Leggi la dichiarazione di accessibilità',
    declarationUnset: 'La dichiarazione non è ancora stata pubblicata. Puoi comunque segnalare un problema qui sotto.',
    answer: 'Segnala un problema',
    answerText:
      'Se qualcosa non si legge, non si sente o non si usa con la tastiera o con un ausilio, scrivici: la segnalazione diventa una richiesta con un numero e ti rispondiamo entro 30 giorni.',
    name: 'Nome e cognome',
    email: 'Indirizzo di posta, per risponderti',
    page: 'Indirizzo o titolo della pagina',
    text: 'Che cosa non funziona',
    textHint:
      'Al massimo 2.000 caratteri. Se puoi, scrivi con quale programma o ausilio. Non serve dire nulla della tua salute.',
    website: 'Lascia vuoto questo campo',
    send: 'Invia la segnalazione',
    privacy: 'Informativa privacy',
    received: 'Segnalazione ricevuta',
    receivedText: (number: string) => `La tua segnalazione ha il numero ${number}. Ti rispondiamo entro 30 giorni.`,
    receivedMail: 'Ti mandiamo il numero anche per posta.',
    ombudsman: 'Se non ti rispondiamo',
    ombudsmanText:
      'Se entro 30 giorni non ricevi risposta, o la risposta non ti soddisfa, puoi rivolgerti al Difensore civico per il digitale presso AgID (art. 3-quinquies della legge 4/2004).',
    ombudsmanLink: 'Difensore civico per il digitale',
  },
}
