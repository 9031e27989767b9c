import { Form, useSearchParams } from 'react-router'
import { forgetDevice } from '../../../web/device.ts'
import { useFieldTexts } from './topic-texts.ts'
import type { Outbox } from './use-outbox.ts'

/** The one thing that changes what the technician does: no signal, no session, what was just recorded. */
export function FieldNotice({ outbox, children }: { outbox: Outbox; children: React.ReactNode[] }) {
  const t = useFieldTexts()
  const waiting = outbox.closings.filter(({ state }) => state === 'waiting').length
  return (
    <div role="status">
      {outbox.isOffline && (
        <div className="st-notice is-warn">
          <p>
            <span className="st-state st-warn">{t.offline.mark}</span>
            <br />
            {waiting === 0 ? t.offline.none : t.offline.waiting(waiting)}
          </p>
        </div>
      )}
      {outbox.isSignedOut && (
        <div className="st-notice is-warn">
          <p>
            {t.offline.signIn} <a href="/accedi?poi=%2Finterventi">{t.offline.signInLink}</a>
          </p>
        </div>
      )}
      {!outbox.isOffline && outbox.sent.length > 0 && (
        <div className="st-notice is-ok">
          <p>{t.offline.sent(outbox.sent.join(', '))}</p>
        </div>
      )}
      {children.some(Boolean) && (
        <div className="st-notice is-ok">
          <p>{children}</p>
        </div>
      )}
      {outbox.ofOthers > 0 && <p className="st-small">{t.offline.others(outbox.ofOthers)}</p>}
    </div>
  )
}

async function leave(event: React.SubmitEvent<HTMLFormElement>) {
  event.preventDefault()
  const form = event.currentTarget
  await forgetDevice()
  form.submit()
}

/** Asked of whoever signs out while the phone still holds visits that nobody else has. */
export function LeaveNotice({ outbox }: { outbox: Outbox }) {
  const [search, setSearch] = useSearchParams()
  const t = useFieldTexts().offline
  const unsent = outbox.closings.length + outbox.ofOthers
  if (!search.has('esci') || unsent === 0) return null
  return (
    <div className="st-notice is-late" role="alert">
      <p>{t.leaving(unsent)}</p>
      <Form method="post" action="/esci" reloadDocument onSubmit={leave} className="st-row">
        <button type="button" className="btn st-btn is-main" onClick={() => setSearch({}, { replace: true })}>
          {t.stay}
        </button>
        <button type="submit" className="btn st-btn is-plain">
          {t.leave}
        </button>
      </Form>
    </div>
  )
}
