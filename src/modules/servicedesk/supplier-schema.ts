/** Inputs and outputs of what touches the supplier's own tool: steps, references, comparison, names. */
import { z } from '@hono/zod-openapi'
import { caseStates, pauseReasons } from './internal/lifecycle.ts'
import { stepNames, visitOutcomes } from './internal/step-kinds.ts'

/** The name of a tool, as its own people write it: letters, digits, dots, dashes. */
export const systemName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{0,49}$/)
  .openapi({ example: 'assistenza' })

const reference = z.string().trim().min(1).max(100).openapi({ example: 'INT-48213' })
const number = z
  .string()
  .trim()
  .regex(/^(?:\d{4}\/)?\d{1,12}$/)
  .openapi({ example: '2026/12345' })
const instant = z.string().openapi({ format: 'date-time' })
const declaredInstant = z.iso.datetime({ offset: true }).openapi({ example: '2026-05-04T10:30:00+02:00' })

/** One step as the supplier's tool declares it. */
export const stepInput = z
  .object({
    system: systemName,
    key: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .openapi({ example: '48213-7', description: 'Of this step in their tool; the same key again is the same step' }),
    reference: reference.optional().openapi({ description: 'Of the case in their tool' }),
    number: number.optional().openapi({ description: 'Of the case in SITEC; with a reference it binds the two' }),
    step: z.enum(stepNames),
    occurredAt: declaredInstant.openapi({ description: 'When it happened, as the supplier declares' }),
    text: z.string().trim().max(20_000).default('').openapi({ description: 'What was written or done' }),
    team: z.string().trim().max(200).default('').openapi({ description: 'Name of the team, where the step names one' }),
    reason: z.enum(pauseReasons).optional().openapi({ description: 'Of a pause' }),
    promisedFor: declaredInstant.optional().openapi({ description: 'The date promised to the user' }),
    startedAt: declaredInstant.optional().openapi({ description: 'When a visit began; it ended at occurredAt' }),
    outcome: z.enum(visitOutcomes).optional().openapi({ description: 'Of a visit; a resolution is a step of its own' }),
  })
  .openapi('SupplierStep')
export type StepInput = z.input<typeof stepInput>
export type Step = z.output<typeof stepInput>

export const stepsInput = z.object({ steps: z.array(stepInput).min(1).max(1000) }).openapi('SupplierSteps')
export const caseStepInput = stepInput.omit({ number: true }).openapi('SupplierStepOfCase')

/** Why a step was set aside: the state did not allow it, or later ones of the case were there before. */
export const findingKinds = ['not_now', 'out_of_order'] as const

export const stepOutcome = z
  .object({
    key: z.string(),
    caseId: z.uuid(),
    step: z.enum(stepNames),
    outcome: z.enum(['applied', 'noted', 'set_aside', 'known']).openapi({
      description: 'noted: kept, changes no state; set_aside: did not fit, to be checked; known: was there already',
    }),
    finding: z.enum(findingKinds).nullable(),
  })
  .openapi('SupplierStepOutcome')
export type StepOutcome = z.output<typeof stepOutcome>

export const stepsResult = z
  .object({
    applied: z.int(),
    noted: z.int(),
    setAside: z.int(),
    known: z.int(),
    steps: z.array(stepOutcome),
  })
  .openapi('SupplierStepsResult')
export type StepsResult = z.output<typeof stepsResult>

export const externalReferenceInput = z.object({ system: systemName, reference }).openapi('ExternalReference')
export const externalReference = z
  .object({ id: z.uuid(), caseId: z.uuid(), system: z.string(), reference: z.string() })
  .openapi('ExternalCase')

/** Steps set aside, newest first. */
export const setAsideStep = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  number: z.string(),
  system: z.string(),
  step: z.enum(stepNames),
  finding: z.enum(findingKinds),
  occurredAt: instant,
  recordedAt: instant,
})
export type SetAsideStep = z.output<typeof setAsideStep>

export const reconcileOptions = z
  .object({
    system: systemName.optional().openapi({ description: 'Needed when cases live in more than one tool' }),
    from: z.iso.date().optional().openapi({ description: 'First day the file covers; its oldest opening unless said' }),
    lateHours: z.coerce.number().int().min(0).max(1000).default(24).openapi({ description: 'Working hours' }),
    toleranceMinutes: z.coerce.number().int().min(0).max(10_080).default(5),
  })
  .openapi('ReconcileOptions')
export type ReconcileOptions = z.input<typeof reconcileOptions>

const ours = { number: z.string(), reference: z.string(), state: z.enum(caseStates) }
export const comparedFields = ['state', 'opened', 'taken', 'resolved', 'closed'] as const

export const reconciliation = z
  .object({
    id: z.uuid(),
    madeAt: instant,
    system: z.string(),
    sha256: z.string(),
    from: instant.nullable(),
    lateHours: z.int(),
    toleranceMinutes: z.int(),
    rows: z.int().openapi({ description: 'Of the file' }),
    expected: z.int().openapi({ description: 'Cases of SITEC that the file should have' }),
    missing: z.array(z.object({ ...ours, openedAt: instant })),
    extra: z.array(
      z.object({
        line: z.int(),
        reference: z.string(),
        number: z.string(),
        why: z.enum(['unknown', 'not_linked', 'other_reference']),
      }),
    ),
    differing: z.array(
      z.object({
        line: z.int(),
        number: z.string(),
        reference: z.string(),
        differences: z.array(
          z.object({ field: z.enum(comparedFields), ours: z.string().nullable(), theirs: z.string().nullable() }),
        ),
      }),
    ),
    late: z.object({
      steps: z.int().openapi({ description: 'Steps of the period' }),
      count: z.int(),
      list: z.array(
        z.object({
          number: z.string(),
          key: z.string(),
          step: z.enum(stepNames),
          occurredAt: instant,
          recordedAt: instant,
          workingMinutes: z.int(),
        }),
      ),
    }),
  })
  .openapi('Reconciliation')
export type Reconciliation = z.output<typeof reconciliation>

export const nameReasons = ['security', 'contested'] as const
export const openNamesInput = z
  .object({ reason: z.enum(nameReasons), note: z.string().trim().min(10).max(2000) })
  .openapi('OpenNames')
export type OpenNamesInput = z.input<typeof openNamesInput>

export const openedNames = z
  .object({
    caseId: z.uuid(),
    number: z.string(),
    names: z.array(z.object({ eventId: z.int(), kind: z.string(), at: instant, name: z.string(), party: z.string() })),
  })
  .openapi('OpenedNames')
export type OpenedNames = z.output<typeof openedNames>

export const nameAccess = z.object({
  eventId: z.int(),
  caseId: z.uuid(),
  number: z.string(),
  at: instant,
  by: z.string().nullable(),
  reason: z.enum(nameReasons),
  note: z.string().nullable(),
})
export type NameAccess = z.output<typeof nameAccess>
