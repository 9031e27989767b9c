import { Form, Link, redirect, useActionData, useLoaderData, useNavigation, useSearchParams } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { importOffices, officeColumns } from '../import-offices.ts'
import { importPeople, peopleColumns } from '../import-people.ts'
import { wrong } from '../problems.ts'
import { Act, AdminPage, Refusal, Table } from './frame.tsx'
import { text } from './request.ts'
import { useOrganisationTexts } from './texts.ts'

const kinds = ['uffici', 'persone'] as const
type Kind = (typeof kinds)[number]

export const loader = page(async (ctx) => {
  allow(ctx.actor, 'organisation.manage')
  return { columns: { uffici: officeColumns, persone: peopleColumns } }
})

export const action = form(async (ctx, form) => {
  allow(ctx.actor, 'organisation.manage')
  const kind: Kind = text(form, 'act') === 'persone' ? 'persone' : 'uffici'
  const file = form.get(`${kind}-file`)
  if (!(file instanceof File) || file.size === 0) throw wrong(`${kind}-file`, (t) => t.problems.fileMissing)
  const { added, changed, unchanged } = await (kind === 'persone' ? importPeople : importOffices)(
    ctx,
    await file.bytes(),
  )
  const counts = { fatto: kind, aggiunti: String(added), cambiati: String(changed), uguali: String(unchanged) }
  return redirect(`/amministrazione/importa?${new URLSearchParams(counts)}`)
})

/** Offices and people from a file: what to write in it, and what came of it. */
export default function ImportPage() {
  const t = useOrganisationTexts().pages.import
  return (
    <AdminPage title={t.title} lead={t.lead}>
      <p>{t.nothingRemoved}</p>
      <Done />
      {kinds.map((kind) => (
        <OneImport key={kind} kind={kind} />
      ))}
    </AdminPage>
  )
}

function Done() {
  const [search] = useSearchParams()
  const { words, pages } = useOrganisationTexts()
  const kind = kinds.find((kind) => kind === search.get('fatto'))
  if (kind === undefined) return null
  const count = (name: string) => Number(search.get(name)) || 0
  return (
    <div className="st-notice is-ok" role="status">
      <p>
        {pages.import.result(pages.import.kinds[kind].name)}{' '}
        {words.import.done(count('aggiunti'), count('cambiati'), count('uguali'))}{' '}
        <Link to={`/amministrazione/${kind}`}>{pages.common.open}</Link>
      </p>
    </div>
  )
}

function OneImport({ kind }: { kind: Kind }) {
  const { columns } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const isSending = useNavigation().state !== 'idle'
  const t = useOrganisationTexts().pages.import
  const mine = refused?.values.act === kind ? refused : undefined
  const { required, optional } = columns[kind]
  return (
    <section className="st-section" aria-labelledby={kind}>
      <h2 id={kind} className="st-h2">
        {t.kinds[kind].name}
      </h2>
      <p>{t.kinds[kind].order}</p>
      {mine?.problem.code === 'import_refused' ? <Wrongs refused={mine} /> : <Refusal refused={mine} />}
      <Form method="post" encType="multipart/form-data" className="st-form mt-3" preventScrollReset>
        <Act act={kind} />
        <label className="st-label" htmlFor={`${kind}-file`}>
          {t.file}
        </label>
        <input
          id={`${kind}-file`}
          name={`${kind}-file`}
          type="file"
          accept=".csv,text/csv"
          required
          className="st-file"
          aria-describedby={`${kind}-hint`}
        />
        <p id={`${kind}-hint`} className="st-small st-quiet">
          {t.fileHint}
        </p>
        <div className="st-row">
          <button type="submit" className="btn st-btn is-main" disabled={isSending}>
            {isSending ? t.sending : t.kinds[kind].send}
          </button>
          <a href={`/amministrazione/importa/${kind}.csv`} download>
            {t.template}
          </a>
        </div>
      </Form>
      <details className="mt-3 st-unfold">
        <summary>{t.columnsTitle}</summary>
        <Columns kind={kind} required={required} optional={optional} />
      </details>
    </section>
  )
}

function Columns({ kind, required, optional }: { kind: Kind; required: string[]; optional: string[] }) {
  const t = useOrganisationTexts().pages.import
  const about: Record<string, { what: string; example: string } | undefined> = t.column
  return (
    <Table
      caption={`${t.kinds[kind].name}: ${t.columnsTitle.toLowerCase()}`}
      head={
        <>
          <th scope="col">{t.columns.name}</th>
          <th scope="col">{t.columns.what}</th>
          <th scope="col">{t.columns.example}</th>
          <th scope="col">{t.columns.required}</th>
        </>
      }
    >
      <tbody>
        {[...required, ...optional].map((column) => (
          <tr key={column}>
            <th scope="row" className="st-code">
              {column}
            </th>
            <td>{about[column]?.what}</td>
            <td>{about[column]?.example}</td>
            <td>{required.includes(column) ? t.required : t.optional}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** Everything that is wrong, by line and column of the file. */
function Wrongs({ refused }: { refused: Refused }) {
  const { language, t: shell } = useShell()
  const t = useOrganisationTexts().pages.import
  const fields = refused.problem.fields ?? []
  return (
    <>
      <div className="st-notice is-late" role="alert">
        <p>
          <span className="st-state st-late">{shell.fix}</span> {refused.problem.title}
        </p>
      </div>
      <Table
        caption={fields.length === 1 ? t.wrongOne : t.wrong(wholeNumber(fields.length, language))}
        head={
          <>
            <th scope="col" className="st-num">
              {t.wrongColumns.line}
            </th>
            <th scope="col">{t.wrongColumns.column}</th>
            <th scope="col">{t.wrongColumns.what}</th>
          </>
        }
      >
        <tbody>
          {fields.map(({ path, message }) => {
            const [, line = '', column] = /^line (\d+)(?:, column (.+))?$/.exec(path) ?? []
            return (
              <tr key={path + message}>
                <th scope="row" className="st-num">
                  {line}
                </th>
                <td className={column ? 'st-code' : 'st-quiet'}>{column ?? t.wholeFile}</td>
                <td>{message}</td>
              </tr>
            )
          })}
        </tbody>
      </Table>
    </>
  )
}
