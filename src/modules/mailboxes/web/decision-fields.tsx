import { ChoiceField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { type DecisionField, type DecisionKind, fieldsOf } from '../decision-vocabulary.ts'
import { useDecisionTexts } from './decision-page-words.ts'

type Props = { kind: DecisionKind; into: string | null; refused: Refused | undefined }

const types: Partial<Record<DecisionField, 'date' | 'email'>> = {
  newAddress: 'email',
  answerAddress: 'email',
  aliasUntil: 'date',
  heldUntil: 'date',
  keptUntil: 'date',
}

/** The few fields of a choice, those it needs and those it may have. */
export function DecisionFields({ kind, into, refused }: Props) {
  const { new: t } = useDecisionTexts()
  const { needs, may } = fieldsOf[kind]
  const hints: Record<string, string | undefined> = t.hints
  return (
    <>
      {[...needs, ...may].map((field) => {
        if (field === 'keepsDoubles')
          return (
            <ChoiceField
              key={field}
              name={field}
              label={t.fields.keepsDoubles}
              refused={refused}
              initial="no"
              options={(['no', 'yes'] as const).map((value) => ({ value, label: t.doubles[value] }))}
            />
          )
        const isInto = field === 'intoId'
        return (
          <TextField
            key={field}
            name={isInto ? 'into' : field}
            type={isInto ? 'email' : (types[field] ?? 'text')}
            label={isInto ? t.fields.into : t.fields[field]}
            hint={isInto ? t.hints.into : hints[field]}
            refused={refused}
            initial={isInto ? into : null}
            isOptional={!needs.includes(field)}
            required={needs.includes(field)}
          />
        )
      })}
    </>
  )
}
