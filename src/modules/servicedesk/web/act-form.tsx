import type { ReactNode } from 'react'
import { Form } from 'react-router'
import { Key } from '../../../web/ui/key.tsx'
import type { CaseDetail } from '../schema.ts'

/** One act on a case as a form: which case, which version was seen, which act. */
export function ActForm({ found, act, children }: { found: CaseDetail; act: string; children: ReactNode }) {
  return (
    <Form method="post" action={`/richieste/${found.id}`}>
      <input type="hidden" name="version" value={found.version} />
      <input type="hidden" name="act" value={act} />
      {children}
    </Form>
  )
}

/** An act that opens its form in place, also without JavaScript. */
export function Unfold({
  id,
  label,
  letter,
  isMain = false,
  isOpen = false,
  children,
}: {
  id: string
  label: string
  letter?: string
  isMain?: boolean
  isOpen?: boolean
  children: ReactNode
}) {
  return (
    <details id={id} open={isOpen || undefined}>
      <summary className={isMain ? 'btn st-btn is-main' : undefined}>
        {label}
        {letter && (
          <>
            {' '}
            <Key>{letter}</Key>
          </>
        )}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  )
}

/** The button that sends an act's form. */
export function Send({ label, isMain = false }: { label: string; isMain?: boolean }) {
  return (
    <button type="submit" className={`btn st-btn ${isMain ? 'is-main' : 'is-plain'}`}>
      {label}
    </button>
  )
}
