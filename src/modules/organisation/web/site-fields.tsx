import { TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { Site } from '../schema.ts'
import { useOrganisationTexts } from './texts.ts'

/** What is written down of a site. */
export function SiteFields({ refused, site }: { refused: Refused | undefined; site?: Site }) {
  const t = useOrganisationTexts().pages.sites
  return (
    <>
      <TextField name="name" label={t.name} required maxLength={200} refused={refused} initial={site?.name ?? null} />
      <TextField
        name="sign"
        label={t.code}
        hint={t.codeHint}
        required
        maxLength={50}
        refused={refused}
        initial={site?.code ?? null}
      />
      <TextField
        name="address"
        label={t.address}
        isOptional
        maxLength={300}
        refused={refused}
        initial={site?.address ?? null}
      />
    </>
  )
}
