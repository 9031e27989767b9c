import { Link, useLocation } from 'react-router'
import { usePlanTexts } from './plan-words.ts'

type Places = { year: number; may: { readPlan: boolean; collect: boolean; readOrders: boolean } }

/** The places of a year's plan, from what offices ask to what is paid; only those that the person may open. */
export function PlanPlaces({ year, may }: Places) {
  const { nav } = usePlanTexts()
  const { pathname } = useLocation()
  const at = `/fabbisogni/${year}`
  const places = [
    ...(may.readPlan ? [{ to: at, label: nav.plan }] : []),
    ...(may.collect ? [{ to: `${at}/raccolta`, label: nav.collect }] : []),
    ...(may.readOrders ? [{ to: `${at}/ordini`, label: nav.orders }] : []),
    ...(may.readPlan ? [{ to: `${at}/verifica`, label: nav.verification }] : []),
  ]
  if (places.length < 2) return null
  return (
    <nav aria-label={nav.label} className="mb-2">
      <ul className="st-views">
        {places.map(({ to, label }) => (
          <li key={to}>
            <Link to={to} aria-current={pathname === to ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
