/** What the supplier declares was out of order, from a CSV file: the whole file, or nothing and why. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { type Context, transact } from '../../platform/context.ts'
import { digested, type StreamedRow, streamCsv } from '../../platform/csv-stream.ts'
import { allow } from '../../platform/permissions.ts'
import { keepImport } from './imports.ts'
import { lockImports } from './internal/import-queries.ts'
import { instantInCell } from './internal/instants.ts'
import { type DeclaredOutage, insertDeclared, selectDeclaredAt } from './internal/outage-queries.ts'
import { findInstant } from './internal/sample-lines.ts'
import { selectScopes } from './internal/scope-queries.ts'
import { type Findings, find, findInCsv, noFindings, refuseFile } from './problems.ts'
import type { ImportOutcome, ScopeRow } from './schema.ts'

const columns = { required: ['scope', 'from', 'until', 'reason', 'excluded'], optional: [] }
const mostLines = 20_000

type Line = Omit<DeclaredOutage, 'importId'> & { line: number }

/**
 * Brings in declared outages (CSV: scope, from, until, reason, excluded). They are declared (I), whoever brings them, and
 * stay beside what probes saw. One that is known already changes nothing; told otherwise it is an error.
 */
export async function importOutages(ctx: Context, source: AsyncIterable<Uint8Array>): Promise<ImportOutcome> {
  allow(ctx.actor, 'operations.import')
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockImports(ctx)
    const scopes = new Map((await selectScopes(ctx, null)).map((scope) => [scope.code, scope]))
    const findings = noFindings()
    const digest = createHash('sha256')
    const read: Line[] = []
    let lines = 0
    const rows = streamCsv(digested(source, digest), columns, (problem) => findInCsv(findings, problem))
    for await (const batch of rows) {
      lines += batch.length
      if (lines > mostLines)
        findInCsv(findings, { line: mostLines + 1, column: null, code: 'too_many_rows', detail: String(mostLines) })
      else read.push(...batch.flatMap((row) => readLine(row, scopes, ctx.zone, findings)))
    }
    const fresh = await freshOnly(ctx, read, findings)
    refuseFile(findings)
    const id = randomUUIDv7()
    const kept = fresh.map(({ line: _, ...one }) => ({ ...one, id: randomUUIDv7(), importId: id }))
    if (kept.length > 0) await insertDeclared(ctx, kept)
    const counts = { lines, added: kept.length, known: lines - kept.length }
    return keepImport(ctx, 'outages', { id, sha256: digest.digest('hex'), witness: 'I', ...counts })
  })
}

function readLine(
  { line, cells }: StreamedRow,
  scopes: ReadonlyMap<string, ScopeRow>,
  zone: string,
  findings: Findings,
): Line[] {
  const [code = '', fromCell = '', untilCell = '', reason = '', excluded = ''] = cells
  const before = findings.count
  const scope = scopes.get(code)
  const [from, until] = [instantInCell(fromCell, zone), instantInCell(untilCell, zone)]
  const latest = Date.now() + 5 * 60_000
  const isExcluded = { si: true, sì: true, yes: true, 1: true, no: false, 0: false, '': false }[excluded.toLowerCase()]
  if (scope === undefined) find(findings, line, 'scope', (t) => t.unknownScope(code))
  findInstant(findings, line, 'from', from, latest)
  findInstant(findings, line, 'until', until, latest)
  if (Number(until) <= Number(from)) find(findings, line, 'until', (t) => t.endsBeforeStart)
  if (isExcluded === undefined) find(findings, line, 'excluded', (t) => t.wrongYesNo)
  if (findings.count > before || scope === undefined || isExcluded === undefined) return []
  const iso = (at: unknown) => new Date(Number(at)).toISOString()
  return [{ line, scopeId: scope.id, from: iso(from), until: iso(until), reason: reason.slice(0, 2000), isExcluded }]
}

async function freshOnly(ctx: Parameters<typeof selectDeclaredAt>[0], read: readonly Line[], findings: Findings) {
  const keyOf = (one: Pick<Line, 'scopeId' | 'from'>) => `${one.scopeId} ${Date.parse(one.from)}`
  const said = (one: Pick<Line, 'until' | 'reason' | 'isExcluded'>) =>
    JSON.stringify([Date.parse(one.until), one.reason, one.isExcluded])
  const known = new Map((await selectDeclaredAt(ctx, read)).map((one) => [keyOf(one), said(one)]))
  return read.filter((one) => {
    const before = known.get(keyOf(one))
    if (before !== undefined && before !== said(one)) find(findings, one.line, 'from', (t) => t.otherOutage)
    known.set(keyOf(one), before ?? said(one))
    return before === undefined
  })
}
