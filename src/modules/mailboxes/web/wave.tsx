import { Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { ActPanel, Crumb, DoneNotice, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { form, page } from '../../../web/visit.ts'
import { listWaveCases } from '../wave-cases.ts'
import { listChecks } from '../wave-checks.ts'
import { listPartedDelegates } from '../wave-delegates.ts'
import { previewMessage } from '../wave-messages.ts'
import { messageTemplates } from '../wave-vocabulary.ts'
import { findWave, listCandidates } from '../waves.ts'
import { actOnWave, numberOf } from './wave-actions.ts'
import { AddPart } from './wave-add.tsx'
import { CasesPart } from './wave-cases-part.tsx'
import { ChecksPart } from './wave-checks-part.tsx'
import { ChangeWaveForm } from './wave-form.tsx'
import { WaveHead, WaveSums } from './wave-head.tsx'
import { LogPart } from './wave-log-part.tsx'
import { MessagesPart } from './wave-messages-part.tsx'
import { PartedPart } from './wave-parted.tsx'
import { WaveTable } from './wave-table.tsx'
import { shownDone, useWaveWords } from './wave-words.ts'

export const loader = page(async (ctx, { params, request }) => {
  const number = numberOf(params.number)
  const wave = await findWave(ctx, number)
  const mayAct = may(ctx.actor, 'mailboxes.copy')
  const search = new URL(request.url).searchParams
  const template = messageTemplates.find((one) => one === search.get('avviso')) ?? 'before'
  const isOpen = !['closed', 'stopped'].includes(wave.state)
  return {
    ...{ wave, mayAct, isOpen, showsAll: search.has('tutte') },
    parted: isOpen ? await listPartedDelegates(ctx, number) : [],
    checks: await listChecks(ctx, number),
    cases: await listWaveCases(ctx, number),
    candidates:
      mayAct && ['planned', 'copying', 'paused'].includes(wave.state) ? await listCandidates(ctx, number) : null,
    message: mayAct && isOpen ? await previewMessage(ctx, number, template) : null,
  }
})

/** One address, several acts: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const number = numberOf(params.number)
  return redirect(`/caselle/gruppi/${number}${await actOnWave(ctx, number, form)}`)
})

/** A wave, live: what needs somebody, what is copied, what waits, what is done. */
export default function WavePage() {
  const { wave, mayAct, isOpen } = useLoaderData<typeof loader>()
  const { t, words } = useWaveWords()
  const isLive = useChanges()
  const title = t.title(wave.number, words.waveStates[wave.state])
  return (
    <StaffPage title={title}>
      <Notices />
      <Crumb to="/caselle/gruppi" label={t.list.title} title={t.crumb(wave.number, wave.of)} />
      <WaveHead wave={wave} title={title} mayAct={mayAct} isLive={isLive} />
      <WaveSums wave={wave} />
      {wave.boxes.length > 0 && <WaveTable />}
      <p className="mt-2">
        <RestLink />
        <a href={`/caselle/gruppi/${wave.number}.csv`}>{t.log}</a>
      </p>
      {isOpen && (
        <div className="st-notice mt-3">
          <p>{t.notice}</p>
        </div>
      )}
      <PartedPart />
      <AddPart />
      <LogPart />
      {mayAct && isOpen && (
        <ActPanel label={t.list.facts} act="change">
          <ChangeWaveForm wave={wave} />
        </ActPanel>
      )}
      <ChecksPart />
      <MessagesPart />
      <CasesPart />
    </StaffPage>
  )
}

// The last few that are done are enough, until somebody wants them all.
function RestLink() {
  const { wave, showsAll } = useLoaderData<typeof loader>()
  const { t, number } = useWaveWords()
  const done = wave.boxes.filter(({ group }) => group === 'done').length
  if (done <= shownDone) return null
  return (
    <>
      <Link to={showsAll ? '?' : '?tutte'} preventScrollReset>
        {showsAll ? t.showLast : t.showRest(number(done - shownDone))}
      </Link>
      {' · '}
    </>
  )
}

// Acts that are a button only: their refusal is said at the head of the page.
const acts = ['move', 'check', 'hold', 'again', 'out', 'tick', 'untie']

function Refusal({ act }: { act: string }) {
  return <RefusedNotice refused={useRefusedAct(act)} />
}

function Notices() {
  const [search] = useSearchParams()
  const { t } = useWaveWords()
  return (
    <>
      {search.has('registro') && <DoneNotice>{t.thirdParty.taken}</DoneNotice>}
      {search.has('avvisati') && <DoneNotice>{t.messages.sent}</DoneNotice>}
      {acts.map((act) => (
        <Refusal key={act} act={act} />
      ))}
    </>
  )
}
