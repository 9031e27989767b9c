import { useSyncExternalStore } from 'react'
import { useDecisionTexts } from './decision-page-words.ts'

const nothing = () => () => undefined

/** Ticks every box of the list; only where scripts run, since a form alone cannot do it. */
export function TickAll({ name }: { name: string }) {
  const { tickAll, columns } = useDecisionTexts()
  const runs = useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  )
  if (!runs) return <>{columns.tick}</>
  return (
    <input
      type="checkbox"
      className="st-check"
      aria-label={tickAll}
      onChange={({ currentTarget: { checked } }) => {
        for (const box of document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${name}"]`))
          box.checked = checked
      }}
    />
  )
}
