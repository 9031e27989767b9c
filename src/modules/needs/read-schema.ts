/** What is read beside the plan itself: own sheets, the collection, approvals, one line. */
import { z } from '@hono/zod-openapi'
import { amount, lineRow, yearParam } from './schema.ts'
import { categories, planStates } from './vocabulary.ts'

const time = z.string().openapi({ format: 'date-time' })
const sheetState = z.enum(['draft', 'sent'])

export const numberParam = yearParam.extend({ number: z.coerce.number().int().min(1) })

export const ownSheetRow = z
  .object({
    year: z.int(),
    closesOn: z.string().nullable(),
    officeId: z.uuid(),
    office: z.string(),
    state: sheetState.nullable().openapi({ description: 'null: nothing is written yet' }),
    lines: z.int(),
    savedAt: time.nullable(),
    isOwn: z.boolean().openapi({ description: 'The office of the person, not one below it' }),
    isOpen: z.boolean().openapi({ description: 'The last day is not over' }),
  })
  .openapi('OwnNeedsSheet')

export const askedRow = z
  .object({ office: z.string(), what: z.string(), quantity: z.int(), forWhom: z.string(), why: z.string() })
  .openapi('AskedForNeedsLine')

export const collectionOutput = z
  .object({
    year: z.int(),
    state: z.enum(planStates),
    closesOn: z.string().nullable(),
    version: z.int(),
    groups: z.array(
      z.object({
        what: z.string(),
        priceCode: z.string().nullable(),
        category: z.enum(categories).nullable(),
        unitPrice: amount.nullable(),
        pieces: z.int(),
        asked: z.array(askedRow.extend({ id: z.uuid() })),
      }),
    ),
    lines: z.array(lineRow),
    requests: z.array(
      z.object({ officeId: z.uuid(), office: z.string(), state: sheetState, lines: z.int(), savedAt: time }),
    ),
  })
  .openapi('CollectedNeeds')

export const approvalRow = z
  .object({
    variation: z.int().openapi({ description: '0 is the plan itself' }),
    act: z.string(),
    reason: z.string().nullable(),
    approvedAt: time,
    digest: z.string().openapi({ description: 'SHA-256 of what was approved' }),
    totalExVat: amount,
    totalIncVat: amount,
  })
  .openapi('NeedsApproval')

export const lineOutput = lineRow
  .extend({
    year: z.int(),
    planState: z.enum(planStates),
    shares: z.array(
      z.object({ lineId: z.uuid(), officeId: z.uuid(), quantity: z.int(), office: z.string(), code: z.string() }),
    ),
  })
  .openapi('NeedsLineWithOffices')

export const replacedOutput = z.object({ codes: z.array(z.string()) }).openapi('ReplacedByNeedsLine')
