/** Before and after by office, from mailboxes and what was decided of them. Pure; whole numbers. */
import { type DecisionKind, freesLicence, type MailboxKind, withoutLicence } from '../decision-vocabulary.ts'
import type { PlannedBox } from './plan-queries.ts'

export type Figures = {
  boxesBefore: number
  boxesAfter: number
  licencesBefore: number
  licencesAfter: number
  bytesBefore: number
  bytesAfter: number
  proposed: number
  without: number
}

/** What is decided: approved, or carried out already. Anything else counts as it stands today. */
export function decidedOf({ decision, state }: Pick<PlannedBox, 'decision' | 'state'>): DecisionKind | null {
  return state === 'approved' || state === 'carried_out' ? decision : null
}

const nothing: Figures = {
  ...{ boxesBefore: 0, boxesAfter: 0, licencesBefore: 0, licencesAfter: 0 },
  ...{ bytesBefore: 0, bytesAfter: 0, proposed: 0, without: 0 },
}

/** The figures of each office, in the order of the mailboxes; null is those of no office. */
export function reckonPlan(boxes: readonly PlannedBox[]): Map<string | null, Figures> {
  const offices = new Map<string | null, Figures>()
  const add = (officeId: string | null, more: Partial<Figures>) => {
    const before = offices.get(officeId) ?? nothing
    const sums = Object.entries(before).map(([name, value]) => [name, value + (more[name as keyof Figures] ?? 0)])
    offices.set(officeId, Object.fromEntries(sums) as Figures)
  }
  for (const box of boxes) add(box.officeId, ofBox(box))
  // What goes into another mailbox is kept there, in its office.
  for (const box of boxes) if (decidedOf(box) === 'merge') add(box.intoOfficeId, { bytesAfter: box.bytes })
  return offices
}

function ofBox(box: PlannedBox): Figures {
  const decided = decidedOf(box)
  const stays = decided === null || !freesLicence.includes(decided)
  const licence = hasLicence(box.kind) ? 1 : 0
  return {
    ...{ boxesBefore: 1, boxesAfter: stays ? 1 : 0, licencesBefore: licence, licencesAfter: stays ? licence : 0 },
    ...{ bytesBefore: box.bytes, bytesAfter: stays ? box.bytes : 0 },
    proposed: decided === null && box.decision !== null ? 1 : 0,
    without: box.decision === null ? 1 : 0,
  }
}

function hasLicence(kind: MailboxKind): boolean {
  return !withoutLicence.includes(kind)
}

/** The sum of all. */
export function totalOf(all: Iterable<Figures>): Figures {
  return [...all].reduce((sum, one) => {
    const entries = Object.entries(sum).map(([name, value]) => [name, value + one[name as keyof Figures]])
    return Object.fromEntries(entries) as Figures
  }, nothing)
}
