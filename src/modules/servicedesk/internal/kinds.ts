/** What each kind asks for besides its title: few fields, as data. */
import type { CaseKind } from './lifecycle.ts'

/** Fields that some kind cannot do without. */
export type NeededField = 'about' | 'nature' | 'ancillaryType' | 'items'

const needed: Partial<Record<CaseKind, readonly NeededField[]>> = {
  consumable: ['items'],
  application_support: ['about'],
  defect: ['about'],
  small_maintenance: ['about', 'nature'],
  development_request: ['about'],
  ancillary_service: ['ancillaryType'],
}

/** The fields a kind needs that were left empty. */
export function missingFields(
  kind: CaseKind,
  given: { about: string; nature?: string | undefined; ancillaryType?: string | undefined; items: readonly unknown[] },
): NeededField[] {
  return (needed[kind] ?? []).filter((field) => {
    const value = given[field]
    return value === undefined || value.length === 0
  })
}

/** The fields a form shows for a kind, in their order. */
export const fieldsOf: Record<CaseKind, readonly string[]> = {
  incident: ['canWork', 'onlyMe'],
  service_request: ['requestType', 'neededBy'],
  consumable: ['items'],
  application_support: ['about'],
  defect: ['about'],
  small_maintenance: ['about', 'nature'],
  data_processing: ['about', 'neededBy'],
  development_request: ['about', 'reference'],
  ancillary_service: ['ancillaryType', 'neededBy'],
}
