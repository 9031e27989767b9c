import { type RefObject, useEffect, useRef, useState } from 'react'
import { useFetcher, useNavigation } from 'react-router'
import { filledRows, type SheetRow } from './sheet-state.ts'

const pauseMs = 700

export type Saving = {
  /** The version that the server has, for the next time the sheet is kept. */
  version: number
  savedAt: string | null
  state: 'saved' | 'waiting' | 'saving' | 'refused' | 'stale' | 'unreachable'
  /** What the server said against it. */
  says: string | null
  /** Keeps the sheet now. */
  keep: () => void
  isBusy: boolean
  /** Whether a draft was handed in and is not answered yet, also before the page shows it. */
  isUnderWay: () => boolean
  /** Whether something is written that the server does not have. */
  isDue: boolean
}

/** Keeps the draft a moment after the last change, and says how that went; what is typed stays as it is whatever happens. */
export function useSheetSaving(
  form: RefObject<HTMLFormElement | null>,
  rows: readonly SheetRow[],
  start: { version: number; savedAt: string | null },
): Saving {
  const fetcher = useFetcher<unknown>()
  const navigation = useNavigation()
  const [kept, setKept] = useState(start)
  const written = JSON.stringify(filledRows(rows).map(({ key: _, ...row }) => row))
  const sent = useRef(written)
  const underWay = useRef(false)
  const answer = answerOf(fetcher.data)
  const isBusy = fetcher.state !== 'idle'
  const isIdle = !isBusy && navigation.state === 'idle'
  const isDue = written !== sent.current
  useEffect(() => {
    if (answer.saved !== null) setKept({ version: answer.saved.version, savedAt: answer.saved.at })
  }, [answer.saved])
  useEffect(() => {
    if (!isBusy) underWay.current = false
  }, [isBusy])
  const keep = () => {
    if (form.current === null || !isIdle) return
    const fields = new FormData(form.current)
    fields.set('act', 'autosave')
    sent.current = written
    underWay.current = true
    // A kept draft changes nothing of what is on the screen.
    void fetcher.submit(fields, { method: 'post', defaultShouldRevalidate: false })
  }
  const latest = useRef(keep)
  latest.current = keep
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pause begins anew with each change of what is written
  useEffect(() => {
    if (!isDue || !isIdle || answer.refusal === 'stale') return
    const timer = setTimeout(() => latest.current(), pauseMs)
    return () => clearTimeout(timer)
  }, [written, isDue, isIdle, answer.refusal])
  const state = isBusy ? 'saving' : (answer.refusal ?? (isDue ? 'waiting' : 'saved'))
  return { ...kept, state, says: answer.says, keep, isBusy, isUnderWay: () => underWay.current, isDue }
}

type Answer = {
  saved: { version: number; at: string } | null
  refusal: 'refused' | 'stale' | 'unreachable' | null
  says: string | null
}

function answerOf(data: unknown): Answer {
  const none = { saved: null, refusal: null, says: null }
  if (typeof data !== 'object' || data === null) return none
  if ('saved' in data) return { ...none, saved: data.saved as Answer['saved'] }
  if ('isUnreachable' in data) return { ...none, refusal: 'unreachable' }
  if (!('problem' in data)) return none
  const { code, title, fields } = data.problem as { code: string; title: string; fields?: { message: string }[] }
  return { ...none, refusal: code === 'stale' ? 'stale' : 'refused', says: fields?.[0]?.message ?? title }
}
