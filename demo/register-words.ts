/** What stands in the register of the demo city: machines, data, procedures. Nothing of it exists. */

export const workstations = [
  ['Olmo', 'Desk 300', 16],
  ['Olmo', 'Desk 500', 16],
  ['Faggio', 'Mini G2', 8],
  ['Faggio', 'Mini G4', 32],
] as const
export const laptops = [
  ['Olmo', 'Book 14', 16],
  ['Faggio', 'Leggero 13', 16],
] as const
export const printers = [
  ['Cipresso', 'Laser 400', 'laser', 'no'],
  ['Cipresso', 'Multi 620', 'multifunction', 'yes'],
  ['Tasso', 'Getto 90', 'inkjet', 'yes'],
] as const

export type DemoSystem = {
  name: string
  office: string
  /** Name of its database, if it has one of its own. */
  database: string | null
  personal: 'none' | 'common' | 'special' | 'judicial'
  basis: string
  open: 'published' | 'planned' | 'not_opened' | 'not_applicable'
  service: string | null
  job: string | null
}

const system = (
  name: string,
  office: string,
  database: string | null,
  personal: DemoSystem['personal'],
  basis: string,
  open: DemoSystem['open'],
  service: string | null = null,
  job: string | null = null,
): DemoSystem => ({ name, office, database, personal, basis, open, service, job })

/** Applications with their data, what citizens use of them, what runs by night. */
export const systems: readonly DemoSystem[] = [
  system(
    'Anagrafe',
    'A2.3.A',
    'Popolazione residente',
    'common',
    'L. 1228/1954',
    'planned',
    'Certificati anagrafici',
    'Invio notturno all’anagrafe nazionale',
  ),
  system('Stato civile', 'A2.3.C', 'Atti di stato civile', 'special', 'D.P.R. 396/2000', 'not_applicable'),
  system(
    'Tributi',
    'A1.3',
    'Contribuenti e posizioni tributarie',
    'common',
    'L. 160/2019',
    'not_opened',
    'Pagamento dei tributi',
    'Calcolo mensile degli interessi',
  ),
  system(
    'Protocollo',
    'A1.1.P',
    'Registro di protocollo',
    'common',
    'D.P.R. 445/2000',
    'not_opened',
    null,
    'Chiusura del registro giornaliero',
  ),
  system(
    'Contabilità',
    'A1.2',
    'Bilancio e pagamenti',
    'common',
    'D.Lgs. 267/2000',
    'published',
    null,
    'Flusso verso il tesoriere',
  ),
  system(
    'Presenze',
    'A1.4',
    'Presenze del personale',
    'common',
    'CCNL Funzioni locali',
    'not_applicable',
    null,
    'Scarico delle timbrature',
  ),
  system('Paghe', 'A1.4', 'Trattamento economico', 'special', 'D.Lgs. 165/2001', 'not_applicable'),
  system(
    'Delibere e determine',
    'A1.1',
    'Atti amministrativi',
    'common',
    'D.Lgs. 267/2000',
    'published',
    'Albo pretorio',
  ),
  system(
    'Contravvenzioni',
    'PL.C',
    'Verbali e ricorsi',
    'judicial',
    'D.Lgs. 285/1992',
    'not_opened',
    'Pagamento delle multe',
    'Stampa massiva dei verbali',
  ),
  system(
    'Sportello delle imprese',
    'A3.1',
    'Pratiche delle imprese',
    'common',
    'D.P.R. 160/2010',
    'planned',
    'Sportello delle attività produttive',
  ),
  system('Edilizia', 'A3.1', 'Titoli edilizi', 'common', 'D.P.R. 380/2001', 'published', 'Pratiche edilizie'),
  system('Cimiteri', 'A3.3', 'Concessioni cimiteriali', 'common', 'D.P.R. 285/1990', 'not_opened'),
  system(
    'Biblioteche',
    'A2.4',
    'Catalogo e prestiti',
    'common',
    'D.Lgs. 42/2004',
    'published',
    'Prenotazione dei libri',
  ),
  system('Servizi sociali', 'A2.1', 'Cartelle sociali', 'special', 'L. 328/2000', 'not_applicable'),
  system(
    'Mense scolastiche',
    'A2.2',
    'Iscrizioni e diete',
    'special',
    'D.Lgs. 63/2017',
    'not_applicable',
    'Iscrizione alla mensa',
  ),
  system(
    'Mappe della città',
    'A3.2',
    'Cartografia comunale',
    'none',
    'D.Lgs. 32/2010',
    'published',
    'Mappe della città',
  ),
]

/** With whom data are exchanged, by which application. */
export const exchanges = [
  ['Anagrafe nazionale', 'administration', 'Anagrafe', 'Servizi web, accordo di fruizione'],
  ['Tesoriere del Comune', 'private', 'Contabilità', 'Ordinativi informatici'],
  ['Nodo dei pagamenti', 'administration', 'Tributi', 'Servizi web'],
  ['Centro sociale nord', 'social_body', 'Servizi sociali', 'Scambio di file cifrati'],
] as const

/** Licences: product, version, kind, how many. */
export const licences = [
  ['Posta e collaborazione', '2026', 'subscription', 1400],
  ['Disegno tecnico', '2025', 'subscription', 12],
  ['Protezione delle postazioni', '11', 'subscription', 1600],
  ['Motore di database', '18', 'open_source', 12],
  ['Virtualizzazione', '8', 'perpetual', 8],
] as const
