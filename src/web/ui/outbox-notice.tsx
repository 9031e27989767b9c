import { Form, useSearchParams } from 'react-router'
import { forgetDevice } from '../device.ts'
import type { Act } from '../outbox.ts'
import type { OutboxState } from '../use-outbox.ts'

/** What is said of work without signal. */
export type OutboxWords = {
  mark: string
  none: string
  waiting: (count: number) => string
  sent: (names: string) => string
  signIn: string
  signInLink: string
  others: (count: number) => string
  leaving: (count: number) => string
  leave: string
  stay: string
}

type NoticeProps = {
  outbox: Pick<OutboxState<Act>, 'isOffline' | 'isSignedOut' | 'sent' | 'ofOthers'>
  /** How many wait to be sent. */
  waiting: number
  words: OutboxWords
  /** Where whoever signs in comes back to. */
  page: string
  children?: React.ReactNode
}

/** The one thing that changes what people do: no signal, no session, what was just recorded. */
export function OutboxNotice({ outbox, waiting, words: t, page, children }: NoticeProps) {
  return (
    <div role="status">
      {outbox.isOffline && (
        <div className="st-notice is-warn">
          <p>
            <span className="st-state st-warn">{t.mark}</span>
            <br />
            {waiting === 0 ? t.none : t.waiting(waiting)}
          </p>
        </div>
      )}
      {outbox.isSignedOut && (
        <div className="st-notice is-warn">
          <p>
            {t.signIn} <a href={`/accedi?${new URLSearchParams({ poi: page })}`}>{t.signInLink}</a>
          </p>
        </div>
      )}
      {!outbox.isOffline && outbox.sent.length > 0 && (
        <div className="st-notice is-ok">
          <p>{t.sent(outbox.sent.join(', '))}</p>
        </div>
      )}
      {children}
      {outbox.ofOthers > 0 && <p className="st-small">{t.others(outbox.ofOthers)}</p>}
    </div>
  )
}

async function leave(event: React.SubmitEvent<HTMLFormElement>) {
  event.preventDefault()
  const form = event.currentTarget
  await forgetDevice()
  form.submit()
}

/** Asked of whoever signs out while the device still holds what nobody else has. */
export function LeaveNotice({ unsent, words: t }: { unsent: number; words: OutboxWords }) {
  const [search, setSearch] = useSearchParams()
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
