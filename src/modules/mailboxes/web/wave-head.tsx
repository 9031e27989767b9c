import { Form } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, TextField } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { WaveDetail } from '../wave-schema.ts'
import type { WaveAct } from '../wave-vocabulary.ts'
import { useWaveWords } from './wave-words.ts'

type HeadProps = { wave: WaveDetail; title: string; mayAct: boolean; isLive: boolean | null }

/** Title, how it stands in a sentence, and what can be done with the whole wave. */
export function WaveHead({ wave, title, mayAct, isLive }: HeadProps) {
  const { t } = useWaveWords()
  return (
    <div className="st-head">
      <div>
        <h1 className="st-title">{title}</h1>
        <p className="st-lead mb-0">
          <Lead wave={wave} />
        </p>
      </div>
      <div className="st-row">
        {isLive !== null && (
          <span className="st-live" role="status">
            <span className={`st-state ${isLive ? 'st-ok' : 'st-idle'}`}>{isLive ? t.live : t.notLive}</span>
          </span>
        )}
        {mayAct && <WaveActs wave={wave} />}
      </div>
    </div>
  )
}

function Lead({ wave }: { wave: WaveDetail }) {
  const { t, number } = useWaveWords()
  const { needs } = countsOf(wave)
  return (
    <>
      {needs > 0 && <strong>{needs === 1 ? t.lead.waitOne : t.lead.waitMany(number(needs))} </strong>}
      <Outlook wave={wave} /> {wave.lateMessages > 0 && t.lead.late(number(wave.lateMessages))}{' '}
      {wave.cutOverAt !== null && ['planned', 'copying', 'paused'].includes(wave.state) && (
        <>
          {t.lead.cutOver} <When at={wave.cutOverAt} />.
        </>
      )}
    </>
  )
}

function Outlook({ wave }: { wave: WaveDetail }) {
  const { t, clockIn, roughly } = useWaveWords()
  const { needs, running, waiting } = countsOf(wave)
  if (wave.boxes.length === 0) return t.lead.empty
  switch (wave.state) {
    case 'planned':
      return `${t.lead.planned} ${wave.estimate ? t.lead.estimate(wave.estimate.days, roughly(wave.estimate.seconds)) : ''}`
    case 'paused':
      return t.lead.paused
    case 'cut_over':
      if (running + waiting > 0) return ''
      if (wave.closingAt !== null) return t.lead.closing
      return wave.carriedOutBy === 'sitec' ? t.lead.looking : t.lead.lookingOnly
    case 'closed':
      return t.lead.closed
    case 'stopped':
      return wave.boxes.every(({ state }) => state === 'rolled_back') ? t.lead.stopped : t.lead.stopping
    default:
      if (running + waiting === 0) return needs === 0 ? t.lead.ready : ''
      if (wave.secondsLeft === null)
        return wave.estimate ? t.lead.estimate(wave.estimate.days, roughly(wave.estimate.seconds)) : ''
      if (needs === 0) return t.lead.allFinish(clockIn(wave.secondsLeft))
      return t.lead.finish(wave.boxes.length - needs, clockIn(wave.secondsLeft))
  }
}

function countsOf({ boxes }: WaveDetail) {
  const of = (group: string) => boxes.filter((box) => box.group === group).length
  return { needs: of('needs'), running: of('running'), waiting: of('waiting'), done: of('done') }
}

function WaveActs({ wave }: { wave: WaveDetail }) {
  const { t } = useWaveWords()
  const { done, needs, running, waiting } = countsOf(wave)
  const isReady = done > 0 && needs + running + waiting === 0
  switch (wave.state) {
    case 'planned':
      return (
        <>
          {wave.carriedOutBy === 'sitec' && <CheckButton wave={wave} />}
          <StartAct wave={wave} />
        </>
      )
    case 'copying':
      return (
        <>
          {!isReady && <MoveButton wave={wave} deed="pause" label={t.acts.pause} />}
          {isReady && <CutOverAct wave={wave} />}
          <StopAct wave={wave} />
        </>
      )
    case 'paused':
      return (
        <>
          <MoveButton wave={wave} deed="resume" label={t.acts.resume} isMain />
          <StopAct wave={wave} />
        </>
      )
    case 'cut_over':
      return (
        <>
          {wave.closingAt === null && <MoveButton wave={wave} deed="close" label={t.acts.close} isMain />}
          {(wave.closingAt !== null || needs > 0) && <CloseNowAct wave={wave} />}
          <StopAct wave={wave} />
        </>
      )
    default:
      return null
  }
}

type MoveProps = { wave: WaveDetail; deed: WaveAct; label: string; isMain?: boolean }

function MoveButton({ wave, deed, label, isMain = false }: MoveProps) {
  return (
    <Form method="post" className="d-inline">
      <ActField act="move" version={wave.version} />
      <input type="hidden" name="deed" value={deed} />
      <button type="submit" className={`btn st-btn ${isMain ? 'is-main' : 'is-plain'}`}>
        {label}
      </button>
    </Form>
  )
}

function CheckButton({ wave }: { wave: WaveDetail }) {
  const { t } = useWaveWords()
  return (
    <Form method="post" className="d-inline">
      <ActField act="check" version={wave.version} />
      <button type="submit" className="btn st-btn is-plain">
        {t.acts.check}
      </button>
    </Form>
  )
}

function StartAct({ wave }: { wave: WaveDetail }) {
  const { t } = useWaveWords()
  const refused = useRefusedAct('move')
  if (refused?.problem.fields?.[0]?.path !== 'reason')
    return <MoveButton wave={wave} deed="start" label={t.acts.start} isMain />
  return (
    <Form method="post" className="st-form">
      <ActField act="move" version={wave.version} />
      <input type="hidden" name="deed" value="start" />
      <TextField name="reason" label={t.acts.startWhy} refused={refused} required />
      <button type="submit" className="btn st-btn is-main">
        {t.acts.start}
      </button>
    </Form>
  )
}

function CutOverAct({ wave }: { wave: WaveDetail }) {
  const { t } = useWaveWords()
  return (
    <Panel label={t.acts.cutOver} refused={undefined} isMain>
      <p>{t.acts.cutOverAsk}</p>
      <MoveButton wave={wave} deed="cut_over" label={t.acts.cutOverYes} isMain />
    </Panel>
  )
}

type ReasonWords = { label: string; ask: string; why: string; yes: string }

function ReasonAct({ wave, deed, words }: { wave: WaveDetail; deed: 'close' | 'stop'; words: ReasonWords }) {
  return (
    <Panel label={words.label} refused={undefined}>
      <Form method="post">
        <p>{words.ask}</p>
        <ActField act="move" version={wave.version} />
        <input type="hidden" name="deed" value={deed} />
        <LongField name="reason" inputId={`${deed}-reason`} label={words.why} rows={2} required />
        <button type="submit" className="btn st-btn is-main">
          {words.yes}
        </button>
      </Form>
    </Panel>
  )
}

function CloseNowAct({ wave }: { wave: WaveDetail }) {
  const { closeNow: label, closeNowAsk: ask, closeNowWhy: why, close: yes } = useWaveWords().t.acts
  return <ReasonAct wave={wave} deed="close" words={{ label, ask, why, yes }} />
}

function StopAct({ wave }: { wave: WaveDetail }) {
  const { stop: label, stopAsk: ask, stopWhy: why, stopYes: yes } = useWaveWords().t.acts
  return <ReasonAct wave={wave} deed="stop" words={{ label, ask, why, yes }} />
}

/** Five totals, and how far the whole wave is. */
export function WaveSums({ wave }: { wave: WaveDetail }) {
  const { t, number, roughly } = useWaveWords()
  const { needs, running, done } = countsOf(wave)
  const waiting = wave.boxes.filter(({ group }) => group === 'waiting')
  const aside = wave.boxes.reduce((sum, box) => sum + box.setAside, 0)
  const left = Math.max(0, wave.messages - wave.doneMessages)
  const time = left === 0 || wave.secondsLeft === null ? null : roughly(wave.secondsLeft)
  const share = wave.messages === 0 ? 0 : Math.floor((wave.doneMessages / wave.messages) * 100)
  const sums = [
    [t.sums.needs, number(needs), t.sums.needsSmall],
    [t.sums.running, number(running), t.sums.perSecond(number(wave.speed))],
    [
      t.sums.waiting,
      number(waiting.length),
      t.sums.messages(number(waiting.reduce((sum, box) => sum + box.messages, 0))),
    ],
    [
      t.sums.proved,
      t.sums.of(number(done), number(wave.boxes.length)),
      aside === 0 ? t.sums.noneLost : t.sums.aside(number(aside)),
    ],
    [t.sums.left, number(left), t.sums.leftOf(number(wave.messages), time)],
  ] as const
  return (
    <>
      <dl className="st-sum">
        {sums.map(([label, value, small]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {value}
              <small>{small}</small>
            </dd>
          </div>
        ))}
      </dl>
      <p className="st-small st-quiet mb-1">
        <span id="all">{t.whole(number(wave.doneMessages), number(wave.messages), number(share))}</span>
      </p>
      <progress className="mb-4" max={Math.max(1, wave.messages)} value={wave.doneMessages} aria-labelledby="all" />
    </>
  )
}
