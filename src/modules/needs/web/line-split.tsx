import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { LongField, TextField } from '../../../web/ui/form.tsx'
import type { loader } from './line.tsx'
import { usePlanTexts } from './plan-words.ts'

const newPlaces = 3

/** Which office gets how many; after the approval also how many came. */
export function SplitPart() {
  const { line, counts, may } = useLoaderData<typeof loader>()
  const { line: texts, number } = usePlanTexts()
  const t = texts.split
  const left = (line.decidedQuantity ?? line.quantity) - line.shared
  return (
    <section className="st-section">
      <h2 id="split" className="st-h2">
        {t.title}
      </h2>
      <p>{line.offices === 0 ? t.none : left > 0 ? t.left(number(left)) : t.all}</p>
      {counts === undefined ? <SharesTable /> : <CountsTable />}
      {may.change && <SplitPanel />}
    </section>
  )
}

function SharesTable() {
  const { line } = useLoaderData<typeof loader>()
  const { line: texts, number } = usePlanTexts()
  const t = texts.split
  if (line.shares.length === 0) return null
  return (
    <DataTable caption={t.title} columns={[t.columns.office, { label: t.columns.planned, isNumber: true }]}>
      {line.shares.map(({ officeId, office, quantity }) => (
        <tr key={officeId}>
          <th scope="row">{office}</th>
          <td className="st-num">{number(quantity)}</td>
        </tr>
      ))}
    </DataTable>
  )
}

function CountsTable() {
  const { counts } = useLoaderData<typeof loader>()
  const { line: texts, number, none } = usePlanTexts()
  const t = texts.split
  const c = t.columns
  const numeric = (label: string) => ({ label, isNumber: true }) as const
  if (counts === undefined || counts.offices.length === 0) return null
  return (
    <DataTable caption={t.title} columns={[c.office, ...[c.planned, c.declared, c.verified, c.installed].map(numeric)]}>
      {counts.offices.map((one) => (
        <tr key={one.officeId}>
          <th scope="row">{one.office ?? t.noOffice}</th>
          <td className="st-num">{number(one.planned)}</td>
          <td className="st-num">{number(one.declared)}</td>
          <td className="st-num">{number(one.verified)}</td>
          <td className="st-num">{one.installed === null ? none : number(one.installed)}</td>
        </tr>
      ))}
    </DataTable>
  )
}

function SplitPanel() {
  const { line, offices } = useLoaderData<typeof loader>()
  const { save, line: texts } = usePlanTexts()
  const t = texts.split
  const refused = useRefusedAct('split')
  const places = [
    ...line.shares.map(({ code, office, quantity }) => ({ code, office, quantity: String(quantity) })),
    ...Array.from({ length: newPlaces }, () => ({ code: '', office: undefined, quantity: '' })),
  ]
  return (
    <ActPanel label={t.change} act="split">
      <Form method="post" preventScrollReset>
        <ActField act="split" version={line.version} />
        <p className="st-small st-quiet">{t.hint}</p>
        <div id="offices">
          {places.map(({ code, office, quantity }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: places of a form, in one order
            <div key={at} className="st-pair">
              <TextField
                name={`office-${at + 1}`}
                label={t.office(at + 1)}
                hint={office}
                initial={code}
                refused={refused}
                list="office-codes"
                autoComplete="off"
              />
              <TextField
                name={`quantity-${at + 1}`}
                label={t.quantity(at + 1)}
                initial={quantity}
                refused={refused}
                inputMode="numeric"
              />
            </div>
          ))}
        </div>
        <datalist id="office-codes">
          {offices.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </datalist>
        <button type="submit" className="btn st-btn is-plain">
          {save}
        </button>
      </Form>
    </ActPanel>
  )
}

/** The items of the register that leave when the new ones come. */
export function ReplacedPart() {
  const { line, codes, may } = useLoaderData<typeof loader>()
  const { save, line: texts } = usePlanTexts()
  const t = texts.replaced
  const refused = useRefusedAct('replace')
  if (line.kind !== 'replacement') return null
  return (
    <section className="st-section">
      <h2 id="replaced" className="st-h2">
        {t.title}
      </h2>
      <p>{codes.length === 0 ? t.none : codes.join(', ')}</p>
      {may.replace && (
        <ActPanel label={t.change} act="replace">
          <Form method="post" preventScrollReset>
            <ActField act="replace" version={line.version} />
            <LongField
              name="codes"
              label={t.codes}
              hint={t.hint}
              initial={codes.join('\n')}
              refused={refused}
              rows={5}
              isOptional
            />
            <button type="submit" className="btn st-btn is-plain">
              {save}
            </button>
          </Form>
        </ActPanel>
      )}
    </section>
  )
}
