/** Offices from a CSV file: the whole file or nothing. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { codeOf, type Findings, find, findRepeated, type Row, readRows, refuseFile } from './internal/import-file.ts'
import { forgetPlans, insertEvents } from './internal/queries/events.ts'
import {
  clearIpaCodes,
  insertOffices,
  lockTree,
  type OfficeFacts,
  type StoredOffice,
  selectSites,
  selectTree,
  updateOffices,
} from './internal/queries/offices.ts'
import { officeKinds, placeProblem } from './internal/tree.ts'
import { happening, sayTreeProblem, treeOf } from './offices.ts'
import type { ImportResult } from './schema.ts'

/** Columns of the file; a column that may be left out keeps what is known. */
export const officeColumns = { required: ['code', 'kind', 'name', 'parent_code'], optional: ['ipa_code', 'site_code'] }

const cell = (most: number) => z.string().trim().max(most)
const officeRow = z.object({
  code: cell(50).min(1),
  kind: cell(50).min(1),
  name: cell(200).min(1),
  parent_code: cell(50),
  ipa_code: cell(50).optional(),
  site_code: cell(50).optional(),
})
type OfficeRow = Row<z.output<typeof officeRow>>

/**
 * Adds the offices whose code is new and changes those that differ. Refused as a whole, with line and column of
 * everything that is wrong. The same file again changes nothing and leaves no event.
 */
export async function importOffices(ctx: Context, bytes: Uint8Array): Promise<ImportResult> {
  allow(ctx.actor, 'organisation.manage')
  const findings: Findings = []
  const rows = readRows(bytes, officeColumns, officeRow, findings)
  findRepeated(findings, rows, 'code', ({ code }) => code)
  findRepeated(findings, rows, 'ipa_code', ({ ipa_code }) => ipa_code || null)
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockTree(ctx)
    const stored = await selectTree(ctx)
    const wanted = await wantedOffices(ctx, rows, stored, findings)
    checkChart(wanted, stored, findings)
    checkIpaCodes(wanted, stored, findings)
    refuseFile(findings)
    return write(ctx, wanted, stored)
  })
}

type Wanted = { line: number; office: OfficeFacts }

async function wantedOffices(
  ctx: TxContext,
  rows: readonly OfficeRow[],
  stored: readonly StoredOffice[],
  findings: Findings,
): Promise<Wanted[]> {
  const sites = new Map((await selectSites(ctx)).map((site) => [site.code, site.id]))
  const known = new Map(stored.map((office) => [office.code, office]))
  const ids = new Map(rows.map(({ values: { code } }) => [code, known.get(code)?.id ?? randomUUIDv7()]))
  return rows.flatMap(({ line, values }) => {
    const before = known.get(values.code)
    const kind = codeOf((t) => t.kinds, officeKinds, values.kind)
    const parentId =
      values.parent_code === '' ? null : (ids.get(values.parent_code) ?? known.get(values.parent_code)?.id)
    const siteId =
      values.site_code === undefined
        ? (before?.siteId ?? null)
        : values.site_code === ''
          ? null
          : sites.get(values.site_code)
    if (kind === null) find(findings, line, 'kind', (t) => t.import.unknownKind(officeKinds.join(', ')))
    if (parentId === undefined) find(findings, line, 'parent_code', (t) => t.import.unknownOffice)
    if (siteId === undefined) find(findings, line, 'site_code', (t) => t.import.unknownSite)
    if (before?.closedOn != null) find(findings, line, 'code', (t) => t.import.officeClosed)
    if (kind === null || parentId === undefined || siteId === undefined) return []
    const ipaCode = values.ipa_code === undefined ? (before?.ipaCode ?? null) : values.ipa_code || null
    // The id was made above for every code of the file.
    return [
      {
        line,
        office: {
          id: ids.get(values.code) ?? '',
          kind,
          code: values.code,
          ipaCode,
          name: values.name,
          parentId,
          siteId,
        },
      },
    ]
  })
}

/** The chart as it would be: each office of the file, and what already stands below one, must be in a lawful place. */
function checkChart(wanted: readonly Wanted[], stored: readonly StoredOffice[], findings: Findings) {
  const lines = new Map(wanted.map(({ line, office }) => [office.id, line]))
  const tree = treeOf([...stored, ...wanted.map(({ office }) => ({ ...office, closedOn: null }))])
  for (const office of tree.values()) {
    const line = lines.get(office.id)
    const parentLine = office.parentId === null ? undefined : lines.get(office.parentId)
    if ((line === undefined && parentLine === undefined) || office.isClosed) continue
    const problem = placeProblem(tree, office.id)
    if (problem === null) continue
    // A parent whose own line is wrong is missing from the tree; that line was reported already.
    if (problem.what === 'unknown_parent') continue
    if (line !== undefined) {
      const { field, pick } = sayTreeProblem(problem)
      find(findings, line, field === 'parentId' ? 'parent_code' : field, pick)
    } else if (parentLine !== undefined && problem.what === 'parent_kind') {
      find(findings, parentLine, 'kind', (t) => t.problems.childKind(office.name))
    }
  }
}

function checkIpaCodes(wanted: readonly Wanted[], stored: readonly StoredOffice[], findings: Findings) {
  const inFile = new Set(wanted.map(({ office }) => office.id))
  const taken = new Set(
    stored.flatMap((office) => (office.ipaCode !== null && !inFile.has(office.id) ? [office.ipaCode] : [])),
  )
  for (const { line, office } of wanted) {
    if (office.ipaCode !== null && taken.has(office.ipaCode))
      find(findings, line, 'ipa_code', (t) => t.problems.ipaTaken)
  }
}

async function write(
  ctx: TxContext,
  wanted: readonly Wanted[],
  stored: readonly StoredOffice[],
): Promise<ImportResult> {
  const before = new Map(stored.map((office) => [office.id, office]))
  const offices = wanted.map(({ office }) => office)
  const added = offices.filter(({ id }) => !before.has(id))
  const changed = offices.filter((office) => differs(office, before.get(office.id)))
  await clearIpaCodes(
    ctx,
    changed.filter(({ id, ipaCode }) => before.get(id)?.ipaCode !== ipaCode).map(({ id }) => id),
  )
  await forgetPlans(ctx)
  await insertOffices(ctx, added)
  await updateOffices(ctx, changed)
  await forgetPlans(ctx)
  await insertEvents(ctx, [
    ...added.map((office) => happening('office.added', office)),
    ...changed.map((office) => happening('office.changed', office)),
  ])
  if (added.length + changed.length > 0) ctx.services.live.announce(ctx)
  return { added: added.length, changed: changed.length, unchanged: offices.length - added.length - changed.length }
}

const compared = ['kind', 'name', 'ipaCode', 'parentId', 'siteId'] as const

function differs(office: OfficeFacts, before: OfficeFacts | undefined): boolean {
  return before !== undefined && compared.some((field) => office[field] !== before[field])
}
