import { Link } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { Worksheet, WorksheetRow } from '../schema.ts'
import { useContractTexts } from './words.ts'

/** The cases behind a figure: what was declared beside what was observed, and by whose word. */
export function CaseTable({
  sheet,
  titles,
  canPick,
}: {
  sheet: Worksheet
  titles: Record<string, string>
  canPick: boolean
}) {
  const { pages } = useContractTexts()
  const { language } = useShell()
  const t = pages.line
  const n = (count: number) => wholeNumber(count, language)
  const hasList = sheet.counts.differing > 0 || sheet.rows.some(({ declared }) => declared !== null)
  if (sheet.rows.length === 0) return <p className="mt-3">{t.none}</p>
  return (
    <>
      {!hasList && sheet.entry.declared !== null && <p className="st-quiet mt-2">{t.noList}</p>}
      <ScrollRegion label={t.caption(n(sheet.rows.length), n(sheet.counts.rows))}>
        <table className="st-table">
          <caption>{t.caption(n(sheet.rows.length), n(sheet.counts.rows))}</caption>
          <thead>
            <tr>
              <th scope="col">{t.columns.case}</th>
              <th scope="col">{t.columns.asked}</th>
              <th scope="col">{t.columns.due}</th>
              <th scope="col">{t.columns.declaredEnd}</th>
              <th scope="col">{t.columns.observedEnd}</th>
              <th scope="col">{t.columns.proof}</th>
              <th scope="col">
                <span className="visually-hidden">{t.columns.events}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((row) => (
              <CaseRow key={row.caseId} row={row} title={titles[row.caseId] ?? ''} canPick={canPick} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  )
}

function CaseRow({ row, title, canPick }: { row: WorksheetRow; title: string; canPick: boolean }) {
  const { pages, witnesses, notes } = useContractTexts()
  const t = pages.line
  const proof = [
    row.endWitness === null ? '' : witnesses[row.endWitness as keyof typeof witnesses],
    ...row.notes.map((note) => notes[note as keyof typeof notes]),
    row.excluded === null ? '' : t.excluded[row.excluded],
  ].filter((part) => part !== '')
  const result = (isInTime: boolean) => (
    <span className={`st-state ${isInTime ? 'st-ok' : 'st-late'}`}>{isInTime ? t.inTime : t.lateWord}</span>
  )
  return (
    <tr>
      <th scope="row">
        {canPick && (
          <>
            <input type="checkbox" name="caseIds" value={row.caseId} aria-label={t.pick(row.number)} />{' '}
          </>
        )}
        <Link to={`/richieste/${row.caseId}`}>{row.number}</Link> <span className="fw-normal">{title}</span>
      </th>
      <td className="st-nowrap">
        <When at={row.startAt} isShort />
      </td>
      <td className="st-nowrap">{row.dueAt === null ? '—' : <When at={row.dueAt} isShort />}</td>
      <td className="st-nowrap">
        {row.declared === null ? (
          <span className="st-quiet">{t.notListed}</span>
        ) : (
          <>
            {row.declared.doneAt !== null && <When at={row.declared.doneAt} isShort />} {result(row.declared.isInTime)}
          </>
        )}
      </td>
      <td className="st-nowrap st-strong">
        {row.endAt !== null && <When at={row.endAt} isShort />}{' '}
        {row.isCounted || row.endAt === null ? result(row.isInTime) : <span className="st-quiet">{t.notCounted}</span>}
      </td>
      <td>{proof.join(', ')}</td>
      <td>
        <Link to={`/richieste/${row.caseId}#eventi`} aria-label={t.eventsOf(row.number)}>
          {t.events}
        </Link>
      </td>
    </tr>
  )
}
