import { Form, Link, type ShouldRevalidateFunctionArgs, useLoaderData } from 'react-router'
import { read } from '../../../platform/context.ts'
import { LongField, Once } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { onceToken, page } from '../../../web/visit.ts'
import { findCase } from '../find-case.ts'
import { offerTemplates } from '../templates.ts'
import { idOf } from './fields.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { useDeskTexts } from './texts.ts'

export const loader = page((ctx, { params, request }) =>
  read(ctx, async (ctx) => {
    const { id, number, title, kind, requesterName, officeName } = await findCase(ctx, idOf(params))
    const templates = await offerTemplates(ctx, { kind, number, requesterName, officeName })
    const chosen = new URL(request.url).searchParams.get('modello')
    return {
      id,
      number,
      title,
      templates,
      text: templates.find((template) => template.id === chosen)?.text ?? null,
      once: onceToken(),
    }
  }),
)

// Beside a case, news from others is no reason to ask for the templates again; on their own page the address is.
export const shouldRevalidate = ({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) =>
  currentUrl.href !== nextUrl.href

/** Answering from a template without JavaScript: choose one, read it, send it. */
export default function CaseTemplatesPage() {
  const { id, number, title, templates, text, once } = useLoaderData<typeof loader>()
  const { knowledge } = useKnowledgeTexts()
  const { pages } = useDeskTexts()
  const t = knowledge.templates
  return (
    <StaffPage title={t.pick}>
      <nav aria-label={pages.case.breadcrumb}>
        <p className="st-crumb">
          <Link to={`/richieste/${id}`}>{number}</Link>
        </p>
      </nav>
      <h1 className="st-title">{t.pick}</h1>
      <p className="st-lead">{title}</p>
      <ul className="st-list">
        {templates.map((template) => (
          <li key={template.id}>
            <Link to={`?${new URLSearchParams({ modello: template.id })}#scrivi`}>{template.title}</Link>
          </li>
        ))}
      </ul>
      {templates.length === 0 && <p>{t.none}</p>}
      {text !== null && (
        <Form
          method="post"
          action={`/richieste/${id}`}
          encType="multipart/form-data"
          className="st-form mt-3"
          id="scrivi"
        >
          <Once token={once} />
          <input type="hidden" name="act" value="reply" />
          <input type="hidden" name="visibility" value="public" />
          <LongField
            name="body"
            label={pages.case.message}
            initial={text}
            required
            rows={8}
            maxLength={20_000}
            key={text}
          />
          <button type="submit" className="btn st-btn is-main">
            {pages.case.sendStaff}
          </button>
        </Form>
      )}
    </StaffPage>
  )
}
