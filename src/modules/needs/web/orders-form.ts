/** Orders and invoices out of forms. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { filledTexts, uuidOf } from '../../../web/form-fields.ts'
import { addInvoice, payInvoice } from '../invoices.ts'
import type { AddInvoiceInput, PayInvoiceInput, PlaceOrderInput } from '../order-schema.ts'
import { placeOrder } from '../orders.ts'

/** Carries out the act of the page's form; returns what its address says afterwards. */
export async function actOnOrders(ctx: Context, year: number, form: FormData): Promise<string> {
  const { act, once: _, part: __, ...fields } = filledTexts(form)
  switch (act) {
    case 'place':
      // "act" is the form's own word. Parsed by the operation, as are the others.
      await placeOrder(ctx, year, {
        ...{ ...fields, act: fields.deed, lines: orderLines(fields) },
      } as unknown as PlaceOrderInput)
      return '?registrato'
    case 'invoice':
      await addInvoice(ctx, { ...fields, lines: invoiceLines(fields) } as unknown as AddInvoiceInput)
      return '?fattura'
    default: {
      const { id, ...payment } = fields
      await payInvoice(ctx, uuidOf(id), payment as PayInvoiceInput)
      return '?pagata'
    }
  }
}

// A line is ordered when somebody wrote how many.
function orderLines(fields: Record<string, string>) {
  return numbered(fields, 'quantity').map((number) => ({
    ...{ number, quantity: fields[`quantity-${number}`], unitPrice: fields[`price-${number}`] ?? '' },
    ...{ model: fields[`model-${number}`] ?? '', referencePrice: fields[`reference-${number}`] ?? '' },
  }))
}

function invoiceLines(fields: Record<string, string>) {
  return numbered(fields, 'line').map((row) => ({
    number: fields[`line-${row}`],
    quantity: fields[`pieces-${row}`] ?? '',
    amount: fields[`amount-${row}`] ?? '',
  }))
}

function numbered(fields: Record<string, string>, name: string): string[] {
  return Object.keys(fields).flatMap((key) => new RegExp(`^${name}-(\\d+)$`).exec(key)?.[1] ?? [])
}
