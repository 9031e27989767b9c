import type { ReactNode } from 'react'
import { useLoaderData } from 'react-router'
import { When } from '../../../web/ui/when.tsx'
import type { loader } from './box.tsx'
import { useBoxFigures, useBoxTexts } from './box-texts.ts'

/** What the register says of the mailbox; of a person's, a band in place of days. */
export function BoxFactsPart() {
  const { box } = useLoaderData<typeof loader>()
  const texts = useBoxTexts()
  const t = texts.page.box
  const { day, size, whole } = useBoxFigures()
  const left = box.holderLeftOn === null ? '' : `, ${t.left(day(box.holderLeftOn))}`
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.facts}</h2>
      <dl className="st-facts">
        <Fact label={t.holder}>{box.holderName === null ? t.nobody : `${box.holderName}${left}`}</Fact>
        <Fact label={t.published}>{box.publishedAt ?? t.notPublished}</Fact>
        {box.registerCode !== null && <Fact label={t.register}>{box.registerCode}</Fact>}
        {box.serverName !== null && <Fact label={t.server}>{box.serverName}</Fact>}
        {box.messageCount !== null && (
          <Fact label={t.messages}>
            {whole(box.messageCount)}
            {box.unreadCount !== null && (
              <span className="st-small st-quiet d-block">{t.unread(whole(box.unreadCount))}</span>
            )}
          </Fact>
        )}
        {box.sizeBytes !== null && (
          <Fact label={t.size}>
            {size(box.sizeBytes)} {box.quotaBytes !== null && t.quota(size(box.quotaBytes))}
          </Fact>
        )}
        {box.activity !== null && <Fact label={t.activity}>{texts.bands[box.activity]}</Fact>}
        {box.lastReceivedOn !== null && <Fact label={t.received}>{day(box.lastReceivedOn)}</Fact>}
        {box.lastReadOn !== null && (
          <Fact label={t.read}>
            {day(box.lastReadOn)}
            {box.source === 'imap' && <span className="st-small st-quiet d-block">{t.readHint}</span>}
          </Fact>
        )}
        {box.lastSentOn !== null && <Fact label={t.sent}>{day(box.lastSentOn)}</Fact>}
        <Fact label={t.source}>
          {texts.sources[box.source]}, <When at={box.seenAt} isShort />
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}
