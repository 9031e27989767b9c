/** What a directory says, whichever it is, laid beside the register and taken over. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, type TxContext, transact } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { say } from '../../../platform/texts.ts'
import { boxConflict } from '../box-problems.ts'
import { boxTexts } from '../box-texts.ts'
import type { DirectoryOutcome } from '../census-schema.ts'
import { emptyBox } from '../mailboxes.ts'
import { leaveOthers, outcomeOf, type Planned, writePlan } from './box-load.ts'
import { lockBoxImports, lockByAddress, selectLeaving } from './box-writes.ts'
import { endCensus, insertCensus } from './census-queries.ts'
import { type Directory, type DirectoryBox, DirectoryTrouble } from './directory.ts'
import { selectServers } from './server-queries.ts'

const mostBoxes = 200_000
const mostTold = 500

/** `notAddresses`: what stands where an address should, and is none. */
export type DirectoryFound = { boxes: DirectoryBox[]; notAddresses: string[] }
/** `serverId`: the server the mailboxes are on; null leaves the one they have. */
export type DirectoryLoad = {
  source: 'ldap' | 'google'
  serverId: string | null
  isComplete: boolean
  trial: boolean
}

/** Reads the whole directory; half of it is none. */
export async function readWhole(directory: Directory): Promise<DirectoryFound> {
  const boxes = new Map<string, DirectoryBox>()
  const notAddresses = new Set<string>()
  try {
    for await (const page of directory())
      for (const box of page) {
        if (isAddress(box.address)) boxes.set(box.address, box)
        else notAddresses.add(box.address)
        if (boxes.size > mostBoxes) throw boxConflict('too_many_mailboxes', (t) => t.tooManyBoxes(mostBoxes))
      }
  } catch (error) {
    if (!(error instanceof DirectoryTrouble)) throw error
    const words = say(boxTexts, (t) => t.directory[error.code])
    // To be let in somebody must do something: asking again later does not help.
    const kind = error.code === 'auth' ? 'conflict' : 'unavailable'
    throw new Problem(kind, `directory_${error.code}`, words, [], { cause: error })
  }
  if (boxes.size === 0) throw boxConflict('directory_empty', (t) => t.directoryEmpty)
  return { boxes: [...boxes.values()], notAddresses: [...notAddresses] }
}

/** Takes over what was found, or tells what would change. With `isComplete` those the source has no more are gone. */
export async function loadDirectory(
  ctx: Context,
  found: DirectoryFound,
  how: DirectoryLoad,
): Promise<DirectoryOutcome> {
  const { source, serverId, isComplete, trial } = how
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockBoxImports(ctx)
    const planned = await planOf(ctx, found.boxes, how)
    const seen = planned.map(({ after }) => after.address)
    const leaving = isComplete ? await selectLeaving(ctx, source, serverId, seen) : []
    const outcome = await told(ctx, planned, leaving, found.notAddresses, trial)
    if (trial) return outcome
    const id = randomUUIDv7()
    await insertCensus(ctx, {
      ...{ id, source, serverId, asked: planned.length, isComplete, withPersonal: false },
      ...{ assessment: null, agreement: null },
    })
    await writePlan(ctx, planned, source)
    const gone = isComplete ? await leaveOthers(ctx, planned, source, serverId) : 0
    const { added, changed } = outcome
    await endCensus(ctx, id, { state: 'done', seen: planned.length, added, changed, gone })
    return outcome
  })
}

async function told(
  ctx: TxContext,
  planned: readonly Planned[],
  leaving: readonly string[],
  notAddresses: readonly string[],
  trial: boolean,
): Promise<DirectoryOutcome> {
  const outcome = outcomeOf(planned, trial)
  const servers = new Map((await selectServers(ctx)).map(({ id, name }) => [id, name]))
  const named = (text: string) => servers.get(text) ?? text
  const adding = planned.flatMap(({ before, after: { address, name, kind } }) =>
    before === undefined ? [{ address, name, kind }] : [],
  )
  return {
    ...{ ...outcome, gone: leaving.length },
    differences: outcome.differences.map((one) =>
      one.column === 'server' ? { ...one, before: named(one.before), after: named(one.after) } : one,
    ),
    ...{ adding: adding.slice(0, mostTold), leaving: leaving.slice(0, mostTold) },
    ...{ notAddresses: notAddresses.slice(0, mostTold), notAddressesCount: notAddresses.length },
  }
}

const isAddress = (text: string) => z.email().safeParse(text).success

async function planOf(ctx: TxContext, boxes: readonly DirectoryBox[], { source, serverId }: DirectoryLoad) {
  const known = await lockByAddress(
    ctx,
    boxes.map(({ address }) => address),
  )
  return boxes.map((box, at): Planned => {
    const { address, kind } = box
    const before = known.get(address)
    const base = before ?? { ...emptyBox, id: randomUUIDv7(), address, kind: kind ?? 'personal' }
    const untils = new Map(base.aliases.map((alias) => [alias.address, alias.until]))
    const name = box.name.replace(/[\s\p{Cc}]+/gu, ' ').trim()
    const after = {
      ...{ ...base, serverId: serverId ?? base.serverId, source, name: name === '' ? base.name : name.slice(0, 200) },
      quotaBytes: box.quotaBytes ?? base.quotaBytes,
      aliases:
        box.aliases === null
          ? base.aliases
          : addressesIn(box.aliases, address).map((alias) => ({ address: alias, until: untils.get(alias) ?? null })),
      forwards: box.forwards === null ? base.forwards : forwardsIn(box.forwards),
    }
    return { line: at + 1, before, after }
  })
}

const addressesIn = (all: readonly string[], own: string) =>
  [...new Set(all)].filter((one) => one !== own && isAddress(one)).sort()

// Twice to one address: a copy stays when one of the two leaves it.
function forwardsIn(all: NonNullable<DirectoryBox['forwards']>): { address: string; keepsCopy: boolean }[] {
  const copies = new Map<string, boolean>()
  for (const { address, keepsCopy } of all)
    if (isAddress(address)) copies.set(address, keepsCopy || copies.get(address) === true)
  return [...copies]
    .map(([address, keepsCopy]) => ({ address, keepsCopy }))
    .sort((a, b) => (a.address < b.address ? -1 : 1))
}
