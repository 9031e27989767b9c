import { ChoiceField, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { fieldsOf } from '../internal/kinds.ts'
import type { CaseKind } from '../internal/lifecycle.ts'
import { ancillaryTypes, natures, requestTypes, reservedMatters } from '../vocabulary.ts'
import { useDeskTexts } from './texts.ts'

type Props = { kind: CaseKind; refused: Refused | undefined; typed: (name: string) => string | undefined }

/** The few fields a kind asks for, and the way to say that it is a reserved matter. */
export function KindFields({ kind, refused, typed }: Props) {
  const fields = fieldsOf[kind]
  const has = (name: string) => fields.includes(name)
  const { work } = useDeskTexts()
  const t = work.newCase
  const common = { refused, initial: '' }
  return (
    <>
      {has('about') && (
        <TextField
          {...common}
          name="about"
          label={t.application}
          initial={typed('about') ?? ''}
          required={kind !== 'data_processing'}
          isOptional={kind === 'data_processing'}
          maxLength={200}
        />
      )}
      {has('requestType') && <Types name="requestType" label={t.requestType} refused={refused} typed={typed} />}
      {has('nature') && <Types name="nature" label={t.nature} refused={refused} typed={typed} />}
      {has('ancillaryType') && <Types name="ancillaryType" label={t.service} refused={refused} typed={typed} />}
      {has('neededBy') && (
        <TextField
          {...common}
          name="neededBy"
          label={t.neededBy}
          type="date"
          initial={typed('neededBy') ?? ''}
          isOptional
        />
      )}
      {has('reference') && (
        <TextField
          {...common}
          name="reference"
          label={t.reference}
          initial={typed('reference') ?? ''}
          isOptional
          maxLength={60}
        />
      )}
    </>
  )
}

/** Health, reports of wrongdoing, police: the words are then for the asker and whoever works on it. */
export function ReservedField({ refused, typed }: Omit<Props, 'kind'>) {
  const { desk, work } = useDeskTexts()
  const t = work.newCase
  const options = [
    { value: '', label: t.notReserved },
    ...reservedMatters.map((value) => ({ value: value as string, label: desk.reserved[value] })),
  ]
  const chosen = refused?.values.reserved ?? typed('reserved') ?? ''
  return (
    <details className="st-unfold mb-3" open={chosen !== '' || undefined}>
      <summary>{t.isReserved}</summary>
      <div className="mt-2">
        <SelectField
          name="reserved"
          label={t.reserved}
          hint={t.reservedHint}
          options={options}
          initial={chosen}
          refused={refused}
        />
      </div>
    </details>
  )
}

const choices = { requestType: requestTypes, nature: natures, ancillaryType: ancillaryTypes }

function Types({ name, label, refused, typed }: Omit<Props, 'kind'> & { name: keyof typeof choices; label: string }) {
  const { desk } = useDeskTexts()
  const words = {
    requestType: desk.requestTypes,
    nature: desk.natures,
    ancillaryType: desk.ancillaryTypes,
  }[name] as Record<string, string>
  return (
    <ChoiceField
      name={name}
      label={label}
      initial={typed(name) ?? null}
      refused={refused}
      options={choices[name].map((value) => ({ value, label: words[value] ?? value }))}
    />
  )
}
