import { Form, Link } from 'react-router'
import { TextField } from '../../../web/ui/form.tsx'
import type { PersonDetail } from '../schema.ts'
import { Act, Panel, Refusal, useRefused } from './frame.tsx'
import { useOrganisationTexts } from './texts.ts'

/** Whether and how a person signs in. */
export function Access({ person }: { person: PersonDetail }) {
  const t = useOrganisationTexts().pages.person
  const { account } = person
  return (
    <section aria-labelledby="access">
      <h2 id="access" className="st-h2">
        {t.accountTitle}
      </h2>
      {account === null ? (
        <>
          <p>{t.noAccount}</p>
          <NewAccount email={person.email} />
        </>
      ) : (
        <>
          <p>
            <span className={`st-state ${account.isDisabled ? 'st-pause' : 'st-ok'}`}>
              {account.isDisabled ? t.suspended : t.active}
            </span>{' '}
            {account.email}, {account.hasTotp ? t.withTotp : t.withoutTotp}.
          </p>
          <AccountActs isDisabled={account.isDisabled} hasTotp={account.hasTotp} />
        </>
      )}
    </section>
  )
}

function NewAccount({ email }: { email: string }) {
  const refused = useRefused('account')
  const t = useOrganisationTexts().pages.person
  return (
    <Panel label={t.createAccount} refused={refused}>
      <Form method="post">
        <Act act="account" />
        <TextField
          name="accountEmail"
          type="email"
          label={t.accountEmail}
          initial={email}
          required
          maxLength={200}
          autoComplete="off"
          refused={refused}
        />
        <TextField
          name="newPassword"
          type="password"
          label={t.password}
          hint={t.passwordHint}
          required
          maxLength={200}
          autoComplete="new-password"
          refused={refused}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.create}
        </button>
      </Form>
    </Panel>
  )
}

function AccountActs({ isDisabled, hasTotp }: { isDisabled: boolean; hasTotp: boolean }) {
  const resetting = useRefused('password')
  const suspending = useRefused(isDisabled ? 'enable' : 'disable')
  const t = useOrganisationTexts().pages.person
  return (
    <div className="st-stack">
      <Panel label={t.reset} refused={resetting}>
        <Form method="post">
          <Act act="password" />
          <TextField
            name="newPassword"
            type="password"
            label={t.newPassword}
            hint={t.passwordHint}
            required
            maxLength={200}
            autoComplete="new-password"
            refused={resetting}
          />
          <button type="submit" className="btn st-btn is-main">
            {t.resetSend}
          </button>
        </Form>
      </Panel>
      {hasTotp && (
        <Form method="post">
          <Act act="totp" />
          <button type="submit" className="btn st-btn is-plain">
            {t.removeTotp}
          </button>
        </Form>
      )}
      <Form method="post">
        <Refusal refused={suspending} />
        <Act act={isDisabled ? 'enable' : 'disable'} />
        <button type="submit" className="btn st-btn is-plain">
          {isDisabled ? t.enable : t.disable}
        </button>
      </Form>
    </div>
  )
}

/** The teams a person is in; they are changed on the team's page. */
export function Memberships({ person }: { person: PersonDetail }) {
  const t = useOrganisationTexts().pages.person
  return (
    <section aria-labelledby="memberships">
      <h2 id="memberships" className="st-h2">
        {t.teams}
      </h2>
      {person.teams.length === 0 ? (
        <p>{t.noTeams}</p>
      ) : (
        <ul className="st-list">
          {person.teams.map((team) => (
            <li key={team.id}>
              <Link to={`/amministrazione/squadre/${team.id}`}>{team.name}</Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Leaving, and coming back. */
export function Departure({ person, today }: { person: PersonDetail; today: string }) {
  const leaving = useRefused('leave')
  const returning = useRefused('back')
  const t = useOrganisationTexts().pages.person
  return (
    <section aria-labelledby="departure">
      <h2 id="departure" className="st-h2">
        {t.leaveTitle}
      </h2>
      {person.leftOn === null ? (
        <Panel label={t.leave} refused={leaving}>
          <p className="st-small">{t.leaveHint}</p>
          <Form method="post">
            <Act act="leave" version={person.version} refused={leaving} />
            <TextField
              name="leftOn"
              type="date"
              label={t.leftOn}
              initial={today}
              max={today}
              required
              refused={leaving}
            />
            <button type="submit" className="btn st-btn is-main">
              {t.leaveSend}
            </button>
          </Form>
        </Panel>
      ) : (
        <Form method="post">
          <p className="st-small">{t.backHint}</p>
          <Refusal refused={returning} />
          <Act act="back" version={person.version} refused={returning} />
          <button type="submit" className="btn st-btn is-plain">
            {t.back}
          </button>
        </Form>
      )}
    </section>
  )
}

/** The way to a copy of the person's data, or to their erasure. */
export function OwnData({ person }: { person: PersonDetail }) {
  const t = useOrganisationTexts().pages.person
  return (
    <section aria-labelledby="ownData">
      <h2 id="ownData" className="st-h2">
        {t.dataTitle}
      </h2>
      <p>
        <Link to={`/amministrazione/persone/${person.id}/dati`}>{t.dataLink}</Link>
      </p>
    </section>
  )
}
