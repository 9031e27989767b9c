/** What the demo's offices ask for: invented offices, plausible reasons. */

export type Asked = { what: string; quantity: number; forWhom: string; why: string }

/** Of the office contact's own office, last year: all sent, one not accepted. */
export const lastYear: readonly Asked[] = [
  {
    what: 'PC con monitor 24 pollici garanzia 3 anni on-site',
    quantity: 8,
    forWhom: 'In sostituzione di 8 del 2016',
    why: 'Il nuovo protocollo non gira',
  },
  { what: 'Stampante di rete a colori', quantity: 1, forWhom: 'Ufficio contributi', why: 'La vecchia è fuori uso' },
  { what: 'Scanner con alimentatore', quantity: 2, forWhom: 'Sportelli 1 e 2', why: 'Le domande arrivano su carta' },
  {
    what: 'Licenza per firma digitale',
    quantity: 6,
    forWhom: 'Responsabili del procedimento',
    why: 'Firma degli atti',
  },
  {
    what: 'Cuffia per telefonate',
    quantity: 3,
    forWhom: 'Segretariato sociale',
    why: 'Ascolto al telefono tutto il giorno',
  },
]

/** Of the same office, the year to come: a draft with a reason that is still missing. */
export const draft: readonly Asked[] = [
  {
    what: 'PC con monitor 24 pollici garanzia 3 anni on-site',
    quantity: 6,
    forWhom: 'In sostituzione di 6 del 2017',
    why: 'Non reggono il nuovo protocollo',
  },
  {
    what: 'Monitor 24 pollici',
    quantity: 4,
    forWhom: 'Sportelli 1–4',
    why: 'Secondo schermo per chi serve il pubblico',
  },
  { what: 'Stampante di rete a colori', quantity: 1, forWhom: 'In sostituzione di ST-0218', why: 'Guasta tre volte' },
  { what: 'Licenza per firma digitale', quantity: 5, forWhom: 'Nuovi responsabili del procedimento', why: '' },
]

/** Of other offices, sent for the year to come. */
export const sent: readonly (readonly Asked[])[] = [
  [
    {
      what: 'PC con monitor 24 pollici garanzia 3 anni on-site',
      quantity: 12,
      forWhom: 'Ufficio anagrafe',
      why: 'Sei anni di servizio, garanzia scaduta',
    },
    { what: 'Scanner con alimentatore', quantity: 4, forWhom: 'Sportelli', why: 'Copie dei documenti di identità' },
  ],
  [
    {
      what: 'PC con monitor 24 pollici garanzia 3 anni on-site',
      quantity: 5,
      forWhom: 'Nuovi assunti',
      why: 'Cinque ingressi a gennaio',
    },
    { what: 'Portatile 14 pollici', quantity: 2, forWhom: 'Ispettori', why: 'Verbali sul posto' },
    {
      what: 'Tavoletta per la firma grafometrica',
      quantity: 3,
      forWhom: 'Sportelli',
      why: 'Meno carta agli sportelli',
    },
  ],
]
