import { useEffect, useRef, useState } from 'react'
import { Form, redirect, useActionData, useFetcher, useLoaderData, useNavigation } from 'react-router'
import { type Context, read } from '../../../platform/context.ts'
import { formObject } from '../../../platform/http/parse.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { ChoiceField, LongField, Once, RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { recordHelped, suggestArticles } from '../find-articles.ts'
import { knownOutages } from '../find-outages.ts'
import type { CaseKind } from '../internal/lifecycle.ts'
import { openCase } from '../open-case.ts'
import type { OpenCaseInput } from '../schema.ts'
import { ArticleOffer, isOffer, type Offer, OfferedOutages } from './article-offer.tsx'
import { KindFields, ReservedField } from './ask-fields.tsx'
import { doorOf, kindByDoor } from './ask-kinds.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { OutageBanner } from './outage-banner.tsx'
import { useDeskTexts } from './texts.ts'
import { keptFiles } from './uploads.ts'

export const loader = page(async (ctx, { params, request }) => {
  const kind = kindByDoor[params.kind ?? ''] ?? fail(notFound())
  const words = new URL(request.url).searchParams.get('parole')?.trim() ?? ''
  return {
    kind,
    once: onceToken(),
    office: ctx.actor.officeName ?? ctx.organisationName,
    place: [ctx.actor.siteName, ctx.actor.room].filter(Boolean).join(', '),
    known: words === '' ? await knownOutages(ctx, { kind }) : [],
    offer: words.length > 3 ? await offerFor(ctx, words, kind) : { articles: [], outages: [] },
  }
})

/** Articles and outages that these words name. */
async function offerFor(ctx: Context, words: string, kind: CaseKind): Promise<Offer> {
  return read(ctx, async (ctx) => ({
    articles: await suggestArticles(ctx, words, kind),
    outages: await knownOutages(ctx, { kind, words, isNamedOnly: true }),
  }))
}

/** What the page answers when it has something to show before sending: the offer, and what was typed. */
type Offered = { offer: Offer; values: Record<string, string> }

export const action = form(async (ctx, form, { params }) => {
  const kind = kindByDoor[params.kind ?? ''] ?? fail(notFound())
  const solved = form.get('solved')
  if (typeof solved === 'string') {
    await recordHelped(ctx, solved, { kind })
    return redirect(`/articoli/${solved}?risolto`)
  }
  const { once: _, files: __, offered, ...input } = formObject(form)
  const files = await keptFiles(ctx, form)
  // A browser does not send files twice by itself: who attached some has made up their mind.
  if (offered !== 'yes' && files.length === 0) {
    const offer = await offerFor(ctx, String(form.get('title') ?? ''), kind)
    if (offer.articles.length + offer.outages.filter((outage) => outage.myCase === null).length > 0)
      return { offer, values: Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)])) }
  }
  // Parsed by the operation; the door only says which of the two doors it was.
  const opened = await openCase(ctx, { ...input, kind } as OpenCaseInput, files)
  return redirect(`/richieste/${opened.id}?nuova`)
})

/** The second of three steps: say it, in plain words; what may spare it shows while it is being typed. */
export default function AskPage() {
  const { kind, known, office } = useLoaderData<typeof loader>()
  const answer = useActionData<Refused | Offered>()
  const [offer, look] = useOffer()
  const t = useDeskTexts().pages.ask
  const words = useAskWords(kind)
  const step = answer && 'offer' in answer ? answer : undefined
  const shown = step?.offer ?? offer
  return (
    <CitizenPage title={words.title}>
      <h1 className="st-title">{words.title}</h1>
      <p className="st-lead">{t.lead(office)}</p>
      <OutageBanner known={known} />
      {step && <OfferedOutages offer={step.offer} shown={known} />}
      <Form method="post" id="solved" />
      <RequestForm shown={shown} step={step} refused={answer && 'problem' in answer ? answer : undefined} look={look} />
      {!step && isOffer(offer) && <OfferedOutages offer={offer} shown={known} />}
    </CitizenPage>
  )
}

const pauseMs = 350

/** Asks for articles while somebody types, when they pause; one question at a time, so that none is broken off. */
function useOffer(): [Offer | undefined, (title: string) => void] {
  const { kind } = useLoaderData<typeof loader>()
  const fetcher = useFetcher<typeof loader>({ key: 'offer' })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isAsking = useRef(false)
  useEffect(() => {
    isAsking.current = fetcher.state !== 'idle'
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  const look = (title: string) => {
    clearTimeout(timer.current)
    const address = doorOf(kind)
    timer.current = setTimeout(() => {
      if (isAsking.current) look(title)
      else void fetcher.load(`/chiedi/${address}?${new URLSearchParams({ parole: title.slice(0, 200) })}`)
    }, pauseMs)
  }
  return [fetcher.data?.offer, look]
}

// The two large doors have words of their own; the others share theirs under the name of the kind.
function useAskWords(kind: CaseKind) {
  const { desk, pages } = useDeskTexts()
  if (kind === 'incident' || kind === 'service_request') return pages.ask[kind]
  return { ...pages.ask.other, title: desk.kinds[kind] }
}

type FormProps = {
  shown: Offer | undefined
  step: Offered | undefined
  refused: Refused | undefined
  look: (title: string) => void
}

function RequestForm({ shown, step, refused, look }: FormProps) {
  const { kind, once, place } = useLoaderData<typeof loader>()
  const isSending = useNavigation().state !== 'idle'
  // Alive, the page shows articles while one types: the first press sends. Otherwise the first press shows them.
  const [isAlive, setAlive] = useState(false)
  useEffect(() => setAlive(true), [])
  const t = useDeskTexts().pages.ask
  const { knowledge } = useKnowledgeTexts()
  const words = useAskWords(kind)
  const typed = (name: string) => step?.values[name]
  const send = step ? knowledge.offer.sendAnyway : t.send
  return (
    <Form method="post" encType="multipart/form-data" className="st-form mt-3">
      <RefusedNotice refused={refused} />
      <Once token={once} />
      <input type="hidden" name="offered" value={isAlive || step ? 'yes' : ''} />
      <TextField
        name="title"
        label={words.subject}
        hint={words.subjectHint}
        required
        minLength={3}
        maxLength={200}
        refused={refused}
        initial={typed('title') ?? ''}
        onInput={(event) => look(event.currentTarget.value)}
      />
      <div aria-live="polite">
        {isOffer(shown) && <ArticleOffer offer={shown} formId="solved" isStep={step !== undefined} />}
      </div>
      <LongField
        name="description"
        label={words.details}
        hint={words.detailsHint}
        isOptional
        maxLength={20_000}
        refused={refused}
        initial={typed('description') ?? ''}
      />
      {kind === 'incident' && <TwoQuestions refused={refused} typed={typed} />}
      <KindFields kind={kind} refused={refused} typed={typed} />
      <TextField
        name="place"
        label={t.place}
        hint={t.placeHint}
        initial={typed('place') ?? place}
        isOptional
        maxLength={200}
        refused={refused}
      />
      <FilesField />
      <ReservedField refused={refused} typed={typed} />
      <button type="submit" className="btn st-btn is-main" disabled={isSending}>
        {isSending ? t.sending : send}
      </button>
    </Form>
  )
}

/** Urgency follows from two answers; nobody has to know the word. */
function TwoQuestions({
  refused,
  typed,
}: {
  refused: Refused | undefined
  typed: (name: string) => string | undefined
}) {
  const t = useDeskTexts().pages.ask
  const answer = (value: 'yes' | 'partly' | 'no') => ({ value, label: t[value] })
  return (
    <>
      <ChoiceField
        name="canWork"
        label={t.canWork}
        initial={typed('canWork') ?? 'yes'}
        refused={refused}
        options={[answer('yes'), answer('partly'), answer('no')]}
      />
      <ChoiceField
        name="onlyMe"
        label={t.onlyMe}
        initial={typed('onlyMe') ?? 'yes'}
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
