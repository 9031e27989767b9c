import { useRef, useState } from 'react'
import { Form, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { DoneNotice } from '../../../web/ui/act-panel.tsx'
import { Once, RefusedNotice } from '../../../web/ui/form.tsx'
import { LeaveNotice, OutboxNotice } from '../../../web/ui/outbox-notice.tsx'
import { PhonePage } from '../../../web/ui/phone-page.tsx'
import { ScanButton } from '../../../web/ui/scan.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { listSites } from '../../organisation/sites.ts'
import { findCampaign, listExpected, mostOnPhone } from '../campaigns.ts'
import { findings } from '../vocabulary.ts'
import { useCampaignTexts } from './campaign-texts.ts'
import { sendReading } from './count-form.ts'
import { ToRead, UnsentCounts } from './count-lists.tsx'
import { useHandsTexts } from './hands-texts.ts'
import { type Count, useCount } from './use-count.ts'

export const loader = page((ctx, { params }) =>
  read(ctx, async (ctx) => {
    const id = uuidOf(params.id)
    const { name, closedAt, expected: total } = await findCampaign(ctx, id)
    const expected = await listExpected(ctx, id)
    return {
      campaign: { id, name, isClosed: closedAt !== null },
      expected,
      most: total > expected.length ? mostOnPhone : null,
      sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
      personId: ctx.actor.personId ?? '',
      once: onceToken(),
    }
  }),
)

/** What the form does without JavaScript; with it readings go through the outbox. */
export const action = form(async (ctx, form, { params }) => {
  const id = uuidOf(params.id)
  const { finding } = await sendReading(ctx, id, form)
  const [mark, siteId, room] = ['mark', 'siteId', 'room'].map((name) => String(form.get(name) ?? ''))
  const seen = new URLSearchParams({ letto: mark ?? '', esito: finding, sede: siteId ?? '', stanza: room ?? '' })
  return redirect(`/inventario/${id}/conta?${seen}`)
})

/** The camera is for this page: labels of things. */
export const headers = () => ({ 'permissions-policy': 'camera=(self), microphone=(), geolocation=()' })

/** Counting, phone in hand: say where you are, read what is there; with and without signal. */
export default function CountPage() {
  const { campaign, expected, most } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const count = useCount()
  const t = useCampaignTexts().phone
  const waiting = count.unsent.filter(({ state }) => state === 'waiting').length
  return (
    <PhonePage title={t.title(campaign.name)} back={{ to: `/inventario/${campaign.id}`, label: t.back }}>
      <LeaveNotice unsent={count.unsent.length + count.outbox.ofOthers} words={t.offline} />
      <OutboxNotice outbox={count.outbox} waiting={waiting} words={t.offline} page={count.page} />
      <h1 className="st-title">{t.title(campaign.name)}</h1>
      <p>
        <strong>{t.standing(count.readCount, expected.length)}</strong>
        {most !== null && <span className="d-block st-small st-quiet">{t.capped(most)}</span>}
      </p>
      <RefusedNotice refused={refused} />
      {campaign.isClosed ? <p>{t.closed}</p> : <Reader count={count} />}
      <UnsentCounts count={count} />
    </PhonePage>
  )
}

function Reader({ count }: { count: Count }) {
  const { once } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useCampaignTexts().phone
  const { scan } = useHandsTexts()
  const mark = useRef<HTMLInputElement>(null)
  const [site, setSite] = useState(search.get('sede') ?? '')
  const [room, setRoom] = useState(search.get('stanza') ?? '')
  const [isRefused, setRefused] = useState(false)
  const keep = async (text: string) => {
    if (text.trim() === '') return false
    const isKept = await count.read(text.trim(), site, room.trim())
    setRefused(!isKept)
    if (isKept && mark.current) mark.current.value = ''
    mark.current?.focus()
    return isKept
  }
  return (
    <>
      <Form
        method="post"
        onSubmit={async (event) => {
          event.preventDefault()
          const form = event.currentTarget
          // Where nothing can be kept, the form goes as it would without JavaScript.
          if (!(await keep(mark.current?.value ?? '')) && mark.current?.value) form.submit()
        }}
      >
        <Once token={once} />
        <Where site={site} room={room} onSite={setSite} onRoom={setRoom} />
        <label className="st-label mt-2" htmlFor="mark">
          {t.mark}
        </label>
        <div className="st-row">
          <input
            ref={mark}
            id="mark"
            name="mark"
            className="form-control st-field st-grow"
            maxLength={300}
            autoCapitalize="characters"
            autoComplete="off"
            required
          />
          <ScanButton words={scan} onRead={(text) => void keep(text)} />
        </div>
        <button type="submit" className="btn st-btn is-main is-big mt-2">
          {t.save}
        </button>
      </Form>
      {isRefused && <p className="st-wrong">{t.noStore}</p>}
      <LastRead count={count} />
      <ToRead count={count} onHere={(code) => void keep(code)} />
    </>
  )
}

type WhereProps = { site: string; room: string; onSite: (id: string) => void; onRoom: (room: string) => void }

// Where the counter stands; it stays from one reading to the next.
function Where({ site, room, onSite, onRoom }: WhereProps) {
  const { sites } = useLoaderData<typeof loader>()
  const t = useCampaignTexts().phone
  return (
    <div className="st-pair">
      <div>
        <label className="st-label" htmlFor="siteId">
          {t.site}
        </label>
        <select
          id="siteId"
          name="siteId"
          className="form-control st-field"
          value={site}
          onChange={(event) => onSite(event.currentTarget.value)}
        >
          <option value="">{t.anySite}</option>
          {sites.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="st-label" htmlFor="room">
          {t.room}
        </label>
        <input
          id="room"
          name="room"
          className="form-control st-field"
          maxLength={60}
          value={room}
          onChange={(event) => onRoom(event.currentTarget.value)}
        />
      </div>
    </div>
  )
}

function LastRead({ count }: { count: Count }) {
  const [search] = useSearchParams()
  const { phone: t, findings: words } = useCampaignTexts()
  const finding = findings.find((one) => one === search.get('esito'))
  const { said } = count
  if (said === null)
    return finding === undefined ? null : (
      <DoneNotice>{t.recorded(search.get('letto') ?? '', words[finding])}</DoneNotice>
    )
  const sentence = said.is === 'elsewhere' ? t.said.elsewhere(said.mark, said.room) : t.said[said.is](said.mark)
  return (
    <div className={`st-notice mt-2 ${said.is === 'found' ? 'is-ok' : 'is-warn'}`} role="status">
      <p>{sentence}</p>
    </div>
  )
}
