import { useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'
import type { CaseRow } from '../schema.ts'

const pollMs = 30_000

/**
 * A list that hears "something changed" and asks again. Rows keep the order of the first look:
 * `known` are those, updated in place (or marked as gone), `arrived` those that came since.
 * `isLive` is null before the page runs, false when the line is cut.
 */
export function useLiveList(rows: CaseRow[]) {
  const [order, setOrder] = useState(() => rows.map((row) => row.id))
  const [last, setLast] = useState<Map<string, CaseRow>>(() => new Map(rows.map((row) => [row.id, row])))
  const isLive = useChanges()
  useEffect(() => setLast((before) => new Map([...before, ...rows.map((row) => [row.id, row] as const)])), [rows])
  const now = new Map(rows.map((row) => [row.id, row]))
  const known = order.flatMap((id) => {
    const row = now.get(id) ?? last.get(id)
    return row ? [{ ...row, isGone: !now.has(id) }] : []
  })
  const arrived = rows.filter((row) => !order.includes(row.id)).map((row) => ({ ...row, isGone: false }))
  return { known, arrived, isLive, reorder: () => setOrder(rows.map((row) => row.id)) }
}

/** Asks the page's data again at each change of the tenant; closed while hidden, with a poll as a net. */
export function useChanges(): boolean | null {
  const { revalidate } = useRevalidator()
  const [isLive, setIsLive] = useState<boolean | null>(null)
  useEffect(() => {
    let source: EventSource | null = null
    const open = () => {
      if (document.hidden || source) return
      source = new EventSource('/live')
      source.onopen = () => {
        setIsLive(true)
        // What changed while the line was being laid.
        void revalidate()
      }
      source.onerror = () => setIsLive(false)
      source.onmessage = () => void revalidate()
    }
    const onVisibility = () => {
      if (document.hidden) {
        source?.close()
        source = null
      } else {
        open()
        void revalidate()
      }
    }
    open()
    document.addEventListener('visibilitychange', onVisibility)
    const poll = setInterval(() => !document.hidden && void revalidate(), pollMs)
    return () => {
      source?.close()
      document.removeEventListener('visibilitychange', onVisibility)
      clearInterval(poll)
    }
  }, [revalidate])
  return isLive
}
