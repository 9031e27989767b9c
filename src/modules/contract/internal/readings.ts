/** How the words of a contract are read before anybody chose otherwise, and which cases feed an indicator. Data. */
import { type CaseKind, indicatorOf } from '../../servicedesk/evidence.ts'
import type { MeasureKind } from '../vocabulary.ts'
import type { Reading } from './terms.ts'

/** As the contract is written: what was dealt with, by the click, by the last date promised, servers on average. */
export const contractReading: Reading = {
  population: 'dealt_with',
  taking: 'click',
  promise: 'last',
  uptime: 'mean',
  calls: 'as_printed',
}

/** Everything that fell due counts, late if nothing was done by then, on the first date promised (contract-logic §1.8). */
export const fairReading: Reading = {
  population: 'fell_due',
  taking: 'activity',
  promise: 'first',
  uptime: 'worst',
  calls: 'in_hours',
}

/** The reading that holds until the contract manager adopts another: the first promise counts, the rest as written. */
export function defaultReading(measure: MeasureKind): Reading {
  return measure === 'ratio_by_promise' ? { ...contractReading, promise: 'first' } : contractReading
}

/**
 * The kinds of case an indicator counts: the desk's own table, by which it fixes an indicator at opening. A.4.1 has none
 * until the register says which machines are switches and clocks, unless the file names the teams they are entrusted to.
 */
export function defaultPopulation(code: string): CaseKind[] {
  const kinds = Object.entries(indicatorOf) as [CaseKind, string | null][] // its keys are the kinds
  return kinds.flatMap(([kind, indicator]) => (indicator === code ? [kind] : []))
}
