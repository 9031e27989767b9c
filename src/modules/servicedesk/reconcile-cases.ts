/** The supplier's export beside SITEC: what is missing, extra, different, and what was sent late. All of it to be checked. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { type CompiledCalendar, openBetween } from '../../platform/calendar.ts'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { loadCalendar } from '../organisation/calendars.ts'
import { compareCases } from './internal/compare-cases.ts'
import { readExport } from './internal/export-file.ts'
import { selectSetAside } from './internal/external-queries.ts'
import { caseNumber } from './internal/number.ts'
import {
  insertReconciliation,
  selectKnownNumbers,
  selectLinked,
  selectReconciliation,
  selectReconciliations,
  selectSteps,
  selectSystems,
} from './internal/reconciliation-queries.ts'
import { type Findings, refuseComparison, wrongOne } from './supplier-problems.ts'
import {
  type ReconcileOptions,
  type Reconciliation,
  reconcileOptions,
  reconciliation,
  type SetAsideStep,
  setAsideStep,
} from './supplier-schema.ts'
import { supplierTexts } from './supplier-texts.ts'
import { deskTexts } from './texts.ts'

const mostListed = 1000

/**
 * Compares the file with the cases that live in the tool and keeps what it found, with the file's digest.
 * Refused as a whole, with line and column, when the file cannot be read.
 */
export async function reconcileCases(
  ctx: Context,
  bytes: Uint8Array,
  options: ReconcileOptions = {},
): Promise<Reconciliation> {
  allow(ctx.actor, 'case.reconcile')
  const wanted = parse(reconcileOptions, options)
  const findings: Findings = []
  const theirs = readExport(bytes, ctx.zone, findings)
  refuseComparison(findings)
  return transact(ctx, async (ctx) => {
    const system = await systemOf(ctx, wanted.system)
    const from = beginOf(ctx, wanted.from, theirs)
    const linked = await selectLinked(
      ctx,
      system,
      theirs.map(({ reference }) => reference),
      from,
    )
    const known = await selectKnownNumbers(
      ctx,
      system,
      theirs.flatMap(({ number }) => number ?? []),
    )
    const expected = linked.filter(({ isExpected }) => isExpected)
    const byReference = new Map(linked.map((our) => [our.reference, our]))
    const made: Reconciliation = {
      id: randomUUIDv7(),
      madeAt: new Date().toISOString(),
      system,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      from,
      lateHours: wanted.lateHours,
      toleranceMinutes: wanted.toleranceMinutes,
      rows: theirs.length,
      expected: expected.length,
      ...compareCases(theirs, byReference, known, expected, wanted.toleranceMinutes * 60_000),
      late: await lateSteps(ctx, system, from, wanted.lateHours),
    }
    await keep(ctx, made)
    return made
  })
}

async function keep(ctx: TxContext, made: Reconciliation) {
  await insertReconciliation(ctx, made)
  const { id, system, sha256, rows, expected, missing, extra, differing, late, lateHours } = made
  const counts = { missing: missing.length, extra: extra.length, differing: differing.length }
  await appendEvent(ctx, {
    subjectType: 'reconciliation',
    subjectId: id,
    kind: 'reconciliation.made',
    version: 1,
    witness: witnessOf(ctx),
    payload: { system, sha256, rows, expected, ...counts, lateHours, steps: late.steps, lateSteps: late.count },
    retention: 'case',
  })
  ctx.services.live.announce(ctx)
}

async function systemOf(ctx: TxContext, wanted: string | undefined): Promise<string> {
  const systems = await selectSystems(ctx)
  const names = systems.join(', ')
  const [only, ...others] = systems
  if (only === undefined) throw wrongOne('system', (t) => t.reconcile.noSystem)
  if (wanted !== undefined && !systems.includes(wanted))
    throw wrongOne('system', (t) => t.reconcile.unknownSystem(names))
  if (wanted === undefined && others.length > 0) throw wrongOne('system', (t) => t.reconcile.severalSystems(names))
  return wanted ?? only
}

// What the file covers: from the day that was said, else from its oldest opening; without either, everything.
function beginOf(
  ctx: TxContext,
  from: string | undefined,
  theirs: readonly { opened?: string | null }[],
): string | null {
  if (from !== undefined) return Temporal.PlainDate.from(from).toZonedDateTime(ctx.zone).toInstant().toString()
  const openings = theirs.flatMap(({ opened }) => opened ?? [])
  return openings.length === 0 ? null : openings.reduce((a, b) => (Date.parse(a) <= Date.parse(b) ? a : b))
}

async function lateSteps(ctx: TxContext, system: string, from: string | null, hours: number) {
  const steps = await selectSteps(ctx, system, from)
  const [first] = steps
  if (first === undefined) return { steps: 0, count: 0, list: [] }
  const calendar = await loadCalendar(
    ctx,
    null,
    new Date(first.occurred_at).getUTCFullYear() - 1,
    new Date().getUTCFullYear() + 1,
  )
  const late = steps
    .map((step) => ({ ...step, open: openFor(calendar, step.occurred_at, step.recorded_at) }))
    .filter(({ open }) => open > hours * 3_600_000)
    .sort((a, b) => b.open - a.open)
  return {
    steps: steps.length,
    count: late.length,
    list: late.slice(0, mostListed).map((step) => ({
      number: caseNumber(step.number, step.opened_at, ctx.zone),
      key: step.key,
      step: step.step,
      occurredAt: step.occurred_at,
      recordedAt: step.recorded_at,
      workingMinutes: Math.floor(step.open / 60_000),
    })),
  }
}

// Before the calendar begins there are no working hours to count.
function openFor(calendar: CompiledCalendar, occurredAt: string, recordedAt: string): number {
  const [start, end] = [Date.parse(occurredAt), Date.parse(recordedAt)].map((at) => Math.max(at, calendar.from))
  return openBetween(calendar, start ?? 0, end ?? 0)
}

/** How many things of a comparison are to be checked. */
export function countFindings({ missing, extra, differing, late }: Reconciliation): number {
  return missing.length + extra.length + differing.length + late.count
}

/** One comparison as it was made. */
export async function findReconciliation(ctx: Context, id: string): Promise<Reconciliation> {
  allow(ctx.actor, 'reconciliation.read')
  return read(ctx, async (ctx) => {
    const row = (await selectReconciliation(ctx, id)) ?? fail(notFound())
    const kept: object = typeof row.result === 'object' && row.result !== null ? row.result : {}
    return reconciliation.parse({
      ...kept,
      id: row.id,
      madeAt: new Date(row.made_at).toISOString(),
      system: row.system,
      sha256: row.sha256,
    })
  })
}

/** The newest comparisons, and the newest steps that were set aside. */
export async function listReconciliations(ctx: Context) {
  allow(ctx.actor, 'reconciliation.read')
  return read(ctx, async (ctx) => ({
    made: await selectReconciliations(ctx, 20),
    systems: await selectSystems(ctx),
    setAside: (await selectSetAside(ctx, 100)).map(
      (row): SetAsideStep =>
        setAsideStep.parse({
          id: row.id,
          caseId: row.case_id,
          number: caseNumber(row.number, row.opened_at, ctx.zone),
          system: row.system,
          step: row.step,
          finding: row.finding,
          occurredAt: row.occurred_at,
          recordedAt: row.recorded_at,
        }),
    ),
  }))
}

/** A comparison as CSV: a line for each thing to be checked. */
export async function exportReconciliation(ctx: Context, id: string): Promise<string> {
  const found = await findReconciliation(ctx, id)
  const t = supplierTexts[ctx.language].reconcile
  const states = deskTexts[ctx.language].states
  const steps = supplierTexts[ctx.language].steps.names
  const said = (field: string, value: string | null) =>
    field === 'state' && value !== null ? states[value as keyof typeof states] : value
  const rows = [
    ...found.missing.map((row) => [t.groups.missing, row.number, row.reference, null, states[row.state], null]),
    ...found.extra.map((row) => [t.groups.extra, row.number, row.reference, t.why[row.why], null, null]),
    ...found.differing.flatMap(({ number, reference, differences }) =>
      differences.map(({ field, ours, theirs }) => {
        const both = [said(field, ours), said(field, theirs)]
        return [t.groups.differing, number, reference, t.fields[field], ...both]
      }),
    ),
    ...found.late.list.map((row) => [
      t.groups.late,
      row.number,
      row.key,
      steps[row.step],
      row.recordedAt,
      row.occurredAt,
    ]),
  ]
  return csvByteOrderMark + [Object.values(t.csv), ...rows].map((row) => csvLine(row)).join('')
}
