import { Form, useLoaderData } from 'react-router'
import type { Context } from '../../../platform/context.ts'
import { roles } from '../../../platform/permissions.ts'
import { form } from '../../../web/visit.ts'
import { addAccount, disableAccount, enableAccount, removeSecondFactor, resetPassword } from '../accounts.ts'
import { leavePerson, readmitPerson } from '../departures.ts'
import { forbiddenRole } from '../internal/roles.ts'
import { today } from '../internal/today.ts'
import { listOffices } from '../offices.ts'
import { changePerson, findPerson, setRoles } from '../people.ts'
import { listSites } from '../sites.ts'
import { Act, AdminPage, Day, Refusal, Tick, useRefused } from './frame.tsx'
import { Access, Departure, Memberships, OwnData } from './person-access.tsx'
import { PersonFields } from './person-fields.tsx'
import { personInput, rolesInput } from './person-form.ts'
import { administratorPage, fromFields, idOf, names, type Saved, saved, seenVersion, text } from './request.ts'
import { useOrganisationTexts } from './texts.ts'

export const loader = administratorPage(async (ctx, { params }) => {
  const person = await findPerson(ctx, idOf(params))
  return {
    person,
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    roles: roles.filter((role) => forbiddenRole(person.partyKind, [role]) === null),
    today: today(ctx.zone),
  }
})

// Ids are unique in the page: the account's fields bear names of their own.
const accountFields = names({ email: 'accountEmail', password: 'newPassword', personId: 'accountEmail' })
const roleField = (path: string) => (path.startsWith('roles') ? 'roles' : path)

/** One address, one act: the button's name says which operation. */
export const action = form(async (ctx, form, { params }) => {
  const id = idOf(params)
  return saved(`/amministrazione/persone/${id}`, await carryOut(ctx, id, form))
})

async function carryOut(ctx: Context, id: string, form: FormData): Promise<Saved> {
  const version = seenVersion(form)
  const password = text(form, 'newPassword')
  const email = text(form, 'accountEmail')
  switch (text(form, 'act')) {
    case 'roles':
      await fromFields(roleField, () => setRoles(ctx, id, { roles: rolesInput(form), version }))
      return 'roles'
    case 'account':
      await fromFields(accountFields, () => addAccount(ctx, { personId: id, email, password }))
      return 'account'
    case 'password':
      await fromFields(accountFields, () => resetPassword(ctx, id, { password }))
      return 'password'
    case 'disable':
      await disableAccount(ctx, id)
      return 'disabled'
    case 'totp':
      await removeSecondFactor(ctx, id)
      return 'totp'
    case 'enable':
      await enableAccount(ctx, id)
      return 'enabled'
    case 'leave':
      await leavePerson(ctx, id, { leftOn: text(form, 'leftOn'), version })
      return 'left'
    case 'back':
      await readmitPerson(ctx, id, { version })
      return 'back'
    default:
      await changePerson(ctx, id, { ...personInput(form), version })
      return 'changed'
  }
}

/** One person: data, roles, access, departure. */
export default function PersonPage() {
  const { person, today } = useLoaderData<typeof loader>()
  const t = useOrganisationTexts().pages
  const isHere = person.leftOn === null
  return (
    <AdminPage
      title={`${person.givenName} ${person.familyName}`}
      above={[{ to: '/amministrazione/persone', label: t.people.title }]}
      lead={
        <>
          {t.person.lead(person.partyName, person.officeName)}.{' '}
          {person.leftOn && (
            <>
              {t.person.goneOn} <Day date={person.leftOn} />.
            </>
          )}
        </>
      }
    >
      <div className="st-side st-wide">
        <div>
          {isHere && <PersonData />}
          {isHere && <Roles />}
        </div>
        <aside className="st-stack" aria-label={t.person.accountTitle}>
          {isHere && <Access person={person} />}
          {isHere && <Memberships person={person} />}
          <Departure person={person} today={today} />
          <OwnData person={person} />
        </aside>
      </div>
    </AdminPage>
  )
}

function PersonData() {
  const { person, offices, sites } = useLoaderData<typeof loader>()
  const refused = useRefused('change')
  const { pages } = useOrganisationTexts()
  return (
    <section aria-labelledby="data">
      <h2 id="data" className="st-h2">
        {pages.person.data}
      </h2>
      <Form method="post" className="st-form" key={person.version}>
        <Refusal refused={refused} />
        <Act act="change" version={person.version} refused={refused} />
        <PersonFields refused={refused} person={person} choices={{ offices, sites }} />
        <button type="submit" className="btn st-btn is-main">
          {pages.common.save}
        </button>
      </Form>
    </section>
  )
}

function Roles() {
  const { person, roles } = useLoaderData<typeof loader>()
  const refused = useRefused('roles')
  const { words, pages } = useOrganisationTexts()
  const t = pages.person
  return (
    <section className="st-section" aria-labelledby="rolesTitle">
      <h2 id="rolesTitle" className="st-h2">
        {t.rolesTitle}
      </h2>
      <p>{t.rolesHint}</p>
      <Form method="post" className="st-form" key={person.version}>
        <Refusal refused={refused} />
        <Act act="roles" version={person.version} refused={refused} />
        <fieldset className="st-question st-ticks" id="roles">
          <legend className="visually-hidden">{t.rolesTitle}</legend>
          {roles.map((role) => (
            <Tick
              key={role}
              name={`role-${role}`}
              label={
                <>
                  {words.roles[role]} <span className="st-sub st-quiet">{pages.roleHelp[role]}</span>
                </>
              }
              isOn={person.roles.includes(role)}
              refused={refused}
            />
          ))}
        </fieldset>
        <button type="submit" className="btn st-btn is-plain">
          {t.saveRoles}
        </button>
      </Form>
    </section>
  )
}
