/** Inputs and outputs of known outages. */
import { z } from '@hono/zod-openapi'
import { kindList } from './article-schema.ts'
import { caseKinds } from './internal/lifecycle.ts'
import { caseRow } from './schema.ts'
import { pickedCases } from './view-schema.ts'

const version = z.coerce.number().int().min(1).optional()
const instant = z.iso.datetime({ offset: true }).openapi({ format: 'date-time' })
const said = z.string().trim().min(1).max(5000)
const idList = z.array(z.uuid()).max(200).default([])

export const outageStates = ['open', 'closed'] as const
export type OutageState = (typeof outageStates)[number]

export const openOutageInput = z
  .object({
    title: z
      .string()
      .trim()
      .min(3)
      .max(200)
      .openapi({ example: 'Posta: alcuni messaggi verso l’esterno tornano indietro' }),
    body: said.openapi({ description: 'What users should know' }),
    words: z
      .string()
      .trim()
      .max(500)
      .default('')
      .openapi({ description: 'Applications and things it touches, as users call them' }),
    kinds: kindList,
    officeIds: idList.openapi({ description: 'With the offices below them; none, and no site, means everywhere' }),
    siteIds: idList,
    teamId: z.uuid().optional().openapi({ description: 'Who works at it; your first team when absent' }),
    startedAt: instant,
    expectedAt: instant.optional(),
  })
  .openapi('OpenOutage')
export type OpenOutageInput = z.input<typeof openOutageInput>

export const changeOutageInput = openOutageInput.extend({ version }).openapi('ChangeOutage')
export type ChangeOutageInput = z.input<typeof changeOutageInput>

export const updateOutageInput = z
  .object({ version, body: said, expectedAt: instant.optional() })
  .openapi('UpdateOutage')
export const closeOutageInput = z
  .object({
    version,
    body: said.openapi({ description: 'What was done: each joined case is marked as resolved with it' }),
    endedAt: instant.optional().openapi({ description: 'When it ended, if that is not now' }),
  })
  .openapi('CloseOutage')
export const joinCasesInput = z.object({ cases: pickedCases }).openapi('JoinOutage')

export const outageViews = ['open', 'closed', 'all'] as const
export const listOutagesInput = z
  .object({
    view: z.enum(outageViews).default('open'),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
  })
  .openapi('ListOutages')
export type ListOutagesInput = z.input<typeof listOutagesInput>

const time = z.string().openapi({ format: 'date-time' })

export const outageRow = z
  .object({
    id: z.uuid(),
    title: z.string(),
    state: z.enum(outageStates),
    startedAt: time,
    expectedAt: time.nullable(),
    endedAt: time.nullable(),
    teamName: z.string(),
    cases: z.int().openapi({ description: 'Cases joined to it' }),
    updatedAt: time,
    version: z.int(),
  })
  .openapi('OutageRow')
export type OutageRow = z.output<typeof outageRow>

export const outagePage = z
  .object({ rows: z.array(outageRow), nextCursor: z.string().nullable() })
  .openapi('OutagePage')

export const outageDetail = outageRow
  .extend({
    body: z.string(),
    words: z.string(),
    kinds: z.array(z.enum(caseKinds)),
    teamId: z.uuid(),
    offices: z.array(z.object({ id: z.uuid(), name: z.string() })),
    sites: z.array(z.object({ id: z.uuid(), name: z.string() })),
    updates: z.array(z.object({ at: time, kind: z.string(), by: z.string().nullable(), body: z.string().nullable() })),
    joined: z
      .array(caseRow.extend({ joinedHow: z.enum(['me_too', 'agent']), isSettled: z.boolean() }))
      .openapi({ description: 'The newest 200 of its cases, as far as the reader may see them' }),
    settled: z.int().openapi({ description: 'Cases for which its end has done what it does' }),
    may: z.object({ change: z.boolean(), settle: z.boolean() }),
  })
  .openapi('Outage')
export type OutageDetail = z.output<typeof outageDetail>

/** "Lo sappiamo già": what a user is told, and whether they said that it happens to them too. */
export const knownOutage = z
  .object({
    id: z.uuid(),
    title: z.string(),
    body: z.string().openapi({ description: 'The newest update, or what was said at first' }),
    startedAt: time,
    expectedAt: time.nullable(),
    myCase: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  })
  .openapi('KnownOutage')
export type KnownOutage = z.output<typeof knownOutage>

export const changedOutage = z
  .object({ id: z.uuid(), state: z.enum(outageStates), version: z.int() })
  .openapi('ChangedOutage')
export type ChangedOutage = z.output<typeof changedOutage>

export const meTooOutcome = z
  .object({
    id: z.uuid(),
    number: z.string().openapi({ example: '2026/12345' }),
    isNew: z.boolean().openapi({ description: 'false when the person had said so before' }),
  })
  .openapi('MeToo')
export type MeTooOutcome = z.output<typeof meTooOutcome>
