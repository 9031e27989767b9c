/** The lines of a file of items, and what each says beside what the register says already. Pure. */
import { z } from 'zod'
import type { StreamedRow } from '../../../platform/csv-stream.ts'
import { sayIssue } from '../../../platform/http/parse.ts'
import { platformTexts, say } from '../../../platform/texts.ts'
import {
  type Attribute,
  type AttributeValues,
  allAttributes,
  attributeSchema,
  type ItemType,
  isItemType,
  itemTypes,
} from '../item-types.ts'
import { type Findings, find, findSaid } from '../problems.ts'
import { cost } from '../schema.ts'
import { type ItemState, type ItemTitle, itemStates, itemTitles } from '../vocabulary.ts'
import type { ItemValues, NewItem, StoredItem } from './item-queries.ts'

const plain = [
  ...[
    'code',
    'state',
    'title',
    'office',
    'site',
    'custodian',
    'room',
    'taken_over_on',
    'tag',
    'serial',
    'maker',
    'model',
  ],
  ...['cost', 'purchased_on', 'warranty_until', 'funding'],
]
/** Columns of the file: what the export writes is what the import takes. `residual_value` is told and not taken. */
export const itemColumns = {
  required: ['type', 'name'],
  optional: [...plain, ...allAttributes.map(({ name }) => name), 'residual_value'],
}
const header: readonly string[] = [...itemColumns.required, ...itemColumns.optional]

const text = (most: number) => z.string().max(most).optional()
const row = z.object({
  code: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
    .optional(),
  type: z.string(),
  name: z.string().min(2).max(200),
  state: z.enum(itemStates).optional(),
  title: z.enum(itemTitles).optional(),
  ...{ office: text(200), site: text(200), custodian: text(200), room: text(60), tag: text(60), serial: text(100) },
  ...{ maker: text(100), model: text(200), funding: text(200), cost: cost.optional() },
  ...{
    taken_over_on: z.iso.date().optional(),
    purchased_on: z.iso.date().optional(),
    warranty_until: z.iso.date().optional(),
  },
})

/** What a line says; what its cells leave empty is absent. */
export type ItemLine = {
  line: number
  code: string | null
  type: ItemType
  state: ItemState | null
  office: string | null
  site: string | null
  custodian: string | null
  values: Partial<Omit<ItemValues, 'attributes' | 'officeId' | 'siteId' | 'custodianId'>> & { name: string }
  attributes: AttributeValues
  /** Codes of offices, by the attribute that holds one. */
  attributeOffices: Record<string, string>
}

/** Reads a line, or null when something is wrong with it: that lands in `findings`. */
export function readItem({ line, cells }: StreamedRow, findings: Findings): ItemLine | null {
  const filled: Record<string, string> = {}
  // Our own export writes an apostrophe before what a spreadsheet would run as a formula.
  for (const [at, cell] of cells.entries())
    if (cell !== '') filled[header[at] ?? ''] = cell.replace(/^'(?=\s*[=+\-@])/, '')
  const parsed = row.safeParse(filled)
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      findSaid(findings, line, String(issue.path[0] ?? ''), sayIssue(issue, filled))
    return null
  }
  const { code = null, type, state = null, office = null, site = null, custodian = null, ...said } = parsed.data
  if (!isItemType(type)) {
    find(findings, line, 'type', (t) => t.unknownType)
    return null
  }
  const ofType = attributesIn(filled, type, line, findings)
  return {
    line,
    code,
    type,
    state,
    office,
    site,
    custodian: custodian?.toLowerCase() ?? null,
    values: valuesOf(said),
    ...ofType,
  }
}

function valuesOf(
  said: Omit<z.output<typeof row>, 'code' | 'type' | 'state' | 'office' | 'site' | 'custodian'>,
): ItemLine['values'] {
  const { taken_over_on, purchased_on, warranty_until, cost: costCents, title, ...words } = said
  const renamed = {
    takenOverOn: taken_over_on,
    purchasedOn: purchased_on,
    warrantyUntil: warranty_until,
    costCents,
    title,
    ...words,
  }
  // What a line leaves out is absent, so that merging it changes nothing.
  return Object.fromEntries(Object.entries(renamed).filter(([, value]) => value !== undefined)) as ItemLine['values']
}

const byName: ReadonlyMap<string, Attribute> = new Map(allAttributes.map((one) => [one.name, one]))

function attributesIn(filled: Record<string, string>, type: ItemType, line: number, findings: Findings) {
  const found: AttributeValues = {}
  const offices: Record<string, string> = {}
  for (const [column, cell] of Object.entries(filled)) {
    const attribute = byName.get(column)
    if (attribute === undefined) continue
    const schema = attributeSchema(type, column)
    if (schema === undefined) find(findings, line, column, (t) => t.notForType)
    else if (attribute.kind === 'office') offices[column] = cell
    else {
      const parsed = schema.safeParse(cell)
      if (parsed.success) found[attribute.name] = parsed.data
      else for (const issue of parsed.error.issues) findSaid(findings, line, column, sayIssue(issue, cell))
    }
  }
  return { attributes: found, attributeOffices: offices }
}

/** What codes and addresses of a file mean. */
export type KnownPlaces = {
  offices: ReadonlyMap<string, string>
  sites: ReadonlyMap<string, string>
  people: ReadonlyMap<string, string>
}

const nothing: Omit<ItemValues, 'name'> & { title: ItemTitle } = {
  ...{
    title: 'owned',
    takenOverOn: null,
    attributes: {},
    tag: null,
    serial: null,
    maker: '',
    model: '',
    costCents: null,
  },
  ...{ purchasedOn: null, warrantyUntil: null, funding: '', officeId: null, siteId: null, custodianId: null, room: '' },
}

/** The item as the line wants it, on what is there already; null when the line does not fit: that lands in `findings`. */
export function mergeItem(
  given: ItemLine,
  before: StoredItem | undefined,
  places: KnownPlaces,
  findings: Findings,
): Omit<NewItem, 'id' | 'code'> | null {
  const { line, type, state } = given
  const errors = findings.count
  if (before && before.type !== type) find(findings, line, 'type', (t) => t.otherType(before.type))
  if (before && state !== null && state !== before.state)
    find(findings, line, 'state', (t) => t.otherState(before.state))
  if (!before && state === 'disposed') find(findings, line, 'state', (t) => t.alreadyGone)
  const officeId = look(given.office, places.offices, () => find(findings, line, 'office', (t) => t.unknownOffice))
  const siteId = look(given.site, places.sites, () => find(findings, line, 'site', (t) => t.unknownSite))
  const custodianId = look(given.custodian, places.people, () =>
    find(findings, line, 'custodian', (t) => t.unknownPerson),
  )
  const base = before ?? nothing
  const attributes = attributesOf(given, base.attributes, places, findings)
  const item = {
    ...{ ...base, ...given.values, type, state: before?.state ?? state ?? 'in_stock' },
    ...{
      officeId: officeId ?? base.officeId,
      siteId: siteId ?? base.siteId,
      custodianId: custodianId ?? base.custodianId,
    },
    ...{ acquisitionId: before?.acquisitionId ?? null, attributes },
  }
  if (itemTypes[type].family === 'databases' && item.officeId === null)
    find(findings, line, 'office', (t) => t.officeMissing)
  return findings.count > errors ? null : item
}

function look(word: string | null, known: ReadonlyMap<string, string>, complain: () => void): string | undefined {
  if (word === null) return undefined
  const id = known.get(word)
  if (id === undefined) complain()
  return id
}

function attributesOf(
  given: ItemLine,
  before: AttributeValues,
  places: KnownPlaces,
  findings: Findings,
): AttributeValues {
  const attributes = { ...before, ...given.attributes }
  for (const { name, kind, isRequired } of itemTypes[given.type].attributes) {
    const code = given.attributeOffices[name]
    if (kind === 'office' && code !== undefined) {
      const id = look(code, places.offices, () => find(findings, given.line, name, (t) => t.unknownOffice))
      if (id !== undefined) attributes[name] = id
    } else if (isRequired && attributes[name] === undefined) findSaid(findings, given.line, name, missing)
  }
  return attributes
}

const missing = say(platformTexts, (t) => t.problems.fields.missing)
