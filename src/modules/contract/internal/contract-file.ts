/**
 * Reads a contract as published (the form of `service-contract.json`): services, fees with their rival tables, indicators,
 * classes, terms. What is written in words ("in charge within 2 business days") is read here, once, into data; words that
 * are not understood are an error that says which, never a guess. Pure.
 */
import { z } from '@hono/zod-openapi'
import { centsText, parseCents } from '../../../platform/money.ts'
import { type ContractTexts, type FileFinding, found } from '../contract-problems.ts'
import type { MeasureKind } from '../vocabulary.ts'
import { parseHundredths } from './figures.ts'
import { defaultPopulation, defaultReading } from './readings.ts'
import { type ContractVersion, indicatorContent, type Subset, type TermsContent, termsContent } from './terms.ts'

const day = z.iso.date()
const fraction = z.number().min(0).max(1)
const rate = z.object({ first: fraction, alsoPreviousPeriod: fraction, alsoTwoOrMorePrevious: fraction })
const unused = z.object({ note: z.string() })
const fees = z.object({ act: z.string().min(1), fees: z.record(z.string(), z.string()), total: z.string() })

/** The file. Fields beyond these are its own remarks (worked examples) and are left alone. */
export const contractFile = z.object({
  title: z.string().min(1).max(300).optional(),
  source: z.string().min(1).max(1000),
  endsOn: day.optional(),
  vatRate: fraction,
  invoicing: z.object({ monthlyShare: fraction, retainedShare: fraction }),
  terms: z.object({
    reportDueDaysAfterPeriod: z.int().min(1),
    customerReplyDays: z.int().min(1),
    operatingPlanApprovalDue: z.string().regex(/^\d\d-\d\d$/),
    counterDeductionDays: z.int().min(1).default(15),
    counterDeductionReplyDays: z.int().min(1).default(15),
    alarmDays: z.array(z.int().min(1)).default([60, 75, 85]),
  }),
  minorEnhancement: z
    .object({ maxPersonDaysEach: z.int(), maxPersonDaysPerYear: z.record(z.string(), z.int()) })
    .optional(),
  services: z.array(z.object({ code: z.string(), label: z.string(), group: z.string() })).min(1),
  indicators: z
    .array(
      z.object({
        code: z.string(),
        service: z.string(),
        class: z.enum(['A', 'B', 'C', 'D']),
        period: z.enum(['month', 'quarter']),
        label: z.string().min(1),
        measure: z.string().min(1),
        target: z.string().min(1),
        threshold: z.string().optional(),
        note: z.string().default(''),
        scopes: z.record(z.string(), z.string()).default({}),
        kinds: z.array(z.string()).optional(),
        teamIds: z.array(z.uuid()).default([]),
        withoutTeamIds: z.array(z.uuid()).default([]),
        adopted: z.record(z.string(), z.string()).optional(),
        adoptedNote: z.string().default(''),
      }),
    )
    .min(1),
  penaltyClasses: z.record(z.enum(['A', 'B', 'C', 'D']), z.union([rate, unused])),
  twoBreaches: z.enum(['sum', 'highest']).default('sum'),
  emptyPeriod: z.enum(['interrupts', 'keeps']).default('interrupts'),
  sourceAct: z.string().nullable().default(null),
  exclusions: z.array(z.string()).default([]),
  severityResolutionHours: z.object({ '1': z.int(), '2': z.int(), '3': z.int() }),
  feeVersions: z.array(fees.extend({ effectiveFrom: day, knownFrom: day, disagreement: fees.optional() })).min(1),
  measuredAsSubset: z
    .array(z.object({ service: z.string(), indicator: z.string(), population: z.string(), clause: z.string() }))
    .default([]),
})
export type ContractFile = z.output<typeof contractFile>

/** What a file gives: the contract's own facts and the first version of each subject; fees in all theirs. */
export type ReadContract = {
  title: string
  source: string
  beginsOn: string
  endsOn: string | null
  versions: ContractVersion[]
}

/** The contract in the file; what is wrong lands in `findings`, by its place in the file. */
export function readContract(file: ContractFile, findings: FileFinding[]): ReadContract {
  checkFees(file, findings)
  const [first] = file.feeVersions.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  const beginsOn = first?.effectiveFrom ?? ''
  const act = first?.act ?? ''
  const version = (subject: string, content: unknown): ContractVersion => ({
    subject,
    effectiveFrom: beginsOn,
    knownFrom: first?.knownFrom ?? beginsOn,
    act,
    content,
  })
  return {
    title: file.title ?? file.source.split(':')[0]?.trim() ?? file.source,
    source: file.source,
    beginsOn,
    endsOn: file.endsOn ?? null,
    versions: [
      version('services', { services: file.services }),
      version('classes', { classes: classesOf(file) }),
      version('terms', termsOf(file)),
      version('subsets', { subsets: file.measuredAsSubset.map((one, index) => subsetOf(one, index, file, findings)) }),
      ...file.indicators.flatMap((one, index) => {
        const content = indicatorOf(one, index, file, findings)
        return content === null ? [] : [version(`indicator:${one.code}`, content)]
      }),
      ...file.feeVersions.map(({ effectiveFrom, knownFrom, act, fees, total, disagreement }) => ({
        subject: 'fees',
        effectiveFrom,
        knownFrom,
        act,
        content: { fees, total, disagreement: disagreement ?? null },
      })),
    ],
  }
}

function checkFees({ feeVersions, services }: ContractFile, findings: FileFinding[]) {
  const known = new Set(services.map(({ code }) => code))
  const seen = new Map<string, number>()
  for (const [index, version] of feeVersions.entries()) {
    const at = `feeVersions.${index}`
    const begins = `${version.effectiveFrom} ${version.knownFrom}`
    const other = seen.get(begins)
    if (other !== undefined) found(findings, `${at}.effectiveFrom`, (t) => t.file.overlap(version.effectiveFrom))
    seen.set(begins, index)
    if (version.knownFrom < version.effectiveFrom && index === 0)
      found(findings, `${at}.knownFrom`, (t) => t.file.knownBefore)
    for (const [path, table] of [
      [at, version],
      [`${at}.disagreement`, version.disagreement],
    ] as const) {
      if (table !== undefined) checkTable(path, table, known, findings)
    }
  }
}

function checkTable(at: string, table: z.output<typeof fees>, known: ReadonlySet<string>, findings: FileFinding[]) {
  let sum = 0n
  for (const [service, text] of Object.entries(table.fees)) {
    const cents = parseCents(text)
    if (cents === null || cents < 0n) found(findings, `${at}.fees.${service}`, (t) => t.file.wrongAmount)
    if (!known.has(service)) found(findings, `${at}.fees.${service}`, (t) => t.file.unknownService(service))
    sum += cents ?? 0n
  }
  for (const service of known)
    if (table.fees[service] === undefined) found(findings, `${at}.fees.${service}`, (t) => t.file.feeMissing(service))
  const total = parseCents(table.total)
  if (total !== sum) found(findings, `${at}.total`, (t) => t.file.feesDoNotSum(centsText(sum), table.total))
}

function classesOf({ penaltyClasses }: ContractFile) {
  const basisPoints = (share: number) => Math.round(share * 10_000)
  return Object.fromEntries(
    Object.entries(penaltyClasses).flatMap(([name, row]) =>
      'first' in row
        ? [
            [
              name,
              {
                first: basisPoints(row.first),
                second: basisPoints(row.alsoPreviousPeriod),
                third: basisPoints(row.alsoTwoOrMorePrevious),
              },
            ],
          ]
        : [],
    ),
  )
}

function termsOf(file: ContractFile): TermsContent {
  const { terms, invoicing, minorEnhancement, severityResolutionHours: hours } = file
  return termsContent.parse({
    vatRate: Math.round(file.vatRate * 10_000),
    monthlyShare: Math.round(invoicing.monthlyShare * 10_000),
    reportDueDays: terms.reportDueDaysAfterPeriod,
    replyDays: terms.customerReplyDays,
    alarmDays: terms.alarmDays,
    counterDeductionDays: terms.counterDeductionDays,
    counterReplyDays: terms.counterDeductionReplyDays,
    planDue: terms.operatingPlanApprovalDue,
    exclusions: file.exclusions,
    twoBreaches: file.twoBreaches,
    keepsOverEmpty: file.emptyPeriod === 'keeps',
    severityHours: [hours['1'], hours['2'], hours['3']],
    sourceAct: file.sourceAct,
    minorEnhancement:
      minorEnhancement === undefined
        ? null
        : { each: minorEnhancement.maxPersonDaysEach, perYear: minorEnhancement.maxPersonDaysPerYear },
  })
}

function indicatorOf(
  one: ContractFile['indicators'][number],
  index: number,
  file: ContractFile,
  findings: FileFinding[],
) {
  const at = `indicators.${index}`
  const wrong = (field: string, pick: (t: ContractTexts) => string) => found(findings, `${at}.${field}`, pick)
  if (!file.services.some(({ code }) => code === one.service))
    wrong('service', (t) => t.file.unknownService(one.service))
  if (file.indicators.findIndex(({ code }) => code === one.code) < index) wrong('code', (t) => t.file.twice(one.code))
  const measure = measureOf(one.measure, file)
  if (measure === null) wrong('measure', (t) => t.file.unknownMeasure(one.measure))
  const target = targetOf(one.target)
  if (target === null) wrong('target', (t) => t.file.wrongTarget(one.target))
  const threshold = one.threshold === undefined ? null : targetOf(one.threshold)
  if (one.threshold !== undefined && threshold === null)
    wrong('threshold', (t) => t.file.wrongTarget(one.threshold ?? ''))
  if (measure === null || target === null) return null
  const content = indicatorContent.safeParse({
    code: one.code,
    service: one.service,
    label: one.label,
    class: one.class,
    period: one.period,
    measure: { ...measure, text: one.measure },
    target: { op: target.op, hundredths: target.hundredths },
    threshold: threshold && { op: threshold.op, hundredths: threshold.hundredths },
    unit: target.unit,
    scopes: Object.entries(one.scopes).map(([code, label]) => ({ code, label, until: dateAfter('until', label) })),
    lapsedOn: one.note.includes('lapsed') ? dateAfter('on', one.note) : null,
    note: one.note,
    population: {
      kinds: one.kinds ?? defaultPopulation(one.code),
      teamIds: one.teamIds,
      withoutTeamIds: one.withoutTeamIds,
    },
    adopted: { ...defaultReading(measure.kind), ...one.adopted },
    adoptedNote: one.adoptedNote,
  })
  if (!content.success) wrong(String(content.error.issues[0]?.path[0] ?? ''), (t) => t.file.wrongIndicator(one.code))
  return content.success ? content.data : null
}

/** What a sentence of the contract asks to be reckoned; "as A.3.1" is what that one asks. */
function measureOf(text: string, file: ContractFile): { kind: MeasureKind; days: number | null } | null {
  const other = /^as ([A-Z][\d.]+)$/.exec(text.trim())?.[1]
  if (other !== undefined) {
    const there = file.indicators.find(({ code }) => code === other)
    return there === undefined || there.measure === text ? null : measureOf(there.measure, file)
  }
  const within = /within (\d+) (?:business|working) days/i.exec(text)?.[1]
  if (within !== undefined) return { kind: 'ratio_within_days', days: Number(within) }
  if (/by the promised date/i.test(text)) return { kind: 'ratio_by_promise', days: null }
  if (/^total days\b.*\bdeliver/i.test(text)) return { kind: 'mean_days', days: null }
  if (/^uptime\b/i.test(text)) return { kind: 'uptime', days: null }
  if (/calls received.*answered.*\/ *calls received/i.test(text)) return { kind: 'lost_calls', days: null }
  return null
}

/** ">= 95 %", "< 5 business days". */
function targetOf(text: string) {
  const parts = /^(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*(%|business days|working days)$/.exec(text.trim())
  const hundredths = parseHundredths(parts?.[2] ?? '')
  const op = parts?.[1]
  if (hundredths === null || op === undefined) return null
  return { op, hundredths, unit: parts?.[3] === '%' ? 'percent' : 'days' }
}

function dateAfter(word: string, text: string): string | null {
  return new RegExp(`\\b${word} (\\d{4}-\\d{2}-\\d{2})`).exec(text)?.[1] ?? null
}

// "B.1.1 and B.1.2 (technical annex) or B.1.1 only (report September 2021)": two readings, each by its paper.
function subsetOf(
  { service, indicator, population, clause }: ContractFile['measuredAsSubset'][number],
  index: number,
  file: ContractFile,
  findings: FileFinding[],
): Subset {
  const readings = indicator.split(/ or /).map((part) => ({
    label: /\(([^)]+)\)/.exec(part)?.[1] ?? clause,
    indicators: part.match(/[A-Z]\.\d+\.\d+/g) ?? [],
  }))
  const codes = readings.flatMap(({ indicators }) => indicators)
  const at = `measuredAsSubset.${index}`
  if (readings.some(({ indicators }) => indicators.length === 0))
    found(findings, `${at}.indicator`, (t) => t.file.wrongSubset(indicator))
  for (const code of codes)
    if (!file.indicators.some((one) => one.code === code))
      found(findings, `${at}.indicator`, (t) => t.file.unknownIndicator(code))
  if (!file.services.some(({ code }) => code === service))
    found(findings, `${at}.service`, (t) => t.file.unknownService(service))
  const [only, other] = readings
  return { service, population, clause, readings, adopted: other === undefined ? (only?.label ?? null) : null }
}
