/** Inputs and outputs of applications and person-days: the one contract of API, forms and command line. */
import { z } from '@hono/zod-openapi'
import { areas, entryStates } from './vocabulary.ts'

const version = z.coerce.number().int().min(1).optional()
const day = z.iso.date()
const noDay = z.union([day, z.null(), z.literal('').transform(() => null)])
const noId = z.union([z.uuid(), z.null(), z.literal('').transform(() => null)])
const time = z.string().openapi({ format: 'date-time' })
const words = z.string().trim().min(3).max(2000)

/** "2,5" or 2.5 as 2.5: days in and days out, so that a door that parsed and the operation that parses again agree. */
const days = z
  .union([z.number(), z.string()])
  .transform((given) => Number(String(given).trim().replace(',', '.')))
  .refine((value) => value >= 0.1 && value <= 999 && Math.abs(value * 10 - Math.round(value * 10)) < 1e-9)
  .transform((value) => Math.round(value * 10) / 10)
  .openapi({ type: 'number', description: 'Person-days, with at most one decimal', example: 2.5 })

/** The tenths of parsed days. */
export function tenthsOf(days: number): number {
  return Math.round(days * 10)
}

export const addApplicationInput = z
  .object({
    code: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/),
    name: z.string().trim().min(2).max(120),
    area: z.enum(areas),
    stewardId: noId
      .default(null)
      .openapi({ type: 'string', format: 'uuid', description: 'Who answers for it in the administration' }),
    stewardEmail: z
      .union([z.email().toLowerCase(), z.literal('').transform(() => undefined)])
      .optional()
      .openapi({ type: 'string' }),
    beginsOn: day,
    endsOn: noDay.default(null).openapi({ type: 'string', format: 'date', description: 'The last day' }),
  })
  .openapi('AddApplication')
export type AddApplicationInput = z.input<typeof addApplicationInput>

export const changeApplicationInput = addApplicationInput
  .omit({ code: true, area: true, beginsOn: true })
  .extend({ version })
  .openapi('ChangeApplication')
export type ChangeApplicationInput = z.input<typeof changeApplicationInput>

export const applicationRow = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    area: z.enum(areas),
    stewardId: z.uuid().nullable(),
    stewardName: z.string().nullable(),
    beginsOn: z.string(),
    endsOn: z.string().nullable(),
    version: z.int(),
  })
  .openapi('Application')
export type ApplicationRow = z.output<typeof applicationRow>

export const declareInput = z
  .object({
    applicationId: noId.default(null).openapi({ type: 'string', format: 'uuid' }),
    area: z
      .union([z.enum(areas), z.literal('').transform(() => undefined)])
      .optional()
      .openapi({ type: 'string', enum: [...areas], description: 'Needed without an application' }),
    case: z.string().trim().max(20).default('').openapi({ description: 'Number of a case of small maintenance' }),
    day,
    days,
    what: words,
    reference: z
      .union([z.string().trim().min(1).max(60), z.literal('').transform(() => undefined)])
      .optional()
      .openapi({ type: 'string', description: 'The supplier’s own, once each' }),
  })
  .openapi('DeclarePersonDays')
export type DeclareInput = z.input<typeof declareInput>

const picked = z.object({ id: z.uuid(), version })
export const decideInput = z
  .object({
    entries: z.array(picked).min(1).max(500),
    decision: z.enum(['accept', 'contest']),
    reason: z.string().trim().max(2000).default('').openapi({ description: 'Needed to contest' }),
  })
  .openapi('DecidePersonDays')
export type DecideInput = z.input<typeof decideInput>

export const counterInput = z.object({ version, reason: words }).openapi('CounterPersonDays')

export const eraseWordsInput = z.object({ reason: z.string().trim().min(3).max(500) }).openapi('ErasePersonDayWords')

export const quotasInput = z
  .array(
    z.object({
      year: z.coerce.number().int().min(2000).max(2200),
      area: z.enum(areas),
      tenths: z.int().min(0).max(1_000_000),
      mostTenths: z.int().min(1).max(100_000),
      act: z.string().trim().min(3).max(500).openapi({ description: 'The act it comes from' }),
    }),
  )
  .min(1)
  .max(200)
  .openapi('PersonDayQuotas')
export type QuotasInput = z.input<typeof quotasInput>

export const entryRow = z
  .object({
    id: z.uuid(),
    area: z.enum(areas),
    applicationId: z.uuid().nullable(),
    applicationName: z.string().nullable(),
    caseId: z.uuid().nullable(),
    caseNumber: z.string().nullable(),
    reference: z.string().nullable(),
    day: z.string(),
    tenths: z.int().openapi({ description: 'Tenths of a person-day; negative when it takes another back' }),
    what: z.string().nullable().openapi({ description: 'null when it was erased' }),
    reason: z.string().nullable().openapi({ description: 'Of a contestation' }),
    state: z.enum(entryStates),
    correctsId: z.uuid().nullable(),
    isCorrected: z.boolean(),
    declaredAt: time,
    version: z.int(),
  })
  .openapi('PersonDayEntry')
export type EntryRow = z.output<typeof entryRow>

export const listEntriesInput = z
  .object({ year: z.coerce.number().int().min(2000).max(2200) })
  .openapi('ListPersonDays')

export const added = z.object({ id: z.uuid() }).openapi('AddedToApplications')
export const changed = z.object({ id: z.uuid(), version: z.int() }).openapi('ChangedApplication')
export const erased = z.object({ erased: z.int() }).openapi('ErasedPersonDayWords')
export const decided = z.object({ decided: z.int() }).openapi('DecidedPersonDays')
export const quotasSet = z.object({ set: z.int(), unchanged: z.int() }).openapi('PersonDayQuotasSet')

const tenths = z.int().openapi({ description: 'Tenths of a person-day' })
const areaStanding = z.object({
  quota: tenths.nullable(),
  used: tenths,
  accepted: tenths,
  contested: tenths,
  left: tenths.nullable(),
  isAlarm: z.boolean(),
  isOver: z.boolean(),
  forecast: tenths,
  withoutApplication: tenths,
  mostTenths: tenths,
  over15: z.array(
    z.object({ caseId: z.uuid().nullable(), caseNumber: z.string().nullable(), entryId: z.uuid(), tenths }),
  ),
  act: z.string().nullable(),
})
export const personDayStandingOutput = z
  .object({ applications: areaStanding, web: areaStanding })
  .openapi('PersonDayStanding')
