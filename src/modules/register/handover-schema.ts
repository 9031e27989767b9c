/** Inputs and outputs of handovers and of what is in somebody's hands. */
import { z } from '@hono/zod-openapi'
import { itemTypeNames } from './item-types.ts'
import { handoverActs, handoverAnswers, itemStates } from './vocabulary.ts'

export const listHandoversInput = z
  .object({
    answer: z
      .enum([...handoverAnswers, 'open', 'all'])
      .default('open')
      .openapi({ description: 'open: not confirmed, and its items have not moved since' }),
    itemId: z.uuid().optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .openapi('ListHandovers')
export type ListHandoversInput = z.input<typeof listHandoversInput>

const handoverLine = z.object({
  itemId: z.uuid(),
  code: z.string(),
  type: z.enum(itemTypeNames),
  name: z.string(),
  maker: z.string(),
  model: z.string(),
  serial: z.string().nullable(),
  tag: z.string().nullable(),
  isBack: z.boolean().openapi({ description: 'Taken back instead of handed out' }),
  isOver: z.boolean().openapi({ description: 'The item has moved again since' }),
})

export const handover = z
  .object({
    id: z.uuid(),
    number: z.string().openapi({ example: '12/2026' }),
    act: z.enum(handoverActs),
    on: z.string().openapi({ format: 'date' }),
    giverName: z.string().nullable().openapi({ description: 'null: whoever did it, see partyName' }),
    partyName: z.string().nullable(),
    receiverId: z.uuid().nullable(),
    receiverName: z.string().nullable(),
    officeName: z.string().nullable(),
    siteName: z.string().nullable(),
    room: z.string(),
    document: z.string().nullable(),
    note: z.string().nullable(),
    answer: z.enum(handoverAnswers).nullable().openapi({ description: 'null: nobody has to answer' }),
    answeredAt: z.string().nullable().openapi({ format: 'date-time' }),
    answerNote: z.string().nullable(),
    madeAt: z.string().openapi({ format: 'date-time' }),
    lines: z.array(handoverLine),
  })
  .openapi('Handover')
export type Handover = z.output<typeof handover>

export const handoverPage = z
  .object({ rows: z.array(handover), nextCursor: z.string().nullable() })
  .openapi('HandoverPage')
export type HandoverPage = z.output<typeof handoverPage>

export const answerHandoverInput = z
  .object({
    answer: z.enum(['confirmed', 'disputed']),
    note: z.string().trim().max(2000).default('').openapi({ description: 'What is wrong; needed when it is disputed' }),
  })
  .openapi('AnswerHandover')
export type AnswerHandoverInput = z.input<typeof answerHandoverInput>

export const answeredHandover = z.object({ id: z.uuid(), answer: z.enum(handoverAnswers) }).openapi('AnsweredHandover')
export type AnsweredHandover = z.output<typeof answeredHandover>

export const ownItem = z
  .object({
    id: z.uuid(),
    code: z.string(),
    type: z.enum(itemTypeNames),
    name: z.string(),
    state: z.enum(itemStates),
    model: z.string(),
    serial: z.string().nullable(),
    tag: z.string().nullable(),
    siteName: z.string().nullable(),
    room: z.string(),
    loanUntil: z.string().nullable(),
  })
  .openapi('OwnItem')
export type OwnItem = z.output<typeof ownItem>

export const ownItems = z
  .object({
    items: z.array(ownItem).openapi({ description: 'What is in the hands of whoever asks, by code' }),
    handovers: z.array(handover).openapi({ description: 'What they still have to answer for, oldest first' }),
  })
  .openapi('OwnItems')
export type OwnItems = z.output<typeof ownItems>
