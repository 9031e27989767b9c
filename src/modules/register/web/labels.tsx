import { useLoaderData, useSearchParams } from 'react-router'
import { Problem, problemBody } from '../../../platform/problem.ts'
import { Crumb } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { page } from '../../../web/visit.ts'
import { listLabelled } from '../labels.ts'
import { useHandsTexts } from './hands-texts.ts'
import { labelsChoice } from './labels-choice.ts'
import { useRegisterTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  try {
    const rows = await listLabelled(ctx, labelsChoice(request))
    return { rows: rows.map(({ id, code, name, tag }) => ({ id, code, name, tag })), refused: null }
  } catch (error) {
    // Too many or none is said on the page itself, beside the way back.
    if (error instanceof Problem && error.kind === 'invalid')
      return { rows: [], refused: problemBody(error, ctx.language) }
    throw error
  }
})

/** Which labels will be printed, and where on the first sheet they begin. */
export default function LabelsPage() {
  const { rows, refused } = useLoaderData<typeof loader>()
  const { page: register } = useRegisterTexts()
  const t = useHandsTexts().labels
  return (
    <StaffPage title={t.title}>
      <Crumb to="/registro" label={register.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      {refused ? (
        <div className="st-notice is-late" role="alert">
          <p>{refused.fields?.[0]?.message ?? refused.title}</p>
        </div>
      ) : (
        <>
          <p className="st-lead">{t.lead(rows.length)}</p>
          <Download />
          <DataTable caption={t.caption} columns={[register.list.code, register.list.name, register.fields.tag]}>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.code}</th>
                <td>{row.name}</td>
                <td>{row.tag}</td>
              </tr>
            ))}
          </DataTable>
        </>
      )}
    </StaffPage>
  )
}

function Download() {
  const [search] = useSearchParams()
  const t = useHandsTexts().labels
  const asked = [...search].filter(([name]) => name !== 'skip')
  return (
    <form action="/registro/etichette.pdf" className="st-form mb-3">
      {asked.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <p>{t.sheet}</p>
      <label className="st-label" htmlFor="skip">
        {t.skip}
      </label>
      <input
        id="skip"
        name="skip"
        type="number"
        min={0}
        max={23}
        defaultValue={0}
        className="form-control st-field st-auto"
        aria-describedby="skip-hint"
      />
      <span id="skip-hint" className="st-small st-quiet d-block mb-2">
        {t.skipHint}
      </span>
      <button type="submit" className="btn st-btn is-main">
        {t.download}
      </button>
    </form>
  )
}
