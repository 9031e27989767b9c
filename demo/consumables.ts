/** The demo city's list of consumables, by printer model: invented models, plain names. */
import type { Random } from './random.ts'

export type DemoItem = { id: string; code: string; name: string; printerModel: string }

const rows = [
  ['TN-A40', 'Toner nero', 'Laser A4 modello 40'],
  ['TM-A40', 'Tamburo', 'Laser A4 modello 40'],
  ['TN-A55', 'Toner nero', 'Laser A4 modello 55'],
  ['TN-M70', 'Toner nero', 'Multifunzione A3 modello 70'],
  ['TC-M70', 'Toner ciano', 'Multifunzione A3 modello 70'],
  ['VR-M70', 'Vaschetta di recupero', 'Multifunzione A3 modello 70'],
  ['CN-P36', 'Cartuccia nera', 'Plotter modello 36'],
  ['CC-P36', 'Cartuccia ciano', 'Plotter modello 36'],
  ['NS-D24', 'Nastro', 'Stampante a moduli modello 24'],
  ['ET-E10', 'Rotolo di etichette', 'Etichettatrice modello 10'],
] as const

/** The items with ids of their own. */
export function buildItems(random: Random, bornMs: number): DemoItem[] {
  return rows.map(([code, name, printerModel]) => ({ id: random.uuid(bornMs), code, name, printerModel }))
}
