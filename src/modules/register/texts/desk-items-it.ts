/** Italian of cases on items and of installations. */
export const deskItemsIt = {
  title: 'Beni della richiesta',
  none: 'Nessun bene collegato.',
  impact: (lost: number, offices: number) =>
    lost === 0
      ? 'Non si ferma nient’altro.'
      : `${lost === 1 ? 'Si ferma un altro bene' : `Si fermano altri ${lost} beni`}, di ${offices === 1 ? 'un ufficio' : `${offices} uffici`}.`,
  mustKnow: 'Chi lo deve sapere',
  why: (why: 'custodian' | 'contact', office: string) =>
    why === 'custodian' ? `consegnatario${office && `, ${office}`}` : `referente${office && `, ${office}`}`,
  others: (count: number) => `e altri ${count}`,
  offices: 'Uffici toccati',
  field: 'Collega un bene',
  fieldHint: 'Codice, numero di serie, inventario o etichetta.',
  link: 'Collega',
  unlink: 'Togli',
  unlinkLabel: (code: string) => `Togli ${code}`,
  lead: (number: string) => `Richiesta ${number}`,
  caption: 'Beni collegati',
  columns: { code: 'Codice', name: 'Bene', state: 'Stato', office: 'Ufficio', act: 'Azione' },
  people: { name: 'Persona', why: 'Perché', office: 'Ufficio' },
  whys: { custodian: 'consegnatario di ciò che si ferma', contact: 'referente di un ufficio toccato' },
  ofItem: {
    title: 'Richieste su questo bene',
    columns: { number: 'Richiesta', title: 'Oggetto', state: 'Stato', opened: 'Aperta' },
  },
  desk: {
    title: 'Installazioni dal servizio di assistenza',
    lead: 'I numeri di serie segnati negli interventi di installazione risolti. Da verificare: quelli che il registro non ha potuto mettere in uso.',
    none: 'Nessuna installazione.',
    columns: { number: 'Richiesta', serial: 'Numero di serie', code: 'Bene', outcome: 'Esito', at: 'Quando' },
    outcomes: {
      installed: 'Messo in uso',
      already: 'Era già in uso',
      unknown: 'Da verificare: serie non in registro',
      wrong_state: 'Da verificare: lo stato non lo permette',
    },
    document: (number: string) => `Richiesta ${number}`,
  },
}
