import { Link, useLocation } from 'react-router'
import { useShell } from '../../../web/ui/shell.tsx'
import { useDecisionTexts } from './decision-page-words.ts'

/** The places of the mailboxes, for who has not all of them in the menu. */
export function MailPlaces() {
  const { places: t } = useDecisionTexts()
  const { pathname } = useLocation()
  const { menu } = useShell()
  // Who has them all in the menu needs them once.
  if (menu.some(({ to }) => to === '/caselle/proposte')) return null
  const places = [
    { to: '/caselle', label: t.census },
    { to: '/caselle/proposte', label: t.list },
    { to: '/caselle/piano', label: t.plan },
    { to: '/caselle/gruppi', label: t.waves },
    { to: '/caselle/prove', label: t.proofs },
  ]
  return (
    <nav aria-label={t.label} className="mb-2">
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
