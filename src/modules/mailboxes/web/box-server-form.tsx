import { Form, useActionData, useLoaderData } from 'react-router'
import { ActField, Panel } from '../../../web/ui/act-panel.tsx'
import { Once, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { serverKinds, signIns, writtenBys } from '../box-vocabulary.ts'
import type { ServerTrial } from '../census-schema.ts'
import type { loader, TriedServer } from './box-servers.tsx'
import { useBoxTexts, wordFor } from './box-texts.ts'

/** What the fields begin with: what was typed, or what the server chosen has. */
function useServerFields() {
  const { chosen } = useLoaderData<typeof loader>()
  const answer = useActionData<TriedServer | Refused>()
  const refused = answer && 'problem' in answer && answer.values.act === 'server' ? answer : undefined
  const tried = answer && 'trial' in answer ? answer : undefined
  const typed = refused?.values ?? tried?.values
  const of = (name: string, first = '') => {
    const known = chosen === null ? first : String(chosen[name as keyof typeof chosen] ?? '')
    return { name, refused, initial: tried?.values[name] ?? known }
  }
  const isEncrypted = typed === undefined ? (chosen?.isEncrypted ?? true) : typed.isEncrypted !== undefined
  return { refused, tried, of, isEncrypted }
}

/** The form of a server: a new one, or the one chosen; tried as it would be used before it is saved. */
export function ServerForm() {
  const { chosen, servers, once } = useLoaderData<typeof loader>()
  const { refused, tried } = useServerFields()
  const t = useBoxTexts().page.serverPage
  return (
    <Panel
      label={chosen === null ? t.addTitle : t.changeTitle}
      refused={refused}
      isOpen={chosen !== null || servers.length === 0 || tried !== undefined}
      className="mt-3"
    >
      {tried && <Trial trial={tried.trial} isApi={tried.values.writtenBy === 'gmail_api'} />}
      <Form method="post">
        <Once token={once} />
        <ActField act="server" version={chosen?.version} />
        <PlaceFields />
        <SignInFields />
        <WritingFields />
        <TrialFields />
        <div className="st-row">
          <button type="submit" name="how" value="try" className="btn st-btn is-plain">
            {t.try}
          </button>
          <button type="submit" name="how" value="save" className="btn st-btn is-main">
            {t.save}
          </button>
        </div>
      </Form>
    </Panel>
  )
}

function PlaceFields() {
  const { of, isEncrypted } = useServerFields()
  const texts = useBoxTexts()
  const t = texts.page.serverPage
  return (
    <>
      <TextField {...of('name')} label={t.name} required />
      <SelectField
        {...of('kind', 'imap')}
        label={t.kind}
        options={serverKinds.map((value) => ({ value, label: texts.serverKinds[value] }))}
      />
      <TextField {...of('host')} label={t.host} required />
      <TextField {...of('port', '993')} label={t.port} inputMode="numeric" required />
      <p>
        <label>
          <input type="checkbox" className="st-check" name="isEncrypted" defaultChecked={isEncrypted} /> {t.encrypted}
        </label>
      </p>
    </>
  )
}

function SignInFields() {
  const { chosen } = useLoaderData<typeof loader>()
  const { of } = useServerFields()
  const texts = useBoxTexts()
  const t = texts.page.serverPage
  return (
    <>
      <SelectField
        {...of('signIn', 'master')}
        label={t.signIn}
        options={signIns.map((value) => ({ value, label: texts.signIns[value] }))}
      />
      <TextField {...of('signInUser')} label={t.user} hint={t.userHint} isOptional />
      <TextField
        name="secret"
        type="password"
        autoComplete="off"
        label={t.secret}
        hint={chosen?.hasSecret ? t.secretKept : t.secretHint}
        isOptional
      />
      <TextField {...of('mostConnections', '4')} label={t.mostConnections} inputMode="numeric" />
      <TextField {...of('dailyBytes')} label={t.dailyBytes} inputMode="numeric" isOptional />
      <TextField {...of('mostMessageBytes')} label={t.mostMessageBytes} inputMode="numeric" isOptional />
    </>
  )
}

function WritingFields() {
  const { of } = useServerFields()
  const texts = useBoxTexts()
  const t = texts.page.serverPage
  return (
    <>
      <SelectField
        {...of('writtenBy', 'imap')}
        label={t.writtenBy}
        hint={t.writtenByHint}
        options={writtenBys.map((value) => ({ value, label: texts.writtenBys[value] }))}
      />
      <TextField {...of('api')} label={t.api} hint={t.apiHint} isOptional />
      <TextField {...of('unitsPerMinute')} label={t.unitsPerMinute} hint={t.unitsHint} inputMode="numeric" isOptional />
    </>
  )
}

function TrialFields() {
  const { of } = useServerFields()
  const t = useBoxTexts().page.serverPage
  return (
    <fieldset className="st-question mb-3">
      <legend>{t.try}</legend>
      <TextField {...of('login')} label={t.tryLogin} isOptional />
      <TextField
        name="password"
        type="password"
        autoComplete="off"
        label={t.tryPassword}
        hint={t.tryPasswordHint}
        isOptional
      />
    </fieldset>
  )
}

function Trial({ trial, isApi }: { trial: ServerTrial; isApi: boolean }) {
  const t = useBoxTexts().page.serverPage
  if (trial.isWell)
    return (
      <div className="st-notice is-ok" role="status">
        <p>{isApi ? t.worksApi : t.works(trial.messages)}</p>
      </div>
    )
  return (
    <div className="st-notice is-late" role="alert">
      <p>
        <span className="st-state st-late">{t.worksNot}</span>{' '}
        {wordFor(t.troubles, trial.code ?? 'other') ?? t.troubles.other} {trial.words !== '' && <q>{trial.words}</q>}
      </p>
    </div>
  )
}
