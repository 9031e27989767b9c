/** Mailboxes from a CSV file: the whole file, or nothing and why; a second time it changes nothing. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { type FileRow, type Findings, readFileRows } from '../organisation/read-file.ts'
import { findInLine, refuseBoxFile, wrongBox } from './box-problems.ts'
import { type BoxImport, type BoxImportInput, boxImportInput } from './box-schema.ts'
import { boxColumns, boxLine, type Places, readBoxLine } from './internal/box-lines.ts'
import { leaveOthers, outcomeOf, type Planned, writePlan } from './internal/box-load.ts'
import {
  lockBoxImports,
  lockByAddress,
  selectHolders,
  selectLeaving,
  selectOfficeCodes,
} from './internal/box-writes.ts'
import { endCensus, insertCensus } from './internal/census-queries.ts'
import { emptyBox } from './mailboxes.ts'

const limits = { mostRows: 100_000, mostBytes: 50_000_000 }

type PlannedLine = Planned & { hasMeasures: boolean }

/**
 * Adds the mailboxes whose address is new and changes those that differ. `trial` tells the differences and writes nothing;
 * with `complete` those of earlier files that are in this one no more are gone. Lines that tell how much persons' mailboxes
 * are used need the references of the papers that allow it, and of their dates only a band is kept.
 */
export async function importMailboxes(
  ctx: Context,
  bytes: Uint8Array,
  input: Partial<BoxImportInput> = {},
): Promise<BoxImport> {
  allow(ctx.actor, 'mailboxes.manage')
  const { trial, complete, assessment, agreement } = parse(boxImportInput, input)
  const findings: Findings = []
  const columns = { ...boxColumns, optional: [...boxColumns.optional, ...boxColumns.told] }
  const rows = readFileRows(bytes, columns, boxLine, findings, limits)
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockBoxImports(ctx)
    const planned = await planOf(ctx, rows, findings)
    refuseBoxFile(findings)
    const isPersonal = planned.some(({ hasMeasures }) => hasMeasures)
    if (isPersonal && (assessment === null || agreement === null)) throw wrongBox('assessment', (t) => t.papersMissing)
    const outcome = outcomeOf(planned, trial === 'yes')
    const seen = planned.map(({ after }) => after.address)
    if (trial === 'yes')
      return { ...outcome, gone: complete === 'yes' ? (await selectLeaving(ctx, 'csv', null, seen)).length : 0 }
    const id = randomUUIDv7()
    await insertCensus(ctx, {
      ...{ id, source: 'csv', serverId: null, asked: planned.length, isComplete: complete === 'yes' },
      ...{ withPersonal: isPersonal, assessment, agreement },
    })
    await writePlan(ctx, planned, 'csv')
    const gone = complete === 'yes' ? await leaveOthers(ctx, planned, 'csv', null) : 0
    await endCensus(ctx, id, {
      state: 'done',
      seen: planned.length,
      added: outcome.added,
      changed: outcome.changed,
      gone,
    })
    return { ...outcome, gone }
  })
}

async function planOf(
  ctx: TxContext,
  rows: readonly FileRow<Record<string, string | undefined>>[],
  findings: Findings,
) {
  const known = await lockByAddress(
    ctx,
    rows.map(({ values }) => values.address ?? ''),
  )
  const places: Places = {
    offices: await selectOfficeCodes(ctx),
    people: await selectHolders(
      ctx,
      rows.flatMap(({ values }) => values.holder?.toLowerCase() ?? []),
    ),
  }
  const today = Temporal.Now.plainDateISO(ctx.zone).toString()
  const seen = new Set<string>()
  return rows.flatMap((row): PlannedLine[] => {
    const before = known.get(row.values.address ?? '')
    const box = readBoxLine(row, before, places, findings, today)
    if (box === null) return []
    if (seen.has(box.address)) findInLine(findings, row.line, 'address', (t) => t.repeated)
    seen.add(box.address)
    const { hasMeasures, ...facts } = box
    const unreadCount = facts.kind === 'personal' ? null : (before?.unreadCount ?? null)
    const base = before ?? { ...emptyBox, id: randomUUIDv7() }
    return [{ line: row.line, before, hasMeasures, after: { ...base, ...facts, unreadCount } }]
  })
}
