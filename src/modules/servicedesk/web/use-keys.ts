import { useEffect, useRef } from 'react'

/** Single-letter shortcuts, silent while somebody types and when switched off in the profile (WCAG 2.1.4). */
export function useKeys(isOn: boolean, keys: Record<string, () => unknown>) {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    if (!isOn) return
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest('input, textarea, select, [contenteditable]')) return
      // Enter belongs to whatever has the focus.
      if (event.key === 'Enter' && target?.closest('a, button, summary')) return
      const act = latest.current[event.key.toLowerCase()]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [isOn])
}
