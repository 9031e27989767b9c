import { Form, redirect, useActionData, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { personBrief } from '../../organisation/erase-person.ts'
import { erasePerson } from '../erase-person.ts'
import { notSure } from '../retention-problems.ts'
import type { ErasedPerson } from '../retention-schema.ts'
import { Part, PathPage } from './path-page.tsx'
import { useSupplierTexts } from './supplier-words.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const idOf = (params: Record<string, string | undefined>) =>
  uuid.test(params.id ?? '') ? String(params.id) : fail(notFound())

export const loader = page(async (ctx, { params }) => ({
  person: await personBrief(ctx, idOf(params)),
  mayAdminister: may(ctx.actor, 'organisation.manage'),
}))

/** First what would be erased, then, with a reason and knowing that it is for ever, the erasing. */
export const action = form(async (ctx, form, { params }) => {
  const id = idOf(params)
  const reason = String(form.get('reason') ?? '')
  if (form.get('act') === 'try') return { tried: await erasePerson(ctx, id, { reason, dryRun: true }), reason }
  if (form.get('sure') !== 'on') throw notSure()
  await erasePerson(ctx, id, { reason })
  return redirect('/amministrazione/conservazione?fatto=persona')
})

/** One person's data: a copy for the person, or their erasure. */
export default function PersonDataPage() {
  const { person, mayAdminister } = useLoaderData<typeof loader>()
  const { retention } = useSupplierTexts()
  const t = retention.erase
  const above = mayAdminister
    ? [
        { to: '/amministrazione', label: retention.pages.administration },
        { to: `/amministrazione/persone/${person.id}`, label: person.name },
      ]
    : [{ to: '/amministrazione/conservazione', label: retention.pages.title }]
  return (
    <PathPage title={t.title(person.name)} lead={person.isErased ? t.already : t.lead(person.email)} above={above}>
      {!person.isErased && (
        <>
          <Part id="copy" title={t.copyTitle}>
            <p>{t.copyLead}</p>
            <Form method="post" action={`/amministrazione/persone/${person.id}/dati.json`} reloadDocument>
              <button type="submit" className="btn st-btn is-plain">
                {t.copy}
              </button>
            </Form>
          </Part>
          <Erasure />
        </>
      )}
    </PathPage>
  )
}

type Answer = Partial<Refused> & { tried?: ErasedPerson; reason?: string }

function Erasure() {
  const answer = useActionData<Answer>()
  const refused = answer?.problem === undefined ? undefined : (answer as Refused)
  const t = useSupplierTexts().retention.erase
  const wrong = refused?.problem.fields?.find(({ path }) => path === 'sure')?.message
  return (
    <Part id="erasure" title={t.eraseTitle}>
      <p>{t.eraseLead}</p>
      <p>{t.backups}</p>
      <Form method="post" className="st-form" preventScrollReset>
        <RefusedNotice refused={refused} />
        {answer?.tried && <Tried tried={answer.tried} />}
        <TextField
          name="reason"
          label={t.reason}
          hint={t.reasonHint}
          required
          maxLength={500}
          initial={answer?.reason ?? ''}
          refused={refused}
        />
        <label className="st-tick mb-3">
          <input
            id="sure"
            type="checkbox"
            className="st-check"
            name="sure"
            aria-invalid={wrong ? true : undefined}
            aria-describedby={wrong ? 'sure-wrong' : undefined}
          />
          <span>{t.sure}</span>
        </label>
        {wrong && (
          <span id="sure-wrong" className="st-small st-wrong d-block mb-3">
            {wrong}
          </span>
        )}
        <div className="st-row">
          <button type="submit" name="act" value="try" className="btn st-btn is-plain">
            {t.try}
          </button>
          <button type="submit" name="act" value="erase" className="btn st-btn is-main">
            {t.erase}
          </button>
        </div>
      </Form>
    </Part>
  )
}

function Tried({ tried }: { tried: ErasedPerson }) {
  const { language } = useShell()
  const { retention } = useSupplierTexts()
  const words: Record<string, string> = retention.counts
  return (
    <div className="st-notice" role="status">
      <p>{retention.erase.tried}</p>
      <ul className="mb-0">
        {Object.entries(tried.counts).map(([noun, count]) => (
          <li key={noun}>
            {wholeNumber(count, language)} {words[noun] ?? noun}
          </li>
        ))}
      </ul>
    </div>
  )
}
