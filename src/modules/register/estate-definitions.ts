/** What is counted, and how the register counts it: each definition is data. */
import type { ItemType } from './item-types.ts'

/**
 * How the register counts: items of some types that are present (verified, in stock, in use, in repair), the sum of a number
 * among their attributes, or the sites on which such items are. null: the register has no way of knowing.
 */
export type EstateRule =
  | { how: 'items'; types: readonly ItemType[] }
  | { how: 'sum'; types: readonly ItemType[]; attribute: string }
  | { how: 'sites'; types: readonly ItemType[] }
  | null

export const estateDefinitions = {
  desktop_workstations: { unit: 'count', rule: { how: 'items', types: ['workstation'] } },
  laptops: { unit: 'count', rule: { how: 'items', types: ['laptop'] } },
  printers: { unit: 'count', rule: { how: 'items', types: ['printer'] } },
  virtual_servers: { unit: 'count', rule: { how: 'items', types: ['virtual_server'] } },
  storage: { unit: 'TB', rule: { how: 'sum', types: ['storage'], attribute: 'capacity_tb' } },
  cloud_pods: { unit: 'count', rule: null },
  applications: { unit: 'count', rule: { how: 'items', types: ['application'] } },
  databases: { unit: 'count', rule: { how: 'items', types: ['database'] } },
  connected_sites: { unit: 'count', rule: { how: 'sites', types: ['link'] } },
  active_users: { unit: 'count', rule: null },
} as const satisfies Record<string, { unit: string; rule: EstateRule }>

export type EstateDefinition = keyof typeof estateDefinitions

/** Every definition, in the order in which they are shown. */
export const estateNames = Object.keys(estateDefinitions) as [EstateDefinition, ...EstateDefinition[]] // keys of a constant
