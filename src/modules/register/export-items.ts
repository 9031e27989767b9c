/** The register as files: what the import takes, or JSON. */
import { type Context, read } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { parse } from '../../platform/http/parse.ts'
import { centsText } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { type ExportedItem, selectExported } from './internal/export-queries.ts'
import { itemColumns } from './internal/item-lines.ts'
import { type Places, selectPlaces } from './internal/place-queries.ts'
import { type AttributeValue, allAttributes } from './item-types.ts'
import { residualValue } from './residual-value.ts'
import { type ListItemsInput, listItemsInput } from './schema.ts'

const atATime = 1_000

/**
 * The items the actor may see, by code, in pages of a small transaction each: as CSV with the columns of the import and
 * the residual value of today, or as a JSON array. Words of the filter are not looked at: a file is of a kind, not of a search.
 */
export async function* exportItems(
  ctx: Context,
  input: ListItemsInput = {},
  format: 'csv' | 'json' = 'csv',
): AsyncGenerator<string> {
  allow(ctx.actor, 'register.read')
  const { cursor: _cursor, limit: _limit, ...filter } = parse(listItemsInput, input)
  const places = await read(ctx, selectPlaces)
  const today = Temporal.Now.plainDateISO(ctx.zone).toString()
  const columns = [...itemColumns.required, ...itemColumns.optional]
  yield format === 'csv' ? csvByteOrderMark + csvLine(columns) : '[\n'
  let after = ''
  for (;;) {
    const rows = await read(ctx, (ctx) => selectExported(ctx, filter, after, atATime))
    const isFirst = after === ''
    after = rows.at(-1)?.code ?? after
    const cells = rows.map((row) => cellsOf(row, places, today))
    if (format === 'csv') yield cells.map((of) => csvLine(columns.map((column) => of[column] ?? null))).join('')
    else yield cells.map((of, at) => `${isFirst && at === 0 ? '' : ',\n'}${jsonOf(of)}`).join('')
    if (rows.length < atATime) break
  }
  if (format === 'json') yield '\n]\n'
}

type Cells = Record<string, string | null>

function cellsOf(row: ExportedItem, places: Places, today: string): Cells {
  const euros = (cents: number | null) => (cents === null ? null : centsText(BigInt(cents)))
  const { attributes, costCents, takenOverOn, purchasedOn, warrantyUntil, id: _, ...rest } = row
  const said = allAttributes.flatMap(({ name, kind }): [string, string][] => {
    const value = attributes[name]
    return value === undefined
      ? []
      : [[name, kind === 'office' ? (places.codes.get(String(value)) ?? '') : cell(value)]]
  })
  return {
    ...rest,
    ...{ taken_over_on: takenOverOn, purchased_on: purchasedOn, warranty_until: warrantyUntil },
    cost: euros(costCents),
    residual_value: euros(residualValue(row, today)),
    ...Object.fromEntries(said),
  }
}

const cell = (value: AttributeValue) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value))

// What is not known is left out.
function jsonOf(cells: Cells): string {
  return JSON.stringify(Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== null && value !== '')))
}
