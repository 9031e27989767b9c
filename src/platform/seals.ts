/**
 * The hash chain over events.
 *
 * leaf = SHA-256 of the event's columns (SQL function `event_leaf`);
 * head = SHA-256(previous head ‖ number as 8 bytes ‖ for each event: id as 8 bytes ‖ leaf). The head before the first is 32 zero bytes.
 */
import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database } from './db.ts'
import { log } from './log.ts'
import type { Rows } from './rows.gen.ts'

const batch = 20_000
const sealerLock = 735_202
const noHead = Buffer.alloc(32)
/** An event recorded this long before others that were sealed ahead of it did not arrive when it says. */
const latestArrival = '1 hour'

/** The head after these events. */
export function nextHead(previous: Buffer, number: number, eventIds: readonly number[], leaves: Buffer): Buffer {
  const hash = createHash('sha256').update(previous).update(eightBytes(number))
  for (const [index, id] of eventIds.entries())
    hash.update(eightBytes(id)).update(leaves.subarray(index * 32, index * 32 + 32))
  return hash.digest()
}

function eightBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

/** Seals what waits, oldest first, one batch; returns how many events. One sealer at a time, in whatever process. */
export function sealOnce(owner: Kysely<Rows>): Promise<number> {
  return owner.transaction().execute(async (db) => {
    const mine = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${sealerLock}) as mine`.execute(db)
    if (mine.rows[0]?.mine !== true) return 0
    const waiting = await sql<{ id: number; leaf: Buffer }>`
      with taken as (
        delete from event_unsealed where event_id in (select event_id from event_unsealed order by event_id limit ${batch})
        returning event_id
      )
      select e.id, event_leaf(e) as leaf from taken join event e on e.id = taken.event_id order by e.id`.execute(db)
    if (waiting.rows.length === 0) return 0
    const last = await db
      .selectFrom('seal')
      .select(['number', 'head'])
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    const number = (last?.number ?? 0) + 1
    const ids = waiting.rows.map((row) => row.id)
    const leaves = Buffer.concat(waiting.rows.map((row) => row.leaf))
    const head = nextHead(last?.head ?? noHead, number, ids, leaves)
    await sql`insert into seal (number, event_ids, leaves, head) values (${number}, ${ids}::bigint[], ${leaves}, ${head})`.execute(
      db,
    )
    return ids.length
  })
}

/** Seals until nothing waits; for tests, backup and loading. */
export async function sealAll(owner: Kysely<Rows>): Promise<void> {
  while ((await sealOnce(owner)) > 0);
}

/** Seals once a second until stopped. A failure is logged and tried again: events wait in the queue. */
export function startSealing(database: Database): { stop: () => Promise<void>; lastSuccess: () => number } {
  let stopped = false
  let succeeded = Date.now()
  let wake: () => void = () => undefined
  const loop = (async () => {
    while (!stopped) {
      try {
        const sealed = await sealOnce(database.owner)
        succeeded = Date.now()
        if (sealed === batch) continue
      } catch (error) {
        if (!stopped) log.error('seal.failed', error)
      }
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, 1000)
      })
    }
  })()
  return {
    lastSuccess: () => succeeded,
    stop: () => {
      stopped = true
      wake()
      return loop
    },
  }
}

/** One thing that is wrong with the record. `event` and `seal` say where, when that is known. */
export type AuditProblem = {
  code:
    | 'changed' // an event is not what was sealed
    | 'missing' // a sealed event is gone
    | 'inserted' // an event that was never sealed and does not wait to be
    | 'backdated' // an event sealed long after others that claim to be younger
    | 'text_changed' // a text is not the one that was sealed
    | 'chain_broken' // a seal does not follow from the one before
    | 'head_differs' // the chain is not the one whose head was kept elsewhere
  event?: number
  seal?: number
}

/** `events`: all there are; `sealed`: how many the chain covers; `head`: HASH@N of the last seal, null when there is none. */
export type AuditReport = { events: number; sealed: number; head: string | null; problems: AuditProblem[] }

const mostProblems = 1000

/**
 * Recomputes every leaf and every head. `keptHead` ("HASH@N") is one that left the system earlier:
 * with it a chain that was rewritten as a whole is found too.
 */
export async function verifyChain(owner: Kysely<Rows>, keptHead?: string): Promise<AuditReport> {
  return owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (db) => {
      const problems: AuditProblem[] = []
      const heads = new Map<number, string>()
      let head: Buffer = noHead
      let number = 0
      let sealed = 0
      for (;;) {
        const seal = await db
          .selectFrom('seal')
          .selectAll()
          .where('number', '>', number)
          .orderBy('number')
          .limit(1)
          .executeTakeFirst()
        if (seal === undefined) break
        const expected = nextHead(head, number + 1, seal.event_ids, seal.leaves)
        if (seal.number !== number + 1 || !expected.equals(seal.head))
          problems.push({ code: 'chain_broken', seal: seal.number })
        problems.push(...(await compareLeaves(db, seal.number, seal.event_ids, seal.leaves)))
        head = seal.head
        number = seal.number
        sealed += seal.event_ids.length
        heads.set(number, head.toString('hex'))
      }
      problems.push(...(await outsideTheChain(db)), ...(await changedTexts(db)))
      if (keptHead !== undefined && !agrees(heads, keptHead))
        problems.push({ code: 'head_differs', seal: Number(keptHead.split('@')[1]) })
      const events = await sql<{ n: number }>`select count(*) as n from event`.execute(db)
      return {
        events: events.rows[0]?.n ?? 0,
        sealed,
        head: number === 0 ? null : `${head.toString('hex')}@${number}`,
        problems: problems.slice(0, mostProblems),
      }
    })
}

/** Whether a text is a head as `--head` takes it: 64 hexadecimal digits, @, number of the seal. */
export function isHead(text: string): boolean {
  return /^[0-9a-f]{64}@[1-9][0-9]*$/.test(text)
}

function agrees(heads: Map<number, string>, kept: string): boolean {
  const [hash, number] = kept.split('@')
  return heads.get(Number(number)) === hash
}

async function compareLeaves(
  db: Kysely<Rows>,
  seal: number,
  ids: readonly number[],
  leaves: Buffer,
): Promise<AuditProblem[]> {
  const wrong = await sql<{ event_id: number; is_missing: boolean }>`
    select listed.event_id, e.id is null as is_missing
    from unnest(${[...ids]}::bigint[]) with ordinality as listed (event_id, place)
    left join event e on e.id = listed.event_id
    where e.id is null or event_leaf(e) <> substring(${leaves}::bytea from (place::int - 1) * 32 + 1 for 32)
    order by 1 limit ${mostProblems}`.execute(db)
  return wrong.rows.map((row) => ({ code: row.is_missing ? 'missing' : 'changed', event: row.event_id, seal }) as const)
}

async function outsideTheChain(db: Kysely<Rows>): Promise<AuditProblem[]> {
  const found = await sql<{ code: 'inserted' | 'backdated'; event: number }>`
    with covered as (
      select s.number, e.id, e.recorded_at from seal s cross join unnest(s.event_ids) as listed (event_id) join event e on e.id = listed.event_id
    ), arrived as (
      select number, max(recorded_at) as latest from covered group by number
    ), before as (
      select number, max(latest) over (order by number rows between unbounded preceding and 1 preceding) as latest from arrived
    )
    select 'inserted' as code, e.id as event from event e
    where not exists (select from covered where covered.id = e.id) and not exists (select from event_unsealed u where u.event_id = e.id)
    union all
    select 'backdated', c.id from covered c join before b on b.number = c.number
    where c.recorded_at < b.latest - ${latestArrival}::interval
    order by 2 limit ${mostProblems}`.execute(db)
  return found.rows.map((row) => ({ code: row.code, event: row.event }))
}

async function changedTexts(db: Kysely<Rows>): Promise<AuditProblem[]> {
  const found = await sql<{ event: number }>`
    select e.id as event from event e left join event_text t on t.event_id = e.id
    where e.text_digest is not null and (t.event_id is null
      or (t.content is not null and sha256(t.salt || convert_to(t.content, 'UTF8')) <> e.text_digest))
    order by 1 limit ${mostProblems}`.execute(db)
  return found.rows.map((row) => ({ code: 'text_changed', event: row.event }) as const)
}
