/** What the demo city's social report says: invented lines, priorities, series, objectives. Years count from this one. */
import type { Block } from '../src/modules/transparency/report-schema.ts'
import type { PriorityState } from '../src/modules/transparency/report-vocabulary.ts'

type DemoPriority = {
  title: string
  description?: string
  steps: { state: PriorityState; daysAgo: number; reason?: string }[]
}
export type DemoLine = { title: string; guidelines: { title: string; priorities: DemoPriority[] }[] }

export const lines: readonly DemoLine[] = [
  {
    title: 'Una città che si usa da casa',
    guidelines: [
      {
        title: 'Portare in rete i servizi con più code',
        priorities: [
          {
            title: 'Certificati anagrafici in rete',
            description: 'I dodici certificati più richiesti, gratis e senza appuntamento.',
            steps: [
              { state: 'selected', daysAgo: 700 },
              {
                state: 'implemented',
                daysAgo: 420,
                reason: 'Dodici certificati in rete, 25.380 pratiche nell’ultimo anno',
              },
            ],
          },
          {
            title: 'Occupazioni di suolo in rete',
            steps: [{ state: 'selected', daysAgo: 690 }],
          },
          {
            title: 'Sportello mobile nei quartieri',
            steps: [
              { state: 'selected', daysAgo: 700 },
              {
                state: 'dropped',
                daysAgo: 360,
                reason: 'Costa più di due sportelli fissi e serve meno persone: prova chiusa dopo tre mesi',
              },
            ],
          },
        ],
      },
      {
        title: 'Aiutare chi non usa il computer',
        priorities: [{ title: 'Punti di aiuto nelle biblioteche', steps: [] }],
      },
    ],
  },
  {
    title: 'Uffici che rispondono',
    guidelines: [
      {
        title: 'Sapere quanto tempo serve e rispettarlo',
        priorities: [
          {
            title: 'Tempi delle richieste di assistenza pubblicati ogni trimestre',
            steps: [
              { state: 'selected', daysAgo: 500 },
              { state: 'implemented', daysAgo: 200, reason: 'Pubblicati con gli atti da cui sono calcolati' },
            ],
          },
          { title: 'Una data prevista per ogni pratica', steps: [{ state: 'selected', daysAgo: 180 }] },
        ],
      },
    ],
  },
]

const source = 'registro delle pratiche in rete (dati di prova)'
const counters = 'registro degli sportelli (dati di prova)'

/** Figures by years before the reported one: 3, 2, 1 and 0 before. */
export const series = [
  { figure: 'pratiche_in_rete', unit: 'count', source, values: [4120, 8730, 16_240, 25_380] },
  { figure: 'pratiche_allo_sportello', unit: 'count', source: counters, values: [91_400, 88_150, 79_620, 70_540] },
  { figure: 'servizi_in_rete', unit: 'count', source, values: [7, 15, 26, 34] },
  { figure: 'servizi_in_rete', unit: 'count', source: 'catalogo dei servizi (dati di prova)', values: [7, 15, 27, 34] },
] as const

export const editionWords = {
  office: 'Innovazione, referente della trasparenza',
  summary:
    'Più servizi in rete e meno attesa agli sportelli; resta da fare sulle pratiche che finiscono con un pagamento.',
}

const typed = (label: string, value: number, unit: string, date: string, from: string, period = '') => ({
  label,
  origin: { from: 'typed' as const, value, unit, date, period, source: from },
})

/** The objective of the mockups, with the average wait as it was told then, or as it was corrected. */
export function onlineServices(year: number, waiting: number): Block[] {
  const day = `${year}-12-31`
  return [
    {
      kind: 'figures',
      heading: '',
      figures: [
        { label: 'Pratiche presentate in rete', origin: { from: 'series', figure: 'pratiche_in_rete', year, source } },
        typed('Servizi attivi in rete', 34, '', day, 'catalogo dei servizi'),
        typed(
          'Attesa media all’anagrafe',
          waiting,
          'min',
          day,
          'gestione delle code',
          `Media di ottobre–dicembre ${year}`,
        ),
      ],
    },
    {
      kind: 'text',
      heading: 'Che cosa ci eravamo impegnati a fare',
      body: `L’Amministrazione si era data l’obiettivo di portare in rete trenta servizi entro il ${year}, partendo da quelli con più code: certificati, cambio di residenza, iscrizioni scolastiche.\n\nAlla fine dell’anno i servizi attivi sono 34. Due di quelli previsti, le occupazioni di suolo e i permessi per le zone a traffico limitato, sono stati rinviati al ${year + 1} perché mancava il collegamento con i pagamenti.`,
    },
    {
      kind: 'series',
      heading: 'I dati, anno per anno',
      title: 'In quattro anni le pratiche in rete sono passate da 4.120 a 25.380',
      chart: 'columns',
      lines: [
        { label: 'In rete', figure: 'pratiche_in_rete', source },
        { label: 'Allo sportello', figure: 'pratiche_allo_sportello', source: counters },
      ],
    },
    {
      kind: 'commitments',
      heading: 'Impegni e risultati',
      rows: [
        { commitment: 'Trenta servizi in rete', outcome: 'kept', result: '34 servizi attivi' },
        {
          commitment: 'Occupazioni di suolo in rete',
          outcome: 'postponed',
          result: 'Manca il collegamento con i pagamenti',
        },
      ],
    },
  ]
}

/** A second objective, whose sources do not agree. */
export const catalogue: Block[] = [
  {
    kind: 'series',
    heading: 'Quanti servizi, anno per anno',
    title: '',
    chart: 'line',
    lines: [{ label: 'Servizi in rete', figure: 'servizi_in_rete', source }],
  },
  {
    kind: 'text',
    heading: 'Come si contano',
    body: '- un servizio è in rete quando la pratica si presenta e si chiude senza andare allo sportello;\n- i moduli da stampare non contano.',
  },
]

/** The draft of the year that is running: its figures are reckoned by SITEC. */
export function assistance(year: number): Block[] {
  const live = (label: string, name: string) => ({ label, origin: { from: 'live' as const, name, year } })
  return [
    {
      kind: 'figures',
      heading: '',
      figures: [
        live('Richieste di assistenza ricevute', 'cases_opened'),
        live('Risolte e confermate da chi ha chiesto', 'share_confirmed'),
        live('Risoluzioni entro la scadenza', 'share_in_time'),
      ],
    },
    {
      kind: 'text',
      heading: 'Come leggiamo queste cifre',
      body: 'Le scadenze sono quelle dell’accordo con la Società. Contano anche le richieste ancora aperte: una scadenza passata è persa anche se nessuno ha chiuso la richiesta.',
    },
  ]
}
