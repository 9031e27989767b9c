import { LeaveNotice as DeviceLeaveNotice, OutboxNotice } from '../../../web/ui/outbox-notice.tsx'
import { useFieldTexts } from './topic-texts.ts'
import type { Outbox } from './use-outbox.ts'

/** The one thing that changes what the technician does: no signal, no session, what was just recorded. */
export function FieldNotice({ outbox, children }: { outbox: Outbox; children: React.ReactNode[] }) {
  const t = useFieldTexts()
  const waiting = outbox.closings.filter(({ state }) => state === 'waiting').length
  return (
    <OutboxNotice outbox={outbox} waiting={waiting} words={t.offline} page="/interventi">
      {children.some(Boolean) && (
        <div className="st-notice is-ok">
          <p>{children}</p>
        </div>
      )}
    </OutboxNotice>
  )
}

/** Asked of whoever signs out while the phone still holds visits that nobody else has. */
export function LeaveNotice({ outbox }: { outbox: Outbox }) {
  return <DeviceLeaveNotice unsent={outbox.closings.length + outbox.ofOthers} words={useFieldTexts().offline} />
}
