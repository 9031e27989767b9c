import { Form } from 'react-router'
import { ActField, Panel } from '../../../web/ui/act-panel.tsx'
import { LongField, SelectField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { OfficeDelivery } from '../answer-schema.ts'
import { useAnswerWords } from './answer-words.ts'

type Props = {
  /** One office, or all of a person's that have something of one delivery. */
  offices: readonly OfficeDelivery[]
  refused: Refused | undefined
  /** Tells the forms of a page with several deliveries apart. */
  part?: string
}

/** All arrived: one press. Something is missing or different: with words. Plain forms, the same without JavaScript. */
export function AnswerForms({ offices, refused, part }: Props) {
  const t = useAnswerWords().form
  const [only] = offices.length === 1 ? offices : []
  const of = only && part !== undefined ? <OfField office={only} /> : null
  return (
    <>
      <Form method="post" className="mb-3" reloadDocument>
        <ActField act="answer" part={part} />
        <input type="hidden" name="answer" value="complete" />
        {of}
        <button type="submit" className="btn st-btn is-main">
          {t.complete}
        </button>
      </Form>
      <Panel label={t.differs} refused={refused}>
        <Form method="post" reloadDocument>
          <ActField act="answer" part={part} />
          <input type="hidden" name="answer" value="differs" />
          {of}
          {only === undefined ? <Offices offices={offices} refused={refused} /> : <Lines of={only} />}
          <LongField
            name="reason"
            inputId={`reason${part ?? ''}`}
            label={t.reason}
            hint={t.reasonHint}
            refused={refused}
            rows={3}
            required
            minLength={3}
            maxLength={2000}
          />
          <button type="submit" className="btn st-btn is-plain">
            {t.send}
          </button>
        </Form>
      </Panel>
    </>
  )
}

function OfField({ office }: { office: OfficeDelivery }) {
  return (
    <>
      <input type="hidden" name="delivery" value={office.deliveryId} />
      <input type="hidden" name="officeId" value={office.officeId} />
      <input type="hidden" name="version" value={office.version} />
    </>
  )
}

function Offices({ offices, refused }: Pick<Props, 'offices' | 'refused'>) {
  const t = useAnswerWords().form
  const options = offices.map(({ officeId, office }) => ({ value: officeId, label: office }))
  return <SelectField name="officeId" label={t.office} refused={refused} options={options} />
}

function Lines({ of }: { of: OfficeDelivery }) {
  const t = useAnswerWords().form
  if (of.lines.length < 2) return null
  return (
    <fieldset className="mb-3">
      <legend className="st-label">{t.which}</legend>
      <p className="st-small st-quiet">{t.whichHint}</p>
      {of.lines.map(({ line, description }) => (
        <label key={line} className="st-tick">
          <input className="st-check" type="checkbox" name="lines" value={line} />
          <span>{t.line(line, description)}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Serial numbers beyond these are counted. */
const mostSerials = 8

/** What came for an office, as the note says. */
export function WhatCame({ of }: { of: OfficeDelivery }) {
  const t = useAnswerWords()
  return (
    <ul>
      {of.lines.map(({ line, description, pieces, models, serials }) => (
        <li key={line}>
          {t.line(description, pieces)}
          {models.length > 0 && <span className="st-sub d-block">{t.models(models)}</span>}
          {serials.length > 0 && (
            <span className="st-sub d-block">
              {t.serials(serials.slice(0, mostSerials), pieces - Math.min(mostSerials, serials.length))}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
