import { useEffect, useState } from 'react'
import { useChanges } from '../../../web/ui/use-changes.ts'
import type { CaseRow } from '../schema.ts'

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
