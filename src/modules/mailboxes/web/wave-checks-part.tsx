import { Form, useLoaderData } from 'react-router'
import { ActField } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { WaveCheck } from '../wave-schema.ts'
import type { loader } from './wave.tsx'
import { useWaveWords } from './wave-words.ts'

const marks = { open: 'idle', done: 'ok', not_needed: 'pause' } as const

/** The runbook: what is done days before and after, ticked with a note. */
export function ChecksPart() {
  const { checks } = useLoaderData<typeof loader>()
  const { t: all } = useWaveWords()
  const t = all.checks
  const c = t.columns
  const done = checks.filter(({ state }) => state !== 'open').length
  return (
    <section id="controlli" className="mt-4" aria-labelledby="checks-title">
      <h2 id="checks-title" className="st-h2">
        {t.title}
      </h2>
      <p className="st-small st-quiet">{t.sentence(done, checks.length)}</p>
      <DataTable caption={t.caption} columns={[c.day, c.what, c.state, c.act]}>
        {checks.map((check) => (
          <CheckLine key={check.code} check={check} />
        ))}
      </DataTable>
    </section>
  )
}

function CheckLine({ check }: { check: WaveCheck }) {
  const { mayAct, isOpen } = useLoaderData<typeof loader>()
  const { t, words } = useWaveWords()
  return (
    <tr>
      <td>
        {t.checks.day(check.days)}
        {check.dueOn !== null && <span className="st-sub">{check.dueOn.split('-').reverse().join('/')}</span>}
      </td>
      <th scope="row">
        {words.checks[check.code]}
        {check.names.length > 0 && <span className="st-sub">{check.names.join(', ')}</span>}
        {check.gate !== null && <span className="st-sub">{words.gates[check.gate]}</span>}
      </th>
      <td>
        <span className={`st-state st-${marks[check.state]}`}>{words.checkStates[check.state]}</span>
        {check.at !== null && (
          <span className="st-sub">
            <When at={check.at} isShort />
            {check.by !== null && `, ${check.by}`}
            {check.note !== '' && `: ${check.note}`}
          </span>
        )}
      </td>
      <td>{mayAct && isOpen && <TickForm check={check} />}</td>
    </tr>
  )
}

function TickForm({ check }: { check: WaveCheck }) {
  const { t, words } = useWaveWords()
  const about = words.checks[check.code]
  const button = (state: string, label: string) => (
    <button
      type="submit"
      name="state"
      value={state}
      className="btn st-btn is-plain"
      aria-label={t.acts.of(label, about)}
    >
      {label}
    </button>
  )
  return (
    <Form method="post" preventScrollReset className="st-row">
      <ActField act="tick" part={check.code} />
      {check.state === 'open' ? (
        <>
          <input
            name="note"
            className="form-control st-field st-narrow"
            aria-label={t.acts.of(t.checks.note, about)}
            placeholder={t.checks.note}
            maxLength={1000}
          />
          {button('done', t.checks.done)}
          {button('not_needed', t.checks.notNeeded)}
        </>
      ) : (
        button('open', t.checks.again)
      )}
    </Form>
  )
}
