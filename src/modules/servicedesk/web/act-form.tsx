import { type ReactNode, useEffect, useRef } from 'react'
import { Form, useActionData, useNavigation } from 'react-router'
import { Key } from '../../../web/ui/key.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { CaseDetail } from '../schema.ts'

/** One act on a case as a form: which case, which version was seen, which act. Once done it is empty and shut again. */
export function ActForm({ found, act, children }: { found: CaseDetail; act: string; children: ReactNode }) {
  const form = useShutWhenDone(act)
  return (
    <Form method="post" action={`/richieste/${found.id}`} ref={form}>
      <input type="hidden" name="version" value={found.version} />
      <input type="hidden" name="act" value={act} />
      {children}
    </Form>
  )
}

// What was typed stays while it is under way or was refused; when it was done, nothing of it is left to be sent twice.
function useShutWhenDone(act: string) {
  const form = useRef<HTMLFormElement>(null)
  const isSending = useNavigation().formData?.get('act') === act
  const isRefused = useActionData<Refused>() !== undefined
  const wasSending = useRef(false)
  useEffect(() => {
    if (wasSending.current && !isSending && !isRefused) {
      form.current?.reset()
      form.current?.closest('details')?.removeAttribute('open')
    }
    wasSending.current = isSending
  }, [isSending, isRefused])
  return form
}

/** Opens the form of an act and puts the cursor into its first field; for a shortcut. */
export function openAct(id: string) {
  const details = document.querySelector<HTMLDetailsElement>(`#${id}`)
  if (details === null) return
  details.open = true
  details.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus()
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
