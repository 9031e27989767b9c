/** The rules of the chart of offices. Pure. */

/** Kinds of office, from the top of the chart down. */
export const officeKinds = ['area', 'department', 'autonomous_office', 'service', 'unit'] as const
export type OfficeKind = (typeof officeKinds)[number]

/** What each kind may stand below; `null` is the top of the chart. */
export const allowedParents = {
  area: [null],
  department: ['area', null],
  autonomous_office: ['area', null],
  service: ['department', 'area', 'autonomous_office'],
  unit: ['service', 'department', 'autonomous_office'],
} as const satisfies Record<OfficeKind, readonly (OfficeKind | null)[]>

/** An office as far as the chart cares. */
export type Node = { id: string; parentId: string | null; kind: OfficeKind; name: string; isClosed: boolean }
export type Tree = ReadonlyMap<string, Node>

/** Why an office cannot stand where it stands. */
export type TreeProblem =
  | { what: 'unknown_parent' | 'cycle' | 'parent_closed' }
  | { what: 'parent_kind'; kind: OfficeKind }
  | { what: 'child_kind'; child: string }

/** The first thing wrong with the place of an office in a tree that already holds it; null when all is well. */
export function placeProblem(tree: Tree, id: string): TreeProblem | null {
  const office = tree.get(id)
  if (office === undefined) return null
  if (office.parentId !== null) {
    const parent = tree.get(office.parentId)
    if (parent === undefined) return { what: 'unknown_parent' }
    if (isBelowItself(tree, id)) return { what: 'cycle' }
    if (parent.isClosed && !office.isClosed) return { what: 'parent_closed' }
  }
  return fits(tree, office) ? null : { what: 'parent_kind', kind: office.kind }
}

/** Like `placeProblem`, and also whether what stands below an office may still stand there. */
export function changeProblem(tree: Tree, id: string): TreeProblem | null {
  const misfit = [...tree.values()].find((office) => office.parentId === id && !office.isClosed && !fits(tree, office))
  return placeProblem(tree, id) ?? (misfit ? { what: 'child_kind', child: misfit.name } : null)
}

/** Whether an office has open offices directly below it. */
export function hasOpenChildren(tree: Tree, id: string): boolean {
  return [...tree.values()].some((office) => office.parentId === id && !office.isClosed)
}

function fits(tree: Tree, office: Node): boolean {
  const parentKind = office.parentId === null ? null : (tree.get(office.parentId)?.kind ?? null)
  const allowed: readonly (OfficeKind | null)[] = allowedParents[office.kind]
  return allowed.includes(parentKind)
}

// A lawful chart has five levels, so a circle longer than this has other things wrong as well.
const longestWalk = 50

function isBelowItself(tree: Tree, id: string): boolean {
  let at = tree.get(id)?.parentId ?? null
  for (let steps = 0; at !== null && steps < longestWalk; steps += 1) {
    if (at === id) return true
    at = tree.get(at)?.parentId ?? null
  }
  return false
}
