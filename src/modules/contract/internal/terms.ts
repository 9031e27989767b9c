/** What a contract says, as data: the contents of its versions, and which of them hold on a day as known on another. */
import { z } from '@hono/zod-openapi'
import { parseCents } from '../../../platform/money.ts'
import { measures, penaltyClasses, periodKinds } from '../vocabulary.ts'
import type { FeeVersion } from './instalments.ts'

const hundredths = z.int().min(0)
const code = z.string().regex(/^[A-Z][A-Z0-9.]{0,19}$/)
const amount = z.string().refine((text) => parseCents(text) !== null, 'amount')
const day = z.iso.date()

export const servicesContent = z.object({
  services: z.array(z.object({ code, label: z.string().min(1), group: z.string() })).min(1),
})

const feeTable = z.object({ fees: z.record(code, amount), total: amount })
/** Yearly fees ex VAT by service; a rival official table is kept beside, as a disagreement (contract-logic §1.3). */
export const feesContent = feeTable.extend({
  disagreement: feeTable.extend({ act: z.string().min(1) }).nullable(),
})

const rates = z.object({ first: hundredths, second: hundredths, third: hundredths })
export const classesContent = z.object({
  classes: z.object({ A: rates.optional(), B: rates.optional(), C: rates.optional(), D: rates.optional() }),
})

export const termsContent = z.object({
  /** Hundredths of a percent. */
  vatRate: hundredths,
  monthlyShare: hundredths,
  reportDueDays: z.int().min(1),
  replyDays: z.int().min(1),
  alarmDays: z.array(z.int()),
  counterDeductionDays: z.int().min(1),
  counterReplyDays: z.int().min(1),
  planDue: z.string().regex(/^\d\d-\d\d$/),
  exclusions: z.array(z.string()),
  /** Two breaches on one fee: both penalties, or the highest (contract-logic §1.11). */
  twoBreaches: z.enum(['sum', 'highest']),
  /** Whether a period without items keeps a run of breaches going; by default it ends it (§1.10). */
  keepsOverEmpty: z.boolean(),
  /** Hours for severities 1, 2 and 3. */
  severityHours: z.tuple([z.int(), z.int(), z.int()]),
  /** The act that names SITEC as source of figures; until there is one, what is observed is evidence (§1.1). */
  sourceAct: z.string().nullable(),
  /** Person-days of small maintenance: each at most, and a year by area. */
  minorEnhancement: z.object({ each: z.int(), perYear: z.record(z.string(), z.int()) }).nullable(),
})
export type TermsContent = z.output<typeof termsContent>

/** A part of the same service measured inside another indicator; readings where the clause is unclear (§1.4). */
export const subsetsContent = z.object({
  subsets: z.array(
    z.object({
      service: code,
      population: z.string(),
      clause: z.string(),
      readings: z.array(z.object({ label: z.string(), indicators: z.array(code).min(1) })).min(1),
      /** The label of the reading that the contract manager adopted. */
      adopted: z.string().nullable(),
    }),
  ),
})
export type Subset = z.output<typeof subsetsContent>['subsets'][number]

const target = z.object({ op: z.enum(['>=', '>', '<', '<=']), hundredths })

/** How the words of an indicator are read where they can be read in two ways; recorded, and open to what-if. */
export const readingContent = z.object({
  population: z.enum(['dealt_with', 'fell_due']),
  /** Taking in charge: the click, or the first thing that was done. */
  taking: z.enum(['click', 'activity']),
  promise: z.enum(['first', 'last']),
  /** Servers: their mean, or the worst of them. */
  uptime: z.enum(['mean', 'worst']),
  /** Calls: as printed (lost in service hours, of all), or both in service hours. */
  calls: z.enum(['as_printed', 'in_hours']),
})
export type Reading = z.output<typeof readingContent>

export const indicatorContent = z.object({
  code,
  service: code,
  label: z.string().min(1),
  class: z.enum(penaltyClasses),
  period: z.enum(periodKinds),
  measure: z.object({ kind: z.enum(measures), days: z.int().min(1).nullable(), text: z.string() }),
  target,
  /** Null when only one value is written: it serves as both, and is marked so (§1.4). */
  threshold: target.nullable(),
  unit: z.enum(['percent', 'days']),
  scopes: z.array(z.object({ code: z.string().min(1), label: z.string(), until: day.nullable() })),
  lapsedOn: day.nullable(),
  note: z.string(),
  /** Which cases feed it: their kinds as opened, and the teams they were entrusted to, when that decides. */
  population: z.object({ kinds: z.array(z.string()), teamIds: z.array(z.uuid()), withoutTeamIds: z.array(z.uuid()) }),
  adopted: readingContent,
  /** Why it is read like this, when the manager chose. */
  adoptedNote: z.string(),
})
export type IndicatorContent = z.output<typeof indicatorContent>

const contents = {
  services: servicesContent,
  fees: feesContent,
  classes: classesContent,
  terms: termsContent,
  subsets: subsetsContent,
} as const
type Fixed = keyof typeof contents

/** A version as stored. */
export type ContractVersion = {
  subject: string
  effectiveFrom: string
  knownFrom: string
  act: string
  content: unknown
}

/** What holds on a day, as known on another, each part with the act it comes from. */
export type ContractInForce = {
  services: z.output<typeof servicesContent>['services']
  fees: {
    cents: ReadonlyMap<string, bigint>
    total: bigint
    act: string
    disagreement: z.output<typeof feesContent>['disagreement']
  }
  classes: z.output<typeof classesContent>['classes']
  terms: TermsContent
  subsets: Subset[]
  indicators: (IndicatorContent & { act: string })[]
  acts: Record<string, string>
}

/** The version of a subject that holds on a day, as known on another. */
export function holding(
  versions: readonly ContractVersion[],
  subject: string,
  day: string,
  knownOn: string,
): ContractVersion | undefined {
  return versions
    .filter((one) => one.subject === subject && one.effectiveFrom <= day && one.knownFrom <= knownOn)
    .toSorted((a, b) => (a.effectiveFrom + a.knownFrom < b.effectiveFrom + b.knownFrom ? -1 : 1))
    .at(-1)
}

/** The contract of a day as known on another; null when some part of it does not hold yet. */
export function contractOn(versions: readonly ContractVersion[], day: string, knownOn: string): ContractInForce | null {
  const acts: Record<string, string> = {}
  const part = <Name extends Fixed>(name: Name): z.output<(typeof contents)[Name]> | null => {
    const found = holding(versions, name, day, knownOn)
    if (found === undefined) return null
    acts[name] = found.act
    // The schema is the one of this name: the compiler cannot tie the two lookups together.
    return contents[name].parse(found.content) as z.output<(typeof contents)[Name]>
  }
  const [services, fees, classes, terms, subsets] = [
    part('services'),
    part('fees'),
    part('classes'),
    part('terms'),
    part('subsets'),
  ]
  if (services === null || fees === null || classes === null || terms === null) return null
  const codes = [...new Set(versions.map(({ subject }) => subject).filter((one) => one.startsWith('indicator:')))]
  const indicators = codes.sort().flatMap((subject) => {
    const found = holding(versions, subject, day, knownOn)
    return found === undefined ? [] : [{ ...indicatorContent.parse(found.content), act: found.act }]
  })
  const cents = new Map(Object.entries(fees.fees).map(([service, text]) => [service, parseCents(text) ?? 0n]))
  return {
    services: services.services,
    fees: { cents, total: parseCents(fees.total) ?? 0n, act: acts.fees ?? '', disagreement: fees.disagreement },
    classes: classes.classes,
    terms,
    subsets: subsets?.subsets ?? [],
    indicators,
    acts,
  }
}

/** The yearly totals of the fee, version by version, for instalments. */
export function feeVersionsOf(versions: readonly ContractVersion[]): FeeVersion[] {
  return versions
    .filter(({ subject }) => subject === 'fees')
    .map(({ effectiveFrom, knownFrom, content }) => ({
      effectiveFrom,
      knownFrom,
      yearlyCents: parseCents(feesContent.parse(content).total) ?? 0n,
    }))
}

/** The scopes of an indicator that are still due in a period that begins on a day; one empty scope when it has none. */
export function scopesDue(indicator: IndicatorContent, firstDay: string): string[] {
  if (indicator.scopes.length === 0) return ['']
  return indicator.scopes.filter(({ until }) => until === null || until >= firstDay).map((scope) => scope.code)
}
