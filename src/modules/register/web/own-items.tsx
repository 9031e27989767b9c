import type { ReactNode } from 'react'
import { Form, Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { filledTexts, uuidOf } from '../../../web/form-fields.ts'
import { ActField, DoneNotice, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { LongField, RefusedNotice } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import type { AnswerHandoverInput, Handover, OwnItem } from '../handover-schema.ts'
import { answerHandover, findOwnItems } from '../handovers.ts'
import { useHandsTexts } from './hands-texts.ts'
import { useFigures, useRegisterTexts } from './texts.ts'

export const loader = page(findOwnItems)

/** One act: what the person says of one handover. */
export const action = form(async (ctx, form) => {
  const { part, act, note } = filledTexts(form)
  // Parsed by the operation.
  const said = { answer: act, note: note ?? '' } as AnswerHandoverInput
  const { answer } = await answerHandover(ctx, uuidOf(part), said)
  return redirect(`/i-miei-beni?fatto=${answer}`)
})

/** What is in one’s hands, and what one has still to answer for: a clerk’s page as much as anybody’s. */
export default function OwnItemsPage() {
  const { items, handovers } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { own: t } = useHandsTexts()
  const done = search.get('fatto')
  return (
    <Frame title={t.title}>
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{items.length === 0 ? t.none : t.lead(items.length)}</p>
      {(done === 'confirmed' || done === 'disputed') && <DoneNotice>{t.done[done]}</DoneNotice>}
      {handovers.length > 0 && (
        <section className="st-section">
          <h2 className="st-h2">{t.toAnswer}</h2>
          {handovers.map((one) => (
            <ToAnswer key={one.id} found={one} />
          ))}
        </section>
      )}
      {items.length > 0 && <ItemTable items={items} />}
      {items.length > 0 && (
        <section className="st-section">
          <h2 className="st-h2">{t.wrong}</h2>
          <p>
            {t.wrongHelp} <Link to="/chiedi/servizio">{t.ask}</Link>
          </p>
        </section>
      )}
    </Frame>
  )
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  const { isStaff } = useShell()
  return isStaff ? <StaffPage title={title}>{children}</StaffPage> : <CitizenPage title={title}>{children}</CitizenPage>
}

function ToAnswer({ found }: { found: Handover }) {
  const { own: t, records, record } = useHandsTexts()
  const { day } = useFigures()
  const refused = { confirm: useRefusedAct('confirmed', found.id), dispute: useRefusedAct('disputed', found.id) }
  const isDisputed = found.answer === 'disputed'
  return (
    <article className={`st-notice ${isDisputed ? 'is-late' : 'is-warn'}`} aria-labelledby={`h-${found.id}`}>
      <h3 id={`h-${found.id}`} className="st-h3">
        <a href={`/registro/verbali/${found.id}.pdf`}>{record.title(records[found.act], found.number)}</a>
      </h3>
      <p>{t.asked(day(found.on), found.giverName ?? found.partyName ?? 'SITEC')}</p>
      <ul>
        {found.lines.map((line) => (
          <li key={line.itemId}>
            {line.code} {line.name}
            {line.serial !== null && `, ${line.serial}`} ({line.isBack ? record.back : record.handed})
          </li>
        ))}
      </ul>
      {isDisputed && (
        <p>
          {t.disputed} {found.answerNote}
        </p>
      )}
      <RefusedNotice refused={refused.confirm} />
      <Form method="post" className="mb-2">
        <ActField act="confirmed" part={found.id} />
        <button type="submit" className="btn st-btn is-main" aria-label={t.confirmLabel(found.number)}>
          {t.confirm}
        </button>
      </Form>
      <Panel label={t.dispute} refused={refused.dispute}>
        <Form method="post">
          <ActField act="disputed" part={found.id} />
          <LongField
            name="note"
            inputId={`note-${found.id}`}
            label={t.note}
            hint={t.noteHint}
            refused={refused.dispute}
            maxLength={2000}
            required
          />
          <button type="submit" className="btn st-btn is-plain">
            {t.send}
          </button>
        </Form>
      </Panel>
    </article>
  )
}

function ItemTable({ items }: { items: OwnItem[] }) {
  const { own: t } = useHandsTexts()
  const { types } = useRegisterTexts()
  const { day } = useFigures()
  const c = t.columns
  return (
    <DataTable caption={t.caption} columns={[c.code, c.name, c.serial, c.place, c.loan]}>
      {items.map((item) => (
        <tr key={item.id}>
          <th scope="row" className="st-nowrap">
            {item.code}
          </th>
          <td>
            {item.name}
            <span className="st-sub">{[types[item.type], item.model].filter(Boolean).join(', ')}</span>
          </td>
          <td>
            {item.serial ?? '–'}
            <span className="st-sub">{item.tag}</span>
          </td>
          <td>{[item.siteName, item.room].filter(Boolean).join(', ')}</td>
          <td className="st-nowrap">{day(item.loanUntil)}</td>
        </tr>
      ))}
    </DataTable>
  )
}
