import { Form } from 'react-router'
import { TextField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { AgreementVersion } from '../agreements.ts'
import { waitingReasons } from '../internal/lifecycle.ts'
import { agreedMetrics } from '../vocabulary.ts'
import { Send } from './act-form.tsx'
import { useDeskTexts } from './texts.ts'

type Props = { current: AgreementVersion; refused: Refused | undefined }

/** A new version, starting from the one in force: times, pauses, from when and by which act. */
export function AgreementForm({ current, refused }: Props) {
  const t = useDeskTexts().work.agreement
  return (
    <details className="st-panel st-section" open={refused !== undefined || undefined}>
      <summary>
        <span className="btn st-btn is-plain">{t.add}</span>
      </summary>
      <Form method="post" className="mt-3">
        <p>{t.addHint}</p>
        <Times current={current} given={refused?.values} />
        <Pauses current={current} />
        <div className="st-pair mt-3">
          <TextField name="effectiveFrom" label={t.effectiveFrom} type="date" required refused={refused} />
          <TextField name="reason" label={t.reason} required minLength={3} maxLength={2000} refused={refused} />
        </div>
        <Send label={t.send} isMain />
      </Form>
    </details>
  )
}

function Times({ current, given }: { current: AgreementVersion; given: Record<string, string> | undefined }) {
  const { desk, work } = useDeskTexts()
  const t = work.agreement
  return (
    <ScrollRegion label={`${t.add}: ${t.targets}`}>
      <table className="st-table">
        <caption>{t.targets}</caption>
        <thead>
          <tr>
            {[t.metric, t.kinds, t.severities, t.within].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {current.terms.targets.map((target, index) => {
            const inDays = 'workingDays' in target.within
            const name = `${desk.metrics[target.metric]}, ${target.kinds.map((kind) => desk.kindsShort[kind]).join(', ')}`
            return (
              <tr key={`${target.metric} ${target.kinds.join()} ${target.severities?.join()}`}>
                <th scope="row">{desk.metrics[target.metric]}</th>
                <td>{target.kinds.map((kind) => desk.kindsShort[kind]).join(', ')}</td>
                <td>{target.severities?.map((severity) => desk.severities[severity]).join(', ') ?? t.all}</td>
                <td>
                  <span className="st-row">
                    <input
                      className="st-field st-auto"
                      type="number"
                      min="1"
                      required
                      name={`amount-${index}`}
                      aria-label={`${t.within}: ${name}`}
                      defaultValue={
                        given?.[`amount-${index}`] ??
                        ('workingDays' in target.within ? target.within.workingDays : target.within.minutes)
                      }
                    />
                    <select
                      className="st-field st-auto"
                      name={`unit-${index}`}
                      aria-label={name}
                      defaultValue={given?.[`unit-${index}`] ?? (inDays ? 'workingDays' : 'minutes')}
                    >
                      <option value="minutes">{t.minutes}</option>
                      <option value="workingDays">{t.days}</option>
                    </select>
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Pauses({ current }: { current: AgreementVersion }) {
  const { desk, work } = useDeskTexts()
  const t = work.agreement
  return (
    <ScrollRegion label={t.pauses}>
      <table className="st-table">
        <caption>{t.pauses}</caption>
        <thead>
          <tr>
            <th scope="col">{t.metric}</th>
            {waitingReasons.map((reason) => (
              <th key={reason} scope="col">
                {desk.waiting[reason]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {agreedMetrics.map((metric) => (
            <tr key={metric}>
              <th scope="row">{desk.metrics[metric]}</th>
              {waitingReasons.map((reason) => (
                <td key={reason}>
                  <input
                    type="checkbox"
                    className="st-check"
                    name={`pause-${metric}-${reason}`}
                    defaultChecked={current.terms.pauses[metric]?.includes(reason)}
                    aria-label={`${desk.metrics[metric]}: ${desk.waiting[reason]} ${t.stops}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
