/** The demo city's list of consumables, by printer model: invented makers, models and codes. */
import type { Random } from './random.ts'

export type DemoItem = { id: string; code: string; name: string; printerModel: string }

const black = [
  ['Alba L200', 'AL200'],
  ['Alba L350', 'AL350'],
  ['Borea 12', 'BO12'],
  ['Borea 24', 'BO24'],
] as const
const colour = [
  ['Iride C40', 'IC40'],
  ['Iride C80', 'IC80'],
] as const
const inks = [
  ['K', 'nero'],
  ['C', 'ciano'],
  ['M', 'magenta'],
  ['Y', 'giallo'],
] as const

const rows: readonly (readonly [code: string, name: string, printerModel: string])[] = [
  ...black.flatMap(([model, code]) => [
    [`${code}-T`, 'Toner nero', model] as const,
    [`${code}-D`, 'Tamburo', model] as const,
  ]),
  ...colour.flatMap(([model, code]) => [
    ...inks.map(([letter, ink]) => [`${code}-${letter}`, `Toner ${ink}`, model] as const),
    [`${code}-R`, 'Vaschetta di recupero', model] as const,
  ]),
  ['PM24-I', 'Cartuccia nera', 'Plotter Meridiana 24'],
  ['PM24-T', 'Testina di stampa', 'Plotter Meridiana 24'],
  ['ES80-N', 'Nastro per etichette', 'Etichettatrice Spiga 80'],
  ['CA-A4', 'Carta A4, risma da 500 fogli', ''],
  ['CA-A3', 'Carta A3, risma da 500 fogli', ''],
  ['CA-A4R', 'Carta A4 riciclata, risma da 500 fogli', ''],
]

/** The items with ids of their own. */
export function buildItems(random: Random, bornMs: number): DemoItem[] {
  return rows.map(([code, name, printerModel]) => ({ id: random.uuid(bornMs), code, name, printerModel }))
}
