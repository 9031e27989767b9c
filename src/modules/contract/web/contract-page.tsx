import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useContractTexts } from './words.ts'

const places = [
  ['/contratto', 'home'],
  ['/contratto/trimestri', 'quarters'],
  ['/contratto/contestazioni', 'contests'],
  ['/contratto/penali', 'penalties'],
  ['/contratto/rate', 'money'],
  ['/contratto/documenti', 'documents'],
  ['/contratto/e-se', 'whatIf'],
  ['/?servizio', 'desk'],
] as const

/** The frame of the contract's pages: its own places, where one is, title, the sentence that says how things stand. */
export function ContractPage({
  title,
  lead,
  above = '',
  actions,
  children,
}: {
  title: string
  lead: ReactNode
  above?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  const { pages } = useContractTexts()
  const { pathname } = useLocation()
  const { t } = useShell()
  return (
    <StaffPage title={title}>
      <nav aria-label={pages.nav.label} className="mb-2">
        <ul className="st-views">
          {places.map(([to, name]) => (
            <li key={to}>
              <Link to={to} aria-current={pathname === to ? 'page' : undefined}>
                {pages.nav[name]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="st-head">
        <div>
          {above !== '' && (
            <nav aria-label={t.path}>
              <p className="st-crumb">{above}</p>
            </nav>
          )}
          <h1 className="st-title">{title}</h1>
          <p className="st-lead mb-0">{lead}</p>
        </div>
        {actions && <div className="st-row">{actions}</div>}
      </div>
      {children}
    </StaffPage>
  )
}
