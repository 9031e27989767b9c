/** Whether a proposal fits the mailbox and what else is decided. Pure: no clock, no database. */
import {
  type DecisionField,
  type DecisionKind,
  decisionFields,
  endsMailbox,
  fieldsOf,
  kindsFor,
  type MailboxKind,
  mostDelegates,
} from '../decision-vocabulary.ts'

/** What a decision says besides its kind. */
export type DecisionValues = {
  newAddress: string | null
  aliasUntil: string | null
  intoId: string | null
  folderPrefix: string | null
  keepsDoubles: boolean | null
  heldUntil: string | null
  keptUntil: string | null
  answerAddress: string | null
}

export type Proposal = { mailboxId: string; kind: DecisionKind; values: DecisionValues; reason: string }

/** A mailbox as far as proposals go. */
export type BoxFacts = {
  id: string
  address: string
  kind: MailboxKind
  officeId: string | null
  isGone: boolean
  delegates: number
}

/** What holds about a mailbox already: its open decision. */
export type OpenDecision = {
  id: string
  mailboxId: string
  kind: DecisionKind
  intoId: string | null
  newAddress: string | null
}

/** Everything a proposal is held against. */
export type World = {
  boxes: ReadonlyMap<string, BoxFacts>
  open: Map<string, OpenDecision>
  /** Addresses that a mailbox or an alias has, of those that were asked about. */
  taken: ReadonlySet<string>
  /** Addresses of mailboxes that are nobody's own, of those that were asked about. */
  shared: ReadonlySet<string>
  /** The domains of the administration's own mailboxes. */
  domains: ReadonlySet<string>
  today: string
}

export const objections = [
  'unknown',
  'gone',
  'already',
  'personalKinds',
  'certifiedKinds',
  'notPersonal',
  'missing',
  'notForKind',
  'past',
  'sameAddress',
  'addressTaken',
  'addressUnfit',
  'otherDomain',
  'intoItself',
  'intoUnknown',
  'intoKind',
  'intoEnds',
  'isTarget',
  'manyDelegates',
  'answerUnknown',
] as const
export type Objection = { field: DecisionField | 'kind' | 'mailbox'; code: (typeof objections)[number] }

/** What speaks against a proposal; nothing when it may be made. */
export function objectionsTo({ mailboxId, kind, values }: Proposal, world: World): Objection[] {
  const box = world.boxes.get(mailboxId)
  if (box === undefined) return [{ field: 'mailbox', code: 'unknown' }]
  if (box.isGone) return [{ field: 'mailbox', code: 'gone' }]
  if (world.open.has(mailboxId)) return [{ field: 'mailbox', code: 'already' }]
  const unfit = unfitKind(box.kind, kind)
  if (unfit !== null) return [{ field: 'kind', code: unfit }]
  const found = [...unfitFields(kind, values), ...pastDays(values, world.today)]
  if (values.newAddress !== null) found.push(...objectionsToAddress(values.newAddress, box, world))
  if (values.intoId !== null) found.push(...objectionsToTarget(values.intoId, box, world))
  if (endsMailbox.includes(kind) && [...world.open.values()].some(({ intoId }) => intoId === mailboxId))
    found.push({ field: 'kind', code: 'isTarget' })
  if (kind === 'delegate' && box.delegates > mostDelegates) found.push({ field: 'kind', code: 'manyDelegates' })
  if (values.answerAddress !== null && !world.shared.has(values.answerAddress))
    found.push({ field: 'answerAddress', code: 'answerUnknown' })
  return found
}

function unfitKind(boxKind: MailboxKind, kind: DecisionKind) {
  const allowed = kindsFor[boxKind]
  if (allowed !== undefined && !allowed.includes(kind))
    return boxKind === 'certified' ? ('certifiedKinds' as const) : ('personalKinds' as const)
  return kind === 'leaver' && boxKind !== 'personal' ? ('notPersonal' as const) : null
}

function unfitFields(kind: DecisionKind, values: DecisionValues): Objection[] {
  const { needs, may } = fieldsOf[kind]
  return decisionFields.flatMap((field): Objection[] => {
    const isGiven = values[field] !== null
    if (needs.includes(field)) return isGiven ? [] : [{ field, code: 'missing' }]
    return isGiven && !may.includes(field) ? [{ field, code: 'notForKind' }] : []
  })
}

const days = ['aliasUntil', 'heldUntil', 'keptUntil'] as const

function pastDays(values: DecisionValues, today: string): Objection[] {
  return days.flatMap((field): Objection[] => {
    const day = values[field]
    return day !== null && day <= today ? [{ field, code: 'past' }] : []
  })
}

// What every mail system takes before the @: lower case, digits, and dots, hyphens or underscores between them.
const localPart = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/

/** The part of an address after the @. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}

function objectionsToAddress(address: string, box: BoxFacts, world: World): Objection[] {
  const field = 'newAddress'
  if (address === box.address) return [{ field, code: 'sameAddress' }]
  const local = address.slice(0, address.lastIndexOf('@'))
  if (!localPart.test(local) || local.length > 64) return [{ field, code: 'addressUnfit' }]
  if (!world.domains.has(domainOf(address))) return [{ field, code: 'otherDomain' }]
  const isPromised = [...world.open.values()].some(({ newAddress }) => newAddress === address)
  return isPromised || world.taken.has(address) ? [{ field, code: 'addressTaken' }] : []
}

// A chain would leave mail at a box that goes away; without chains there is no ring.
function objectionsToTarget(intoId: string, box: BoxFacts, world: World): Objection[] {
  const field = 'intoId'
  if (intoId === box.id) return [{ field, code: 'intoItself' }]
  const into = world.boxes.get(intoId)
  if (into === undefined || into.isGone) return [{ field, code: 'intoUnknown' }]
  if (['personal', 'certified', 'list'].includes(into.kind)) return [{ field, code: 'intoKind' }]
  const decided = world.open.get(intoId)
  return decided !== undefined && endsMailbox.includes(decided.kind) ? [{ field, code: 'intoEnds' }] : []
}
