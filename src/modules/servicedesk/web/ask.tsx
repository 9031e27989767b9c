import { Form, redirect, useActionData, useLoaderData, useNavigation } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { ChoiceField, LongField, Once, RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { openCase } from '../open-case.ts'
import type { OpenCaseInput } from '../schema.ts'
import { useDeskTexts } from './texts.ts'
import { keptFiles } from './uploads.ts'

const kindOf: Record<string, 'incident' | 'service_request' | undefined> = {
  guasto: 'incident',
  servizio: 'service_request',
}

export const loader = page(async (ctx, { params }) => ({
  kind: kindOf[params.kind ?? ''] ?? fail(notFound()),
  once: onceToken(),
  office: ctx.actor.officeName ?? ctx.organisationName,
  place: [ctx.actor.siteName, ctx.actor.room].filter(Boolean).join(', '),
}))

export const action = form(async (ctx, form, { params }) => {
  const { once: _, files: __, ...input } = formObject(form)
  const files = await keptFiles(ctx, form)
  // Parsed by the operation; the door only says which of the two doors it was.
  const opened = await openCase(ctx, { ...input, kind: kindOf[params.kind ?? ''] } as OpenCaseInput, files)
  return redirect(`/richieste/${opened.id}?nuova`)
})

/** The second of three steps: say it, in plain words. */
export default function AskPage() {
  const { kind, once, office, place } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const isSending = useNavigation().state !== 'idle'
  const t = useDeskTexts().pages.ask
  const words = t[kind]
  return (
    <CitizenPage title={words.title}>
      <h1 className="st-title">{words.title}</h1>
      <p className="st-lead">{t.lead(office)}</p>
      <Form method="post" encType="multipart/form-data" className="st-form">
        <RefusedNotice refused={refused} />
        <Once token={once} />
        <TextField
          name="title"
          label={words.subject}
          hint={words.subjectHint}
          required
          minLength={3}
          maxLength={200}
          refused={refused}
        />
        <LongField
          name="description"
          label={words.details}
          hint={words.detailsHint}
          isOptional
          maxLength={20_000}
          refused={refused}
        />
        {kind === 'incident' && <TwoQuestions refused={refused} />}
        <TextField
          name="place"
          label={t.place}
          hint={t.placeHint}
          initial={place}
          isOptional
          maxLength={200}
          refused={refused}
        />
        <FilesField />
        <button type="submit" className="btn st-btn is-main" disabled={isSending}>
          {isSending ? t.sending : t.send}
        </button>
      </Form>
    </CitizenPage>
  )
}

/** Urgency follows from two answers; nobody has to know the word. */
function TwoQuestions({ refused }: { refused: Refused | undefined }) {
  const t = useDeskTexts().pages.ask
  const answer = (value: 'yes' | 'partly' | 'no') => ({ value, label: t[value] })
  return (
    <>
      <ChoiceField
        name="canWork"
        label={t.canWork}
        initial="yes"
        refused={refused}
        options={[answer('yes'), answer('partly'), answer('no')]}
      />
      <ChoiceField
        name="onlyMe"
        label={t.onlyMe}
        initial="yes"
        refused={refused}
        options={[answer('yes'), answer('no')]}
      />
    </>
  )
}

function FilesField() {
  const t = useDeskTexts().pages.ask
  return (
    <div className="mb-4">
      <label className="st-label" htmlFor="files">
        {t.files}
      </label>
      <input id="files" name="files" type="file" multiple className="st-file" aria-describedby="files-hint" />
      <span id="files-hint" className="st-small st-quiet d-block">
        {t.filesHint}
      </span>
    </div>
  )
}
