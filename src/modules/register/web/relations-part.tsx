import { Form, Link, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { SelectField, TextField } from '../../../web/ui/form.tsx'
import type { RelationRow } from '../relation-schema.ts'
import { relationKinds } from '../vocabulary.ts'
import type { loader } from './item.tsx'
import { ItemStateMark } from './item-state.tsx'
import { useRegisterTexts } from './texts.ts'

/** The relations of the item, read from its own end. */
export function RelationsPart() {
  const { relations, mayManage } = useLoaderData<typeof loader>()
  const { page } = useRegisterTexts()
  const t = page.relations
  const c = t.columns
  return (
    <section className="st-section">
      <h2 id="relations" className="st-h2">
        {t.title}
      </h2>
      {relations.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <DataTable caption={t.title} columns={[c.relation, c.other, c.state, c.group, ...(mayManage ? [c.act] : [])]}>
          {relations.map((row) => (
            <Relation key={row.id} row={row} />
          ))}
        </DataTable>
      )}
      {mayManage && <AddRelation />}
    </section>
  )
}

function Relation({ row }: { row: RelationRow }) {
  const { mayManage } = useLoaderData<typeof loader>()
  const texts = useRegisterTexts()
  const t = texts.page.relations
  return (
    <tr>
      <td>{(row.side === 'from' ? texts.relations : texts.relationsBack)[row.kind]}</td>
      <th scope="row">
        <Link to={`/registro/${row.otherId}`}>{row.otherCode}</Link>
        <span className="st-sub">{row.otherName}</span>
      </th>
      <td>
        <ItemStateMark state={row.otherState} />
      </td>
      <td>{row.redundancyGroup !== null && row.needed !== null && t.group(row.redundancyGroup, row.needed)}</td>
      {mayManage && (
        <td>
          <Form method="post" preventScrollReset>
            <ActField act="unrelate" />
            <input type="hidden" name="relation" value={row.id} />
            <button type="submit" className="btn st-btn is-plain" aria-label={t.removeLabel(row.otherCode)}>
              {t.remove}
            </button>
          </Form>
        </td>
      )}
    </tr>
  )
}

function AddRelation() {
  const { item } = useLoaderData<typeof loader>()
  const texts = useRegisterTexts()
  const t = texts.page.relations
  const refused = useRefusedAct('relate')
  return (
    <ActPanel label={t.add} act="relate">
      <Form method="post" preventScrollReset>
        <ActField act="relate" />
        <input type="hidden" name="code" value={item.code} />
        <SelectField
          name="kind"
          label={t.kind}
          refused={refused}
          options={relationKinds.map((value) => ({ value, label: texts.relations[value] }))}
        />
        <TextField name="to" label={t.other} refused={refused} required maxLength={40} />
        <div className="st-pair">
          <TextField name="redundancyGroup" label={t.groupField} refused={refused} isOptional maxLength={40} />
          <TextField name="needed" label={t.needed} inputMode="numeric" refused={refused} isOptional />
        </div>
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </ActPanel>
  )
}
