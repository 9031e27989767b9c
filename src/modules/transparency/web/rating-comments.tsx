import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { listComments, removeComment } from '../rating-results.ts'
import type { RatingComment } from '../rating-schema.ts'
import { useRatingTexts } from './rating-texts.ts'

export const loader = page((ctx) => listComments(ctx))

/** Removes one comment, with a reason. */
export const action = form(async (ctx, form) => {
  await removeComment(ctx, String(form.get('id') ?? ''), { reason: form.get('reason') })
  return redirect('/valutazioni/commenti?rimosso')
})

/** What citizens wrote, for who looks after the pages. */
export default function RatingCommentsPage() {
  const { rows } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const refused = useActionData<Refused>()
  const t = useRatingTexts().comments
  return (
    <StaffPage title={t.title}>
      {search.has('rimosso') && !refused && (
        <div className="st-notice is-ok" role="status">
          <p>{t.removed}</p>
        </div>
      )}
      <RefusedNotice refused={refused} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{t.lead(rows.length)}</p>
        </div>
        <Link to="/valutazioni">{t.back}</Link>
      </div>
      <p>{t.note}</p>
      {rows.length > 0 && (
        <ScrollRegion label={t.caption}>
          <table className="st-table">
            <caption>{t.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{t.page}</th>
                <th scope="col">{t.text}</th>
                <th scope="col">{t.act}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <CommentRow key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </StaffPage>
  )
}

function CommentRow({ row }: { row: RatingComment }) {
  const texts = useRatingTexts()
  const t = texts.comments
  return (
    <tr>
      <th scope="row" id={`page-${row.id}`}>
        {row.page}
        {row.version !== null && (
          <span className="st-sub">
            {texts.results.version} {row.version}
          </span>
        )}
      </th>
      <td className="st-written">{row.text}</td>
      <td>
        <Form method="post" className="st-row" reloadDocument>
          <input type="hidden" name="id" value={row.id} />
          <label className="st-label mb-0" htmlFor={`reason-${row.id}`}>
            {t.reason}
          </label>
          <input
            id={`reason-${row.id}`}
            name="reason"
            required
            minLength={3}
            maxLength={200}
            className="form-control st-field st-auto"
          />
          <button type="submit" className="btn st-btn is-plain" aria-describedby={`page-${row.id}`}>
            {t.remove}
          </button>
        </Form>
      </td>
    </tr>
  )
}
