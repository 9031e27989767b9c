import { useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'

const pollMs = 30_000

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
