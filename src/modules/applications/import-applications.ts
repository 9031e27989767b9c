/** Applications from a CSV file: the whole file, or nothing and why. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { type FileRow, type Findings, readFileRows } from '../organisation/read-file.ts'
import type { ImportResult } from '../organisation/schema.ts'
import { keepChange, keepNew } from './applications.ts'
import { type ApplicationValues, selectApplications, selectStewards } from './internal/application-queries.ts'
import { find, refuseFile } from './problems.ts'
import type { ApplicationRow } from './schema.ts'
import { areas, fileLimits } from './vocabulary.ts'

const columns = { required: ['code', 'name', 'area', 'begins_on'], optional: ['steward', 'ends_on'] }
const optionalDay = z.union([z.iso.date(), z.literal('').transform(() => null)]).optional()
const row = z.object({
  code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/),
  name: z.string().min(2).max(120),
  area: z.enum(areas),
  begins_on: z.iso.date(),
  steward: z.string().toLowerCase().optional(),
  ends_on: optionalDay,
})

/**
 * Adds the applications whose code is new and changes name, steward (an address) and last day of those that differ; a
 * column the file lacks changes nothing. None is removed; the area of a known one stays.
 */
export async function importApplications(ctx: Context, bytes: Uint8Array): Promise<ImportResult> {
  allow(ctx.actor, 'applications.manage')
  const findings: Findings = []
  const rows = readFileRows(bytes, columns, row, findings, fileLimits)
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    const known = new Map((await selectApplications(ctx, null)).map((one) => [one.code, one]))
    const stewards = await stewardsOf(ctx, rows)
    const first = new Map<string, number>()
    const wanted = rows.map(({ line, values }) => {
      const before = first.get(values.code)
      if (before !== undefined) find(findings, line, 'code', (t) => t.repeated(before))
      first.set(values.code, before ?? line)
      return valuesOf({ line, values }, known.get(values.code), stewards, findings)
    })
    refuseFile(findings)
    const changed = wanted.filter((one) => differs(one, known.get(one.code)))
    for (const one of changed) {
      const before = known.get(one.code)
      if (before === undefined) await keepNew(ctx, randomUUIDv7(), one)
      else await keepChange(ctx, before.id, { name: one.name, stewardId: one.stewardId, endsOn: one.endsOn })
    }
    const added = changed.filter(({ code }) => !known.has(code)).length
    return { added, changed: changed.length - added, unchanged: wanted.length - changed.length }
  })
}

type Line = FileRow<z.output<typeof row>>

async function stewardsOf(ctx: TxContext, rows: readonly Line[]): Promise<Map<string, string>> {
  const emails = [...new Set(rows.flatMap(({ values }) => values.steward || []))]
  return new Map((await selectStewards(ctx, { emails })).map(({ email, id }) => [email, id]))
}

function valuesOf(
  { line, values }: Line,
  before: ApplicationRow | undefined,
  stewards: ReadonlyMap<string, string>,
  findings: Findings,
): ApplicationValues {
  const { code, name, steward, begins_on, ends_on } = values
  const stewardId = steward === undefined ? (before?.stewardId ?? null) : (stewards.get(steward) ?? null)
  if (steward && stewardId === null) find(findings, line, 'steward', (t) => t.unknownPerson)
  return {
    ...{ code, name, stewardId, area: before?.area ?? values.area, beginsOn: before?.beginsOn ?? begins_on },
    endsOn: ends_on === undefined ? (before?.endsOn ?? null) : ends_on,
  }
}

function differs(one: ApplicationValues, before: ApplicationRow | undefined): boolean {
  if (before === undefined) return true
  return one.name !== before.name || one.stewardId !== before.stewardId || one.endsOn !== before.endsOn
}
