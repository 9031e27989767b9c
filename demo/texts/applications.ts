/** What is asked about applications: help, defects, small maintenance, data, development. */
import type { Ask } from './topics.ts'

/** Applications as people call them. */
export const applications = [
  'Protocollo',
  'Contabilità',
  'Tributi',
  'Anagrafe',
  'Stato civile',
  'Presenze',
  'Paghe',
  'Delibere e determine',
  'Contravvenzioni',
  'Sportello delle imprese',
  'Edilizia',
  'Cimiteri',
  'Biblioteche',
  'Servizi sociali',
  'Mense scolastiche',
  'Portale dei servizi',
  'Albo pretorio',
  'Amministrazione trasparente',
  'Inventario',
  'Patrimonio',
] as const

/** "{a}" stands for the application. */
export const supportAsks: readonly Ask[] = [
  ['{a}: come si corregge un dato già confermato?', 'Ho sbagliato la data e il campo ora è grigio.'],
  ['{a}: aiuto per la chiusura di fine mese', 'È la prima volta che la faccio.'],
  ['{a}: non trovo più la funzione di stampa', 'Prima era in alto a destra.'],
  ['{a}: affiancamento per la nuova collega', 'Mezza giornata, anche a distanza.'],
  ['{a}: come si annulla una pratica doppia?', 'La stessa persona risulta due volte.'],
  ['{a}: che cosa vuol dire «stato sospeso»?', 'Ne ho una ventina e non so come farle andare avanti.'],
  ['{a}: riaprire una pratica chiusa per errore', 'Il cittadino ha portato il documento mancante.'],
  ['{a}: esportare l’elenco in un foglio di calcolo', 'Mi servono solo tre colonne.'],
  ['{a}: collegare l’allegato alla pratica giusta', 'È finito su un’altra.'],
  ['{a}: cambiare il responsabile di venti pratiche', 'Chi le seguiva è stato trasferito.'],
  ['{a}: ricerca per codice fiscale senza risultati', 'So che la persona c’è.'],
  ['{a}: impostare la firma del nuovo dirigente', 'Da lunedì.'],
  ['{a}: istruzioni per la rendicontazione', 'La scadenza è a fine mese.'],
  ['{a}: il modello di lettera ha ancora il vecchio stemma', 'Va cambiato prima della spedizione.'],
]

export const supportSolutions = [
  'Spiegato il passaggio al telefono; mandata la scheda con le immagini.',
  'Affiancamento svolto, circa due ore.',
  'Corretto il dato dal profilo di supervisore, su autorizzazione dell’ufficio.',
  'Riaperta la pratica; resta la traccia della riapertura.',
  'Preparato il modello di esportazione, ora è nel menu dell’ufficio.',
  'Aggiornato il modello di lettera.',
] as const

export const defectAsks: readonly Ask[] = [
  ['{a} si blocca quando allego un documento', 'La finestra resta bianca e devo chiudere tutto.'],
  ['{a}: la procedura non si apre', 'Compare la scritta «servizio non disponibile».'],
  ['{a}: totale sbagliato nel riepilogo', 'La somma delle righe non torna di due centesimi.'],
  ['{a}: la stampa esce senza l’ultima pagina', 'Succede oltre le dieci pagine.'],
  ['{a}: i nomi con l’apostrofo danno errore', 'Con D’Acero il salvataggio fallisce.'],
  ['{a}: date del 29 febbraio rifiutate', 'Eppure quest’anno c’era.'],
  ['{a}: il pulsante Conferma non risponde', 'Con un altro browser funziona.'],
  ['{a}: messaggi doppi al cittadino', 'Ne ricevono due uguali.'],
  ['{a}: allegati oltre 5 MB rifiutati dalla conservazione', 'Nessun avviso, la pratica resta in coda.'],
  ['{a}: la ricerca va in errore con le lettere accentate', 'Con «perché» si ferma.'],
  ['{a}: elenco che si ferma a cento righe', 'Le altre non si vedono in nessun modo.'],
  ['{a}: dopo l’aggiornamento manca una colonna', 'Quella dell’importo residuo.'],
]

export const defectSolutions = [
  'Corretto l’errore, distribuita la versione aggiornata in serata.',
  'Correzione provata con l’ufficio e messa in esercizio.',
  'Ripristinata la versione precedente; la correzione arriva con il prossimo rilascio.',
  'Corretto il calcolo e ricalcolati i riepiloghi del mese.',
  'Alzato il limite degli allegati a 30 MB e rimandate le pratiche in coda.',
] as const

export const maintenanceAsks = {
  corrective: [
    ['{a}: correggere il calcolo degli arrotondamenti', 'Le ricevute differiscono di un centesimo dal registro.'],
    ['{a}: l’esportazione perde gli zeri iniziali', 'I codici fiscali delle società risultano sbagliati.'],
    ['{a}: ordinamento sbagliato nell’elenco dei pagamenti', 'Gli importi sono in ordine di testo.'],
    ['{a}: il registro giornaliero salta i festivi', 'La conservazione lo segnala come mancante.'],
  ],
  adaptive: [
    ['{a}: adeguare il tracciato alla nuova circolare', 'In vigore dal primo del mese.'],
    ['{a}: nuove aliquote deliberate dal consiglio', 'Delibera allegata.'],
    ['{a}: aggiornare i modelli alla nuova denominazione del servizio', 'Sono una decina.'],
    ['{a}: adeguare l’accesso alla nuova identità digitale', 'La vecchia modalità cessa a giugno.'],
  ],
  extension: [
    ['{a}: aggiungere il filtro per quartiere', 'Lo chiedono gli uffici ogni settimana.'],
    ['{a}: avviso automatico a trenta giorni dalla scadenza', 'Oggi lo facciamo a mano.'],
    ['{a}: stampa dell’etichetta con codice a barre', 'Per l’archivio di deposito.'],
    ['{a}: esportazione per il bilancio sociale', 'Una volta l’anno, per area.'],
    ['{a}: pagina di riepilogo per il dirigente', 'Numeri per mese e per ufficio.'],
  ],
} as const

export const maintenanceSolutions = [
  'Realizzato, provato con l’ufficio, messo in esercizio.',
  'Rilasciato con la versione di questa settimana; scheda di prova allegata.',
  'Adeguamento in esercizio; verificato il tracciato con l’ente.',
] as const

export const dataAsks: readonly Ask[] = [
  ['Elenco dei residenti per via, per il piano scuole', 'Solo numeri, senza nomi.'],
  ['Estrazione delle pratiche edilizie per anno e quartiere', 'Per la relazione alla giunta.'],
  ['Statistica delle chiamate allo sportello', 'Ultimi dodici mesi.'],
  ['Confronto tra anagrafe e tributi', 'Quante posizioni non si incrociano, senza nominativi.'],
  ['Numero di pasti per scuola e mese', 'In formato aperto, per la pubblicazione.'],
  ['Importi delle contravvenzioni incassati per mese', 'Come l’anno scorso.'],
  ['Elenco dei beni con più di dieci anni', 'Per il piano dei fabbisogni.'],
  ['Dati per la rilevazione sugli enti', 'Modello allegato.'],
]
export const dataSolutions = [
  'Elaborazione consegnata nella cartella dell’ufficio, con la nota sul metodo.',
  'Estrazione fatta e verificata a campione con il richiedente.',
] as const

export const developmentAsks: readonly Ask[] = [
  ['{a}: nuovo modulo per le domande in linea', 'Le domande oggi arrivano su carta: circa tremila l’anno.'],
  ['{a}: integrazione con il fascicolo del cittadino', 'Per non chiedere due volte gli stessi documenti.'],
  ['{a}: gestione degli appuntamenti', 'Con promemoria e lista d’attesa.'],
  ['{a}: cruscotto per le scadenze dei procedimenti', 'Con i tempi medi per ufficio.'],
  ['{a}: versione accessibile per gli utenti esterni', 'Come da obiettivi di accessibilità.'],
]
export const developmentSolutions = ['Sviluppo concluso, verbale di verifica firmato.'] as const

export const applicationQuestions = [
  ['Mi mandi il numero di una pratica in cui succede?', 'Per esempio la 2231.'],
  ['Succede a tutti nell’ufficio?', 'Sì, anche alla collega.'],
  ['Che cosa hai premuto subito prima?', 'Conferma e poi Stampa.'],
  ['Che messaggio compare, di preciso?', 'Dice «operazione non consentita».'],
] as const
