import { Form, useLoaderData } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { LongField, SelectField } from '../../../web/ui/form.tsx'
import type { loader } from './collect.tsx'
import { LineFields } from './line-fields.tsx'
import { usePlanTexts } from './plan-words.ts'
import { estimateOf } from './sheet-sums.tsx'

type Group = Awaited<ReturnType<typeof loader>>['groups'][number]

/** Equal requests with who asked and why, and what becomes of them: a line of the plan, or part of one that is there. */
export function CollectGroup({ group }: { group: Group }) {
  const { state } = useLoaderData<typeof loader>()
  const { collect: t, pieces, offices, number, amount } = usePlanTexts()
  const part = group.asked[0]?.id ?? ''
  const count = new Set(group.asked.map(({ office }) => office)).size
  const estimate = estimateOf(group.unitPrice, group.pieces)
  return (
    <article className="mb-4" aria-labelledby={`group-${part}`}>
      <h3 id={`group-${part}`} className="st-h3">
        {t.group(group.what, pieces(group.pieces, number(group.pieces)), offices(count, number(count)))}
      </h3>
      <p className="st-small st-quiet mb-1">
        {group.unitPrice === null || estimate === null
          ? t.unlisted
          : t.listed(amount(group.unitPrice), amount(estimate))}
      </p>
      <Asked group={group} part={part} />
      {state !== 'approved' && (
        <div className="st-row mt-2">
          <MakePanel group={group} part={part} />
          <MergePanel part={part} />
        </div>
      )}
    </article>
  )
}

const formOf = (part: string, act: string) => `${act}-${part}`

// A box belongs to one form: each form of the group finds the boxes by carrying them in itself.
function Asked({ group, part }: { group: Group; part: string }) {
  const { collect: t, number } = usePlanTexts()
  const c = t.askedColumns
  return (
    <DataTable
      caption={group.what}
      columns={[c.office, c.what, { label: c.quantity, isNumber: true }, c.forWhom, c.why]}
    >
      {group.asked.map((one) => (
        <tr key={one.id} id={`${part}-${one.id}`}>
          <th scope="row">{one.office}</th>
          <td>{one.what}</td>
          <td className="st-num">{number(one.quantity)}</td>
          <td>{one.forWhom}</td>
          <td>{one.why}</td>
        </tr>
      ))}
    </DataTable>
  )
}

/** Which of the requests go in: all of them, unless some are left out. */
function Ticks({ group, part }: { group: Group; part: string }) {
  const { collect: t } = usePlanTexts()
  return (
    <fieldset className="st-question st-ticks" id={`asked-${part}`}>
      <legend>{t.which}</legend>
      {group.asked.map((one) => (
        <label key={one.id} className="st-tick">
          <input type="checkbox" className="st-check" name="asked" value={one.id} defaultChecked />
          {t.tick(one.office, one.what, one.quantity)}
        </label>
      ))}
    </fieldset>
  )
}

function MakePanel({ group, part }: { group: Group; part: string }) {
  const { collect: t, fields } = usePlanTexts()
  const refused = useRefusedAct('make', part)
  const prefix = refused === undefined ? `${part}-` : ''
  return (
    <Panel label={t.make} refused={refused}>
      <Form method="post" id={formOf(part, 'make')} preventScrollReset>
        <ActField act="make" part={part} />
        <Ticks group={group} part={`make-${part}`} />
        <LineFields
          initial={{
            description: group.what,
            ...(group.category !== null && { category: group.category }),
            ...(group.unitPrice !== null && { unitPrice: group.unitPrice }),
            priceCode: group.priceCode,
          }}
          refused={refused}
          prefix={prefix}
          hasQuantity={false}
        />
        <LongField
          name="codes"
          inputId={`${prefix}codes`}
          label={fields.codes}
          hint={fields.codesHint}
          refused={refused}
          rows={2}
          isOptional
        />
        <button type="submit" className="btn st-btn is-main">
          {t.makeSend}
        </button>
      </Form>
    </Panel>
  )
}

function MergePanel({ part }: { part: string }) {
  const { lines, groups } = useLoaderData<typeof loader>()
  const { collect: t, plan } = usePlanTexts()
  const refused = useRefusedAct('merge', part)
  const group = groups.find(({ asked }) => asked[0]?.id === part)
  if (lines.length === 0 || group === undefined) return null
  return (
    <Panel label={t.merge} refused={refused}>
      <Form method="post" id={formOf(part, 'merge')} preventScrollReset>
        <ActField act="merge" part={part} />
        <Ticks group={group} part={`merge-${part}`} />
        <SelectField
          name="lineId"
          inputId={`line-of-${part}`}
          label={t.mergeInto}
          hint={t.mergeHint}
          refused={refused}
          options={lines.map(({ id, number, description, quantity }) => ({
            value: id,
            label: plan.vary.of(number, description, quantity),
          }))}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.mergeSend}
        </button>
      </Form>
    </Panel>
  )
}
