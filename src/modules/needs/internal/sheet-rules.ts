/** What a line of an office's sheet needs before it can be sent. Pure: the page shows it while people type, the operation refuses by it. */

export const sheetFields = ['what', 'quantity', 'forWhom', 'why'] as const
export type SheetField = (typeof sheetFields)[number]

export type SheetLine = { what: string; quantity: number | null; forWhom: string; why: string }

/** Whether nothing at all is written on the line. */
export function isBlankLine({ what, quantity, forWhom, why }: SheetLine): boolean {
  return what === '' && quantity === null && forWhom === '' && why === ''
}

/** What is missing on a line, in the order of its boxes. */
export function lacksOf({ what, quantity, forWhom, why }: SheetLine): SheetField[] {
  const isMissing = {
    what: what.length < 2,
    quantity: quantity === null,
    forWhom: forWhom.length < 2,
    why: why.length < 3,
  }
  return sheetFields.filter((field) => isMissing[field])
}
