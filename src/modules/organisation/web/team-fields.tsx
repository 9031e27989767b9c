import { SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { Party, Team } from '../schema.ts'
import { useOrganisationTexts } from './texts.ts'

/** What is written down of a team. The party is fixed while somebody is in it. */
export function TeamFields({
  refused,
  team,
  parties,
}: {
  refused: Refused | undefined
  team?: Team
  parties: readonly Party[]
}) {
  const t = useOrganisationTexts().pages.teams
  return (
    <>
      <TextField
        name="name"
        label={t.field.name}
        required
        maxLength={200}
        refused={refused}
        initial={team?.name ?? null}
      />
      <SelectField
        name="tier"
        label={t.field.tier}
        refused={refused}
        initial={String(team?.tier ?? 1)}
        options={[
          { value: '1', label: t.tiers.first },
          { value: '2', label: t.tiers.second },
        ]}
      />
      {team && team.members > 0 ? (
        <>
          <input type="hidden" name="partyId" value={team.partyId} />
          <p className="st-small st-quiet">{t.partyFixed}</p>
        </>
      ) : (
        <SelectField
          name="partyId"
          label={t.field.party}
          refused={refused}
          initial={team?.partyId ?? parties[0]?.id ?? null}
          options={parties.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </>
  )
}
