/** Calls to the desk from a CSV file of any length: the whole file, or nothing and why. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { digested, streamCsv } from '../../platform/csv-stream.ts'
import { allow } from '../../platform/permissions.ts'
import { bringsForTheCity, keepImport } from './imports.ts'
import { type CallLine, callColumns, namesPeople, readCall } from './internal/call-lines.ts'
import { insertIncoming, insertKeyed, keyIncoming, openIncoming, selectDiffering } from './internal/call-queries.ts'
import { lockImports } from './internal/import-queries.ts'
import { type Findings, find, findInCsv, noFindings, refuseFile } from './problems.ts'
import type { ImportOutcome } from './schema.ts'

const clockSlackMs = 5 * 60_000
/** Lines written with one statement. */
const atATime = 20_000
const keptAtATime = 200_000

/**
 * Brings in calls (CSV: started_at, outcome, waited_s, source, answered_at, ended_at, reference). Refused whole when a
 * column would tell who answered or who called. A call that is known already changes nothing.
 */
export async function importCalls(ctx: Context, source: AsyncIterable<Uint8Array>): Promise<ImportOutcome> {
  allow(ctx.actor, 'operations.import')
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockImports(ctx)
    await openIncoming(ctx)
    const findings = noFindings()
    const digest = createHash('sha256')
    const { lines, last, hasCarrier } = await stage(ctx, digested(source, digest), findings)
    refuseFile(findings)
    const isOfTheCity = bringsForTheCity(ctx)
    await keyIncoming(ctx, isOfTheCity)
    for (const line of await selectDiffering(ctx, 101)) find(findings, line, 'reference', (t) => t.otherCall)
    refuseFile(findings)
    const id = randomUUIDv7()
    let added = 0
    for (let from = 0; from <= last; from += keptAtATime) added += await insertKeyed(ctx, id, from, from + keptAtATime)
    const counts = { lines, added, known: lines - added }
    return keepImport(ctx, 'calls', {
      id,
      sha256: digest.digest('hex'),
      witness: isOfTheCity && hasCarrier ? 'T' : 'I',
      ...counts,
    })
  })
}

/** Reads every line; until the first error they are kept aside. */
async function stage(ctx: TxContext, source: AsyncIterable<Uint8Array>, findings: Findings) {
  const latest = Date.now() + clockSlackMs
  let held: CallLine[] = []
  let [lines, last, hasCarrier] = [0, 0, false]
  const rows = streamCsv(source, callColumns, (problem) => {
    const { code, column, line } = problem
    if (code === 'unknown_column' && column !== null && namesPeople(column))
      find(findings, line, column, (t) => t.personColumn(column))
    else findInCsv(findings, problem)
  })
  for await (const batch of rows) {
    for (const row of batch) {
      const call = readCall(row, ctx.zone, latest, findings)
      if (call !== null) held.push(call)
      hasCarrier ||= call?.source === 'carrier'
      last = row.line
    }
    lines += batch.length
    if (findings.count > 0) held = []
    if (held.length < atATime) continue
    await insertIncoming(ctx, held)
    held = []
  }
  if (held.length > 0) await insertIncoming(ctx, held)
  return { lines, last, hasCarrier }
}
