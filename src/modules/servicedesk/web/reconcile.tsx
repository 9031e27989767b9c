import { Form, Link, redirect, useActionData, useLoaderData, useNavigation } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { listReconciliations, reconcileCases } from '../reconcile-cases.ts'
import { wrongOne } from '../supplier-problems.ts'
import { Part, PathPage } from './path-page.tsx'
import { useSupplierTexts } from './supplier-words.ts'

export const loader = page(async (ctx) => ({
  ...(await listReconciliations(ctx)),
  mayCompare: may(ctx.actor, 'case.reconcile'),
}))

/** One file; what was found has an address of its own. */
export const action = form(async (ctx, form) => {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw wrongOne('file', (t) => t.reconcile.fileMissing)
  const given = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const { id } = await reconcileCases(ctx, await file.bytes(), {
    system: given('system'),
    from: given('from'),
    lateHours: given('lateHours'),
  })
  return redirect(`/confronto/${id}`)
})

/** The supplier's export beside SITEC: the file to compare, what was compared, and the steps that did not fit. */
export default function ReconcilePage() {
  const { mayCompare, systems } = useLoaderData<typeof loader>()
  const { pages: t } = useSupplierTexts()
  return (
    <PathPage title={t.title} lead={t.lead} above={[]}>
      {systems.length === 0 && (
        <div className="st-notice">
          <p>{t.noTool}</p>
        </div>
      )}
      {mayCompare && systems.length > 0 && <CompareForm />}
      <SetAside />
      <Made />
    </PathPage>
  )
}

function CompareForm() {
  const { systems } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const isSending = useNavigation().state !== 'idle'
  const { pages: t } = useSupplierTexts()
  return (
    <Form method="post" encType="multipart/form-data" className="st-form" preventScrollReset>
      <RefusedNotice refused={refused} />
      <div className="mb-3">
        <label className="st-label" htmlFor="file">
          {t.file}
        </label>
        <input
          id="file"
          name="file"
          type="file"
          accept=".csv,text/csv"
          required
          className="st-file"
          aria-describedby="file-hint"
        />
        <p id="file-hint" className="st-small st-quiet">
          {t.fileHint}
        </p>
      </div>
      {systems.length > 1 && (
        <SelectField
          name="system"
          label={t.system}
          refused={refused}
          options={systems.map((system) => ({ value: system, label: system }))}
        />
      )}
      <TextField name="from" type="date" label={t.from} hint={t.fromHint} isOptional refused={refused} />
      <TextField
        name="lateHours"
        type="number"
        min={0}
        max={1000}
        label={t.lateHours}
        initial="24"
        required
        refused={refused}
      />
      <button type="submit" className="btn st-btn is-main" disabled={isSending}>
        {isSending ? t.comparing : t.compare}
      </button>
    </Form>
  )
}

function SetAside() {
  const { setAside } = useLoaderData<typeof loader>()
  const { pages: t, steps } = useSupplierTexts()
  const c = t.setAside
  return (
    <Part id="set-aside" title={t.setAsideTitle}>
      <p>{setAside.length === 0 ? t.setAsideNone : t.setAsideLead}</p>
      {setAside.length > 0 && (
        <DataTable caption={t.setAsideTitle} columns={[c.number, c.step, c.at, c.arrived, c.why]}>
          {setAside.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link to={`/richieste/${row.caseId}`}>{row.number}</Link>
              </th>
              <td>{steps.names[row.step]}</td>
              <td>
                <When at={row.occurredAt} isShort />
              </td>
              <td>
                <When at={row.recordedAt} isShort />
              </td>
              <td>{steps.findings[row.finding]}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </Part>
  )
}

function Made() {
  const { made } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const { pages: t, reconcile } = useSupplierTexts()
  const number = (label: string) => ({ label, isNumber: true }) as const
  const { groups } = reconcile
  return (
    <Part id="made" title={t.madeTitle}>
      {made.length === 0 ? (
        <p>{t.madeNone}</p>
      ) : (
        <DataTable
          caption={t.madeTitle}
          columns={[
            t.made.when,
            t.system,
            ...[t.made.rows, groups.missing, groups.extra, groups.differing, groups.late].map(number),
          ]}
        >
          {made.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link to={`/confronto/${row.id}`}>
                  <When at={row.madeAt} isShort />
                </Link>
              </th>
              <td>{row.system}</td>
              {[row.rows, row.missing, row.extra, row.differing, row.late].map((count, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: five cells in one order
                <td key={at} className="st-num">
                  {wholeNumber(count, language)}
                </td>
              ))}
            </tr>
          ))}
        </DataTable>
      )}
    </Part>
  )
}
