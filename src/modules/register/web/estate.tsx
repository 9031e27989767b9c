import { Form, Link, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { ActField, ActPanel, Crumb, UploadField } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import { findEstate, importFigures } from '../estate.ts'
import type { Estate } from '../estate-schema.ts'
import { useFigures, useRegisterTexts } from './texts.ts'
import { fileOf } from './upload.ts'

export const loader = page(async (ctx, { request }) => {
  const on = new URL(request.url).searchParams.get('al')
  return { estate: await findEstate(ctx, on ? { on } : {}), mayManage: may(ctx.actor, 'register.manage') }
})

export const action = form(async (ctx, form) => {
  await importFigures(ctx, fileOf(form))
  return redirect('/registro/consistenza')
})

/** How many there are on a date: the register's own count beside what each source says. */
export default function EstatePage() {
  const { estate, mayManage } = useLoaderData<typeof loader>()
  const { day } = useFigures()
  const { page: texts } = useRegisterTexts()
  const t = texts.estatePage
  const compared = estate.rows.flatMap(({ figures }) => figures.filter(({ difference }) => difference !== null))
  const same = compared.filter(({ difference }) => difference === 0).length
  return (
    <StaffPage title={t.title}>
      <Crumb to="/registro" label={texts.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.sentence(day(estate.on), same, compared.length - same)}</p>
      {estate.beginsOn !== null && estate.on < estate.beginsOn && (
        <div className="st-notice is-warn">
          <p>{t.begins(day(estate.beginsOn))}</p>
        </div>
      )}
      <Dates />
      <EstateTable estate={estate} />
      {mayManage && (
        <ActPanel label={t.upload} act="figures">
          <Form method="post" encType="multipart/form-data">
            <ActField act="figures" />
            <UploadField label={t.file} hint={t.uploadHint} inputId="figures-file" />
            <button type="submit" className="btn st-btn is-main">
              {t.send}
            </button>
          </Form>
        </ActPanel>
      )}
    </StaffPage>
  )
}

function Dates() {
  const { estate } = useLoaderData<typeof loader>()
  const { day } = useFigures()
  const t = useRegisterTexts().page.estatePage
  return (
    <>
      <Form className="st-row align-items-end">
        <TextField name="al" type="date" label={t.on} initial={estate.on} key={estate.on} />
        <button type="submit" className="btn st-btn is-plain mb-3">
          {t.show}
        </button>
      </Form>
      {estate.dates.length > 0 && (
        <p>
          {t.dates}:{' '}
          {estate.dates.map((date) => (
            <Link key={date} className="me-2" to={`?al=${date}`}>
              {day(date)}
            </Link>
          ))}
        </p>
      )}
    </>
  )
}

type Row = Estate['rows'][number]

function EstateTable({ estate }: { estate: Estate }) {
  const { page: texts } = useRegisterTexts()
  const t = texts.estatePage
  const c = t.columns
  const number = (label: string) => ({ label, isNumber: true }) as const
  return (
    <DataTable
      caption={t.title}
      columns={[c.definition, number(c.own), number(c.told), number(c.difference), c.state, c.source]}
    >
      {estate.rows.flatMap((row) =>
        row.figures.length === 0
          ? [<Compared key={row.definition} row={row} figure={null} />]
          : row.figures.map((figure) => (
              <Compared key={`${row.definition} ${figure.source}`} row={row} figure={figure} />
            )),
      )}
    </DataTable>
  )
}

function Compared({ row, figure }: { row: Row; figure: Row['figures'][number] | null }) {
  const texts = useRegisterTexts()
  const { whole } = useFigures()
  const t = texts.page.estatePage
  const unit = row.unit === 'count' ? '' : ` ${row.unit}`
  const difference = figure?.difference ?? null
  const state = stateOf(figure)
  return (
    <tr>
      <th scope="row">
        {texts.definitions[row.definition]}
        <span className="st-sub">{texts.rules[row.definition]}</span>
      </th>
      <td className="st-num st-strong">{row.own === null ? '–' : `${whole(row.own)}${unit}`}</td>
      <td className="st-num">{figure === null ? '–' : `${whole(figure.quantity)}${unit}`}</td>
      <td className="st-num">{difference === null ? '–' : `${difference > 0 ? '+' : ''}${whole(difference)}`}</td>
      <td>
        <span className={`st-state ${state.shape}`}>{t[state.word]}</span>
      </td>
      <td>{figure?.source}</td>
    </tr>
  )
}

/** What a comparison says: word and shape. */
function stateOf(figure: Row['figures'][number] | null) {
  if (figure === null) return { shape: 'st-idle', word: 'noSource' } as const
  if (figure.difference === null) return { shape: 'st-idle', word: 'unknown' } as const
  return figure.difference === 0
    ? ({ shape: 'st-ok', word: 'same' } as const)
    : ({ shape: 'st-warn', word: 'other' } as const)
}
