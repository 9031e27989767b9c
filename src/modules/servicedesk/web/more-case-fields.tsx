import { SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { caseKinds } from '../internal/lifecycle.ts'
import { ancillaryTypes, natures, requestTypes, reservedMatters } from '../vocabulary.ts'
import { useDeskTexts } from './texts.ts'

type Option = { value: string; label: string }
type Props = { items: Option[]; refused: Refused | undefined }

const common = ['incident', 'service_request']
const otherKinds = caseKinds.filter((kind) => !common.includes(kind))

/** The rarer kinds with their few fields, and when the person called: out of the way until they are needed. */
export function MoreCaseFields({ items, refused }: Props) {
  const { desk, pages, work } = useDeskTexts()
  const t = work.newCase
  const given = refused?.values ?? {}
  const isOpen = otherKinds.some((kind) => kind === given.kind) || (given.calledAt ?? '') !== ''
  return (
    <details className="st-unfold mb-3" open={isOpen || undefined}>
      <summary>{t.more}</summary>
      <fieldset className="st-question mt-2 mb-3">
        <legend>{pages.newCase.kind}</legend>
        <div className="st-answers">
          {otherKinds.map((kind) => (
            <label key={kind}>
              <input type="radio" name="kind" value={kind} defaultChecked={given.kind === kind} />{' '}
              {desk.kindsShort[kind]}
            </label>
          ))}
        </div>
      </fieldset>
      <KindDetails items={items} refused={refused} />
      <TextField
        name="calledAt"
        label={t.called}
        hint={t.calledHint}
        type="datetime-local"
        isOptional
        refused={refused}
      />
      <label className="st-tick">
        <input type="checkbox" name="inPerson" value="yes" className="st-check" /> <span>{t.inPerson}</span>
      </label>
    </details>
  )
}

/** What only some kinds ask for. */
function KindDetails({ items, refused }: Props) {
  const { desk, work } = useDeskTexts()
  const t = work.newCase
  return (
    <>
      <TextField name="about" label={t.application} isOptional maxLength={200} refused={refused} />
      <div className="st-pair">
        <Choice
          name="requestType"
          label={t.requestType}
          values={requestTypes}
          words={desk.requestTypes}
          refused={refused}
        />
        <Choice name="nature" label={t.nature} values={natures} words={desk.natures} refused={refused} />
        <Choice
          name="ancillaryType"
          label={t.service}
          values={ancillaryTypes}
          words={desk.ancillaryTypes}
          refused={refused}
        />
        <TextField name="neededBy" label={t.neededBy} type="date" isOptional refused={refused} />
        <TextField name="reference" label={t.reference} isOptional maxLength={60} refused={refused} />
        <Choice
          name="reserved"
          label={t.reserved}
          hint={t.reservedHint}
          values={reservedMatters}
          words={desk.reserved}
          refused={refused}
        />
        <SelectField
          name="itemId"
          label={desk.kinds.consumable}
          isOptional
          refused={refused}
          options={[{ value: '', label: t.any }, ...items]}
        />
        <TextField name="quantity" label={t.quantity} type="number" min="1" max="1000" initial="1" refused={refused} />
      </div>
    </>
  )
}

function Choice<Value extends string>({
  values,
  words,
  ...field
}: {
  name: string
  label: string
  hint?: string
  values: readonly Value[]
  words: Record<Value, string>
  refused: Refused | undefined
}) {
  const { any } = useDeskTexts().work.newCase
  const options = [
    { value: '', label: any },
    ...values.map((value) => ({ value: value as string, label: words[value] })),
  ]
  return <SelectField {...field} isOptional options={options} />
}
