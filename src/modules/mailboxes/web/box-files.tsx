import { Form, useActionData, useLoaderData } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { Crumb, DoneNotice, UploadField } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import type { BoxImport } from '../box-schema.ts'
import { importMailboxes } from '../import-mailboxes.ts'
import { boxColumns } from '../internal/box-lines.ts'
import { useBoxTexts } from './box-texts.ts'
import { bytesOfFile } from './box-upload.ts'

export const loader = page(async (ctx) => {
  allow(ctx.actor, 'mailboxes.manage')
  return { columns: [...boxColumns.required, ...boxColumns.optional] }
})

type Done = { done: BoxImport }

/** A trial and a loading answer with what came of them: there is no other page to show it on. */
export const action = form(async (ctx, form): Promise<Done> => {
  const text = (name: string) => String(form.get(name) ?? '')
  const yesOr = (isYes: boolean) => (isYes ? ('yes' as const) : ('no' as const))
  const how = {
    trial: yesOr(form.get('how') === 'try'),
    complete: yesOr(form.get('complete') === 'yes'),
    ...{ assessment: text('assessment'), agreement: text('agreement') },
  }
  return { done: await importMailboxes(ctx, await bytesOfFile(form), how) }
})

/** Mailboxes from a file: tried first, then loaded whole. */
export default function BoxFilesPage() {
  const { columns } = useLoaderData<typeof loader>()
  const answer = useActionData<Done | Refused>()
  const texts = useBoxTexts()
  const t = texts.page.filePage
  const refused = answer && 'problem' in answer ? answer : undefined
  const done = answer && 'done' in answer ? answer.done : undefined
  return (
    <StaffPage title={t.title}>
      <Crumb to="/caselle" label={texts.page.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      {done && <Told done={done} />}
      <RefusedNotice refused={refused} />
      <Form method="post" encType="multipart/form-data" className="st-form">
        <UploadField label={t.file} hint={t.hint} inputId="file" />
        <p>
          <label>
            <input type="checkbox" className="st-check" name="complete" value="yes" /> {t.complete}
          </label>
        </p>
        <fieldset className="st-question mb-3">
          <legend>{t.papers}</legend>
          <p className="st-small st-quiet">{t.papersHint}</p>
          <TextField name="assessment" label={t.assessment} refused={refused} isOptional />
          <TextField name="agreement" label={t.agreement} refused={refused} isOptional />
        </fieldset>
        <div className="st-row">
          <button type="submit" name="how" value="try" className="btn st-btn is-plain">
            {t.try}
          </button>
          <button type="submit" name="how" value="load" className="btn st-btn is-main">
            {t.load}
          </button>
        </div>
      </Form>
      <details className="mt-3 st-unfold">
        <summary>{t.columns}</summary>
        <p className="st-code">{columns.join(' · ')}</p>
        <p>{t.columnsLead}</p>
      </details>
    </StaffPage>
  )
}

function Told({ done }: { done: BoxImport }) {
  const texts = useBoxTexts()
  const t = texts.page.filePage
  const columns: Record<string, string> = texts.columns
  const say = done.isTrial ? texts.done.tried : texts.done.loaded
  return (
    <>
      <DoneNotice>{say(done.added, done.changed, done.unchanged, done.gone)}</DoneNotice>
      {done.differences.length > 0 && (
        <section className="st-section">
          <h2 className="st-h2">{t.differences}</h2>
          {done.isCapped && <p>{t.capped}</p>}
          <DataTable caption={t.differences} columns={[t.line, texts.page.list.address, t.column, t.before, t.after]}>
            {done.differences.map((one) => (
              <tr key={`${one.line} ${one.column}`}>
                <th scope="row">{one.line}</th>
                <td>{one.address}</td>
                <td>{columns[one.column] ?? one.column}</td>
                <td>{one.before}</td>
                <td>{one.after}</td>
              </tr>
            ))}
          </DataTable>
        </section>
      )}
    </>
  )
}
