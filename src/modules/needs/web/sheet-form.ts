/** The acts of the sheet, each one operation. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { invalid } from '../../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../../platform/problem.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import { planPagesTexts } from '../plan-pages-texts.ts'
import { findSheet, saveSheet, sendSheet } from '../requests.ts'
import type { SaveSheetInput } from '../schema.ts'
import { cellsOf, filledRows, linesOfCells, linesOfFields, lineTaken, startSheet } from './sheet-state.ts'

/** Keeps what was typed and does what the button asks for; returns the version it has now. */
export async function carryOut(ctx: Context, year: number, officeId: string, form: FormData): Promise<number> {
  const fields = filledTexts(form)
  const { act = 'save', version, pasted = '' } = fields
  const typed = linesOfFields(textsOf(form))
  const added = act === 'paste' ? linesOfCells(cellsOf(pasted)) : await taken(ctx, year, officeId, act)
  const lines = filledRows(startSheet([...typed, ...added]).rows).map(({ key: _, ...row }) => ({
    ...row,
    quantity: row.quantity.trim(),
  }))
  const seen = version === undefined || act === 'overwrite' ? {} : { version }
  // Texts as they were typed: the operation parses them.
  const input = { ...seen, lines } as unknown as SaveSheetInput
  const kept = await (act === 'send' ? sendSheet : saveSheet)(ctx, year, officeId, input).catch(inRows)
  return kept.version
}

// An empty box is an empty box: `filledTexts` would leave it out, and its row with it.
function textsOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

async function taken(ctx: Context, year: number, officeId: string, act: string) {
  const id = /^take-(.+)$/.exec(act)?.[1]
  if (id === undefined) return []
  const { before } = await findSheet(ctx, year, officeId)
  return before.offered.filter((line) => !line.isTaken && (id === 'all' || id === line.id)).map(lineTaken)
}

// "lines.4.quantity" is the box line-5-quantity, and says which line it is.
function inRows(error: unknown): never {
  if (!(error instanceof Problem) || error.kind !== 'invalid') throw error
  throw invalid(error.fields.map(inRow))
}

function inRow(field: FieldProblem): FieldProblem {
  const [, place, box] = /^lines\.(\d+)\.(\w+)$/.exec(field.path) ?? []
  if (place === undefined) return field
  const line = Number(place) + 1
  const { it, en } = field.say
  return {
    path: `line-${line}-${box}`,
    say: { it: planPagesTexts.it.sheet.inLine(line, it), en: planPagesTexts.en.sheet.inLine(line, en) },
  }
}
