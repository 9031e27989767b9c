/** A Gmail mailbox as a source, for the way back: what has come since it was filled, each label that is a place being a folder. */
import { read, transact } from '../../../platform/context.ts'
import { digestOf } from './digest.ts'
import type { GmailAccount } from './gmail-account.ts'
import { type Gmail, openGmail } from './gmail-api.ts'
import { type PlacedAt, placesOf } from './gmail-places.ts'
import { giveNumbers, selectGmailFolders } from './gmail-queries.ts'
import { selectFolders } from './ledger-queries.ts'
import type { Standing } from './mail-server.ts'
import { goOn, type Run } from './run.ts'
import type { Fetched, Listed, Source, SourceFolder } from './source.ts'
import { spool } from './spool.ts'
import { MailTrouble } from './trouble.ts'

/** Messages of a place, oldest first; each with the number it was given. */
type Place = { folder: SourceFolder; listed: Listed[] }

/**
 * Looks once at what is there: messages that were brought are left out, the others have numbers of their own in the ledger, the
 * same in each run. Throws a MailTrouble of the source.
 */
export async function openGmailSource(account: GmailAccount, run: Run): Promise<Source> {
  const gmail = openGmail(account, run.limits, run.signal)
  const numbers = await atSource(newMessages(run, gmail))
  const places = await atSource(lookAround(run, gmail, numbers))
  const ids = new Map([...numbers].map(([id, number]) => [number, id]))
  let open: Place | undefined
  return {
    prefix: '',
    folders: async () => [...places.values()].map(({ folder }) => folder),
    standing: async (path) => places.get(path)?.folder.standing ?? null,
    open: async (path) => {
      open = places.get(path)
    },
    list: async () => [...(open?.listed ?? [])],
    fetch: (batch) => atSource(fetchAll(gmail, batch, ids, run.limits.spoolAbove)),
    hasModseq: () => false,
    close: () => undefined,
  }
}

// The API's troubles are those of the side it is used as.
async function atSource<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof MailTrouble)) throw error
    throw new MailTrouble('source', error.code, error.words, { cause: error })
  }
}

async function newMessages({ ctx, copyId }: Run, gmail: Gmail): Promise<Map<string, number>> {
  const all: string[] = []
  for await (const page of gmail.ids({})) all.push(...page)
  const given = await transact(ctx, (ctx) => giveNumbers(ctx, copyId, all.reverse()))
  return new Map(given.map(({ id, number }) => [id, number]))
}

// Folders the ledger knows, and those something new is in.
async function lookAround(run: Run, gmail: Gmail, numbers: ReadonlyMap<string, number>): Promise<Map<string, Place>> {
  const labels = await gmail.labels()
  const [folders, more] = await read(run.ctx, async (ctx) => [
    await selectFolders(ctx, run.copyId),
    await selectGmailFolders(ctx, run.copyId),
  ])
  const labelIds = new Map(more.map(({ id, labelId }) => [id, labelId]))
  const known = folders.map(({ id, sourcePath }) => ({ path: sourcePath, labelId: labelIds.get(id) ?? null }))
  const of = placesOf(labels, known)
  const places = new Map<string, Place>()
  for (const { path } of known) placeAt(places, { path, specialUse: null }, false)
  for (const [id, uid] of numbers) {
    goOn(run)
    const facts = await gmail.facts(id)
    if (facts === null) continue
    const { size, receivedAt, labelIds } = facts
    for (const at of of(labelIds)) placeAt(places, at).listed.push({ uid, size, flags: flagsOf(labelIds), receivedAt })
  }
  for (const { folder, listed } of places.values()) folder.standing = standingOf(listed)
  return places
}

// One that is at the other side already is left as it is there.
function placeAt(places: Map<string, Place>, { path, specialUse }: PlacedAt, isSubscribed = true): Place {
  return places.getOrInsertComputed(path, () => ({
    folder: { path, delimiter: '/', specialUse, isSubscribed, isForeign: false, standing: null },
    listed: [],
  }))
}

// Nobody tells what changed since: everything new is listed each time.
function standingOf(listed: Listed[]): Standing {
  listed.sort((a, b) => a.uid - b.uid)
  return { messages: listed.length, uidnext: (listed.at(-1)?.uid ?? 0) + 1, uidvalidity: 1, modseq: null }
}

function flagsOf(labelIds: readonly string[]): string {
  const has = (label: string, flag: string) => (labelIds.includes(label) ? [flag] : [])
  const seen = labelIds.includes('UNREAD') ? [] : ['\\Seen']
  return [...has('DRAFT', '\\Draft'), ...has('STARRED', '\\Flagged'), ...seen].join(' ')
}

async function fetchAll(
  gmail: Gmail,
  batch: readonly Listed[],
  ids: ReadonlyMap<number, string>,
  spoolAbove: number,
): Promise<Fetched[]> {
  const fetched: Fetched[] = []
  for (const listed of batch) {
    const content = await fetchOne(gmail, ids.get(listed.uid) ?? '', listed.size > spoolAbove)
    if (content !== null) fetched.push({ ...listed, ...content })
  }
  return fetched
}

async function fetchOne(gmail: Gmail, id: string, isLarge: boolean) {
  let content: Pick<Fetched, 'size' | 'sha256' | 'content'> | null = null
  const facts = await gmail.read(id, async (bytes) => {
    if (isLarge) {
      const spooled = await spool(bytes)
      content = { size: spooled.size, sha256: spooled.sha256, content: spooled }
      return
    }
    const parts: Buffer[] = []
    for await (const part of bytes) parts.push(part)
    const whole = Buffer.concat(parts)
    content = { size: whole.length, sha256: digestOf(whole), content: whole }
  })
  return facts === null ? null : (content as Pick<Fetched, 'size' | 'sha256' | 'content'> | null) // assigned in the callback
}
