import { Form, Link, redirect, useLoaderData } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, Once, TextField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { draftEdition, listEditions } from '../editions.ts'
import type { EditionRow, EditionState } from '../report-schema.ts'
import { EditionMark } from './report-state.tsx'
import { useReportWords } from './report-words.ts'

export const loader = page(async (ctx) => ({
  editions: await listEditions(ctx),
  mayEdit: may(ctx.actor, 'report.edit'),
  once: onceToken(),
}))

export const action = form(async (ctx, form) => {
  const { act: _, once: __, ...input } = formObject(form)
  // Parsed by the operation, like every other door's input.
  await draftEdition(ctx, input as Parameters<typeof draftEdition>[1])
  return redirect(`/redazione/${Number(input.year)}`)
})

/** Every edition, where it stands and whose turn it is. */
export default function ReportDeskPage() {
  const { editions, mayEdit, once } = useLoaderData<typeof loader>()
  const { desk: t } = useReportWords()
  const count = (state: EditionState) => editions.filter((one) => one.state === state).length
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{t.sentence(count('submitted'), count('approved'), count('draft'))}</p>
        </div>
      </div>
      <p className="st-row">
        <Link to="/redazione/priorita">{t.links.priorities}</Link>
        <Link to="/redazione/serie">{t.links.series}</Link>
        <Link to="/bilancio-sociale">{t.links.published}</Link>
      </p>
      {mayEdit && <NewEdition once={once} />}
      {editions.length === 0 ? <p className="mt-3">{t.none}</p> : <EditionTable rows={editions} />}
    </StaffPage>
  )
}

function NewEdition({ once }: { once: string }) {
  const { desk: t } = useReportWords()
  const refused = useRefusedAct('draft')
  return (
    <Panel label={t.newEdition} refused={refused}>
      <Form method="post">
        <ActField act="draft" />
        <Once token={once} />
        <TextField name="year" label={t.fields.year} refused={refused} required inputMode="numeric" maxLength={4} />
        <TextField name="title" label={t.fields.title} refused={refused} required maxLength={200} />
        <TextField name="office" label={t.fields.office} refused={refused} required maxLength={200} />
        <LongField
          name="summary"
          label={t.fields.summary}
          hint={t.fields.summaryHint}
          refused={refused}
          isOptional
          maxLength={600}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.create}
        </button>
      </Form>
    </Panel>
  )
}

function EditionTable({ rows }: { rows: EditionRow[] }) {
  const { desk: t } = useReportWords()
  return (
    <ScrollRegion label={t.caption}>
      <table className="st-table mt-3">
        <caption>{t.caption}</caption>
        <thead>
          <tr>
            {(['edition', 'state', 'waits', 'version', 'updated'] as const).map((column) => (
              <th key={column} scope="col">
                {t.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link to={`/redazione/${row.year}`}>{row.title}</Link>
              </th>
              <td>
                <EditionMark state={row.state} />
              </td>
              <td>{t.waits[row.state]}</td>
              <td>
                {row.publishedAt === null ? (
                  t.noVersion
                ) : (
                  <>
                    {row.lastNumber}, <When at={row.publishedAt} isShort />
                  </>
                )}
              </td>
              <td>
                <When at={row.updatedAt} isShort />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
