import { Form, useLoaderData } from 'react-router'
import { ActField } from '../../../web/ui/act-panel.tsx'
import type { PartedDelegate } from '../wave-schema.ts'
import type { loader } from './wave.tsx'
import { useWaveWords } from './wave-words.ts'

/** Whom the wave leaves behind though they share delegations with those that move; one press adds those that may come. */
export function PartedPart() {
  const { wave, parted, mayAct } = useLoaderData<typeof loader>()
  const { t: all, number } = useWaveWords()
  const t = all.parted
  if (parted.length === 0) return null
  const joining = parted.filter(({ mayJoin }) => mayJoin)
  const mayAdd = mayAct && joining.length > 0 && ['planned', 'copying', 'paused'].includes(wave.state)
  return (
    <section className="st-notice mt-3" aria-labelledby="parted-title">
      <h2 id="parted-title" className="st-h2">
        {t.title}
      </h2>
      <p>{t.sentence(number(parted.length))}</p>
      <ul className="st-list">
        {parted.map((one) => (
          <Line key={one.mailboxId} one={one} />
        ))}
      </ul>
      {mayAdd && (
        <Form method="post" preventScrollReset>
          <ActField act="add" version={wave.version} />
          {joining.map(({ mailboxId }) => (
            <input key={mailboxId} type="hidden" name="mailboxIds" value={mailboxId} />
          ))}
          <button type="submit" className="btn st-btn is-main">
            {t.add(number(joining.length))}
          </button>
        </Form>
      )}
      <p className="st-small mb-0 mt-2">{t.leave}</p>
    </section>
  )
}

function Line({ one }: { one: PartedDelegate }) {
  const { t: all } = useWaveWords()
  const t = all.parted
  const { address, isDelegate, shares, mayJoin, waveNumber } = one
  const why = waveNumber !== null ? t.inWave(waveNumber) : mayJoin ? null : t.noDecision
  return (
    <li>
      {address}: {(isDelegate ? t.opens : t.opened)(shares.join(', '))}
      {why !== null && ` (${why})`}
    </li>
  )
}
