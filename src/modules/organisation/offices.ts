/** The chart of offices. It is public by law (D.Lgs. 33/2013, art. 13), so everybody in the tenant may read it. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound, type Problem } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import {
  hasPeople,
  insertOffices,
  lockOffice,
  lockTree,
  type OfficeFacts,
  type StoredOffice,
  selectOffice,
  selectOffices,
  selectTree,
  updateClosedOn,
  updateOffices,
} from './internal/queries/offices.ts'
import { record, requireVersion } from './internal/record.ts'
import { today } from './internal/today.ts'
import {
  allowedParents,
  changeProblem,
  hasOpenChildren,
  type Node,
  placeProblem,
  type Tree,
  type TreeProblem,
} from './internal/tree.ts'
import { conflict, wrong } from './problems.ts'
import {
  type AddedRow,
  type AddOfficeInput,
  addOfficeInput,
  type ChangedRow,
  type ChangeOfficeInput,
  changeOfficeInput,
  type ListOfficesInput,
  listOfficesInput,
  type Office,
  type VersionInput,
  versionInput,
} from './schema.ts'
import type { OrganisationTexts } from './texts.ts'

/** The whole chart in order, each office with its depth; open offices unless asked otherwise. */
export async function listOffices(ctx: Context, input: ListOfficesInput = {}): Promise<Office[]> {
  const { closed } = parse(listOfficesInput, input)
  allow(ctx.actor, 'organisation.read')
  return read(ctx, (ctx) => selectOffices(ctx, closed === 'with'))
}

/** One office. */
export async function findOffice(ctx: Context, id: string): Promise<Office> {
  allow(ctx.actor, 'organisation.read')
  return read(ctx, async (ctx) => (await selectOffice(ctx, id)) ?? fail(notFound()))
}

/** Adds an office below an open one that may hold its kind. */
export async function addOffice(ctx: Context, input: AddOfficeInput): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  const request = parse(addOfficeInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'office.add', request, id)
    if (earlier !== null) return { id: earlier }
    await lockTree(ctx)
    const added = { id, ...request }
    refuse(placeProblem(treeOf([...(await selectTree(ctx)), { ...added, closedOn: null }]), id))
    await phrasing(violations, () => insertOffices(ctx, [added]))
    await record(ctx, happening('office.added', added))
    return { id }
  })
}

/** Changes name, kind, codes, site or place of an open office. */
export async function changeOffice(ctx: Context, id: string, input: ChangeOfficeInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version, ...request } = parse(changeOfficeInput, input)
  return transact(ctx, async (ctx) => {
    const { found, offices } = await officeToChange(ctx, id, version)
    if (found.closedOn !== null) throw conflict('office_closed', (t) => t.problems.officeClosed)
    const changed = { id, ...request }
    refuse(changeProblem(treeOf(offices.map((office) => (office.id === id ? { ...office, ...changed } : office))), id))
    await phrasing(violations, () => updateOffices(ctx, [changed]))
    await record(ctx, happening('office.changed', changed))
    return { id, version: version + 1 }
  })
}

/** Closes an office from today; refused while open offices or people are in it. */
export async function closeOffice(ctx: Context, id: string, input: VersionInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version } = parse(versionInput, input)
  return transact(ctx, async (ctx) => {
    const { found, offices } = await officeToChange(ctx, id, version)
    if (found.closedOn !== null) throw conflict('office_closed', (t) => t.problems.officeClosed)
    if (hasOpenChildren(treeOf(offices), id)) throw conflict('office_has_offices', (t) => t.problems.officeHasOffices)
    // Somebody may be put into it in this very moment: wait for them, then look.
    await lockOffice(ctx, id, 'update')
    if (await hasPeople(ctx, id)) throw conflict('office_has_people', (t) => t.problems.officeHasPeople)
    const closedOn = today(ctx.zone)
    await updateClosedOn(ctx, id, closedOn)
    await record(ctx, { subjectType: 'office', subjectId: id, kind: 'office.closed', payload: { closedOn } })
    return { id, version: version + 1 }
  })
}

/** Opens a closed office again, where it was. */
export async function reopenOffice(ctx: Context, id: string, input: VersionInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version } = parse(versionInput, input)
  return transact(ctx, async (ctx) => {
    const { offices } = await officeToChange(ctx, id, version)
    refuse(
      placeProblem(treeOf(offices.map((office) => (office.id === id ? { ...office, closedOn: null } : office))), id),
    )
    await updateClosedOn(ctx, id, null)
    await record(ctx, { subjectType: 'office', subjectId: id, kind: 'office.reopened', payload: {} })
    return { id, version: version + 1 }
  })
}

async function officeToChange(ctx: TxContext, id: string, version: number) {
  await lockTree(ctx)
  const offices = await selectTree(ctx)
  const found = offices.find((office) => office.id === id) ?? fail(notFound())
  await requireVersion(ctx, 'office', found, version)
  return { found, offices }
}

/** The event of an office as it now is. */
export function happening(kind: 'office.added' | 'office.changed', { id, name, ...payload }: OfficeFacts) {
  return { subjectType: 'office' as const, subjectId: id, kind, payload, text: { name } }
}

/** Offices as the rules of the chart want them. */
export function treeOf(offices: readonly (OfficeFacts & Pick<StoredOffice, 'closedOn'>)[]): Tree {
  return new Map(
    offices.map((office): [string, Node] => [office.id, { ...office, isClosed: office.closedOn !== null }]),
  )
}

/** The field that a misplaced office has wrong, and what to say about it. */
export function sayTreeProblem(problem: TreeProblem): {
  field: 'parentId' | 'kind'
  pick: (t: OrganisationTexts) => string
} {
  switch (problem.what) {
    case 'unknown_parent':
      return { field: 'parentId', pick: (t) => t.problems.unknownOffice }
    case 'cycle':
      return { field: 'parentId', pick: (t) => t.problems.cycle }
    case 'parent_closed':
      return { field: 'parentId', pick: (t) => t.problems.parentClosed }
    case 'child_kind':
      return { field: 'kind', pick: (t) => t.problems.childKind(problem.child) }
    case 'parent_kind': {
      const allowed = allowedParents[problem.kind]
      const words = (t: OrganisationTexts) =>
        allowed.map((kind) => (kind === null ? t.problems.noParentNeeded : t.kinds[kind])).join(', ')
      return { field: 'parentId', pick: (t) => t.problems.parentKind(t.kinds[problem.kind], words(t)) }
    }
  }
}

function refuse(problem: TreeProblem | null): void {
  if (problem === null) return
  const { field, pick } = sayTreeProblem(problem)
  throw wrong(field, pick)
}

const violations: Record<string, () => Problem> = {
  office_organisation_id_code_key: () => wrong('code', (t) => t.problems.codeTaken),
  office_ipa: () => wrong('ipaCode', (t) => t.problems.ipaTaken),
  office_organisation_id_site_id_fkey: () => wrong('siteId', (t) => t.problems.unknownSite),
}
