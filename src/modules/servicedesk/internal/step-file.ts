/** The supplier's files: reading rows of any of them, and the nightly file of steps. Pure. */
import type { z } from 'zod'
import { readCsv } from '../../../platform/csv.ts'
import { tooLarge } from '../../../platform/files.ts'
import { sayIssue } from '../../../platform/http/parse.ts'
import { sayCsv } from '../../organisation/read-file.ts'
import { type Findings, find, place } from '../supplier-problems.ts'
import { type Step, stepInput } from '../supplier-schema.ts'

const mostRows = 20_000
const mostBytes = 16_000_000

/** A step and where it stands, as problems name the place; `caseId` when the door says of which case it is. */
export type FileStep = Step & { at: string; caseId?: string }

/** Columns of the file of steps. */
export const stepColumns = {
  required: ['system', 'key', 'step', 'occurred_at'],
  optional: ['reference', 'number', 'text', 'team', 'reason', 'promised_for', 'started_at', 'outcome'],
}

/** Rows of a CSV file by column, empty cells left out, and the columns there are; what is wrong with the file lands in `findings`. */
export function readSupplierRows(
  bytes: Uint8Array,
  columns: { required: readonly string[]; optional: readonly string[] },
  findings: Findings,
): { at: string; values: Record<string, string>; columns: string[] }[] {
  if (bytes.byteLength > mostBytes) throw tooLarge(mostBytes)
  const { rows, problems } = readCsv(bytes, columns.required, columns.optional, mostRows)
  for (const problem of problems)
    findings.push({ path: place(`line ${problem.line}`, problem.column), say: sayCsv(problem) })
  return rows.map(({ line, values }) => ({
    at: `line ${line}`,
    values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
    columns: Object.keys(values),
  }))
}

/** The file's steps; a row that cannot be read lands in `findings`. */
export function readStepFile(bytes: Uint8Array, zone: string, findings: Findings): FileStep[] {
  return readSupplierRows(bytes, stepColumns, findings).flatMap(({ at, values }) => {
    const { occurred_at, promised_for, started_at, ...rest } = values
    const instant = (field: string, cell: string | undefined) => instantOf(at, field, cell, zone, findings)
    const occurredAt = instant('occurredAt', occurred_at)
    const promisedFor = promised_for === undefined ? undefined : instant('promisedFor', promised_for)
    const startedAt = started_at === undefined ? undefined : instant('startedAt', started_at)
    if (occurredAt === null || promisedFor === null || startedAt === null) return []
    const step = checked(stepInput, at, { ...rest, occurredAt, promisedFor, startedAt }, findings)
    return step === null ? [] : [{ ...step, at }]
  })
}

/** The parsed row, or null with every wrong value named. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  at: string,
  values: Record<string, unknown>,
  findings: Findings,
): z.output<Schema> | null {
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  findings.push(
    ...parsed.error.issues.map((issue) => ({
      path: place(at, String(issue.path[0] ?? '')),
      say: sayIssue(issue, values),
    })),
  )
  return null
}

/**
 * The instant in a cell, as ISO in UTC: with its offset, or as a local time of the administration ("2026-05-04 10:30",
 * "04/05/2026 10:30"). A local time that the change of the hour skips or repeats needs its offset.
 */
export function instantOf(
  at: string,
  field: string,
  cell: string | undefined,
  zone: string,
  findings: Findings,
): string | null {
  const wrong = (pick: Parameters<typeof find>[3]) => {
    find(findings, at, field, pick)
    return null
  }
  if (cell === undefined) return wrong((t) => t.steps.noInstant)
  const text = cell.replace(/^(\d{2})\/(\d{2})\/(\d{4})/, '$3-$2-$1').replace(' ', 'T')
  try {
    if (/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) return Temporal.Instant.from(text).toString()
    if (!text.includes('T')) return wrong((t) => t.steps.wrongInstant)
    const local = Temporal.PlainDateTime.from(text)
    const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
      local.toZonedDateTime(zone, { disambiguation }).toInstant().toString(),
    )
    return earlier === later ? (earlier ?? null) : wrong((t) => t.steps.ambiguousInstant)
  } catch (error) {
    if (error instanceof RangeError) return wrong((t) => t.steps.wrongInstant)
    throw error
  }
}
