/** Series of figures by year, from the papers that give them: load a file, list what there is. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { type Context, read, transact } from '../../platform/context.ts'
import { tooLarge } from '../../platform/files.ts'
import { allow } from '../../platform/permissions.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { typedNumber } from './figure-words.ts'
import { recordPart } from './internal/report-record.ts'
import { readSeriesFile } from './internal/report-series-file.ts'
import {
  insertSeriesValues,
  lockSeriesValues,
  type SeriesValue,
  selectSeries,
} from './internal/report-series-queries.ts'
import { type ImportedSeries, type SeriesRow, seriesRow } from './report-schema.ts'
import { reportTexts } from './report-texts.ts'

const mostBytes = 2_000_000
const mostShown = 100

/** Every series, by figure and source, with the years in which sources disagree. */
export async function listSeries(ctx: Context): Promise<SeriesRow[]> {
  allow(ctx.actor, 'report.read')
  return read(ctx, async (ctx) => seriesRow.array().parse(await selectSeries(ctx, null)))
}

/**
 * Loads series (`figure`, one column a year, `unit`, `source`): the whole file, or nothing and why. The same file again
 * changes nothing. Another value from the same source is an error; from another source it is kept beside the first.
 */
export async function importSeries(ctx: Context, bytes: Uint8Array): Promise<ImportedSeries> {
  allow(ctx.actor, 'report.edit')
  if (bytes.byteLength > mostBytes) throw tooLarge(mostBytes)
  const { values, findings } = readSeriesFile(bytes)
  refuse(findings)
  return transact(ctx, async (ctx) => {
    const known = await lockSeriesValues(ctx, [...new Set(values.map((one) => one.figure))])
    const same = new Map(known.map((one) => [keyOf(one), one]))
    refuse(values.flatMap((one) => differing(one, same.get(keyOf(one)))))
    const fresh = values.filter((one) => !same.has(keyOf(one)))
    const disagreements = fresh.filter((one) =>
      [...known, ...fresh].some(
        (other) =>
          other.figure === one.figure &&
          other.year === one.year &&
          other.source !== one.source &&
          other.value !== one.value,
      ),
    ).length
    const outcome = { added: fresh.length, same: values.length - fresh.length, disagreements }
    if (fresh.length === 0) return outcome
    const digest = createHash('sha256').update(bytes).digest('hex')
    const at = await recordPart(ctx, {
      ...{ subjectType: 'report_series', subjectId: randomUUIDv7(), kind: 'report_series.imported' },
      payload: { digest, ...outcome },
    })
    await insertSeriesValues(ctx, fresh, at)
    return outcome
  })
}

const keyOf = ({ figure, year, source }: SeriesValue) => `${figure}\n${year}\n${source}`

function differing(given: SeriesValue & { line: number }, known: SeriesValue | undefined): FieldProblem[] {
  if (known === undefined || (known.value === given.value && known.unit === given.unit)) return []
  const shown = `${typedNumber(known.value)} ${known.unit}`
  return [
    {
      path: `line ${given.line}, column ${given.year}`,
      say: say(reportTexts, (t) => t.problems.import.differs(shown)),
    },
  ]
}

function refuse(findings: readonly FieldProblem[]) {
  if (findings.length === 0) return
  const rest = findings.length - mostShown
  const more = rest > 0 ? [{ path: 'line …', say: say(reportTexts, (t) => t.problems.import.more(rest)) }] : []
  throw new Problem(
    'invalid',
    'import_refused',
    say(reportTexts, (t) => t.problems.import.refused),
    [...findings.slice(0, mostShown), ...more],
  )
}
