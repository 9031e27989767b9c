import { useShell } from '../../../web/ui/shell.tsx'
import type { Verification, VerifiedIndicator } from '../schema.ts'
import { countStates } from './line-state.ts'
import { useContractTexts } from './words.ts'

/** The sentence that says how a quarter stands: computed, never a slogan. */
export function QuarterLead({
  verification,
  lines,
  daysLeft,
  approvedAt = null,
}: {
  verification: Verification
  lines: readonly VerifiedIndicator[]
  daysLeft: number
  approvedAt?: string | null
}) {
  const { pages, date } = useContractTexts()
  const { now, zone, language } = useShell()
  const t = pages.lead
  const { below, edge, check, fine } = countStates(lines)
  const parts = [below > 0 && t.below(below), edge > 0 && t.edge(edge), check > 0 && t.check(check)].filter(
    (part) => part !== false,
  )
  const words = parts.length > 0 ? parts.join(', ') : fine > 0 ? t.fine : t.nothing
  const time = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(now))
  const when = approvedAt !== null ? t.approved(date(approvedAt)) : verification.isOver ? t.over : t.daysLeft(daysLeft)
  return (
    <>
      <strong>{words.charAt(0).toUpperCase() + words.slice(1)}.</strong> {when}
      {approvedAt === null && ` ${t.dataAt(time)}`}
    </>
  )
}
