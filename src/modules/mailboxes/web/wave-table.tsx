import { useLoaderData } from 'react-router'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { type WaveMailbox, waveGroups } from '../wave-schema.ts'
import type { loader } from './wave.tsx'
import { BoxAct } from './wave-box-act.tsx'
import { BoxState } from './wave-box-state.tsx'
import { nameOf, shownDone, useWaveWords } from './wave-words.ts'

/** The mailboxes, in the order of who has to do something. */
export function WaveTable() {
  const { wave, showsAll } = useLoaderData<typeof loader>()
  const { t } = useWaveWords()
  const c = t.columns
  return (
    <ScrollRegion label={t.caption}>
      <table className="st-table">
        <caption>{t.caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="st-w15">
              {c.box}
            </th>
            <th scope="col" className="st-w25">
              {c.state}
            </th>
            <th scope="col">{c.progress}</th>
            {[c.copied, c.total, c.left, c.time].map((label) => (
              <th key={label} scope="col" className="st-num">
                {label}
              </th>
            ))}
            <th scope="col" className="st-w15">
              {c.act}
            </th>
          </tr>
        </thead>
        {waveGroups.map((group) => (
          <Group
            key={group}
            group={group}
            boxes={wave.boxes.filter((box) => box.group === group)}
            showsAll={showsAll}
          />
        ))}
      </table>
    </ScrollRegion>
  )
}

type GroupProps = { group: WaveMailbox['group']; boxes: readonly WaveMailbox[]; showsAll: boolean }

function Group({ group, boxes, showsAll }: GroupProps) {
  const { t, number } = useWaveWords()
  if (boxes.length === 0) return null
  const shown = group === 'done' && !showsAll ? boxes.slice(0, shownDone) : boxes
  const count = number(boxes.length)
  const label = shown.length < boxes.length ? t.groups.doneLast(count, number(shown.length)) : t.groups[group](count)
  return (
    <tbody>
      <tr className="st-group">
        <th colSpan={8} scope="rowgroup">
          {label}
        </th>
      </tr>
      {shown.map((box, index) => (
        <Line key={box.mailboxId} box={box} isFirst={index === 0} />
      ))}
    </tbody>
  )
}

function Line({ box, isFirst }: { box: WaveMailbox; isFirst: boolean }) {
  const { t, number, duration } = useWaveWords()
  const left = Math.max(0, box.messages - box.doneMessages)
  const looks = { needs: 'st-halt', done: 'st-done', running: '', waiting: '', back: '' }
  return (
    <tr>
      <th scope="row">
        {nameOf(box)}
        <span className="st-sub">{box.office}</span>
      </th>
      <td>
        <BoxState box={box} isFirst={isFirst} />
      </td>
      <td>
        <progress
          className={looks[box.group]}
          max={Math.max(1, box.messages)}
          value={Math.min(box.doneMessages, box.messages)}
          aria-label={t.progressOf(nameOf(box), number(box.doneMessages), number(box.messages))}
        />
      </td>
      <td className="st-num">{number(box.doneMessages)}</td>
      <td className="st-num">{number(box.messages)}</td>
      <td className="st-num">{number(left)}</td>
      <td className="st-num">{box.secondsLeft === null || left === 0 ? '—' : duration(box.secondsLeft)}</td>
      <td>
        <BoxAct box={box} />
      </td>
    </tr>
  )
}
