import { Link, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { ActPanel } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { When } from '../../../web/ui/when.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { listWaveCalendar } from '../wave-calendar.ts'
import type { WaveRow } from '../wave-schema.ts'
import { listWaveServers } from '../wave-servers.ts'
import { listWaves } from '../waves.ts'
import { MailPlaces } from './mail-places.tsx'
import { planFromForm } from './wave-actions.ts'
import { WaveCalendarPart } from './wave-calendar.tsx'
import { NewWaveForm } from './wave-form.tsx'
import { WaveState } from './wave-state.tsx'
import { useWaveWords } from './wave-words.ts'

export const loader = page(async (ctx, { request }) => {
  const mayPlan = may(ctx.actor, 'mailboxes.copy')
  const search = new URL(request.url).searchParams
  const from = search.get('dal')
  const calendar =
    search.get('vista') === 'calendario' ? await listWaveCalendar(ctx, from === null ? {} : { from }) : null
  return {
    waves: await listWaves(ctx),
    calendar,
    mayPlan,
    servers: mayPlan ? await listWaveServers(ctx) : [],
    once: onceToken(),
  }
})

export const action = form(async (ctx, form) => redirect(`/caselle/gruppi/${(await planFromForm(ctx, form)).number}`))

/** All waves, with how far each is; a new one. */
export default function WavesPage() {
  const { waves, calendar, mayPlan, servers, once } = useLoaderData<typeof loader>()
  const { t: all, number } = useWaveWords()
  const t = all.list
  useChanges()
  const sum = (of: (wave: WaveRow) => number) => waves.reduce((total, wave) => total + of(wave), 0)
  return (
    <StaffPage title={t.title}>
      <MailPlaces />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">
        {t.sentence(waves.length, number(sum((one) => one.mailboxes)), number(sum((one) => one.proved)))}
      </p>
      {waves.length > 0 && <Views isCalendar={calendar !== null} />}
      {calendar !== null && <WaveCalendarPart calendar={calendar} />}
      {calendar === null && waves.length > 0 && (
        <DataTable
          caption={t.caption}
          columns={[
            ...[t.columns.number, t.columns.state],
            ...[t.columns.boxes, t.columns.proved, t.columns.messages].map((label) => ({
              label,
              isNumber: true as const,
            })),
            t.columns.day,
          ]}
        >
          {waves.map((wave) => (
            <WaveLine key={wave.id} wave={wave} />
          ))}
        </DataTable>
      )}
      {mayPlan && (
        <ActPanel label={t.new} act="plan">
          <NewWaveForm servers={servers} once={once} />
        </ActPanel>
      )}
    </StaffPage>
  )
}

function Views({ isCalendar }: { isCalendar: boolean }) {
  const { t } = useWaveWords()
  return (
    <nav aria-label={t.calendar.views}>
      <ul className="st-views">
        <li>
          <Link to="/caselle/gruppi" aria-current={isCalendar ? undefined : 'page'}>
            {t.calendar.list}
          </Link>
        </li>
        <li>
          <Link to="?vista=calendario" aria-current={isCalendar ? 'page' : undefined}>
            {t.calendar.tab}
          </Link>
        </li>
      </ul>
    </nav>
  )
}

function WaveLine({ wave }: { wave: WaveRow }) {
  const { t, number } = useWaveWords()
  return (
    <tr>
      <th scope="row">
        <Link to={`/caselle/gruppi/${wave.number}`}>
          {wave.number}. {wave.name}
        </Link>
        <span className="st-sub">
          {wave.fromServer} → {wave.toServer}
          {wave.isPilot && ` · ${t.list.pilot}`}
          {wave.thirdParty !== null && ` · ${wave.thirdParty}`}
        </span>
      </th>
      <td>
        <WaveState wave={wave} />
      </td>
      <td className="st-num">{number(wave.mailboxes)}</td>
      <td className="st-num">{number(wave.proved)}</td>
      <td className="st-num">{number(wave.messages)}</td>
      <td>{wave.cutOverAt === null ? '—' : <When at={wave.cutOverAt} isShort />}</td>
    </tr>
  )
}
