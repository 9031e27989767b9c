import { fileSize } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { CaseDetail } from '../schema.ts'
import { useDeskTexts } from './texts.ts'

/** The facts of a case and what was attached to it. */
export function CaseFacts({ found }: { found: CaseDetail }) {
  const { desk, pages } = useDeskTexts()
  const { language } = useShell()
  const t = pages.case
  return (
    <>
      <section aria-labelledby="facts" className="st-section">
        <h2 id="facts" className="st-h2">
          {t.facts}
        </h2>
        <dl className="st-facts">
          <dt>{t.fact.asks}</dt>
          <dd>
            {found.requesterName}
            {found.requesterPhone && `, ${t.fact.phone} ${found.requesterPhone}`}
          </dd>
          <dt>{t.fact.office}</dt>
          <dd>{found.officeName ?? '–'}</dd>
          <dt>{t.fact.where}</dt>
          <dd>{found.place || '–'}</dd>
          <dt>{t.fact.kind}</dt>
          <dd>{desk.kinds[found.kind]}</dd>
          {found.kind === 'incident' && (
            <>
              <dt>{t.fact.severity}</dt>
              <dd>
                {desk.severities[found.severity]}: {desk.severityWhy(found.canWork, found.onlyMe)}
              </dd>
            </>
          )}
          <dt>{t.fact.opened}</dt>
          <dd>
            {desk.channels[found.channel]}, <When at={found.openedAt} />
          </dd>
          {found.reopenedTimes > 0 && (
            <>
              <dt>{t.fact.reopened}</dt>
              <dd>{t.fact.times(found.reopenedTimes)}</dd>
            </>
          )}
        </dl>
      </section>
      {found.attachments.length > 0 && (
        <section aria-labelledby="files-title">
          <h2 id="files-title" className="st-h2">
            {t.attachments}
          </h2>
          <ul className="st-list">
            {found.attachments.map((attachment) => (
              <li key={attachment.id}>
                <a href={`/richieste/${found.id}/allegati/${attachment.id}`}>{attachment.name || '–'}</a>{' '}
                <span className="st-quiet">{fileSize(attachment.bytes, language)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
