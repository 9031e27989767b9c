/** Rows of a delivery by line, as an office reads them. Pure. */
import type { OfficeDelivery } from '../answer-schema.ts'
import type { ForOffice } from './answer-queries.ts'

/** Rows of lines put together by delivery and office. */
export function byOffice(rows: readonly ForOffice[]): OfficeDelivery[] {
  const groups = Map.groupBy(rows, ({ deliveryId, officeId }) => `${deliveryId} ${officeId}`)
  return [...groups.values()].map((own) => {
    // What differs says why; where nothing does, any of them says when.
    const said = own.find(({ answer }) => answer === 'differs') ?? own.find(({ answer }) => answer !== null)
    const [{ deliveryId, note, deliveredOn, order, plan, supplierName, state, officeId, office }] = own as [ForOffice]
    return {
      ...{ deliveryId, note, deliveredOn, order, plan, supplierName, state, officeId, office },
      ...{ answer: said?.answer ?? null, answeredAt: said?.answeredAt ?? null, witness: said?.witness ?? null },
      reason: said?.reason ?? null,
      pieces: own.reduce((sum, { pieces }) => sum + pieces, 0),
      lines: own.map(({ line, description, pieces, models, serials, answer }) => ({
        ...{ line, description, pieces, models, serials, answer },
      })),
      version: Math.max(...own.map(({ version }) => version)),
    }
  })
}
