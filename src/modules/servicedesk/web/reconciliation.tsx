import { useLoaderData } from 'react-router'
import { fail, notFound } from '../../../platform/problem.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import { page } from '../../../web/visit.ts'
import { countFindings, findReconciliation } from '../reconcile-cases.ts'
import type { Reconciliation } from '../supplier-schema.ts'
import { Part, PathPage } from './path-page.tsx'
import { useSupplierTexts } from './supplier-words.ts'
import { useDeskTexts } from './texts.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** More than this in one table nobody reads on a page: the rest is in the CSV. */
const mostRows = 200

export const loader = page(async (ctx, { params }) => {
  const found = await findReconciliation(ctx, uuid.test(params.id ?? '') ? String(params.id) : fail(notFound()))
  const { missing, extra, differing, late } = found
  const shown = {
    missing: missing.slice(0, mostRows),
    extra: extra.slice(0, mostRows),
    differing: differing.slice(0, mostRows),
    late: { ...late, list: late.list.slice(0, mostRows) },
  }
  const counts = { missing: missing.length, extra: extra.length, differing: differing.length, late: late.count }
  return { found: { ...found, ...shown }, counts, toCheck: countFindings(found) }
})

/** What one comparison found, in four groups. */
export default function ReconciliationPage() {
  const { found, counts, toCheck } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const { pages: t, reconcile } = useSupplierTexts()
  const n = (value: number) => wholeNumber(value, language)
  return (
    <PathPage
      title={t.resultTitle(found.system)}
      above={[{ to: '/confronto', label: t.title }]}
      lead={toCheck === 0 ? t.nothing : reconcile.summary(counts.missing, counts.extra, counts.differing, counts.late)}
      actions={<a href={`/confronto/${found.id}.csv`}>{t.download}</a>}
    >
      <p>{t.resultLead(n(found.rows), n(found.expected))}</p>
      <dl className="st-facts">
        <dt>{t.made.when}</dt>
        <dd>
          <When at={found.madeAt} />
        </dd>
        <dt>{t.since}</dt>
        <dd>{found.from === null ? t.allOf : <When at={found.from} />}</dd>
        <dt>{t.hash}</dt>
        <dd className="st-code text-break">{found.sha256}</dd>
      </dl>
      <Missing rows={found.missing} count={counts.missing} />
      <Extra rows={found.extra} count={counts.extra} />
      <Differing rows={found.differing} count={counts.differing} />
      <Late late={found.late} hours={found.lateHours} />
    </PathPage>
  )
}

/** A group with its count; red only where there is something to be checked. */
function Group({
  name,
  count,
  shown,
  lead,
  children,
}: {
  name: 'missing' | 'extra' | 'differing' | 'late'
  count: number
  shown: number
  lead: string
  children: React.ReactNode
}) {
  const { language } = useShell()
  const { pages: t, reconcile } = useSupplierTexts()
  const n = (value: number) => wholeNumber(value, language)
  return (
    <Part id={name} title={`${reconcile.groups[name]}: ${n(count)}`}>
      <p>
        <span className={`st-state ${count === 0 ? 'st-ok' : 'st-warn'}`}>{count === 0 ? t.nothing : t.toCheck}</span>{' '}
        {lead}
      </p>
      {count > 0 && children}
      {count > shown && <p className="st-quiet">{t.first(n(shown), n(count))}</p>}
    </Part>
  )
}

function Missing({ rows, count }: { rows: Reconciliation['missing']; count: number }) {
  const { pages: t, reconcile } = useSupplierTexts()
  const { desk } = useDeskTexts()
  const c = t.columns
  return (
    <Group name="missing" count={count} shown={rows.length} lead={t.groupLead.missing}>
      <DataTable caption={reconcile.groups.missing} columns={[c.number, c.reference, c.state, c.opened]}>
        {rows.map((row) => (
          <tr key={row.reference}>
            <th scope="row">{row.number}</th>
            <td className="st-code">{row.reference}</td>
            <td>{desk.states[row.state]}</td>
            <td>
              <When at={row.openedAt} isShort />
            </td>
          </tr>
        ))}
      </DataTable>
    </Group>
  )
}

function Extra({ rows, count }: { rows: Reconciliation['extra']; count: number }) {
  const { pages: t, reconcile } = useSupplierTexts()
  const c = t.columns
  return (
    <Group name="extra" count={count} shown={rows.length} lead={t.groupLead.extra}>
      <DataTable
        caption={reconcile.groups.extra}
        columns={[{ label: c.line, isNumber: true }, c.reference, c.number, c.why]}
      >
        {rows.map((row) => (
          <tr key={row.line}>
            <td className="st-num">{row.line}</td>
            <th scope="row" className="st-code">
              {row.reference}
            </th>
            <td>{row.number || '–'}</td>
            <td>{reconcile.why[row.why]}</td>
          </tr>
        ))}
      </DataTable>
    </Group>
  )
}

function Differing({ rows, count }: { rows: Reconciliation['differing']; count: number }) {
  const { pages: t, reconcile } = useSupplierTexts()
  const { desk } = useDeskTexts()
  const c = t.columns
  const shown = (field: string, value: string | null) => {
    if (value === null) return t.absent
    if (field !== 'state') return <When at={value} isShort />
    return desk.states[value as keyof typeof desk.states]
  }
  return (
    <Group name="differing" count={count} shown={rows.length} lead={t.groupLead.differing}>
      <DataTable caption={reconcile.groups.differing} columns={[c.number, c.reference, c.field, c.ours, c.theirs]}>
        {rows.flatMap(({ number, reference, differences }) =>
          differences.map(({ field, ours, theirs }) => (
            <tr key={`${reference} ${field}`}>
              <th scope="row">{number}</th>
              <td className="st-code">{reference}</td>
              <td>{reconcile.fields[field]}</td>
              <td className="st-strong">{shown(field, ours)}</td>
              <td>{shown(field, theirs)}</td>
            </tr>
          )),
        )}
      </DataTable>
    </Group>
  )
}

function Late({ late, hours }: { late: Reconciliation['late']; hours: number }) {
  const { language } = useShell()
  const { pages: t, reconcile, steps } = useSupplierTexts()
  const c = t.columns
  const n = (value: number) => wholeNumber(value, language)
  // In tenths of a hundredth, whole numbers only: 1 of 3 is 33,3 %.
  const tenths = late.steps === 0 ? 0 : Math.round((late.count * 1000) / late.steps)
  const share = `${Math.floor(tenths / 10)}${language === 'it' ? ',' : '.'}${tenths % 10}`
  return (
    <Group
      name="late"
      count={late.count}
      shown={late.list.length}
      lead={t.groupLead.late(n(late.count), n(late.steps), share, hours)}
    >
      <DataTable
        caption={reconcile.groups.late}
        columns={[c.number, c.step, c.occurred, c.recorded, { label: c.delay, isNumber: true }]}
      >
        {late.list.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.number}</th>
            <td>{steps.names[row.step]}</td>
            <td>
              <When at={row.occurredAt} isShort />
            </td>
            <td>
              <When at={row.recordedAt} isShort />
            </td>
            <td className="st-num">{n(Math.floor(row.workingMinutes / 60))}</td>
          </tr>
        ))}
      </DataTable>
    </Group>
  )
}
