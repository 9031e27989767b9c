/** Which roles the people of which party may have: who measures is never who is measured. Pure. */
import type { Role } from '../../../platform/permissions.ts'

export type PartyKind = 'administration' | 'supplier'

const ofAdministration: readonly Role[] = ['contract_manager', 'head_of_ict', 'auditor', 'office_contact', 'editor']
const ofSupplier: readonly Role[] = ['agent', 'technician', 'team_leader']

/** The first role that a person of this party may not have, or null. */
export function forbiddenRole(party: PartyKind, roles: readonly Role[]): Role | null {
  const forbidden = party === 'supplier' ? ofAdministration : ofSupplier
  return roles.find((role) => forbidden.includes(role)) ?? null
}
