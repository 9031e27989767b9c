import { useEffect } from 'react'

/** J and K go from box to box of a list, X ticks; silent while somebody types and when switched off in the profile. */
export function useRowKeys(isOn: boolean, name: string) {
  useEffect(() => {
    if (!isOn) return
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const target = event.target instanceof HTMLElement ? event.target : null
      const isBox = target instanceof HTMLInputElement && target.type === 'checkbox'
      if (!isBox && target?.closest('input, textarea, select, [contenteditable]')) return
      const boxes = [...document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${name}"]`)]
      const at = isBox ? boxes.indexOf(target) : -1
      const key = event.key.toLowerCase()
      if (key === 'j') boxes[Math.min(at + 1, boxes.length - 1)]?.focus()
      else if (key === 'k') boxes[Math.max(at - 1, 0)]?.focus()
      else if (key === 'x' && isBox) target.click()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [isOn, name])
}
