/** Inputs and outputs of operations: the one contract of API, forms and command line. */
import { z } from '@hono/zod-openapi'
import {
  callOutcomes,
  hoursCodes,
  importKinds,
  interruptionKinds,
  interruptionStates,
  probeRunners,
  scopeKinds,
} from './vocabulary.ts'

const code = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
  .openapi({ example: 'SRV-01' })
const name = z.string().trim().min(2).max(120)
const version = z.coerce.number().int().min(1).optional()
const instant = z.iso.datetime({ offset: true }).openapi({ format: 'date-time' })
const time = z.string().openapi({ format: 'date-time' })
const words = z.string().trim().min(3).max(2000)
const yesOrNo = z.union([z.boolean(), z.enum(['yes', 'no']).transform((answer) => answer === 'yes')])
const day = z.iso.date()
const noDay = z.union([day, z.null(), z.literal('').transform(() => null)])

export const addScopeInput = z
  .object({
    code,
    name,
    kind: z.enum(scopeKinds),
    hostsWeb: yesOrNo.default(false).openapi({ type: 'boolean', description: 'Counts for web services too' }),
    hours: z.enum(hoursCodes).default('always'),
    intervalS: z.coerce
      .number()
      .int()
      .min(10)
      .max(86_400)
      .default(300)
      .openapi({ description: 'Expected between checks' }),
    beginsOn: day,
    endsOn: noDay.default(null).openapi({ type: 'string', format: 'date', description: 'The last day' }),
  })
  .openapi('AddScope')
export type AddScopeInput = z.input<typeof addScopeInput>

export const endScopeInput = z
  .object({
    version,
    endsOn: noDay.openapi({ type: 'string', format: 'date', description: 'The last day; null: none' }),
  })
  .openapi('EndScope')

export const scopeRow = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    kind: z.enum(scopeKinds),
    hostsWeb: z.boolean(),
    hours: z.enum(hoursCodes),
    intervalS: z.int(),
    beginsOn: z.string(),
    endsOn: z.string().nullable(),
    version: z.int(),
  })
  .openapi('MonitoredScope')
export type ScopeRow = z.output<typeof scopeRow>

export const addProbeInput = z.object({ code, name, network: code, runBy: z.enum(probeRunners) }).openapi('AddProbe')
export type AddProbeInput = z.input<typeof addProbeInput>

export const probeRow = z
  .object({ id: z.uuid(), code: z.string(), name: z.string(), network: z.string(), runBy: z.enum(probeRunners) })
  .openapi('Probe')
export type ProbeRow = z.output<typeof probeRow>

export const added = z.object({ id: z.uuid() }).openapi('AddedToOperations')

export const importOutcome = z
  .object({
    id: z.uuid().nullable().openapi({ description: 'null when all of it was known already: nothing changed' }),
    lines: z.int(),
    added: z.int(),
    known: z.int(),
  })
  .openapi('OperationsImportOutcome')
export type ImportOutcome = z.output<typeof importOutcome>

export const importRow = z
  .object({
    id: z.uuid(),
    what: z.enum(importKinds),
    madeAt: time,
    by: z.enum(['administration', 'supplier', 'installation']),
    sha256: z.string(),
    lines: z.int(),
    added: z.int(),
    known: z.int(),
  })
  .openapi('OperationsImport')
export type ImportRow = z.output<typeof importRow>

export const checkedImport = importRow
  .extend({ isIntact: z.boolean().openapi({ description: 'Its rows are those whose digest was sealed' }) })
  .openapi('CheckedOperationsImport')

export const proposeInterruptionInput = z
  .object({
    scopeId: z.uuid(),
    kind: z.enum(interruptionKinds).default('ordinary'),
    from: instant,
    until: instant,
    reason: words,
  })
  .openapi('ProposeInterruption')
export type ProposeInterruptionInput = z.input<typeof proposeInterruptionInput>
export const acceptInterruptionInput = z.object({ version }).openapi('AcceptInterruption')
export const refuseInterruptionInput = z.object({ version, reason: words }).openapi('RefuseInterruption')
export const tellUsersInput = z
  .object({ version, notice: words.openapi({ description: 'How and what users were told' }) })
  .openapi('TellUsers')

export const interruptionRow = z
  .object({
    id: z.uuid(),
    scopeId: z.uuid(),
    scopeCode: z.string(),
    scopeName: z.string(),
    kind: z.enum(interruptionKinds),
    from: time,
    until: time,
    reason: z.string(),
    state: z.enum(interruptionStates),
    proposedAt: time,
    decidedAt: time.nullable(),
    noticedAt: time.nullable(),
    isAgreed: z.boolean().openapi({ description: 'Accepted and told to users, both before it began' }),
    isNoticeKept: z.boolean().nullable().openapi({ description: '14 days, for extraordinary maintenance' }),
    version: z.int(),
  })
  .openapi('Interruption')
export type InterruptionRow = z.output<typeof interruptionRow>
export const changedInterruption = z
  .object({ id: z.uuid(), state: z.enum(interruptionStates), version: z.int() })
  .openapi('ChangedInterruption')
export type ChangedInterruption = z.output<typeof changedInterruption>

export const periodInput = z.object({ from: instant, until: instant }).openapi('OperationsPeriod')
export const monthInput = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .optional()

const ms = z.int().openapi({ description: 'Milliseconds' })
const stretch = z.object({ from: time, until: time, ms })
export const scopeAvailability = z
  .object({
    scopeId: z.uuid(),
    code: z.string(),
    name: z.string(),
    kind: z.enum(scopeKinds),
    hostsWeb: z.boolean(),
    dueMs: ms,
    upMs: ms,
    downMs: ms,
    unknownMs: ms,
    agreedMs: ms.openapi({ description: 'Down inside agreed interruptions: in none of the others' }),
    declaredDownMs: ms.openapi({ description: 'What the supplier declares, without what it excludes' }),
    source: z.enum(['probes', 'declared', 'none']),
    worstOutages: z.array(stretch),
  })
  .openapi('ScopeAvailability')
export type ScopeAvailability = z.output<typeof scopeAvailability>

export const callCount = z
  .object({
    received: z.int(),
    receivedInHours: z.int(),
    answered: z.int().openapi({ description: 'By a person' }),
    answeredInHours: z.int(),
    lostInHours: z.int(),
    byOutcome: z.record(z.enum(callOutcomes), z.int()),
  })
  .openapi('CallCount')

export const outageDetail = z
  .object({
    outages: z.array(stretch.extend({ agreedMs: ms })),
    declared: z.array(
      z.object({ from: time, until: time, reason: z.string(), isExcluded: z.boolean(), importId: z.uuid() }),
    ),
    samples: z.array(
      z.object({
        at: time,
        probe: z.string(),
        network: z.string(),
        runBy: z.enum(probeRunners),
        witness: z.enum(['T', 'I']),
        isOk: z.boolean(),
        ms: z.int().nullable(),
        importId: z.uuid(),
      }),
    ),
    isCapped: z.boolean(),
  })
  .openapi('ScopeOutages')
export type ScopeOutages = z.output<typeof outageDetail>
