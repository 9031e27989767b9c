import { Form } from 'react-router'
import { longestDetail } from '../rating-limits.ts'
import { useRatingTexts } from './rating-texts.ts'

const five = [1, 2, 3, 4, 5] as const

/**
 * The national component: stars, then one of two questions with five fixed answers, then a free text. Words and
 * `data-element` hooks are those the official validator looks for. The branch that fits the stars appears by style
 * alone, so nothing here needs JavaScript; the answer of the other branch is not read.
 */
export function ClarityRating({ page }: { page: string }) {
  const t = useRatingTexts().clarity
  return (
    <section className="st-band st-section st-noprint" aria-labelledby="chiarezza" data-element="feedback">
      <Form method="post" action="/parere" reloadDocument className="st-clarity">
        <input type="hidden" name="page" value={page} />
        <fieldset className="st-stars" id="stars">
          <legend id="chiarezza" data-element="feedback-title">
            {t.question}
          </legend>
          <ul>
            {five.map((n) => (
              <li key={n}>
                <label>
                  <input type="radio" name="stars" value={n} required data-element={`feedback-rate-${n}`} />
                  <span className="visually-hidden">{t.star(n)}</span>
                  <span className="st-star" aria-hidden="true" />
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <Branch name="positive" question={t.positive} answers={t.positiveAnswers} />
        <Branch name="negative" question={t.negative} answers={t.negativeAnswers} />
        <div className="st-branch is-more mb-3">
          <label className="st-label" htmlFor="feedback-text">
            {t.more}
          </label>
          <input
            id="feedback-text"
            name="text"
            maxLength={longestDetail}
            className="form-control st-field"
            aria-describedby="feedback-text-hint"
            data-element="feedback-input-text"
          />
          <span id="feedback-text-hint" className="st-small st-quiet d-block">
            {t.moreHint}
          </span>
        </div>
        <button className="btn st-btn is-main" type="submit">
          {t.send}
        </button>
      </Form>
    </section>
  )
}

function Branch({ name, question, answers }: { name: 'positive' | 'negative'; question: string; answers: string[] }) {
  return (
    <fieldset className={`st-question st-branch is-${name} mb-3`} data-element={`feedback-rating-${name}`}>
      <legend data-element="feedback-rating-question">{question}</legend>
      <div className="st-aspects">
        {answers.map((answer, at) => (
          <label key={answer} data-element="feedback-rating-answer">
            <input type="radio" name={name} value={at + 1} /> {answer}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
