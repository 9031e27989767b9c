import type { ReactNode } from 'react'
import { fileSize } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { CaseDetail } from '../schema.ts'
import { CaseGoods } from './case-goods.tsx'
import { useDeskTexts } from './texts.ts'

type Fact = { label: string; value: ReactNode }

/** The facts of a case, what it is made of and what was attached to it. */
export function CaseFacts({ found }: { found: CaseDetail }) {
  const { pages, work } = useDeskTexts()
  const t = pages.case
  const facts = [...useCommonFacts(found), ...useKindFacts(found), ...useHistoryFacts(found)]
  return (
    <>
      <section aria-labelledby="facts" className="st-section">
        <h2 id="facts" className="st-h2">
          {t.facts}
        </h2>
        <dl className="st-facts">
          {facts.map(({ label, value }) => (
            <Pair key={label} label={label} value={value} />
          ))}
        </dl>
      </section>
      {found.may.openNames && (
        <p className="st-small">
          <a href={`/richieste/${found.id}/nomi`}>{work.facts.names}</a>
        </p>
      )}
      <CaseGoods found={found} />
      <Attachments found={found} />
    </>
  )
}

function Pair({ label, value }: Fact) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}

// A fact that is not there takes no line.
function present(...facts: (Fact | false | null)[]): Fact[] {
  return facts.filter((fact) => fact !== false && fact !== null)
}

function useCommonFacts(found: CaseDetail): Fact[] {
  const { desk, pages } = useDeskTexts()
  const { fact } = pages.case
  const phone = found.requesterPhone && `, ${fact.phone} ${found.requesterPhone}`
  return present(
    { label: fact.asks, value: `${found.requesterName}${phone}` },
    { label: fact.office, value: found.officeName ?? '–' },
    { label: fact.where, value: found.place || '–' },
    { label: fact.kind, value: desk.kinds[found.kind] },
    found.kind === 'incident' && {
      label: fact.severity,
      value: `${desk.severities[found.severity]}: ${desk.severityWhy(found.canWork, found.onlyMe)}`,
    },
  )
}

function useKindFacts(found: CaseDetail): Fact[] {
  const { desk, work } = useDeskTexts()
  const t = work.facts
  return present(
    found.about !== '' && { label: t.about, value: found.about },
    found.requestType !== null && { label: t.type, value: desk.requestTypes[found.requestType] },
    found.nature && { label: t.nature, value: desk.natures[found.nature] },
    found.ancillaryType && { label: t.service, value: desk.ancillaryTypes[found.ancillaryType] },
    found.neededBy !== null && { label: t.neededBy, value: found.neededBy.split('-').toReversed().join('/') },
    found.reference !== null && { label: t.reference, value: found.reference },
    found.personDays !== null && { label: t.days, value: t.daysOf(String(found.personDays).replace('.', ',')) },
    found.indicator !== null && { label: t.indicator, value: `${found.indicator}, ${t.fixed}` },
    found.openedKind !== found.kind && { label: t.wasKind, value: desk.kindsShort[found.openedKind] },
    found.reserved && { label: work.newCase.reserved, value: desk.reserved[found.reserved] },
  )
}

/** A call is typed after it was made: beyond two minutes both instants are shown. */
const typedLaterMs = 120_000

function useHistoryFacts(found: CaseDetail): Fact[] {
  const { desk, pages, work } = useDeskTexts()
  const { fact } = pages.case
  const t = work.facts
  const isTypedLater = Date.parse(found.typedAt) - Date.parse(found.openedAt) > typedLaterMs
  return present(
    {
      label: isTypedLater ? t.called : fact.opened,
      value: (
        <>
          {desk.channels[found.channel]}, <When at={found.openedAt} />
        </>
      ),
    },
    isTypedLater && { label: t.typed, value: <When at={found.typedAt} /> },
    found.reopenedTimes > 0 && { label: fact.reopened, value: fact.times(found.reopenedTimes) },
    found.duplicateOf && {
      label: t.duplicateOf,
      value: <a href={`/richieste/${found.duplicateOf.id}`}>{found.duplicateOf.number}</a>,
    },
    found.repeats && {
      label: t.repeats,
      value: <a href={`/richieste/${found.repeats.id}`}>{found.repeats.number}</a>,
    },
  )
}

function Attachments({ found }: { found: CaseDetail }) {
  const t = useDeskTexts().pages.case
  const { language } = useShell()
  if (found.attachments.length === 0) return null
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title" className="st-h2">
        {t.attachments}
      </h2>
      <ul className="st-list">
        {found.attachments.map((file) => (
          <li key={file.id}>
            <a href={`/richieste/${found.id}/allegati/${file.id}`}>{file.name || '–'}</a>{' '}
            <span className="st-quiet">{fileSize(file.bytes, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
