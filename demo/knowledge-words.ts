/** What the demo city's desk knows: invented articles, reply templates and outages. */

export type DemoArticle = {
  title: string
  keywords: string
  body: string
  kinds: string[]
  audience: 'everybody' | 'staff'
  state: 'draft' | 'published'
  owner: string
  /** Days from today to the review; behind it when negative. */
  reviewInDays: number
  helped: number
}

const agent = 'operatore@'
const leader = 'responsabile@'
const verifier = 'contratto@'

export const articles: readonly DemoArticle[] = [
  {
    title: 'Cambiare la password da soli',
    keywords: 'password scaduta dimenticata accesso parola chiave',
    body: 'La password si cambia ogni sei mesi. Puoi farlo da solo, dal tuo computer dell’ufficio.\n\n1. Premi insieme Ctrl, Alt e Canc e scegli «Cambia password».\n2. Scrivi quella di adesso, poi due volte la nuova.\n3. Premi Invio e aspetta la conferma.\n\nLa nuova password:\n- ha almeno 12 caratteri, con una maiuscola e una cifra;\n- non contiene il tuo nome;\n- non è una delle ultime cinque.\n\nSe leggi che non rispetta le regole, quasi sempre è una delle ultime cinque.',
    kinds: ['incident'],
    audience: 'everybody',
    state: 'published',
    owner: agent,
    reviewInDays: 120,
    helped: 14,
  },
  {
    title: 'La stampante non stampa: tre cose da provare',
    keywords: 'stampante stampa fogli inceppata spia toner coda',
    body: 'Prima di aprire una richiesta prova così:\n\n1. Guarda se sul pannello della stampante c’è un messaggio: carta finita, sportello aperto, toner esaurito.\n2. Spegnila, aspetta dieci secondi, riaccendila.\n3. Sul computer apri la coda di stampa e cancella i documenti fermi.\n\nSe la spia resta rossa, apri una richiesta e scrivi che cosa c’è sul pannello: il tecnico arriva già con il pezzo giusto.',
    kinds: ['incident'],
    audience: 'everybody',
    state: 'published',
    owner: agent,
    reviewInDays: 60,
    helped: 11,
  },
  {
    title: 'Leggere la posta da fuori ufficio',
    keywords: 'posta webmail casa telefono smart working mail',
    body: 'La posta si legge da qualunque browser, senza installare nulla.\n\n1. Apri la pagina della posta via web del Comune.\n2. Entra con il tuo indirizzo e la password dell’ufficio.\n3. Alla prima volta ti arriva un codice: scrivilo e prosegui.\n\nSul telefono personale usa soltanto il browser: non salvare la password.',
    kinds: [],
    audience: 'everybody',
    state: 'published',
    owner: agent,
    reviewInDays: 200,
    helped: 9,
  },
  {
    title: 'Allegare al protocollo un documento pesante',
    keywords: 'protocollo allegato documento pdf dimensione limite blocca',
    body: 'Il protocollo accetta allegati fino a 30 MB. Oltre, la finestra resta bianca.\n\n- Una scansione a 200 punti per pollice, in bianco e nero, pesa dieci volte meno di una a colori.\n- Dividi il documento in più file, numerati nell’ordine.\n- Non comprimere in ZIP: il protocollo non lo apre.\n\nSe si blocca anche con un file piccolo, apri una richiesta.',
    kinds: ['incident'],
    audience: 'everybody',
    state: 'published',
    owner: leader,
    reviewInDays: 90,
    helped: 7,
  },
  {
    title: 'La cartella condivisa non si vede più',
    keywords: 'cartella condivisa rete disco vuota sparita unità',
    body: 'Di solito la cartella c’è ancora: è il collegamento che si è perso.\n\n1. Esci dal computer (non basta bloccarlo) e rientra.\n2. Controlla che il cavo di rete sia inserito, o che la rete senza fili sia quella dell’ufficio.\n3. Apri «Questo PC»: la cartella ha la lettera di sempre?\n\nSe l’ufficio si è spostato da poco, aspetta il giorno dopo: i collegamenti si rifanno di notte.',
    kinds: ['incident'],
    audience: 'everybody',
    state: 'published',
    owner: leader,
    reviewInDays: 30,
    helped: 6,
  },
  {
    title: 'Presenze: la procedura non si apre',
    keywords: 'presenze timbrature cartellino ferie permessi',
    body: 'La procedura delle presenze è ferma ogni notte dalle 22 alle 6, e l’ultimo giorno del mese dalle 18.\n\nNegli altri momenti, se leggi «servizio non disponibile»:\n- chiudi tutte le finestre del browser e riprova;\n- prova con un altro browser.\n\nLe timbrature fatte al lettore non si perdono.',
    kinds: ['incident'],
    audience: 'everybody',
    state: 'published',
    owner: verifier,
    reviewInDays: -20,
    helped: 5,
  },
  {
    title: 'Chiedere una postazione per chi arriva',
    keywords: 'postazione nuova assunzione computer scrivania collega',
    body: 'Serve prima che la persona prenda servizio, meglio dieci giorni lavorativi.\n\nNella richiesta scrivi:\n- nome, ufficio e giorno di arrivo;\n- stanza, e se la presa di rete c’è già;\n- gli applicativi che userà, e con quali permessi.\n\nLa casella di posta si crea da sola il giorno dell’arrivo.',
    kinds: ['service_request'],
    audience: 'everybody',
    state: 'published',
    owner: leader,
    reviewInDays: 150,
    helped: 3,
  },
  {
    title: 'Il toner: quando chiederlo e che cosa scrivere',
    keywords: 'toner cartuccia stampante materiale consumo',
    body: 'Chiedilo quando la stampante avvisa, non quando è finito: dall’avviso restano circa trecento pagine.\n\nScrivi il modello della stampante (è sull’etichetta davanti) e la stanza. Il toner usato si rende: il tecnico lo ritira alla consegna.',
    kinds: ['service_request'],
    audience: 'everybody',
    state: 'published',
    owner: agent,
    reviewInDays: 80,
    helped: 4,
  },
  {
    title: 'Lo scanner non viene riconosciuto dopo un aggiornamento',
    keywords: 'scanner scansione driver aggiornamento',
    body: '1. Stacca il cavo dello scanner dal computer.\n2. Riavvia il computer.\n3. Ricollega il cavo a una presa diversa, sul retro.\n4. Aspetta un minuto: il programma si sistema da solo.\n\nSe dopo un quarto d’ora non compare, apri una richiesta con il modello.',
    kinds: ['incident'],
    audience: 'everybody',
    state: 'published',
    owner: agent,
    reviewInDays: -5,
    helped: 2,
  },
  {
    title: 'Telefono muto: che cosa controllare',
    keywords: 'telefono muto linea cornetta interno voip',
    body: 'Il telefono prende la corrente dal cavo di rete.\n\n- Il display è spento? Controlla il cavo, ai due capi.\n- Il display è acceso ma non c’è segnale? Stacca e riattacca il cavo e aspetta due minuti.\n- Non ti sentono? Il tasto del microfono è rosso: premilo.',
    kinds: ['incident'],
    audience: 'everybody',
    state: 'published',
    owner: leader,
    reviewInDays: 170,
    helped: 2,
  },
  {
    title: 'Help desk: raccogliere bene un guasto di rete',
    keywords: 'rete lentezza diagnosi switch armadio',
    body: 'Per chi risponde al telefono. Prima di passare al 2° livello:\n\n1. È una persona, una stanza o un piano?\n2. Da che ora, e solo in certe ore?\n3. Si apre la pagina interna? E una esterna?\n4. Che numero c’è sulla presa a muro?\n\nSe è un piano intero, apri un guasto noto e collega le richieste che arrivano.',
    kinds: ['incident'],
    audience: 'staff',
    state: 'published',
    owner: leader,
    reviewInDays: 100,
    helped: 0,
  },
  {
    title: 'Firma digitale: il dispositivo non si legge',
    keywords: 'firma digitale lettore tessera smart card',
    body: 'Bozza: mancano le schermate del nuovo programma.\n\n- Prova un’altra presa USB, senza prolunghe.\n- Controlla la scadenza del certificato.',
    kinds: ['incident'],
    audience: 'everybody',
    state: 'draft',
    owner: agent,
    reviewInDays: 40,
    helped: 0,
  },
]

export type DemoTemplate = { title: string; body: string; kinds: string[]; team: string | null }

export const templates: readonly DemoTemplate[] = [
  {
    title: 'Presa in carico',
    body: 'Gentile {nome},\nabbiamo letto la richiesta {numero} e ci stiamo lavorando. La avvisiamo appena ci sono novità.',
    kinds: [],
    team: null,
  },
  {
    title: 'Serve il numero di inventario',
    body: 'Gentile {nome},\nper intervenire ci serve il numero dell’etichetta dell’apparecchio (di solito comincia con INV). Può rispondere qui?',
    kinds: ['incident'],
    team: null,
  },
  {
    title: 'Serve la foto del messaggio di errore',
    body: 'Gentile {nome},\npuò allegare una foto della schermata con il messaggio? Ci aiuta a capire più in fretta.',
    kinds: ['incident'],
    team: null,
  },
  {
    title: 'Passiamo in sede',
    body: 'Gentile {nome},\nun tecnico passerà da voi ({ufficio}) per la richiesta {numero}. Se quel giorno non c’è nessuno, ce lo scriva qui.',
    kinds: [],
    team: 'Tecnici in sede',
  },
  {
    title: 'In attesa del pezzo',
    body: 'Gentile {nome},\nil pezzo da cambiare è stato ordinato. Le scriviamo il giorno in cui arriva.',
    kinds: ['incident'],
    team: null,
  },
  {
    title: 'Accesso creato',
    body: 'Gentile {nome},\nl’accesso chiesto con la {numero} è attivo. Provi, e ci dica se manca qualcosa.',
    kinds: ['service_request'],
    team: null,
  },
  {
    title: 'Serve il consenso del dirigente',
    body: 'Gentile {nome},\nper questo accesso serve il consenso del dirigente dell’ufficio ({ufficio}): basta che risponda «va bene» a questa richiesta.',
    kinds: ['service_request'],
    team: null,
  },
  {
    title: 'Prova a riavviare',
    body: 'Gentile {nome},\nprovi a riavviare il computer (Start, Arresta, Riavvia: spegnere e riaccendere non basta) e ci dica se succede ancora.',
    kinds: ['incident'],
    team: '1° livello',
  },
  {
    title: 'Applicativo aggiornato',
    body: 'Gentile {nome},\nl’applicativo è stato aggiornato. Chiuda e riapra il programma: il problema della {numero} non dovrebbe ripetersi.',
    kinds: ['incident'],
    team: '2° livello applicativi',
  },
  {
    title: 'Toner in consegna',
    body: 'Gentile {nome},\nil toner è in consegna presso {ufficio}. Tenga da parte quello usato: lo ritira il tecnico.',
    kinds: ['service_request'],
    team: null,
  },
]
