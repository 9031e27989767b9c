/** What is to be looked at about mailboxes: rules over facts, each with its evidence. Pure: no clock, no database. */
import type { BoxKind, FindingCode, JudgedKind } from '../box-vocabulary.ts'
import { judgedKinds } from '../box-vocabulary.ts'
import { daysBefore, lastUsedOn } from './box-activity.ts'
import { judgeName, type NamingRule } from './box-naming.ts'

export type BoxRules = {
  /** The administration's own domains: mail sent on to any other leaves it. */
  domains: readonly string[]
  unusedAfterDays: number
  unreadAfterDays: number
  /** In thousandths of the smaller mailbox. */
  duplicateShare: number
  naming: readonly NamingRule[]
}

/** A mailbox as far as findings care. Dates of a personal one are not there to be had. */
export type BoxFacts = {
  id: string
  address: string
  kind: BoxKind
  holderId: string | null
  holderName: string | null
  holderLeftOn: string | null
  publishedAt: string | null
  sizeBytes: number | null
  quotaBytes: number | null
  messageCount: number | null
  lastReceivedOn: string | null
  lastReadOn: string | null
  lastSentOn: string | null
  aliases: readonly { address: string; until: string | null }[]
  forwards: readonly { address: string }[]
  /** `leftOn`: of the person with that address, if there is one who left. */
  delegates: readonly { address: string; leftOn: string | null }[]
}
export type Overlap = { oneId: string; otherId: string; shared: number; compared: number }

/** `about`: the other address where there is one. `evidence`: what the sentence says, as facts. */
export type Finding = { code: FindingCode; about: string; otherId: string | null; evidence: Evidence }
export type Evidence = Record<string, string | number | null | string[]>

/** Kinds whose addresses are for people outside. */
const publicKinds: readonly BoxKind[] = ['office', 'service']

/** The findings of every mailbox, by its id. */
export function findAll(
  boxes: readonly BoxFacts[],
  overlaps: readonly Overlap[],
  rules: BoxRules,
  today: string,
): Map<string, Finding[]> {
  const byAddress = addressBook(boxes)
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const doubles = doublesOf(overlaps, byId, rules)
  return new Map(
    boxes.map((box) => {
      if (box.kind === 'personal') return [box.id, [...holderLeft(box, today)]]
      if (!isJudged(box.kind)) return [box.id, []]
      const found = [
        ...noHolder(box, today),
        ...unused(box, rules, today),
        ...(doubles.get(box.id) ?? []),
        ...publishedDead(box, rules, today),
        ...unpublished(box),
        ...misnamed(box, box.kind, rules, today),
        ...forwardOutside(box, rules),
        ...aliasLoop(box, byAddress),
        ...aliasClash(box, byAddress),
        ...overQuota(box),
      ]
      return [box.id, found]
    }),
  )
}

const isJudged = (kind: BoxKind): kind is JudgedKind => judgedKinds.some((one) => one === kind)
const hasLeft = (leftOn: string | null, today: string) => leftOn !== null && leftOn <= today
const plain = (code: FindingCode, evidence: Evidence, about = '', otherId: string | null = null): Finding[] => [
  { code, about, otherId, evidence },
]

// The one finding there is about a person's mailbox: it opens the lawful path of those who leave.
function holderLeft({ holderName, holderLeftOn, forwards }: BoxFacts, today: string): Finding[] {
  if (holderLeftOn === null || !hasLeft(holderLeftOn, today)) return []
  return plain('holder_left', { name: holderName, leftOn: holderLeftOn, forwards: forwards.length })
}

// A delegate who is still there answers for it too.
function noHolder(box: BoxFacts, today: string): Finding[] {
  const isThere = box.holderId !== null && !hasLeft(box.holderLeftOn, today)
  const delegates = box.delegates.filter(({ leftOn }) => !hasLeft(leftOn, today))
  if (isThere || delegates.length > 0) return []
  return plain('no_holder', {
    ...{ name: box.holderName, leftOn: box.holderLeftOn, goneDelegates: box.delegates.length },
  })
}

// Only what was measured can be said to be unused.
function unused(box: BoxFacts, { unusedAfterDays }: BoxRules, today: string): Finding[] {
  const on = lastUsedOn(box)
  if (on === null && box.messageCount !== 0) return []
  if (on !== null && on >= daysBefore(today, unusedAfterDays)) return []
  return plain('unused', { on, days: unusedAfterDays })
}

/** People are told to write to it, and nobody opens it. */
function publishedDead(box: BoxFacts, { unreadAfterDays }: BoxRules, today: string): Finding[] {
  const { publishedAt, lastReadOn, lastSentOn, lastReceivedOn } = box
  if (publishedAt === null || (lastUsedOn(box) === null && box.messageCount !== 0)) return []
  const since = daysBefore(today, unreadAfterDays)
  if ((lastReadOn ?? '') >= since || (lastSentOn ?? '') >= since) return []
  const handledOn = [lastReadOn, lastSentOn].filter((day) => day !== null).sort()
  return plain('published_dead', {
    ...{ publishedAt, on: handledOn.at(-1) ?? null, receivedOn: lastReceivedOn, days: unreadAfterDays },
  })
}

function unpublished({ kind, publishedAt }: BoxFacts): Finding[] {
  return publishedAt === null && publicKinds.includes(kind) ? plain('unpublished', {}) : []
}

function misnamed(box: BoxFacts, kind: JudgedKind, { naming }: BoxRules, today: string): Finding[] {
  const name = box.address.split('@')[0] ?? ''
  const verdict = judgeName(name, kind, naming, today)
  if (verdict.isGood) return []
  const patterns = naming.filter((rule) => rule.kind === kind && rule.until === null).map(({ pattern }) => pattern)
  return plain('misnamed', { name, patterns, past: verdict.past?.pattern ?? null, until: verdict.past?.until ?? null })
}

function forwardOutside({ forwards }: BoxFacts, { domains }: BoxRules): Finding[] {
  const isOutside = (address: string) => {
    const domain = address.split('@').at(-1) ?? ''
    return !domains.some((own) => domain === own || domain.endsWith(`.${own}`))
  }
  return forwards
    .filter(({ address }) => isOutside(address))
    .flatMap(({ address }) => plain('forward_outside', { to: address }, address))
}

function overQuota({ sizeBytes, quotaBytes }: BoxFacts): Finding[] {
  if (sizeBytes === null || quotaBytes === null || sizeBytes < quotaBytes) return []
  return plain('over_quota', { size: sizeBytes, quota: quotaBytes })
}

type AddressBook = ReadonlyMap<string, readonly { box: BoxFacts; isAlias: boolean }[]>

function addressBook(boxes: readonly BoxFacts[]): AddressBook {
  const book = new Map<string, { box: BoxFacts; isAlias: boolean }[]>()
  const add = (address: string, box: BoxFacts, isAlias: boolean) =>
    void book.getOrInsertComputed(address, () => []).push({ box, isAlias })
  for (const box of boxes) {
    add(box.address, box, false)
    for (const { address } of box.aliases) add(address, box, true)
  }
  return book
}

/** Two mailboxes that claim one address: nobody can say where its mail goes. */
function aliasClash(box: BoxFacts, book: AddressBook): Finding[] {
  return [box.address, ...box.aliases.map(({ address }) => address)].flatMap((address) =>
    (book.get(address) ?? [])
      .filter((other) => other.box.id !== box.id)
      .flatMap((other) =>
        plain('alias_clash', { address, other: other.box.address }, `${address} ${other.box.address}`, other.box.id),
      ),
  )
}

/** Mail that is sent on and comes back, by forwards and aliases; told of every mailbox on the way. */
function aliasLoop(box: BoxFacts, book: AddressBook): Finding[] {
  const way = wayBack(box, box, book, new Set())
  return way === null ? [] : plain('alias_loop', { way }, [...way].sort()[0] ?? '')
}

function wayBack(from: BoxFacts, to: BoxFacts, book: AddressBook, seen: Set<string>): string[] | null {
  for (const { address } of from.forwards) {
    for (const { box } of book.get(address) ?? []) {
      if (box.id === to.id) return [from.address, address]
      if (seen.has(box.id)) continue
      seen.add(box.id)
      const rest = wayBack(box, to, book, seen)
      if (rest !== null) return [from.address, ...rest]
    }
  }
  return null
}

function doublesOf(overlaps: readonly Overlap[], byId: ReadonlyMap<string, BoxFacts>, { duplicateShare }: BoxRules) {
  const found = new Map<string, Finding[]>()
  for (const { oneId, otherId, shared, compared } of overlaps) {
    if (shared < duplicateShare) continue
    for (const [id, other] of [
      [oneId, byId.get(otherId)],
      [otherId, byId.get(oneId)],
    ] as const) {
      if (other === undefined) continue
      const evidence = { other: other.address, percent: Math.floor(shared / 10), compared }
      found.getOrInsertComputed(id, () => []).push(...plain('duplicate', evidence, other.address, other.id))
    }
  }
  return found
}
