import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { ActField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import type { ArticleDetail, ChangeArticleInput } from '../article-schema.ts'
import { changeArticle, publishArticle, retireArticle, reviewArticle } from '../articles.ts'
import { findArticle, rateArticle, recordHelped } from '../find-articles.ts'
import { ArticleForm, ReviewField } from './article-form.tsx'
import { ArticleStateMark, PlainDay } from './articles.tsx'
import { filledFields, idOf } from './fields.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { PlainBody } from './plain-body.tsx'

export const loader = page(async (ctx, { params }) => {
  const found = await findArticle(ctx, idOf(params))
  const isOwner = found.ownerId === ctx.actor.personId
  return { found, isOwner, isStaff: may(ctx.actor, 'article.staff'), once: onceToken() }
})

/** One address, one act: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const id = idOf(params)
  const { act, once: _, ...input } = filledFields(formObject(form, ['kinds']))
  const version = input.version === undefined ? undefined : Number(input.version)
  switch (act) {
    case 'change':
      await changeArticle(ctx, id, { ...input, version } as ChangeArticleInput)
      break
    case 'publish':
      await publishArticle(ctx, id, { version })
      break
    case 'retire':
      await retireArticle(ctx, id, { version })
      break
    case 'review':
      await reviewArticle(ctx, id, { version, reviewOn: String(input.reviewOn ?? '') })
      break
    case 'rate':
      await rateArticle(ctx, id, { useful: input.useful === 'yes' ? 'yes' : 'no' })
      return redirect(`/articoli/${id}?grazie`)
    default:
      await recordHelped(ctx, id)
      return redirect(`/articoli/${id}?risolto`)
  }
  return redirect(`/articoli/${id}`)
})

/** One article: read by everybody it is for, kept in order by who answers for it. */
export default function ArticlePage() {
  const { found, isStaff } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  if (search.has('risolto')) return <ThankYou found={found} />
  return isStaff ? <StaffArticle found={found} /> : <PublicArticle found={found} />
}

/** The end of a request that was not needed. */
function ThankYou({ found }: { found: ArticleDetail }) {
  const t = useKnowledgeTexts().knowledge.articles
  return (
    <CitizenPage title={t.thankYouTitle}>
      <h1 className="st-title">{t.thankYouTitle}</h1>
      <p className="st-lead" role="status">
        {t.thankYou}
      </p>
      <p className="st-row mt-3">
        <Link className="btn st-btn is-main" to="/">
          {t.home}
        </Link>
        <Link to={`/articoli/${found.id}`}>{t.again}</Link>
      </p>
    </CitizenPage>
  )
}

function PublicArticle({ found }: { found: ArticleDetail }) {
  const { knowledge } = useKnowledgeTexts()
  const refused = useActionData<Refused>()
  const t = knowledge.articles
  return (
    <CitizenPage title={found.title}>
      <nav aria-label={t.breadcrumb}>
        <p className="st-crumb">
          <Link to="/articoli">{t.breadcrumb}</Link>
        </p>
      </nav>
      <h1 className="st-title mb-3">{found.title}</h1>
      <RefusedNotice refused={refused} />
      <PlainBody text={found.body} />
      <Solved />
      <Rating found={found} />
      <p className="st-small st-quiet mt-3">
        {t.updated} <When at={found.updatedAt} />
      </p>
    </CitizenPage>
  )
}

function Solved() {
  const { once } = useLoaderData<typeof loader>()
  const t = useKnowledgeTexts().knowledge.articles
  return (
    <Form method="post" className="st-row mt-3">
      <input type="hidden" name="once" value={once} />
      <button type="submit" name="act" value="helped" className="btn st-btn is-main">
        {t.solved}
      </button>
      <Link to="/chiedi/guasto">{t.notSolved}</Link>
    </Form>
  )
}

function Rating({ found }: { found: ArticleDetail }) {
  const t = useKnowledgeTexts().knowledge.articles
  const [search] = useSearchParams()
  if (found.state !== 'published') return null
  return (
    <Form method="post" className="st-section" aria-label={t.useful}>
      <ActField act="rate" />
      <fieldset className="st-question">
        <legend>{t.useful}</legend>
        <div className="st-row">
          {(['yes', 'no'] as const).map((answer) => (
            <button
              key={answer}
              type="submit"
              name="useful"
              value={answer}
              className="btn st-btn is-plain"
              aria-pressed={found.myRating === null ? undefined : found.myRating === (answer === 'yes')}
            >
              {t[answer]}
            </button>
          ))}
          {search.has('grazie') && <span role="status">{t.thanks}</span>}
        </div>
      </fieldset>
    </Form>
  )
}

function StaffArticle({ found }: { found: ArticleDetail }) {
  const { isOwner } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const t = useKnowledgeTexts().knowledge.articles
  const own = useRefusedAct('change')
  return (
    <StaffPage title={found.title}>
      <nav aria-label={t.breadcrumb}>
        <p className="st-crumb">
          <Link to="/articoli">{t.breadcrumb}</Link>
        </p>
      </nav>
      <div className="st-head">
        <div>
          <h1 className="st-title">{found.title}</h1>
          <p className="st-lead mb-0">
            <ArticleStateMark row={found} /> · {t.audiences[found.audience]}
          </p>
        </div>
      </div>
      {!own && <RefusedNotice refused={refused} />}
      {found.isDue && (
        <div className="st-notice is-warn">
          <p>
            {t.dueNotice(found.reviewOn.split('-').reverse().join('/'))} {isOwner && t.yoursDue}
          </p>
        </div>
      )}
      <div className="st-side">
        <div>
          <PlainBody text={found.body} />
          <Rating found={found} />
        </div>
        <aside className="st-aside" aria-label={t.facts}>
          <StaffActs found={found} />
          <ArticleFacts found={found} />
        </aside>
      </div>
    </StaffPage>
  )
}

function StaffActs({ found }: { found: ArticleDetail }) {
  const t = useKnowledgeTexts().knowledge.articles
  const refused = useRefusedAct('review')
  const { may: can } = found
  if (!can.change && !can.publish && !can.retire && !can.review) return null
  return (
    <section className="st-stack" aria-label={t.what}>
      {can.publish && <Press act="publish" label={t.publish} found={found} isMain />}
      {!can.publish && found.state === 'draft' && <p className="st-quiet">{t.mayNotPublish}</p>}
      {can.review && (
        <Form method="post">
          <ActField act="review" version={found.version} />
          <ReviewField label={t.reviewUntil} refused={refused} />
          <button type="submit" className={`btn st-btn ${found.isDue ? 'is-main' : 'is-plain'}`}>
            {t.review}
          </button>
        </Form>
      )}
      {can.change && <ArticleForm found={found} key={found.version} />}
      {can.retire && <Press act="retire" label={t.retire} found={found} />}
    </section>
  )
}

function Press({ act, label, found, isMain }: { act: string; label: string; found: ArticleDetail; isMain?: boolean }) {
  return (
    <Form method="post">
      <ActField act={act} version={found.version} />
      <button type="submit" className={`btn st-btn ${isMain ? 'is-main' : 'is-plain'}`}>
        {label}
      </button>
    </Form>
  )
}

function ArticleFacts({ found }: { found: ArticleDetail }) {
  const { knowledge, desk } = useKnowledgeTexts()
  const t = knowledge.articles
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="st-h2">
        {t.facts}
      </h2>
      <dl className="st-facts">
        <dt>{t.columns.owner}</dt>
        <dd>{found.ownerName}</dd>
        <dt>{t.columns.review}</dt>
        <dd>
          <PlainDay day={found.reviewOn} />
        </dd>
        <dt>{t.kind}</dt>
        <dd>{found.kinds.map((kind) => desk.kindsShort[kind]).join(', ') || t.anyKind}</dd>
        <dt>{t.columns.helped}</dt>
        <dd>{found.helped}</dd>
        <dt>{t.columns.useful}</dt>
        <dd>
          {found.useful} / {found.notUseful}
        </dd>
      </dl>
      <h2 className="st-h2">{t.versions}</h2>
      <ul className="st-list st-small">
        {found.versions.map((version) => (
          <li key={version.at + version.kind}>
            {t.acts[version.kind] ?? version.kind}, <When at={version.at} />
            {version.by && <span className="st-quiet"> · {version.by}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
