import { Form, Link, useSearchParams } from 'react-router'
import type { Refused } from '../../../web/visit.ts'
import { longestComment, ratingAnswers } from '../rating-limits.ts'
import { useRatingTexts } from './rating-texts.ts'

/**
 * "Ti è stata utile questa pagina?", at the foot of every page of the social report. The same for everybody: what it
 * knows of who reads is in the address alone (`?voto=` after a sign-in, `?grazie` after sending). Opens and closes
 * without JavaScript.
 */
export function ReportRating({
  page,
  version,
  refused,
}: {
  page: string
  version: number
  refused?: Refused | undefined
}) {
  const [search] = useSearchParams()
  const t = useRatingTexts().report
  if (search.has('grazie')) {
    return (
      <section className="st-band st-section st-noprint" id="valuta" aria-label={t.open}>
        <p className="st-h3 mb-0" role="status">
          {t.thanks}
        </p>
      </section>
    )
  }
  return (
    <section className="st-band st-section st-noprint" id="valuta" aria-labelledby="valuta-domanda">
      <details className="st-rate-box" open>
        <summary>
          <span className="st-when-open">{t.close}</span>
          <span className="st-when-closed">{t.open}</span>
        </summary>
        {search.has('voto') && (
          <p className="st-notice is-ok" role="status">
            {t.ready}
          </p>
        )}
        <Form method="post" action="/valuta" reloadDocument>
          <input type="hidden" name="page" value={page} />
          <input type="hidden" name="version" value={version} />
          <Answers chosen={refused?.values.answer ?? search.get('voto')} />
          <Comment isKept={search.has('testo')} refused={refused} />
          <div className="st-row">
            <button className="btn st-btn is-main" type="submit">
              {t.send}
            </button>
            <Link className="ms-2" to="/privacy">
              {t.privacy}
            </Link>
          </div>
        </Form>
        <p className="mt-3 mb-0">
          {t.register} (<Link to={`/accedi?${new URLSearchParams({ poi: `${page}#valuta` })}`}>{t.signIn}</Link>).{' '}
          {t.noName}
        </p>
      </details>
    </section>
  )
}

function Answers({ chosen }: { chosen: string | null }) {
  const t = useRatingTexts().report
  return (
    <fieldset className="st-rate" id="answer">
      <legend id="valuta-domanda">{t.question}</legend>
      <ul>
        {ratingAnswers.map((answer) => (
          <li key={answer}>
            <label>
              <input type="radio" name="answer" value={answer} required defaultChecked={chosen === String(answer)} />{' '}
              {t.answers[answer - 1]}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Comment({ isKept, refused }: { isKept: boolean; refused: Refused | undefined }) {
  const t = useRatingTexts().report
  const wrong = refused?.problem.fields?.find(({ path }) => path === 'text')?.message
  return (
    <div className="st-comment mb-3">
      {isKept && (
        <>
          <input type="hidden" name="kept" value="yes" />
          <p className="st-quiet">{t.kept}</p>
        </>
      )}
      <label className="st-label" htmlFor="text">
        {t.comment}
      </label>
      <textarea
        id="text"
        name="text"
        rows={3}
        maxLength={longestComment}
        className="form-control st-field"
        defaultValue={refused?.values.text ?? ''}
        aria-describedby={wrong ? 'text-hint text-wrong' : 'text-hint'}
        aria-invalid={wrong ? true : undefined}
      />
      <span id="text-hint" className="st-small st-quiet d-block">
        {t.commentHint}
      </span>
      {wrong && (
        <span id="text-wrong" className="st-small st-wrong d-block">
          {wrong}
        </span>
      )}
    </div>
  )
}
