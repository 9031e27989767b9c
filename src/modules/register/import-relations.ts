/** Relations from a CSV file: the whole file, or nothing and why; of those that are there only what a group needs changes. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { type StreamedRow, streamCsv } from '../../platform/csv-stream.ts'
import { sayIssue } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { phrasing } from '../../platform/violations.ts'
import type { RelationImport } from './import-schema.ts'
import { selectByCode } from './internal/acquired-queries.ts'
import { lockRegisterImports } from './internal/place-queries.ts'
import { recordAll } from './internal/record.ts'
import { relationEvent } from './internal/relation-event.ts'
import {
  insertRelations,
  lockContainment,
  type StoredRelation,
  selectContainers,
  selectLoops,
} from './internal/relation-queries.ts'
import { conflict, type Findings, find, findInCsv, findSaid, noFindings, refuseFile } from './problems.ts'
import { alignGroups } from './relations.ts'
import { relationKinds } from './vocabulary.ts'

const columns = { required: ['from', 'kind', 'to'], optional: ['group', 'needed'] }
const row = z.object({
  from: z.string().min(1),
  kind: z.enum(relationKinds),
  to: z.string().min(1),
  group: z.string().max(40),
  needed: z.union([z.literal('').transform(() => null), z.coerce.number().int().min(1).max(1000)]),
})
const atATime = 5_000

type Line = { line: number; values: z.output<typeof row> }

/**
 * Adds the relations of a file (CSV: from, kind, to, group, needed; items by code) that are not there yet. What the file says
 * last of how many of a group must be left counts for all of the group, also for relations that are there already.
 */
export async function importRelations(ctx: Context, source: AsyncIterable<Uint8Array>): Promise<RelationImport> {
  allow(ctx.actor, 'register.manage')
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockRegisterImports(ctx)
    await lockContainment(ctx)
    const findings = noFindings()
    const lines: Line[] = []
    for await (const rows of streamCsv(source, columns, (problem) => findInCsv(findings, problem)))
      for (const one of rows) lines.push(...readLine(one, findings))
    const relations = await relationsOf(ctx, lines, findings)
    await findSecondContainers(ctx, relations, findings)
    refuseFile(findings)
    const added = new Set<string>()
    for (let from = 0; from < relations.length; from += atATime)
      for (const id of await write(ctx, relations.slice(from, from + atATime))) added.add(id)
    const changed = await alignAll(ctx, relations)
    // Looked at when all are in: two lines that are each right may close a circle together.
    const inside = relations.filter(({ kind }) => kind === 'contains')
    for (const place of await selectLoops(ctx, inside)) find(findings, inside[place]?.line ?? 0, 'to', (t) => t.loop)
    refuseFile(findings)
    const isChanged = new Set(changed.map(keyOf))
    return {
      lines: lines.length,
      added: added.size,
      changed: changed.filter(({ id }) => !added.has(id)).length,
      unchanged: relations.filter((one) => !added.has(one.id) && !isChanged.has(keyOf(one))).length,
    }
  })
}

function readLine({ line, cells }: StreamedRow, findings: Findings): Line[] {
  const [from, kind, to, group, needed] = cells
  const said = { from, kind, to, group, needed }
  const parsed = row.safeParse(said)
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      findSaid(findings, line, String(issue.path[0] ?? ''), sayIssue(issue, said))
    return []
  }
  const values = parsed.data
  if ((values.group === '') !== (values.needed === null)) find(findings, line, 'needed', (t) => t.groupHalf)
  if (values.from === values.to) find(findings, line, 'to', (t) => t.relationSelf)
  return [{ line, values }]
}

type Relation = StoredRelation & { line: number }

async function relationsOf(ctx: TxContext, lines: readonly Line[], findings: Findings): Promise<Relation[]> {
  const ids = new Map<string, string>()
  for (let from = 0; from < lines.length; from += atATime) {
    const codes = lines.slice(from, from + atATime).flatMap(({ values }) => [values.from, values.to])
    for (const { code, itemId } of await selectByCode(ctx, [...new Set(codes)])) ids.set(code, itemId)
  }
  return lines.flatMap(({ line, values: { from, kind, to, group, needed } }) => {
    const [fromId, toId] = [ids.get(from), ids.get(to)]
    if (fromId === undefined) find(findings, line, 'from', (t) => t.unknownItem)
    if (toId === undefined) find(findings, line, 'to', (t) => t.unknownItem)
    if (fromId === undefined || toId === undefined) return []
    const redundancyGroup = group === '' || kind === 'backed_up_by' ? null : group
    return [
      {
        line,
        id: randomUUIDv7(),
        kind,
        fromId,
        toId,
        redundancyGroup,
        needed: redundancyGroup === null ? null : needed,
      },
    ]
  })
}

// A thing is in one other thing: not in two of the file, nor in one of the file and another of the register.
async function findSecondContainers(ctx: TxContext, relations: readonly Relation[], findings: Findings): Promise<void> {
  const inside = relations.filter(({ kind }) => kind === 'contains')
  const first = new Map<string, Relation>()
  for (const one of inside) {
    const before = first.get(one.toId)
    if (before === undefined) first.set(one.toId, one)
    else if (before.fromId !== one.fromId) find(findings, one.line, 'to', (t) => t.containedAtLine(before.line))
  }
  const known = await selectContainers(ctx, [...first.keys()])
  for (const { id, containerId, code } of known) {
    const one = first.get(id)
    if (one !== undefined && one.fromId !== containerId) find(findings, one.line, 'to', (t) => t.containedIn(code))
  }
}

async function write(ctx: TxContext, relations: readonly Relation[]): Promise<ReadonlySet<string>> {
  const added = new Set(
    await phrasing({ item_relation_container: () => conflict('contained_already', (t) => t.containedAlready) }, () =>
      insertRelations(ctx, relations),
    ),
  )
  await recordAll(
    ctx,
    relations.filter(({ id }) => added.has(id)).map((one) => relationEvent(one, 'relation.added')),
  )
  return added
}

const keyOf = ({ kind, fromId, toId }: StoredRelation) => `${kind} ${fromId} ${toId}`

async function alignAll(ctx: TxContext, relations: readonly Relation[]): Promise<StoredRelation[]> {
  const changed = await alignGroups(ctx, relations)
  await recordAll(
    ctx,
    changed.map((one) => relationEvent(one, 'relation.changed')),
  )
  return changed
}
