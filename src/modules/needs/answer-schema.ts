/** What an office says of what was delivered for it: inputs and outputs. */
import { z } from '@hono/zod-openapi'
import { deliveryStates, officeAnswers } from './vocabulary.ts'

const time = z.string().openapi({ format: 'date-time' })
const blank = z.literal('').transform(() => null)

export const answerDeliveryInput = z
  .object({
    officeId: z
      .union([blank, z.uuid()])
      .nullable()
      .default(null)
      .openapi({ type: 'string', format: 'uuid', description: 'Left out: every office of the one who answers' }),
    answer: z.enum(officeAnswers),
    reason: z
      .string()
      .trim()
      .max(2000)
      .default('')
      .openapi({ description: 'What is missing or different; needed when something is' }),
    lines: z
      .array(z.coerce.number().int().min(1))
      .max(500)
      .default([])
      .openapi({ description: 'Plan lines on which something is; left out: all of them' }),
    version: z.coerce
      .number()
      .int()
      .min(0)
      .optional()
      .openapi({ description: 'The answer that was seen; 0: none yet' }),
  })
  .openapi('AnswerDelivery')
export type AnswerDeliveryInput = z.input<typeof answerDeliveryInput>

const answered = z.object({
  answer: z.enum(officeAnswers).nullable().openapi({ description: 'null: nothing was said yet' }),
  answeredAt: time.nullable(),
  witness: z.string().nullable().openapi({ description: 'U: signed in; M: through the link of a mail' }),
  reason: z.string().nullable(),
})

export const officeDelivery = answered
  .extend({
    deliveryId: z.uuid(),
    note: z.string(),
    deliveredOn: z.string(),
    order: z.string(),
    plan: z.int(),
    supplierName: z.string(),
    state: z.enum(deliveryStates),
    officeId: z.uuid(),
    office: z.string(),
    pieces: z.int(),
    lines: z.array(
      z.object({
        line: z.int(),
        description: z.string(),
        pieces: z.int(),
        models: z.array(z.string()),
        serials: z.array(z.string()).openapi({ description: 'At most 50' }),
        answer: z.enum(officeAnswers).nullable(),
      }),
    ),
    version: z.int(),
  })
  .openapi('OfficeDelivery')
export type OfficeDelivery = z.output<typeof officeDelivery>

export const answeredOutput = z
  .object({ id: z.uuid(), offices: z.int().openapi({ description: 'For how many offices it was said' }) })
  .openapi('AnsweredDelivery')
