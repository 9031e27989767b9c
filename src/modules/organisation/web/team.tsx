import { Form, Link, useLoaderData, useSearchParams } from 'react-router'
import { fail, notFound } from '../../../platform/problem.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { form } from '../../../web/visit.ts'
import { listParties } from '../parties.ts'
import { listPeople } from '../people.ts'
import { changeTeam, listTeamMembers, listTeams, setTeamMembers } from '../teams.ts'
import { Act, AdminPage, Refusal, Tick, useRefused } from './frame.tsx'
import { administratorPage, fromFields, idOf, saved, seenVersion, text, ticked } from './request.ts'
import { TeamFields } from './team-fields.tsx'
import { useOrganisationTexts } from './texts.ts'

const mostCandidates = 30

export const loader = administratorPage(async (ctx, { params, request }) => {
  const id = idOf(params)
  const team = (await listTeams(ctx)).find((team) => team.id === id) ?? fail(notFound())
  const members = await listTeamMembers(ctx, id)
  const words = new URL(request.url).searchParams.get('chi')?.trim().slice(0, 200) ?? ''
  const found = words === '' ? null : await listPeople(ctx, { partyId: team.partyId, words, limit: mostCandidates })
  return {
    team,
    members,
    parties: await listParties(ctx),
    candidates: (found?.rows ?? []).flatMap((person) =>
      members.some((member) => member.id === person.id)
        ? []
        : [
            {
              id: person.id,
              name: `${person.givenName} ${person.familyName}`,
              about: person.officeName ?? person.email,
            },
          ],
    ),
    hasMore: found !== null && found.nextCursor !== null,
  }
})

/** One address, one act: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const id = idOf(params)
  const version = seenVersion(form)
  const here = `/amministrazione/squadre/${id}`
  if (text(form, 'act') === 'members') {
    const inTeam = (path: string) => (path.startsWith('personIds') ? 'members' : path)
    await fromFields(inTeam, () => setTeamMembers(ctx, id, { personIds: ticked(form, 'person-'), version }))
    return saved(here, 'members')
  }
  const input = { name: text(form, 'name'), tier: text(form, 'tier'), partyId: text(form, 'partyId') }
  await changeTeam(ctx, id, { ...input, version })
  return saved(here, 'changed')
})

/** One team: its data and who is in it. */
export default function TeamPage() {
  const { team, parties } = useLoaderData<typeof loader>()
  const refused = useRefused('change')
  const { language } = useShell()
  const { pages } = useOrganisationTexts()
  const t = pages.teams
  return (
    <AdminPage
      title={team.name}
      above={[{ to: '/amministrazione/squadre', label: t.title }]}
      lead={t.lead(t.tier(team.tier), team.partyName, team.members, wholeNumber(team.members, language))}
    >
      <div className="st-side st-wide">
        <Members />
        <aside aria-labelledby="data">
          <h2 id="data" className="st-h2">
            {t.data}
          </h2>
          <Form method="post" key={team.version}>
            <Refusal refused={refused} />
            <Act act="change" version={team.version} refused={refused} />
            <TeamFields refused={refused} team={team} parties={parties} />
            <button type="submit" className="btn st-btn is-plain">
              {pages.common.save}
            </button>
          </Form>
        </aside>
      </div>
    </AdminPage>
  )
}

function Members() {
  const { team, members, candidates, hasMore } = useLoaderData<typeof loader>()
  const refused = useRefused('members')
  const [search] = useSearchParams()
  const t = useOrganisationTexts().pages.teams
  const hasSearched = (search.get('chi') ?? '').trim() !== ''
  return (
    <section aria-labelledby="membersTitle">
      <h2 id="membersTitle" className="st-h2">
        {t.membersTitle}
      </h2>
      <FindPeople />
      {hasSearched && candidates.length === 0 && <p role="status">{t.noCandidates}</p>}
      {(members.length > 0 || candidates.length > 0) && (
        <Form method="post" key={`${team.version} ${search.get('chi')}`}>
          <Refusal refused={refused} />
          <Act act="members" version={team.version} refused={refused} />
          {candidates.length > 0 && (
            <fieldset className="st-question st-ticks mb-3">
              <legend>{t.candidates}</legend>
              {candidates.map((person) => (
                <Tick
                  key={person.id}
                  name={`person-${person.id}`}
                  label={<Named person={person} />}
                  isOn={false}
                  refused={refused}
                />
              ))}
              {hasMore && <p className="st-small st-quiet">{t.capped}</p>}
            </fieldset>
          )}
          {members.length > 0 && (
            <fieldset className="st-question st-ticks mb-3" id="members">
              <legend>{t.membersNow}</legend>
              <p className="st-small st-quiet">{t.membersHint}</p>
              {members.map((person) => (
                <Tick
                  key={person.id}
                  name={`person-${person.id}`}
                  label={<Link to={`/amministrazione/persone/${person.id}`}>{person.name}</Link>}
                  isOn={true}
                  refused={refused}
                />
              ))}
            </fieldset>
          )}
          <button type="submit" className="btn st-btn is-main">
            {t.saveMembers}
          </button>
        </Form>
      )}
    </section>
  )
}

function FindPeople() {
  const [search] = useSearchParams()
  const t = useOrganisationTexts().pages
  return (
    <Form className="st-row align-items-end mb-3" role="search" aria-label={t.teams.find}>
      <div className="flex-grow-1">
        <label className="st-label" htmlFor="chi">
          {t.teams.find}
        </label>
        <input
          id="chi"
          name="chi"
          type="search"
          className="form-control st-field"
          maxLength={200}
          autoComplete="off"
          placeholder={t.teams.findHint}
          defaultValue={search.get('chi') ?? ''}
          key={search.get('chi')}
        />
      </div>
      <button type="submit" className="btn st-btn is-plain">
        {t.common.search}
      </button>
    </Form>
  )
}

function Named({ person }: { person: { name: string; about: string } }) {
  return (
    <>
      {person.name} <span className="st-quiet">{person.about}</span>
    </>
  )
}
