/** The person-day ledger as a CSV file, out and in. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { writeCsv } from '../../platform/csv.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { type FileRow, type Findings, place, readFileRows } from '../organisation/read-file.ts'
import type { ImportResult } from '../organisation/schema.ts'
import { casesByNumber, type NumberedCase } from '../servicedesk/case-by-number.ts'
import { selectApplications } from './internal/application-queries.ts'
import { selectByReference, selectEntries } from './internal/entry-queries.ts'
import { keepDeclared, problemsOf } from './person-days.ts'
import { find, refuseFile } from './problems.ts'
import { type ApplicationRow, declareInput, type EntryRow, listEntriesInput, tenthsOf } from './schema.ts'
import { onlyOf } from './standing.ts'
import { fileLimits } from './vocabulary.ts'

const columns = { required: ['reference', 'day', 'days', 'what'], optional: ['application', 'area', 'case'] }
const row = z.object({
  reference: z.string().min(1).max(60),
  day: z.iso.date(),
  days: declareInput.shape.days,
  what: declareInput.shape.what,
  application: z.string().default(''),
  area: declareInput.shape.area,
  case: declareInput.shape.case,
})
const everything = 100_000

/** The entries of a year, as far as the actor reads them: what the import takes, then state and corrections. */
export async function exportEntries(ctx: Context, input: { year: unknown }): Promise<string> {
  allow(ctx.actor, 'persondays.read')
  const { year } = parse(listEntriesInput, input)
  return read(ctx, async (ctx) => {
    const codes = new Map((await selectApplications(ctx, null)).map(({ id, code }) => [id, code]))
    const entries = await selectEntries(ctx, year, onlyOf(ctx), everything)
    const header = [...columns.required, ...columns.optional, 'state', 'id', 'corrects']
    return writeCsv(
      header,
      entries.map((one) => [
        ...[one.reference, one.day, one.tenths / 10, one.what, codes.get(one.applicationId ?? '') ?? null],
        ...[one.area, one.caseNumber, one.state, one.id, one.correctsId],
      ]),
    )
  })
}

type Line = FileRow<z.output<typeof row>>

/**
 * Declares the entries of a file (CSV: reference, day, days, what, application, area, case): all or none. An entry whose
 * reference is known changes nothing; told otherwise it is an error of its line.
 */
export async function importEntries(ctx: Context, bytes: Uint8Array): Promise<ImportResult> {
  allow(ctx.actor, 'persondays.declare')
  const findings: Findings = []
  const rows = readFileRows(bytes, columns, row, findings, fileLimits)
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    const known = new Map(
      (
        await selectByReference(
          ctx,
          rows.map(({ values }) => values.reference),
        )
      ).map((one) => [one.reference, one]),
    )
    const applications = new Map((await selectApplications(ctx, null)).map((one) => [one.code, one]))
    const cases = await casesByNumber(
      ctx,
      rows.map(({ values }) => values.case),
    )
    const first = new Map<string, number>()
    const checked = rows.map((line) => {
      const before = first.get(line.values.reference)
      if (before !== undefined) find(findings, line.line, 'reference', (t) => t.repeated(before))
      first.set(line.values.reference, before ?? line.line)
      return check(ctx, line, applications, cases, findings)
    })
    const fresh = checked.filter((one) => isNew(one, known.get(one.values.reference), findings))
    refuseFile(findings)
    for (const { values, applicationId, area, of } of fresh)
      if (area !== undefined)
        await keepDeclared(ctx, randomUUIDv7(), { ...values, applicationId, area, of: of ?? null })
    return { added: fresh.length, changed: 0, unchanged: checked.length - fresh.length }
  })
}

function check(
  ctx: TxContext,
  { line, values }: Line,
  applications: ReadonlyMap<string, ApplicationRow>,
  cases: ReadonlyMap<string, NumberedCase>,
  findings: Findings,
) {
  const application = applications.get(values.application)
  const isUnknown = values.application !== '' && application === undefined
  if (isUnknown) find(findings, line, 'application', (t) => t.unknownApplication)
  const of = cases.get(values.case)
  const applicationId = application?.id ?? null
  const wrongs = isUnknown ? [] : problemsOf(ctx, { ...values, applicationId }, application, of)
  findings.push(...wrongs.map((one) => ({ ...one, path: place(line, one.path) })))
  return { line, values, applicationId, area: application?.area ?? values.area, of }
}

function isNew(one: ReturnType<typeof check>, before: EntryRow | undefined, findings: Findings): boolean {
  if (before === undefined) return true
  const { values, applicationId, area, of } = one
  const isSame =
    before.day === values.day &&
    before.tenths === tenthsOf(values.days) &&
    before.applicationId === applicationId &&
    before.area === area &&
    before.caseId === (of?.id ?? null) &&
    (before.what === null || before.what === values.what)
  if (!isSame) find(findings, one.line, 'reference', (t) => t.otherEntry)
  return false
}
