import { Form, Link, useLoaderData } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { Once, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { form, onceToken } from '../../../web/visit.ts'
import { addSupplier, listParties } from '../parties.ts'
import { addTeam, listTeams } from '../teams.ts'
import { Act, AdminPage, Panel, Table, useRefused } from './frame.tsx'
import { administratorPage, fromFields, names, saved, text } from './request.ts'
import { TeamFields } from './team-fields.tsx'
import { useOrganisationTexts } from './texts.ts'

export const loader = administratorPage(async (ctx) => ({
  teams: await listTeams(ctx),
  parties: await listParties(ctx),
  once: onceToken(),
}))

/** One address, one act: the button's name says which operation. */
export const action = form(async (ctx, form) => {
  if (text(form, 'act') === 'party') {
    await fromFields(names({ name: 'partyName' }), () => addSupplier(ctx, { name: text(form, 'partyName') }))
  } else {
    await addTeam(ctx, { name: text(form, 'name'), tier: text(form, 'tier'), partyId: text(form, 'partyId') })
  }
  return saved('/amministrazione/squadre', 'added')
})

/** Teams under the party they belong to. */
export default function TeamsPage() {
  const { teams, parties } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const { words, pages } = useOrganisationTexts()
  const t = pages.teams
  const shown = (n: number) => wholeNumber(n, language)
  return (
    <AdminPage
      title={t.title}
      lead={teams.length === 0 ? t.empty : t.sentence(teams.length, shown(teams.length), shown(parties.length))}
    >
      <div className="st-row align-items-start">
        <AddTeam />
        <AddParty />
      </div>
      <Table
        caption={t.caption}
        head={
          <>
            <th scope="col">{t.columns.name}</th>
            <th scope="col">{t.columns.tier}</th>
            <th scope="col" className="st-num">
              {t.columns.members}
            </th>
          </>
        }
      >
        {parties.map((party) => (
          <tbody key={party.id}>
            <tr className="st-group">
              <th scope="rowgroup" colSpan={3}>
                {words.parties[party.kind]}: {party.name}
              </th>
            </tr>
            {teams
              .filter((team) => team.partyId === party.id)
              .map((team) => (
                <tr key={team.id}>
                  <th scope="row">
                    <Link to={team.id}>{team.name}</Link>
                  </th>
                  <td>{t.tier(team.tier)}</td>
                  <td className="st-num">{shown(team.members)}</td>
                </tr>
              ))}
            {!teams.some((team) => team.partyId === party.id) && (
              <tr>
                <td colSpan={3} className="st-quiet">
                  {t.noTeams}
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </Table>
    </AdminPage>
  )
}

function AddTeam() {
  const { parties, once } = useLoaderData<typeof loader>()
  const refused = useRefused('add')
  const t = useOrganisationTexts().pages.teams
  return (
    <Panel label={t.add} refused={refused}>
      <Form method="post" key={once}>
        <Once token={once} />
        <Act act="add" />
        <TeamFields refused={refused} parties={parties} />
        <button type="submit" className="btn st-btn is-main">
          {t.add}
        </button>
      </Form>
    </Panel>
  )
}

function AddParty() {
  const { once } = useLoaderData<typeof loader>()
  const refused = useRefused('party')
  const t = useOrganisationTexts().pages.teams
  return (
    <Panel label={t.addParty} refused={refused}>
      <Form method="post" key={once}>
        <Once token={once} />
        <Act act="party" />
        <TextField name="partyName" label={t.partyName} required maxLength={200} refused={refused} />
        <button type="submit" className="btn st-btn is-main">
          {t.addParty}
        </button>
      </Form>
    </Panel>
  )
}
