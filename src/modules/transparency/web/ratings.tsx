import { Link, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { page } from '../../../web/visit.ts'
import { findRatingResults } from '../rating-results.ts'
import type { RatedPage } from '../rating-schema.ts'
import { useRatingTexts } from './rating-texts.ts'

export const loader = page(async (ctx) => ({
  results: await findRatingResults(ctx),
  mayRead: may(ctx.actor, 'rating.comment'),
}))

/** What citizens answered: by page and version, then over time. */
export default function RatingsPage() {
  const { results, mayRead } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const texts = useRatingTexts()
  const t = texts.results
  const shown = results.pages.filter(({ total }) => total > 0)
  const total = shown.reduce((sum, { total }) => sum + total, 0)
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{t.lead(shown.length, wholeNumber(total, language))}</p>
        </div>
        <div className="st-row">
          <a href="/valutazioni.csv" download>
            {t.csv}
          </a>
          {mayRead && <Link to="/valutazioni/commenti">{t.comments}</Link>}
        </div>
      </div>
      <p>{t.note(texts.month(results.until))}</p>
      {(['useful', 'clear'] as const).map((question) => (
        <section key={question} className="st-section" aria-labelledby={question}>
          <h2 id={question} className="st-h2">
            {t[question]}
          </h2>
          <PageTable question={question} pages={results.pages.filter((one) => one.question === question)} />
        </section>
      ))}
    </StaffPage>
  )
}

function useAnswerNames(question: RatedPage['question']): string[] {
  const t = useRatingTexts()
  return question === 'useful' ? t.report.answers : [1, 2, 3, 4, 5].map(t.results.stars)
}

function PageTable({ question, pages }: { question: RatedPage['question']; pages: RatedPage[] }) {
  const t = useRatingTexts().results
  const names = useAnswerNames(question)
  if (pages.length === 0) return <p>{t.none}</p>
  return (
    <>
      <ScrollRegion label={t.table(t[question])}>
        <table className="st-table">
          <caption>{t.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.page}</th>
              {question === 'useful' && (
                <th scope="col" className="st-num">
                  {t.version}
                </th>
              )}
              <AnswerHeads names={names} />
            </tr>
          </thead>
          <tbody>
            {pages.map((one) => (
              <tr key={`${one.page} ${one.version}`}>
                <th scope="row">
                  <Link to={one.page}>{one.page}</Link>
                </th>
                {question === 'useful' && <td className="st-num">{one.version}</td>}
                <Counts answers={one.answers} total={one.total} />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {pages
        .filter(({ total }) => total > 0)
        .map((one) => (
          <OverTime key={`${one.page} ${one.version}`} one={one} names={names} />
        ))}
    </>
  )
}

function AnswerHeads({ names }: { names: string[] }) {
  const t = useRatingTexts().results
  return (
    <>
      {names.map((name) => (
        <th key={name} scope="col" className="st-num">
          {name}
        </th>
      ))}
      <th scope="col" className="st-num">
        {t.total}
      </th>
    </>
  )
}

const places = [0, 1, 2, 3, 4] as const

function Counts({ answers, total }: { answers: number[]; total: number }) {
  const { language } = useShell()
  const t = useRatingTexts().results
  if (total === 0) return <td colSpan={6}>{t.hidden}</td>
  return (
    <>
      {places.map((at) => (
        <td key={at} className="st-num">
          {wholeNumber(answers[at] ?? 0, language)}
        </td>
      ))}
      <td className="st-num">
        <b>{wholeNumber(total, language)}</b>
      </td>
    </>
  )
}

function OverTime({ one, names }: { one: RatedPage; names: string[] }) {
  const texts = useRatingTexts()
  const t = texts.results
  const title = one.version === null ? one.page : `${one.page} (${t.version.toLowerCase()} ${one.version})`
  return (
    <details className="st-trace mt-3">
      <summary>{t.overTime(title)}</summary>
      <ScrollRegion label={t.overTime(title)}>
        <table className="st-table">
          <thead>
            <tr>
              <th scope="col">{t.months}</th>
              <AnswerHeads names={names} />
            </tr>
          </thead>
          <tbody>
            {one.blocks.map(({ from, to, answers, total }) => (
              <tr key={from}>
                <th scope="row">{from === to ? texts.month(from) : `${texts.month(from)} – ${texts.month(to)}`}</th>
                <Counts answers={answers} total={total} />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {one.liked && <Aspects name="positive" page={one.page} counts={one.liked} />}
      {one.difficult && <Aspects name="negative" page={one.page} counts={one.difficult} />}
    </details>
  )
}

function Aspects({ name, page, counts }: { name: 'positive' | 'negative'; page: string; counts: number[] }) {
  const { language } = useShell()
  const { clarity, results: t } = useRatingTexts()
  const isShown = counts.some((n) => n > 0)
  return (
    <ScrollRegion label={`${clarity[name]} ${page}`}>
      <table className="st-table mt-3">
        <caption>
          {t.aspects[name]}: {clarity[name]}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t.aspect}</th>
            <th scope="col" className="st-num">
              {t.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {isShown ? (
            places.map((at) => (
              <tr key={at}>
                <th scope="row">{clarity[`${name}Answers`][at]}</th>
                <td className="st-num">{wholeNumber(counts[at] ?? 0, language)}</td>
              </tr>
            ))
          ) : (
            <tr>
              <td colSpan={2}>{t.hidden}</td>
            </tr>
          )}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
