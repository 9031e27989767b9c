/** Checks of probes from a CSV file of any length: the whole file, or nothing and why. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { digested, streamCsv } from '../../platform/csv-stream.ts'
import { allow } from '../../platform/permissions.ts'
import { bringsForTheCity, keepImport } from './imports.ts'
import { lockImports } from './internal/import-queries.ts'
import { type DayOfChecks, freshOf, gather, type KnownCodes, sampleColumns } from './internal/sample-lines.ts'
import { insertChecks, selectKnownChecks } from './internal/sample-queries.ts'
import { selectProbes, selectScopes } from './internal/scope-queries.ts'
import { type Findings, findInCsv, noFindings, refuseFile } from './problems.ts'
import type { ImportOutcome } from './schema.ts'

/** Clocks of machines may differ by this much before a check counts as of the future. */
const clockSlackMs = 5 * 60_000
/** Lines held in memory before they are written. */
const atATime = 200_000

/**
 * Brings in checks (CSV: scope, probe, network, at, ok, ms). A check that is known already changes nothing; with the
 * other result it is an error. Proved (T) are only checks of the administration's probes brought by the administration.
 */
export async function importSamples(ctx: Context, source: AsyncIterable<Uint8Array>): Promise<ImportOutcome> {
  allow(ctx.actor, 'operations.import')
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockImports(ctx)
    const known = await knownCodes(ctx)
    const findings = noFindings()
    const digest = createHash('sha256')
    const loading = { id: randomUUIDv7(), part: 0, added: 0, isProved: false }
    let days = new Map<string, DayOfChecks>()
    let [lines, held] = [0, 0]
    const rows = streamCsv(digested(source, digest), sampleColumns, (problem) => findInCsv(findings, problem))
    for await (const batch of rows) {
      for (const row of batch) gather(days, row, known, findings)
      lines += batch.length
      held += batch.length
      if (held < atATime) continue
      await write(ctx, loading, days, findings)
      days = new Map()
      held = 0
    }
    await write(ctx, loading, days, findings)
    refuseFile(findings)
    const { id, added, isProved } = loading
    const counts = { lines, added, known: lines - added }
    return keepImport(ctx, 'samples', { id, sha256: digest.digest('hex'), witness: isProved ? 'T' : 'I', ...counts })
  })
}

async function knownCodes(ctx: TxContext): Promise<KnownCodes> {
  return {
    scopes: new Map((await selectScopes(ctx, null)).map((scope) => [scope.code, scope])),
    probes: new Map((await selectProbes(ctx)).map((probe) => [probe.code, probe])),
    zone: ctx.zone,
    latest: Date.now() + clockSlackMs,
    isOfTheCity: bringsForTheCity(ctx),
  }
}

/** Writes what is new of the lines held. After the first error nothing more is written, only read. */
async function write(
  ctx: TxContext,
  loading: { id: string; part: number; added: number; isProved: boolean },
  days: ReadonlyMap<string, DayOfChecks>,
  findings: Findings,
) {
  const all = [...days.values()]
  if (all.length === 0 || findings.count > 0) return
  const before = await selectKnownChecks(ctx, all)
  const fresh = all.flatMap((of, place) => {
    const { scopeId, probeId, day, witness } = of
    const { atMs, failedMs } = before[place] ?? { atMs: [], failedMs: [] }
    const kept = freshOf(of, atMs, failedMs, findings)
    return kept.atMs.length > 0 ? [{ ...kept, scopeId, probeId, day, witness }] : []
  })
  if (fresh.length === 0 || findings.count > 0) return
  await insertChecks(ctx, loading.id, loading.part, fresh)
  loading.part += 1
  loading.added += fresh.reduce((sum, { atMs }) => sum + atMs.length, 0)
  loading.isProved ||= fresh.some(({ witness }) => witness === 'T')
}
