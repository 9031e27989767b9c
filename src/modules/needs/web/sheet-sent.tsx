import { useLoaderData } from 'react-router'
import { dayAndTime } from '../../../platform/texts.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { usePlanTexts } from './plan-words.ts'
import type { loader } from './sheet.tsx'
import { SheetCrumb } from './sheet-head.tsx'
import { filledRows, startSheet } from './sheet-state.ts'
import { estimateOf, SheetTotals, sumsOf, usePriceOf } from './sheet-sums.tsx'

/** The sheet to read: sent, or the time to write is over. */
export function SheetSent({ title }: { title: string }) {
  const { sheet } = useLoaderData<typeof loader>()
  const { sheet: t } = usePlanTexts()
  const priceOf = usePriceOf()
  const rows = filledRows(
    startSheet(sheet.lines.map((line) => ({ ...line, quantity: line.quantity === null ? '' : String(line.quantity) })))
      .rows,
  )
  return (
    <>
      <div className="st-head">
        <div>
          <SheetCrumb />
          <h1 className="st-title">{title}</h1>
          <SentLead />
        </div>
      </div>
      <SheetTotals sums={sumsOf(rows, priceOf)} />
      {sheet.lines.length === 0 ? <p>{t.sums.nothing}</p> : <SentTable />}
    </>
  )
}

function SentLead() {
  const { sheet, isOver } = useLoaderData<typeof loader>()
  const { sheet: t, weekday } = usePlanTexts()
  const { now, zone, language } = useShell()
  const when = sheet.savedAt === null ? '' : dayAndTime(sheet.savedAt, now, zone, language)
  const [shape, state, lead] =
    sheet.state === 'sent'
      ? ['st-ok', t.sent, t.sentLead(when)]
      : isOver && sheet.closesOn !== null
        ? ['st-late', t.closed, t.closedLead(weekday(sheet.closesOn))]
        : ['st-idle', t.collected, t.collectedLead]
  return (
    <p className="mb-0">
      <span className={`st-state ${shape}`}>{state}</span> {lead}
    </p>
  )
}

function SentTable() {
  const { sheet } = useLoaderData<typeof loader>()
  const { sheet: t, number, amount, none } = usePlanTexts()
  const c = t.columns
  const numeric = (label: string) => ({ label, isNumber: true }) as const
  return (
    <DataTable
      caption={t.form}
      columns={[c.line, c.what, numeric(c.quantity), c.forWhom, c.why, numeric(c.price), numeric(c.estimate), t.state]}
    >
      {sheet.lines.map((line) => {
        const estimate = estimateOf(line.unitPrice, line.quantity)
        return (
          <tr key={line.id}>
            <th scope="row" className="st-num">
              {line.position}
            </th>
            <td>{line.what}</td>
            <td className="st-num">{line.quantity === null ? none : number(line.quantity)}</td>
            <td>{line.forWhom}</td>
            <td>{line.why}</td>
            <td className="st-num">{line.unitPrice === null ? none : amount(line.unitPrice)}</td>
            <td className="st-num">{estimate === null ? none : amount(estimate)}</td>
            <td className="st-quiet">{line.lineId === null ? t.notInPlan : t.inPlan}</td>
          </tr>
        )
      })}
    </DataTable>
  )
}
