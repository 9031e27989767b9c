import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'

/** A staff page below others: where it is, title, the sentence that says how things stand. */
export function PathPage({
  title,
  lead,
  above,
  actions,
  children,
}: {
  title: string
  lead: ReactNode
  above: readonly { to: string; label: string }[]
  actions?: ReactNode
  children: ReactNode
}) {
  const { t } = useShell()
  return (
    <StaffPage title={title}>
      {above.length > 0 && (
        <nav aria-label={t.path}>
          <p className="st-crumb">
            {above.map((step) => (
              <span key={step.to}>
                <Link to={step.to}>{step.label}</Link> /{' '}
              </span>
            ))}
            <span aria-current="page">{title}</span>
          </p>
        </nav>
      )}
      <div className="st-head">
        <div>
          <h1 className="st-title">{title}</h1>
          <p className="st-lead mb-0">{lead}</p>
        </div>
        {actions && <div className="st-row">{actions}</div>}
      </div>
      {children}
    </StaffPage>
  )
}

/** A part of such a page, under its own title. No landmark of its own: its table is one, and bears the same name. */
export function Part({ id, title, children }: { id: string; title: ReactNode; children: ReactNode }) {
  return (
    <section className="st-section">
      <h2 id={id} className="st-h2">
        {title}
      </h2>
      {children}
    </section>
  )
}
