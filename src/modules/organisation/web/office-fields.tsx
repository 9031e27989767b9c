import { SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { Office } from '../schema.ts'
import { officeOptions } from './frame.tsx'
import { useOrganisationTexts } from './texts.ts'

type Choices = { parents: { id: string; name: string; depth: number }[]; sites: { id: string; name: string }[] }

/** What is written down of an office, to add one or to change it. */
export function OfficeFields({
  refused,
  office,
  choices,
}: {
  refused: Refused | undefined
  office?: Office
  choices: Choices
}) {
  const { words, pages } = useOrganisationTexts()
  const t = pages.offices.field
  return (
    <>
      <TextField name="name" label={t.name} required maxLength={200} refused={refused} initial={office?.name ?? null} />
      <SelectField
        name="kind"
        label={t.kind}
        refused={refused}
        initial={office?.kind ?? 'service'}
        options={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        name="parentId"
        label={t.parent}
        refused={refused}
        initial={office?.parentId ?? null}
        options={officeOptions(choices.parents, t.top)}
      />
      <TextField
        name="sign"
        label={t.code}
        hint={t.codeHint}
        required
        maxLength={50}
        refused={refused}
        initial={office?.code ?? null}
      />
      <TextField
        name="ipa"
        label={t.ipa}
        hint={t.ipaHint}
        isOptional
        maxLength={50}
        refused={refused}
        initial={office?.ipaCode ?? null}
      />
      <SelectField
        name="siteId"
        label={t.site}
        refused={refused}
        initial={office?.siteId ?? null}
        options={[{ value: '', label: t.noSite }, ...choices.sites.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </>
  )
}
