/** The note that goes with a delivery: what it brings, and the code with which whoever receives it signs. */
import { z } from '@hono/zod-openapi'
import { type Context, read } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { deliveryCode } from './consumables.ts'
import { selectCase, toFacts } from './internal/case-queries.ts'
import { selectItems } from './internal/consumable-queries.ts'
import { selectDeliveredAt } from './internal/field-queries.ts'
import { caseNumber } from './internal/number.ts'
import { readsWords } from './internal/reserved.ts'

const deliveryNote = z.object({
  caseId: z.uuid(),
  number: z.string(),
  requesterName: z.string(),
  officeName: z.string().nullable(),
  place: z.string(),
  /** Which of the deliveries of its case this one is. */
  ordinal: z.int(),
  deliveredAt: z.string(),
  receivedAt: z.string().nullable(),
  /** Null once it was signed for: then nobody needs it. */
  code: z.string().nullable(),
  lines: z.array(z.object({ code: z.string(), name: z.string(), quantity: z.int() })),
})
export type DeliveryNote = z.output<typeof deliveryNote>

/** One delivery as its note shows it, for whoever delivers; refused to everybody else, because of the code. */
export async function findDeliveryNote(ctx: Context, id: string, deliveryId: string): Promise<DeliveryNote> {
  allow(ctx.actor, 'case.work')
  return read(ctx, async (ctx) => {
    const row = (await selectCase(ctx, id)) ?? fail(notFound())
    const facts = toFacts(row)
    allow(ctx.actor, 'case.work', facts)
    const at = facts.deliveries.findIndex((one) => one.deliveryId === deliveryId)
    const delivery = facts.deliveries[at] ?? fail(notFound())
    const items = await selectItems(ctx)
    return deliveryNote.parse({
      caseId: id,
      number: caseNumber(row.number, row.opened_at, ctx.zone),
      requesterName: row.requester_name,
      officeName: row.office_name,
      place: readsWords(ctx, row) ? row.place : '',
      ordinal: at + 1,
      deliveredAt: await selectDeliveredAt(ctx, id, deliveryId),
      receivedAt: delivery.receivedAt,
      code: delivery.receivedAt === null ? deliveryCode(ctx, deliveryId) : null,
      lines: delivery.lines.map(({ itemId, quantity }) => {
        const item = items.find((one) => one.id === itemId)
        return { code: item?.code ?? '', name: item?.name ?? itemId, quantity }
      }),
    })
  })
}
