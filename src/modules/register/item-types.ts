/**
 * The types of items are data: family, prefix of their codes, useful life, attributes. The schema that checks attributes,
 * the fields of forms and the columns of files all come from here.
 */
import { z } from 'zod'
import { type AttributeName, type Choice, type ChoiceName, choices } from './attribute-names.ts'
import type { Family } from './vocabulary.ts'

/** One attribute. `office` holds the id of an office, in files its code; `day` is an ISO date. */
export type Attribute = {
  name: AttributeName
  kind: 'text' | 'number' | 'choice' | 'date' | 'yesno' | 'office'
  choices?: readonly Choice[]
  isRequired?: boolean
}

const text = (...names: AttributeName[]): Attribute[] => names.map((name) => ({ name, kind: 'text' }))
const number = (...names: AttributeName[]): Attribute[] => names.map((name) => ({ name, kind: 'number' }))
const date = (...names: AttributeName[]): Attribute[] => names.map((name) => ({ name, kind: 'date' }))
const yesno = (...names: AttributeName[]): Attribute[] => names.map((name) => ({ name, kind: 'yesno' }))
const choice = (...names: ChoiceName[]): Attribute[] =>
  names.map((name) => ({ name, kind: 'choice', choices: choices[name] }))
const office = (name: AttributeName): Attribute => ({ name, kind: 'office' })
const needed = (attributes: readonly Attribute[]): Attribute[] =>
  attributes.map((attribute) => ({ ...attribute, isRequired: true }))

// What ABSC 1.4 asks of every device that has an address on the network (AgID, circolare 2/2017).
const onNetwork = text('hostname', 'ip_address', 'mac_address')
const computer = [
  ...onNetwork,
  ...text('operating_system'),
  ...date('os_support_until'),
  ...number('cores', 'ram_gb', 'disk_gb'),
]

export type ItemTypeFacts = {
  family: Family
  prefix: string
  /** Years over which its cost is written off; null when it is not. */
  usefulLife: number | null
  attributes: readonly Attribute[]
}

const types = {
  workstation: { family: 'technical', prefix: 'PC', usefulLife: 5, attributes: computer },
  laptop: { family: 'technical', prefix: 'NB', usefulLife: 5, attributes: computer },
  printer: {
    family: 'technical',
    prefix: 'ST',
    usefulLife: 5,
    attributes: [...onNetwork, ...choice('print_kind'), ...yesno('is_colour')],
  },
  monitor: { family: 'technical', prefix: 'MON', usefulLife: 5, attributes: [] },
  scanner: { family: 'technical', prefix: 'SC', usefulLife: 5, attributes: onNetwork },
  server: { family: 'technical', prefix: 'SRV', usefulLife: 6, attributes: [...computer, ...text('role')] },
  virtual_server: { family: 'technical', prefix: 'VM', usefulLife: null, attributes: [...computer, ...text('role')] },
  network_device: {
    family: 'technical',
    prefix: 'NET',
    usefulLife: 7,
    attributes: [...onNetwork, ...choice('network_kind'), ...number('ports')],
  },
  storage: {
    family: 'technical',
    prefix: 'STO',
    usefulLife: 6,
    attributes: [...onNetwork, ...needed(number('capacity_tb'))],
  },
  licence: {
    family: 'technical',
    prefix: 'LIC',
    usefulLife: 3,
    attributes: [
      ...needed(text('product')),
      ...text('software_version'),
      ...choice('licence_kind'),
      ...number('seats'),
      ...date('expires_on'),
    ],
  },
  phone: {
    family: 'technical',
    prefix: 'TEL',
    usefulLife: 4,
    attributes: [...choice('phone_kind'), ...text('number', 'mac_address')],
  },
  site_building: {
    family: 'logistic',
    prefix: 'EDI',
    usefulLife: null,
    attributes: [...text('description'), ...number('surface_sqm')],
  },
  room: {
    family: 'logistic',
    prefix: 'LOC',
    usefulLife: null,
    attributes: [...text('floor'), ...number('surface_sqm'), ...yesno('is_server_room')],
  },
  rack: { family: 'logistic', prefix: 'RCK', usefulLife: 10, attributes: number('units') },
  outlet: {
    family: 'logistic',
    prefix: 'PRE',
    usefulLife: 15,
    attributes: [...choice('outlet_kind'), ...number('ports')],
  },
  link: {
    family: 'logistic',
    prefix: 'COL',
    usefulLife: null,
    attributes: [...choice('technology', 'link_role'), ...number('mbps'), ...text('carrier', 'number')],
  },
  // A superset of the national catalogue of databases (D.L. 90/2014, art. 24-quater): the office that owns it is the item's.
  database: {
    family: 'databases',
    prefix: 'BD',
    usefulLife: null,
    attributes: [
      ...needed(text('description', 'legal_basis')),
      ...needed(choice('personal_data')),
      office('steward_office'),
      ...text('processor', 'dbms', 'retention', 'access_services', 'interface'),
      ...choice('update_frequency', 'open_data'),
      ...text('licence', 'dataset_url'),
    ],
  },
  application: {
    family: 'procedures',
    prefix: 'APP',
    usefulLife: null,
    attributes: [
      ...text('description', 'software_version', 'backed_by_contract', 'url'),
      ...choice('personal_data', 'cloud_class'),
    ],
  },
  batch_job: {
    family: 'procedures',
    prefix: 'ELA',
    usefulLife: null,
    attributes: [...text('description'), ...needed(text('schedule'))],
  },
  online_service: {
    family: 'procedures',
    prefix: 'SOL',
    usefulLife: null,
    attributes: [...text('description', 'url'), ...choice('sign_in', 'personal_data')],
  },
  interconnection: {
    family: 'procedures',
    prefix: 'INT',
    usefulLife: null,
    attributes: [
      ...needed(text('counterpart')),
      ...needed(choice('counterpart_kind')),
      ...text('interface', 'agreement', 'description'),
      ...choice('personal_data'),
    ],
  },
} as const satisfies Record<string, ItemTypeFacts>

export type ItemType = keyof typeof types

/** Every type with its facts. */
export const itemTypes: Record<ItemType, ItemTypeFacts> = types

/** The names of the types, in the order in which they are shown. */
export const itemTypeNames = Object.keys(types) as [ItemType, ...ItemType[]] // Object.keys forgets the keys of a constant

/** Whether a word names a type. */
export function isItemType(word: string): word is ItemType {
  return Object.hasOwn(types, word)
}

/** The attributes that a type wants and an item does not have yet: what was taken in with a delivery is completed later. */
export function lackingAttributes(type: ItemType, values: AttributeValues): AttributeName[] {
  return itemTypes[type].attributes.flatMap(({ name, isRequired }) =>
    isRequired === true && values[name] === undefined ? [name] : [],
  )
}

/** Every attribute that any type has, once, in order of types: the columns of files. */
export const allAttributes: readonly Attribute[] = [
  ...new Map(
    Object.values(itemTypes).flatMap((type) => type.attributes.map((one) => [one.name, one] as const)),
  ).values(),
]

export type AttributeValue = string | number | boolean
export type AttributeValues = Partial<Record<AttributeName, AttributeValue>>

const asNumber = z.unknown().transform((given, context) => {
  const number = Number(
    /^\d+(?:[.,]\d+)?$/.test(String(given).trim()) ? String(given).trim().replace(',', '.') : Number.NaN,
  )
  if (number <= 1_000_000_000) return number
  context.addIssue({ code: 'invalid_type', expected: 'number' })
  return z.NEVER
})
const asYesNo = z.union([z.boolean(), z.enum(['yes', 'no']).transform((answer) => answer === 'yes')])
const nothing = z.union([z.null(), z.literal('')]).transform(() => undefined)

function schemaOf({ kind, choices = [], isRequired = false }: Attribute): z.ZodType<AttributeValue | undefined> {
  const schema = {
    text: z
      .string()
      .trim()
      .min(1)
      .max(2000)
      .transform((given) => given.replace(/\s+/g, ' ')),
    number: asNumber,
    choice: z.enum(choices.length > 0 ? [...choices] : ['']),
    date: z.iso.date(),
    yesno: asYesNo,
    office: z.uuid(),
  }[kind]
  return isRequired ? schema : z.union([nothing, schema]).optional()
}

const single = new Map(
  itemTypeNames.map((type) => [
    type,
    new Map(itemTypes[type].attributes.map((one) => [one.name as string, schemaOf({ ...one, isRequired: true })])),
  ]),
)

/** The schema of one attribute of a type when it is given; undefined when the type has none of that name. */
export function attributeSchema(type: ItemType, name: string): z.ZodType<AttributeValue | undefined> | undefined {
  return single.get(type)?.get(name)
}

const schemas = new Map(
  itemTypeNames.map((type) => [
    type,
    z
      .strictObject(Object.fromEntries(itemTypes[type].attributes.map((one) => [one.name, schemaOf(one)])))
      .transform(
        (values): AttributeValues =>
          Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
      ),
  ]),
)

/** The schema of a type's attributes: unknown ones are refused, required ones asked for, empty ones left out. */
export function attributesSchema(type: ItemType) {
  const schema = schemas.get(type)
  if (schema === undefined) throw new TypeError(`There is no type ${type}`)
  return schema
}
