import { Form, Link, useLoaderData } from 'react-router'
import { ActField, ActPanel, InstantField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { LongField, Once, RefusedNotice, SelectField } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { InterruptionRow } from '../schema.ts'
import { interruptionKinds } from '../vocabulary.ts'
import type { loader } from './month.tsx'
import { useOperationsTexts } from './texts.ts'

/** Interruptions of the month, and those of any time that wait for the city; proposing one. */
export function InterruptionsPart() {
  const { interruptions, may } = useLoaderData<typeof loader>()
  const t = useOperationsTexts().page
  const waiting = interruptions.filter((one) => one.state === 'proposed')
  const inOrder = [...waiting, ...interruptions.filter((one) => one.state !== 'proposed')]
  return (
    <section className="st-section">
      <h2 id="interruptions" className="st-h2">
        {t.interruptions}
      </h2>
      <p>{t.waiting(waiting.length)}</p>
      {inOrder.length === 0 ? <p>{t.noInterruptions}</p> : <InterruptionTable rows={inOrder} may={may} isOfAll />}
      {may.propose && <Proposing />}
    </section>
  )
}

type May = { decide: boolean; tell: boolean }

/** Interruptions with what there is to do about each. */
export function InterruptionTable({ rows, may, isOfAll }: { rows: InterruptionRow[]; may: May; isOfAll: boolean }) {
  const texts = useOperationsTexts()
  const t = texts.page
  const c = t.interruptionColumns
  return (
    <DataTable
      caption={t.interruptions}
      columns={[...(isOfAll ? [c.scope] : []), c.when, c.kind, c.reason, c.state, c.notice, c.agreed]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          {isOfAll && (
            <th scope="row">
              <Link to={`/gestione-operativa/${row.scopeId}`}>{row.scopeName}</Link>
            </th>
          )}
          <td>
            <When at={row.from} isShort /> – <When at={row.until} isShort />
          </td>
          <td>{texts.interruptionKinds[row.kind]}</td>
          <td>{row.reason}</td>
          <td>
            <InterruptionState row={row} />
            {may.decide && row.state === 'proposed' && <Deciding row={row} />}
          </td>
          <td>
            {row.noticedAt === null ? t.notTold : <When at={row.noticedAt} isShort />}
            {row.isNoticeKept !== null && row.noticedAt !== null && (
              <span className="d-block st-small st-quiet">{row.isNoticeKept ? t.noticeKept : t.noticeShort}</span>
            )}
            {may.tell && row.noticedAt === null && row.state !== 'refused' && <Telling row={row} />}
          </td>
          <td>
            <Agreed row={row} />
          </td>
        </tr>
      ))}
    </DataTable>
  )
}

function InterruptionState({ row }: { row: InterruptionRow }) {
  const { states } = useOperationsTexts()
  const shape = { proposed: 'st-warn', accepted: 'st-ok', refused: 'st-idle' }[row.state]
  return <span className={`st-state ${shape}`}>{states[row.state]}</span>
}

function Agreed({ row }: { row: InterruptionRow }) {
  const t = useOperationsTexts().page
  if (row.isAgreed) return <span className="st-state st-ok">{t.agreedYes}</span>
  const isOpen = row.state !== 'refused' && (row.decidedAt === null || row.noticedAt === null)
  return <span className="st-state st-idle">{isOpen ? t.agreedOpen : t.agreedNo}</span>
}

function Deciding({ row }: { row: InterruptionRow }) {
  const t = useOperationsTexts().page
  const [accepting, refusing] = [useRefusedAct('accept'), useRefusedAct('refuse')]
  const isHere = refusing?.values.id === row.id
  return (
    <>
      <Form method="post" className="mt-2" preventScrollReset>
        {accepting?.values.id === row.id && <RefusedNotice refused={accepting} />}
        <ActField act="accept" version={row.version} />
        <input type="hidden" name="id" value={row.id} />
        <button type="submit" className="btn st-btn is-main">
          {t.accept}
        </button>
      </Form>
      <details className="st-unfold mt-2" open={isHere || undefined}>
        <summary>{t.refuse}</summary>
        <Form method="post" className="mt-2" preventScrollReset>
          {isHere && <RefusedNotice refused={refusing} />}
          <ActField act="refuse" version={row.version} />
          <input type="hidden" name="id" value={row.id} />
          <LongField name="reason" inputId={`reason-${row.id}`} label={t.reasonOf} rows={2} required minLength={3} />
          <button type="submit" className="btn st-btn is-plain">
            {t.refuse}
          </button>
        </Form>
      </details>
    </>
  )
}

function Telling({ row }: { row: InterruptionRow }) {
  const t = useOperationsTexts().page
  const refused = useRefusedAct('tell')
  const isHere = refused?.values.id === row.id
  return (
    <details className="st-unfold mt-2" open={isHere || undefined}>
      <summary>{t.tell}</summary>
      <Form method="post" className="mt-2" preventScrollReset>
        {isHere && <RefusedNotice refused={refused} />}
        <ActField act="tell" version={row.version} />
        <input type="hidden" name="id" value={row.id} />
        <LongField
          name="notice"
          inputId={`notice-${row.id}`}
          label={t.notice}
          hint={t.tellHint}
          rows={2}
          required
          minLength={3}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.tell}
        </button>
      </Form>
    </details>
  )
}

function Proposing() {
  const { allScopes, once } = useLoaderData<typeof loader>()
  const texts = useOperationsTexts()
  const { page: t } = texts
  const refused = useRefusedAct('propose')
  return (
    <ActPanel label={t.propose} act="propose">
      <Form method="post">
        <ActField act="propose" />
        <Once token={once} />
        <SelectField
          name="scopeId"
          label={t.fields.scope}
          refused={refused}
          options={allScopes.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField
          name="kind"
          label={t.fields.kind}
          refused={refused}
          options={interruptionKinds.map((value) => ({ value, label: texts.interruptionKinds[value] }))}
        />
        <div className="st-pair">
          <InstantField name="from" label={t.fields.from} refused={refused} required />
          <InstantField name="until" label={t.fields.until} refused={refused} required />
        </div>
        <LongField name="reason" label={t.fields.reason} refused={refused} rows={2} required minLength={3} />
        <button type="submit" className="btn st-btn is-main">
          {t.send}
        </button>
      </Form>
    </ActPanel>
  )
}
