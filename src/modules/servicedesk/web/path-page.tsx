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

/** A table that scrolls inside its own region when the screen is narrow. */
export function ScrollTable({
  caption,
  columns,
  children,
}: {
  caption: string
  columns: readonly (string | { label: string; isNumber: true })[]
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section className="st-scroll mt-3" aria-label={caption} tabIndex={0}>
      <table className="st-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) =>
              typeof column === 'string' ? (
                <th key={column} scope="col">
                  {column}
                </th>
              ) : (
                <th key={column.label} scope="col" className="st-num">
                  {column.label}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
