/** What goes into and comes out of the contract's operations; used by API, forms and command line. */
import { z } from '@hono/zod-openapi'
import { periodPattern, quarterPattern } from './internal/periods.ts'
import { indicatorContent, readingContent } from './internal/terms.ts'
import {
  bases,
  contestReasons,
  deductionNatures,
  exclusionReasons,
  flags,
  measures,
  outcomes,
  penaltyClasses,
} from './vocabulary.ts'

const count = z.int().min(0)
const amount = z.string().openapi({ description: 'Euro ex VAT, two decimals', example: '8129.17' })
const hundredthsText = z.string().openapi({ description: 'Percent or working days, two decimals', example: '95.19' })
const instant = z.string().openapi({ format: 'date-time' })
export const periodText = z
  .string()
  .regex(periodPattern)
  .openapi({ description: 'A month or a quarter', example: '2020-Q4' })
export const quarterText = z.string().regex(quarterPattern).openapi({ description: 'A quarter', example: '2020-Q4' })
const code = z.string().trim().min(1).max(20)
const scope = z.string().trim().max(50).default('')
const words = z.string().trim().min(3).max(4000)
const document = z.string().trim().min(3).max(300).openapi({ description: 'Protocol number or name of the document' })
const version = z.int().min(1)

export const importResult = z
  .object({ contractId: z.uuid(), title: z.string(), versionsAdded: count, versionsKnown: count })
  .openapi('ContractImport')
export type ImportResult = z.output<typeof importResult>

export const declareResult = z.object({ added: count, known: count }).openapi('DeclarationImport')
export type DeclareResult = z.output<typeof declareResult>

export const declareInput = z
  .object({
    period: periodText,
    indicator: code,
    service: code.optional(),
    scope,
    inTime: count.nullable().default(null),
    total: count.nullable().default(null),
    days: count.nullable().default(null).openapi({ description: 'Total of working days used, for means' }),
    value: z.string().trim().max(20).nullable().default(null),
    unit: z.enum(['percent', 'percent_lost', 'business_days', 'not_measured']),
    source: words,
    corrects: z.boolean().default(false).openapi({ description: 'Replaces an earlier figure, which stays beside it' }),
  })
  .openapi('DeclareFigure')
export type DeclareInput = z.output<typeof declareInput>

/** A figure as it is shown: counts where there are any, and the value rounded against whom it speaks for. */
export const shownFigure = z.object({
  inTime: count.nullable(),
  total: count.nullable(),
  days: count.nullable(),
  value: hundredthsText.nullable(),
})
export type ShownFigure = z.output<typeof shownFigure>

const scopeDetail = shownFigure.extend({ scope: z.string(), met: z.boolean().nullable() })

export const observedFigure = shownFigure.extend({
  openBacklog: count.openapi({
    description: 'Fell due by the end of the period, nothing done yet: the ratio hides them',
  }),
  provedShare: z.number().min(0).max(1).nullable().openapi({ description: 'Both ends witnessed by T, U, M or A' }),
  excluded: count,
  contractReading: shownFigure,
  fair: shownFigure,
  details: z.array(scopeDetail),
})

const penaltyShown = z.object({
  class: z.enum(penaltyClasses),
  recurrence: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  rate: hundredthsText.nullable().openapi({ description: 'Percent of the fee of the period' }),
  periodFee: amount,
  onDeclared: amount,
  onObserved: amount,
  onAgreed: amount,
  decided: amount.nullable().openapi({ description: 'What was decided, once it is; it alone is charged' }),
  provisional: z.boolean(),
  ifEarlierFalls: amount.nullable().openapi({ description: 'The other amount, while an earlier period is open' }),
})

export const verifiedIndicator = z
  .object({
    code: z.string(),
    service: z.string(),
    scope: z.string(),
    period: z.string(),
    label: z.string(),
    measure: z.enum(measures),
    isSubset: z.boolean(),
    reading: z
      .string()
      .nullable()
      .openapi({ description: 'The reading of an unclear clause that this line belongs to' }),
    declared: shownFigure.nullable(),
    observed: observedFigure.nullable(),
    agreed: shownFigure.nullable(),
    target: z.string(),
    threshold: z.string(),
    met: z.boolean().nullable(),
    outcome: z.enum(outcomes),
    flags: z.array(z.enum(flags)),
    marginTurned: count.nullable(),
    marginAdded: count.nullable(),
    marginDays: count.nullable(),
    penalty: penaltyShown,
    act: z.string(),
  })
  .openapi('VerifiedIndicator')
export type VerifiedIndicator = z.output<typeof verifiedIndicator>

export const verification = z
  .object({
    period: z.string(),
    contract: z.string(),
    isOver: z.boolean(),
    isApproved: z.boolean(),
    indicators: z.array(verifiedIndicator),
    totals: z.object({ onDeclared: amount, onObserved: amount, onAgreed: amount }),
  })
  .openapi('Verification')
export type Verification = z.output<typeof verification>

/** One item of a figure: what it was asked, due and done by, and by whose word. */
export const worksheetRow = z.object({
  caseId: z.uuid(),
  number: z.string(),
  kind: z.string(),
  officeId: z.uuid().nullable(),
  startAt: instant,
  startWitness: z.string(),
  dueAt: instant.nullable(),
  endAt: instant.nullable(),
  endWitness: z.string().nullable(),
  isInTime: z.boolean(),
  isCounted: z.boolean().openapi({ description: 'In the adopted reading of the period' }),
  isOpen: z.boolean().openapi({ description: 'Past its date with nothing done by the end of the period' }),
  isFairInTime: z.boolean().nullable(),
  isProved: z.boolean(),
  days: z.int().nullable(),
  excluded: z.enum(['agreed', 'by_manager']).nullable(),
  notes: z.array(z.string()),
  declared: z.object({ isInTime: z.boolean(), startedAt: instant.nullable(), doneAt: instant.nullable() }).nullable(),
  differs: z.boolean(),
})
export type WorksheetRow = z.output<typeof worksheetRow>

export const worksheet = z
  .object({
    entry: verifiedIndicator,
    rows: z.array(worksheetRow),
    counts: z.object({ rows: count, differing: count, late: count, openBacklog: count }),
  })
  .openapi('Worksheet')
export type Worksheet = z.output<typeof worksheet>

export const worksheetInput = z.object({
  period: periodText,
  indicator: code,
  service: code.optional(),
  show: z.enum(['all', 'differing', 'late', 'open']).default('all'),
})

const instalment = z.object({
  month: z.string(),
  invoicedOn: z.string(),
  invoiced: amount,
  due: amount,
  adjustment: amount,
})
export const instalmentYear = z
  .object({
    year: z.int(),
    contract: z.string(),
    instalments: z.array(instalment),
    adjustmentTotal: amount,
    retained: amount,
    quarters: z.array(
      z.object({
        period: z.string(),
        held: amount,
        isApproved: z.boolean(),
        penalties: amount,
        reductions: amount,
        reductionVat: amount,
        taken: amount,
        creditNote: amount,
        released: amount,
      }),
    ),
  })
  .openapi('InstalmentYear')
export type InstalmentYear = z.output<typeof instalmentYear>

export const receiveReportInput = z
  .object({ period: quarterText, receivedOn: z.iso.date(), protocol: document, isComplete: z.boolean() })
  .openapi('ReceiveReport')
export type ReceiveReportInput = z.input<typeof receiveReportInput>
export const approvePlanInput = z
  .object({ year: z.int().min(2000).max(2100), approvedOn: z.iso.date(), document })
  .openapi('ApprovePlan')

export type ApprovePlanInput = z.input<typeof approvePlanInput>
export const raiseContestInput = z
  .object({
    period: periodText,
    indicator: code,
    service: code.optional(),
    scope,
    reason: z.enum(contestReasons),
    what: words,
    evidence: z.string().trim().max(300).default(''),
    caseIds: z.array(z.uuid()).max(5000).default([]),
  })
  .openapi('RaiseContest')
export type RaiseContestInput = z.input<typeof raiseContestInput>
export const answerContestInput = z.object({ version, what: words }).openapi('AnswerContest')
export type AnswerContestInput = z.input<typeof answerContestInput>
export const settleContestInput = z
  .object({
    version,
    inTime: count.nullable().default(null),
    total: count.nullable().default(null),
    days: count.nullable().default(null),
    value: z.string().trim().max(20).nullable().default(null),
    what: words,
  })
  .openapi('SettleContest')
export type SettleContestInput = z.input<typeof settleContestInput>
export const contestRow = z
  .object({
    id: z.uuid(),
    period: z.string(),
    indicator: z.string(),
    service: z.string(),
    scope: z.string(),
    raisedBy: z.enum(['administration', 'supplier']),
    reason: z.enum(contestReasons),
    what: z.string().nullable(),
    answer: z.string().nullable(),
    evidence: z.string(),
    state: z.enum(['open', 'answered', 'agreed', 'withdrawn']),
    isLapsed: z.boolean(),
    dueOn: z.string(),
    agreed: shownFigure.nullable(),
    cases: count,
    raisedAt: instant,
    version,
  })
  .openapi('Contest')
export type ContestRow = z.output<typeof contestRow>

export const askExclusionInput = z
  .object({
    period: periodText,
    indicator: code,
    caseIds: z.array(z.uuid()).min(1).max(5000),
    reason: z.enum(exclusionReasons),
    clause: z.string().trim().max(300).default(''),
    document,
    noticeAt: z.iso.datetime({ offset: true }).nullable().default(null),
    what: words,
  })
  .openapi('AskExclusion')
export type AskExclusionInput = z.input<typeof askExclusionInput>
export const decideExclusionInput = z
  .object({ version, verdict: z.enum(['accept', 'refuse']), what: words })
  .openapi('DecideExclusion')
export type DecideExclusionInput = z.input<typeof decideExclusionInput>
export const exclusionRow = z
  .object({
    id: z.uuid(),
    period: z.string(),
    indicator: z.string(),
    caseId: z.uuid(),
    number: z.string(),
    reason: z.enum(exclusionReasons),
    clause: z.string(),
    document: z.string(),
    askedBy: z.enum(['administration', 'supplier']),
    noticeAt: instant.nullable(),
    state: z.enum(['asked', 'agreed', 'by_manager', 'refused']),
    version,
  })
  .openapi('Exclusion')
export type ExclusionRow = z.output<typeof exclusionRow>

export const proposePenaltyInput = z
  .object({
    period: periodText,
    indicator: code,
    service: code,
    scope,
    basis: z.enum(bases),
    what: words,
  })
  .openapi('ProposePenalty')
export type ProposePenaltyInput = z.input<typeof proposePenaltyInput>
export const enterDecisionInput = z
  .object({
    period: periodText,
    indicator: z.string().trim().max(20).default(''),
    service: code,
    scope,
    nature: z.enum(deductionNatures),
    amount: z.string(),
    document,
  })
  .openapi('EnterDecision')
export type EnterDecisionInput = z.input<typeof enterDecisionInput>
export const counterPenaltyInput = z.object({ version, document, what: words }).openapi('CounterPenalty')
export type CounterPenaltyInput = z.input<typeof counterPenaltyInput>
export const decidePenaltyInput = z
  .object({
    version,
    amount: z.string().openapi({ description: 'What is charged; 0.00 to drop it' }),
    what: words,
  })
  .openapi('DecidePenalty')
export type DecidePenaltyInput = z.input<typeof decidePenaltyInput>
export const penaltyRow = z
  .object({
    id: z.uuid(),
    period: z.string(),
    indicator: z.string(),
    service: z.string(),
    scope: z.string(),
    nature: z.enum(deductionNatures),
    basis: z.enum([...bases, 'history']),
    level: z.int(),
    rate: hundredthsText,
    proposed: amount,
    decided: amount.nullable(),
    adjustments: amount,
    state: z.enum(['proposed', 'countered', 'decided']),
    proposedOn: z.string(),
    dueOn: z.string().nullable(),
    counteredOn: z.string().nullable(),
    decidedOn: z.string().nullable(),
    document: z.string(),
    texts: z.object({
      proposal: z.string().nullable(),
      counter: z.string().nullable(),
      decision: z.string().nullable(),
    }),
    version,
  })
  .openapi('Penalty')
export type PenaltyRow = z.output<typeof penaltyRow>

export const approvePeriodInput = z.object({ period: quarterText }).openapi('ApprovePeriod')
export const correctPeriodInput = z
  .object({
    period: quarterText,
    inPeriod: quarterText,
    indicator: code,
    service: code,
    scope,
    month: periodText.optional().openapi({ description: 'Which month, of an indicator reckoned by months' }),
    reason: words,
  })
  .openapi('CorrectPeriod')
export const correctionRow = z
  .object({
    id: z.uuid(),
    period: z.string(),
    inPeriod: z.string(),
    indicator: z.string(),
    service: z.string(),
    scope: z.string(),
    before: shownFigure.nullable(),
    after: shownFigure.nullable(),
    delta: amount,
    reason: z.string(),
    madeAt: instant,
  })
  .openapi('Correction')
export type CorrectionRow = z.output<typeof correctionRow>
export const approvedPeriod = z
  .object({
    id: z.uuid(),
    period: z.string(),
    approvedAt: instant,
    eventId: z.int(),
    sha256: z.string(),
    result: verification,
  })
  .openapi('ApprovedPeriod')
export type ApprovedPeriod = z.output<typeof approvedPeriod>

export const whatIfInput = z
  .object({
    indicator: code,
    target: z.string().trim().max(20).optional(),
    class: z.enum(penaltyClasses).optional(),
    days: z.coerce.number().int().min(1).max(60).optional(),
    calendarId: z.uuid().optional(),
    reading: readingContent.partial().default({}),
    from: periodText,
    until: periodText,
  })
  .openapi('WhatIf')

export type WhatIfInput = z.input<typeof whatIfInput>
export const adoptReadingInput = z
  .object({
    indicator: code.optional(),
    reading: readingContent.partial().default({}),
    subset: code.optional(),
    subsetReading: z.string().optional(),
    effectiveFrom: z.iso.date(),
    act: document,
  })
  .openapi('AdoptReading')

export type AdoptReadingInput = z.input<typeof adoptReadingInput>
export const contractOverview = z
  .object({
    id: z.uuid(),
    title: z.string(),
    beginsOn: z.string(),
    endsOn: z.string().nullable(),
    services: z.array(z.object({ code: z.string(), label: z.string(), group: z.string(), fee: amount })),
    total: amount,
    feeAct: z.string(),
    sourceAct: z.string().nullable().openapi({ description: 'The act that names SITEC as source of figures' }),
    exclusions: z.array(z.string()),
    disagreement: z.object({ act: z.string(), total: amount, fees: z.record(z.string(), amount) }).nullable(),
    feeVersions: z.array(
      z.object({ effectiveFrom: z.string(), knownFrom: z.string(), act: z.string(), total: amount }),
    ),
    indicators: z.array(indicatorContent.extend({ act: z.string() })),
    subsets: z.array(
      z.object({
        service: z.string(),
        population: z.string(),
        clause: z.string(),
        readings: z.array(z.object({ label: z.string(), indicators: z.array(z.string()) })),
        adopted: z.string().nullable(),
      }),
    ),
    coverage: z.object({
      measured: z.object({ services: z.array(z.string()), fee: amount, share: hundredthsText }),
      subset: z.object({ services: z.array(z.string()), fee: amount, share: hundredthsText }),
      without: z.object({ services: z.array(z.string()), fee: amount, share: hundredthsText }),
      highestPenalty: amount,
      highestShare: hundredthsText,
    }),
  })
  .openapi('ContractOverview')
export type ContractOverview = z.output<typeof contractOverview>

export const runningTerm = z
  .object({
    what: z.enum(['report', 'approval', 'counter', 'reply', 'contest', 'plan']),
    period: z.string(),
    subject: z.string(),
    id: z.uuid().nullable(),
    startedOn: z.string(),
    dueOn: z.string(),
    daysGone: z.int(),
    daysAll: z.int(),
    daysLeft: z.int(),
    alarms: z.array(z.int()),
    state: z.enum(['running', 'near', 'over']),
  })
  .openapi('RunningTerm')
export type RunningTerm = z.output<typeof runningTerm>
