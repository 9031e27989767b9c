import { useLoaderData } from 'react-router'
import { HandoverTable } from './handover-table.tsx'
import { useHandsTexts } from './hands-texts.ts'
import type { loader } from './item.tsx'

/** The handovers of the item, newest first. */
export function HandoversPart() {
  const { handovers } = useLoaderData<typeof loader>()
  const t = useHandsTexts().ofItem
  if (handovers.length === 0) return null
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.title}</h2>
      <HandoverTable caption={t.title} rows={handovers} />
    </section>
  )
}
