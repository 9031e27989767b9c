import { useLoaderData } from 'react-router'
import { useShell } from '../../../web/ui/shell.tsx'
import type { SheetField } from '../internal/sheet-rules.ts'
import { useDaysLeft, usePlanTexts } from './plan-words.ts'
import type { loader } from './sheet.tsx'
import type { Saving } from './use-sheet-saving.ts'

export type Lack = { line: number; fields: readonly SheetField[] }

/** Where the sheet lies: plan, office, how many people. */
export function SheetCrumb() {
  const { sheet } = useLoaderData<typeof loader>()
  const { sheet: t } = usePlanTexts()
  return (
    <p className="st-crumb">
      {t.above(sheet.year)} · {t.office(sheet.officeName, sheet.people)}
    </p>
  )
}

/** How much time is left, and what is missing before the sheet can be sent. */
export function SheetLead({ lacks, hasLines }: { lacks: readonly Lack[]; hasLines: boolean }) {
  const { sheet } = useLoaderData<typeof loader>()
  const { sheet: t, weekday } = usePlanTexts()
  const left = useDaysLeft()
  const days = sheet.closesOn === null ? null : left(sheet.closesOn)
  return (
    <p className="mb-0">
      <span className={`st-state ${days !== null && days <= 7 ? 'st-warn' : 'st-run'}`}>
        {days === null ? t.draft : t.days(days)}
      </span>{' '}
      · {sheet.closesOn === null ? t.noDay : t.until(weekday(sheet.closesOn))}.{' '}
      <Missing lacks={lacks} hasLines={hasLines} />
    </p>
  )
}

function Missing({ lacks, hasLines }: { lacks: readonly Lack[]; hasLines: boolean }) {
  const { sheet: t } = usePlanTexts()
  const [first] = lacks
  const [field] = first?.fields ?? []
  if (first === undefined || field === undefined) return <>{hasLines ? t.ready : t.empty}</>
  const more = lacks.reduce((all, { fields }) => all + fields.length, -1)
  return (
    <>
      {t.lacks[field](first.line)} {more > 0 && t.lacksMore(more)}
    </>
  )
}

/** Whether what was typed is kept. */
export function SavedStatus({ saving }: { saving: Saving }) {
  const { sheet: t } = usePlanTexts()
  const { now, zone, language } = useShell()
  const time = (at: string) =>
    new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
      timeZone: zone,
      ...{ hour: 'numeric', minute: '2-digit', hourCycle: 'h23' },
      ...(at.slice(0, 10) < now.slice(0, 10) && { day: 'numeric', month: 'long' }),
    }).format(new Date(at))
  const { state, savedAt } = saving
  const says = {
    saved: savedAt === null ? '' : t.saved(time(savedAt)),
    waiting: t.unsaved,
    saving: t.saving,
    refused: t.notSaved,
    stale: t.stale,
    unreachable: t.notSaved,
  }[state]
  const shape = { saved: 'st-ok', waiting: 'st-idle', saving: 'st-run' }[state as string] ?? 'st-late'
  return (
    <span className="st-live" role="status">
      {says !== '' && <span className={`st-state ${shape}`}>{says}</span>}
    </span>
  )
}

/** Why the draft is not kept, with the way out; nothing that was typed is lost meanwhile. */
export function NotSaved({ saving }: { saving: Saving }) {
  const { sheet: t } = usePlanTexts()
  const { state, says } = saving
  if (state === 'stale') return <StaleNotice />
  if (state !== 'refused' && state !== 'unreachable') return null
  return (
    <div className="st-notice is-warn" role="alert">
      <p>
        <span className="st-state st-warn">{t.notSaved}</span> {state === 'unreachable' ? t.unreachable : says}
      </p>
    </div>
  )
}

/** Somebody else kept the sheet meanwhile: the person says which version stays. */
export function StaleNotice() {
  const { sheet } = useLoaderData<typeof loader>()
  const { sheet: t } = usePlanTexts()
  return (
    <div className="st-notice is-warn" role="alert">
      <p>
        <span className="st-state st-warn">{t.stale}</span> {t.staleLead}
      </p>
      <p className="st-row mb-0">
        <button type="submit" form="sheet" name="act" value="overwrite" className="btn st-btn is-plain">
          {t.staleKeep}
        </button>
        <a href={`/fabbisogni/${sheet.year}/ufficio/${sheet.officeId}`}>{t.staleSee}</a>
      </p>
    </div>
  )
}
