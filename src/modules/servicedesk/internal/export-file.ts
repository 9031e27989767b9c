/** The supplier's export of cases, as the comparison reads it. Pure. */
import { type Findings, find } from '../supplier-problems.ts'
import { deskTexts } from '../texts.ts'
import type { TheirCase } from './compare-cases.ts'
import { type CaseState, caseStates } from './lifecycle.ts'
import { instantOf, readSupplierRows } from './step-file.ts'

/** Columns of the export; an instant whose column is not there is not compared. */
export const exportColumns = {
  required: ['reference', 'state'],
  optional: ['number', 'opened', 'taken', 'resolved', 'closed'],
}

const instants = ['opened', 'taken', 'resolved', 'closed'] as const

/** The rows of the export; what cannot be read lands in `findings`. */
export function readExport(bytes: Uint8Array, zone: string, findings: Findings): TheirCase[] {
  const rows = readSupplierRows(bytes, exportColumns, findings)
  const seen = new Map<string, string>()
  return rows.flatMap(({ at, values, columns }) => {
    const { reference = '', state: word = '', number } = values
    const state = stateOf(word)
    const before = seen.get(reference)
    if (reference === '') find(findings, at, 'reference', (t) => t.steps.noReference)
    else if (before !== undefined) find(findings, at, 'reference', (t) => t.reconcile.repeated(before))
    if (state === null) find(findings, at, 'state', (t) => t.reconcile.unknownState(caseStates.join(', ')))
    if (number !== undefined && !/^(?:\d{4}\/)?\d{1,12}$/.test(number))
      find(findings, at, 'number', (t) => t.steps.unknownNumber)
    seen.set(reference, at)
    const read = Object.fromEntries(
      instants
        .filter((field) => columns.includes(field))
        .map((field) => [
          field,
          values[field] === undefined ? null : instantOf(at, field, values[field], zone, findings),
        ]),
    )
    if (state === null || reference === '' || before !== undefined) return []
    const line = Number(at.replace('line ', ''))
    return [{ line, reference, state, number: number === undefined ? null : Number(number.split('/').at(-1)), ...read }]
  })
}

/** The state a cell stands for: the code, or what the screen calls it in either language. */
function stateOf(cell: string): CaseState | null {
  const wanted = cell.toLowerCase().replaceAll('’', "'")
  const words = (state: CaseState) => [state, deskTexts.it.states[state], deskTexts.en.states[state]]
  return (
    caseStates.find((state) => words(state).some((word) => word.toLowerCase().replaceAll('’', "'") === wanted)) ?? null
  )
}
