import { PhonePage } from '../../../web/ui/phone-page.tsx'
import { useFieldTexts } from './topic-texts.ts'

/** The frame of the technician's page. */
export function FieldFrame({ title, children }: { title: string; children: React.ReactNode }) {
  const t = useFieldTexts().page
  return (
    <PhonePage title={title} back={{ to: '/da-lavorare', label: t.queue }}>
      {children}
    </PhonePage>
  )
}
