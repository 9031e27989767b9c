/** "Something changed": one word, at most five times a second, to pages that then ask again through their permissions. */
import { sql } from 'kysely'
import type { TxContext } from './context.ts'
import type { Database, HealingPool } from './db.ts'
import { log } from './log.ts'

const channel = 'sitec_live'
const quietMs = 200

export type Live = {
  /** Tells the tenant's open pages, after the commit, that something changed. */
  announce: (ctx: TxContext) => void
  /**
   * A figure of the tenant that many pages show alike: reckoned once and kept until something changes there, five seconds
   * at most (`atMostMs`: as long as the hour alone changes nothing in it that anybody would miss). `key` says which figure,
   * and for whom where that matters.
   */
  keep: <Value>(
    ctx: { organisationId: string },
    key: string,
    reckon: () => Promise<Value>,
    atMostMs?: number,
  ) => Promise<Value>
  /** Calls `onChange` at each change in the tenant until the returned function is called. */
  listen: (organisationId: string, onChange: () => void) => () => void
  close: () => Promise<void>
}

/** Opens both ends; `listens` is false for processes that show no pages. */
export function openLive(database: Database, listens: boolean): Live {
  const listeners = new Map<string, Set<() => void>>()
  const due = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  const flush = () => {
    timer = null
    const organisations = [...due]
    due.clear()
    sql`select pg_notify(${channel}, id) from unnest(${organisations}::text[]) as changed (id)`
      .execute(database.app)
      .catch((error) => log.error('live.notify_failed', error))
  }
  const kept = openKept()
  const receiver = listens
    ? receive(database.appPool, (organisation) => {
        kept.forget(organisation)
        for (const onChange of listeners.get(organisation) ?? []) onChange()
      })
    : null
  return {
    announce: (ctx) =>
      ctx.onCommit(() => {
        // Whoever acted here sees it at once; other processes hear of it with the word that goes out.
        kept.forget(ctx.organisationId)
        due.add(ctx.organisationId)
        timer ??= setTimeout(flush, quietMs).unref()
      }),
    keep: (ctx, key, reckon, atMostMs) => kept.keep(ctx.organisationId, key, reckon, atMostMs),
    listen: (organisationId, onChange) => {
      const set = listeners.get(organisationId) ?? new Set()
      listeners.set(organisationId, set.add(onChange))
      return () => {
        set.delete(onChange)
        if (set.size === 0) listeners.delete(organisationId)
      }
    },
    close: async () => {
      if (timer) clearTimeout(timer)
      await receiver?.stop()
    },
  }
}

const keptMs = 5000

// What was being reckoned while something changed is given only to those who asked before the change.
function openKept() {
  const figures = new Map<string, Map<string, { until: number; value: Promise<unknown> }>>()
  return {
    forget: (organisation: string) => void figures.delete(organisation),
    keep: <Value>(
      organisation: string,
      key: string,
      reckon: () => Promise<Value>,
      atMostMs = keptMs,
    ): Promise<Value> => {
      const own = figures.get(organisation) ?? new Map<string, { until: number; value: Promise<unknown> }>()
      figures.set(organisation, own)
      const known = own.get(key)
      // The key stands for one kind of value.
      if (known && known.until > Date.now()) return known.value as Promise<Value>
      const value = reckon()
      own.set(key, { until: Date.now() + atMostMs, value })
      value.catch(() => own.delete(key))
      return value
    },
  }
}

// Holds one connection; when it breaks, takes another. Pages poll every 30 seconds as a net.
function receive(pool: HealingPool, onNotify: (organisation: string) => void) {
  let stopped = false
  let release: (() => void) | null = null
  const loop = (async () => {
    while (!stopped) {
      try {
        const client = await pool.connect()
        const ended = new Promise<void>((resolve) => {
          release = resolve
          client.once('end', resolve)
          client.once('error', () => resolve())
        })
        client.on('notification', (message) => onNotify(message.payload ?? ''))
        try {
          await client.query(`listen ${channel}`)
          if (!stopped) await ended
        } finally {
          client.release(true)
        }
      } catch (error) {
        if (!stopped) log.error('live.listen_failed', error)
        await new Promise((resolve) => setTimeout(resolve, 1000).unref())
      }
    }
  })()
  return {
    stop: async () => {
      stopped = true
      release?.()
      await loop
    },
  }
}
