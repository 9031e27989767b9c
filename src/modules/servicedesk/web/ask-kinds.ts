import type { CaseKind } from '../internal/lifecycle.ts'

/** The portal's doors, by the word in their address. Consumables have a page of their own: /chiedi/materiale. */
export const kindByDoor: Record<string, CaseKind | undefined> = {
  guasto: 'incident',
  servizio: 'service_request',
  applicativo: 'application_support',
  difetto: 'defect',
  manutenzione: 'small_maintenance',
  dati: 'data_processing',
  sviluppo: 'development_request',
  ausiliari: 'ancillary_service',
}

/** The word in the address of a kind's door. */
export function doorOf(kind: CaseKind): string {
  return Object.entries(kindByDoor).find(([, one]) => one === kind)?.[0] ?? 'guasto'
}

/** The doors below the two large ones, in the order of how often they are opened. */
export const otherDoors = ['applicativo', 'difetto', 'manutenzione', 'dati', 'ausiliari', 'sviluppo'] as const
