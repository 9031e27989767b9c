import { SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { PersonRow } from '../schema.ts'
import { officeOptions } from './frame.tsx'
import { useOrganisationTexts } from './texts.ts'

type Choices = { offices: { id: string; name: string; depth: number }[]; sites: { id: string; name: string }[] }

/** What is written down of a person, to add one or to change it. */
export function PersonFields({
  refused,
  person,
  choices,
}: {
  refused: Refused | undefined
  person?: PersonRow
  choices: Choices
}) {
  const t = useOrganisationTexts().pages.people.field
  const line = (
    name: 'givenName' | 'familyName' | 'email' | 'phone' | 'room',
    more: Partial<Parameters<typeof TextField>[0]>,
  ) => <TextField name={name} label={t[name]} refused={refused} initial={person?.[name] ?? null} {...more} />
  return (
    <>
      <div className="st-pair">
        {line('givenName', { required: true, maxLength: 200 })}
        {line('familyName', { required: true, maxLength: 200 })}
      </div>
      {line('email', { type: 'email', required: true, maxLength: 200 })}
      <SelectField
        name="officeId"
        label={t.office}
        refused={refused}
        initial={person?.officeId ?? null}
        options={officeOptions(choices.offices, t.noOffice)}
      />
      <SelectField
        name="siteId"
        label={t.site}
        refused={refused}
        initial={person?.siteId ?? null}
        options={[
          { value: '', label: t.officeSite },
          ...choices.sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <div className="st-pair">
        {line('phone', { isOptional: true, maxLength: 50, type: 'tel' })}
        {line('room', { isOptional: true, maxLength: 50 })}
      </div>
    </>
  )
}
