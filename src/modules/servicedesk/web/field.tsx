import { useEffect, useState } from 'react'
import { redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { allow } from '../../../platform/permissions.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { findPeople } from '../../organisation/people.ts'
import { addInPerson, type FieldSite, listFieldDay, mostFieldCases } from '../field-day.ts'
import { AddInPerson } from './add-in-person.tsx'
import { FieldCard } from './field-card.tsx'
import { timeLeft } from './field-clock.ts'
import { FieldFrame } from './field-frame.tsx'
import { FieldNotice, LeaveNotice } from './field-notice.tsx'
import { ClosedToday, Unsent } from './field-outbox.tsx'
import { type Draft, listDrafts, type NewClosing } from './outbox.ts'
import { useFieldTexts } from './topic-texts.ts'
import { type Outbox, useOutbox } from './use-outbox.ts'
import { submitVisit } from './visit-form.ts'

export const loader = page(async (ctx, { request }) => {
  allow(ctx.actor, 'case.work')
  const words = new URL(request.url).searchParams.get('chi')?.trim() ?? ''
  return {
    day: await listFieldDay(ctx),
    most: mostFieldCases,
    personId: ctx.actor.personId ?? '',
    once: onceToken(),
    words,
    people: words.length >= 3 ? await findPeople(ctx, words, 6) : [],
  }
})

/** What the page's forms do without JavaScript; with it visits go through the outbox. */
export const action = form(async (ctx, form) => {
  if (form.get('act') === 'visit') {
    await submitVisit(ctx, form)
    return redirect('/interventi?registrato')
  }
  const { act: _, once: __, ...input } = formObject(form)
  // Parsed by the operation.
  const opened = await addInPerson(ctx, input as Parameters<typeof addInPerson>[1])
  return redirect(`/interventi?${new URLSearchParams({ aperta: opened.number })}`)
})

/** The camera is for this page alone: bar codes of parts. */
export const headers = () => ({
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
})

/** The technician's day, held in one hand: by site, with and without signal. */
export default function FieldPage() {
  const { day, most, personId, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  const outbox = useOutbox(personId)
  const drafts = useDrafts(personId)
  const now = useNow()
  const t = useFieldTexts()
  const hidden = new Set(outbox.closings.map(({ caseId }) => caseId))
  const sites = day.sites
    .map((site) => ({ ...site, cases: site.cases.filter(({ id }) => !hidden.has(id)) }))
    .filter(({ cases }) => cases.length > 0)
  const opened = /^\d{4}\/\d+$/.exec(search.get('aperta') ?? '')?.[0]
  return (
    <FieldFrame title={t.page.title}>
      <LeaveNotice outbox={outbox} />
      <FieldNotice outbox={outbox}>
        {opened !== undefined && t.inPerson.added(opened)}
        {search.has('registrato') && t.page.recorded}
      </FieldNotice>
      <h1 className="st-title">{t.page.title}</h1>
      <Sentence sites={sites} outbox={outbox} closed={day.closed.length} now={now} />
      {sites.length === 0 && <p>{t.page.none}</p>}
      {sites.map((site) => (
        <Site key={site.id ?? ''} site={site}>
          {site.cases.map((found) => (
            <FieldCard
              key={found.id}
              found={found}
              now={now}
              once={once}
              personId={personId}
              draft={drafts.find(({ caseId }) => caseId === found.id)}
              refused={refused}
              onClose={(told) => outbox.close({ ...about(found), ...told, personId, key: crypto.randomUUID() })}
            />
          ))}
        </Site>
      ))}
      {day.isCapped && <p className="st-small st-quiet">{t.page.tooMany(most)}</p>}
      <Unsent outbox={outbox} />
      <ClosedToday rows={day.closed} />
      <AddInPerson
        once={once}
        isOffline={outbox.isOffline}
        refused={refused?.values.act === 'add' ? refused : undefined}
      />
    </FieldFrame>
  )
}

function about({
  id,
  number,
  title,
  teamId,
}: FieldSite['cases'][number]): Pick<NewClosing, 'caseId' | 'number' | 'title' | 'teamId'> {
  return { caseId: id, number, title, teamId }
}

function Sentence({ sites, outbox, closed, now }: { sites: FieldSite[]; outbox: Outbox; closed: number; now: number }) {
  const { language, zone } = useShell()
  const t = useFieldTexts()
  const today = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: zone,
  }).format(now)
  const open = sites.flatMap(({ cases }) => cases)
  const late = open.filter(({ dueAt }) => timeLeft(dueAt, now, t.left).shape === 'st-late').length
  const done = closed + outbox.closings.filter(({ outcome }) => outcome === 'resolved').length
  return (
    <p className="st-quiet">
      <span className="st-capital">{today}</span> · {t.page.summary(open.length + done, sites.length, done, late)}
    </p>
  )
}

function Site({ site, children }: { site: FieldSite; children: React.ReactNode }) {
  const t = useFieldTexts().page
  const id = `sede-${site.id ?? 'nessuna'}`
  const where = new URLSearchParams({ query: site.address })
  return (
    <section className="st-site" aria-labelledby={id}>
      <h2 id={id} className="st-h3">
        {[site.name ?? t.noSite, site.address].filter(Boolean).join(', ')}
      </h2>
      <p className="st-small st-quiet">
        {t.count(site.cases.length)}
        {site.address && (
          <>
            {' '}
            ·{' '}
            <a
              href={`https://www.openstreetmap.org/search?${where}`}
              rel="noreferrer"
              aria-label={t.directionsTo(site.name ?? '')}
            >
              {t.directions}
            </a>
          </>
        )}
      </p>
      {children}
    </section>
  )
}

const tickMs = 15_000

// The page's own instant first, so that server and browser show the same; then the phone's, as it goes by.
function useNow(): number {
  const { now } = useShell()
  const [at, setAt] = useState(Date.parse(now))
  useEffect(() => {
    const tick = () => setAt(Date.now())
    tick()
    const timer = setInterval(tick, tickMs)
    return () => clearInterval(timer)
  }, [])
  return at
}

// Forms begun before the phone forgot the page.
function useDrafts(personId: string): Draft[] {
  const [drafts, setDrafts] = useState<Draft[]>([])
  useEffect(() => {
    listDrafts().then(
      (kept) => setDrafts(kept.filter((draft) => draft.personId === personId)),
      () => undefined,
    )
  }, [personId])
  return drafts
}
