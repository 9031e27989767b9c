/** What is asked for with consumables, and what is said on handing them over. */
import type { Ask } from './topics.ts'

export const goodsAsks: readonly Ask[] = [
  ['Toner per la stampante della stanza {n}', 'Ne resta per un centinaio di pagine.'],
  ['Cartucce per il plotter', 'Il ciano è già finito.'],
  ['Toner per la multifunzione del corridoio', 'La usano tre uffici.'],
  ['Scorta di toner per lo sportello {n}', 'Ce ne sono due in tutto.'],
  ['Tamburo per la stampante della stanza {n}', 'L’avviso compare da ieri.'],
  ['Nastri per la stampante a moduli', 'Per i bollettini di fine mese.'],
  ['Etichette e nastro per l’etichettatrice', 'Per il protocollo.'],
  ['Vaschetta di recupero per la stanza {n}', 'Si ferma dicendo che è piena.'],
]
export const goodsSolutions = [
  'Consegnato tutto in portineria, ritirato dall’ufficio.',
  'Consegnato e montato.',
  'Consegna completata.',
] as const
