import { Form, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { mailKinds } from '../internal/mail-plan.ts'
import type { loader, Tried } from './mail-channels.tsx'
import { useMailTexts } from './mail-texts.ts'
import { useDeskTexts } from './texts.ts'

/** The form of a mailbox: first try it, then save it. What was typed stays, the password in the browser only. */
export function ChannelForm() {
  const { chosen, once } = useLoaderData<typeof loader>()
  const done = useActionData<Refused | Tried>()
  const t = useMailTexts().channels
  const fields = (
    <Form method="post" className="st-form mt-3" action={chosen ? `?casella=${chosen.id}` : '?'}>
      {chosen ? <input type="hidden" name="version" value={chosen.version} /> : <Once token={once} />}
      <Outcome />
      <Fields />
      <div className="st-row">
        <button type="submit" name="act" value="test" className="btn st-btn is-plain">
          {t.test}
        </button>
        <button type="submit" name="act" value="save" className="btn st-btn is-main">
          {t.save}
        </button>
      </div>
    </Form>
  )
  if (chosen) return fields
  return (
    <details className="st-panel mt-3" open={done !== undefined || undefined}>
      <summary>
        <span className="btn st-btn is-plain">{t.add}</span>
      </summary>
      {fields}
    </details>
  )
}

function Outcome() {
  const done = useActionData<Refused | Tried>()
  const t = useMailTexts().channels
  const [search] = useSearchParams()
  if (done === undefined) return null
  if ('problem' in done)
    return (
      <>
        <RefusedNotice refused={done} />
        {done.problem.code === 'stale' && (
          <p>
            <a href={`/amministrazione/posta?${search}`}>{t.reload}</a>
          </p>
        )}
      </>
    )
  return (
    <div className="st-notice is-ok" role="status">
      <p>{t.works(done.messages)}</p>
      <noscript>
        <p>{t.passwordAgain}</p>
      </noscript>
    </div>
  )
}

function Fields() {
  const { chosen } = useLoaderData<typeof loader>()
  const refused = refusedOf(useActionData<Refused | Tried>())
  const { channels: t } = useMailTexts()
  const field = (name: 'name' | 'address' | 'host' | 'username' | 'folder' | 'doneFolder') => ({
    name,
    refused,
    label: t[name],
    initial: chosen?.[name] ?? null,
  })
  return (
    <>
      <TextField {...field('name')} hint={t.nameHint} required maxLength={100} />
      <TextField {...field('address')} type="email" hint={t.addressHint} required />
      <TextField {...field('host')} hint={t.hostHint} required />
      <ServerFields refused={refused} />
      <TextField {...field('username')} required autoComplete="off" />
      <TextField
        name="password"
        type="password"
        label={t.password}
        hint={chosen ? t.passwordKept : t.passwordHint}
        autoComplete="new-password"
        maxLength={500}
        refused={refused}
      />
      <TextField {...field('folder')} required initial={chosen?.folder ?? 'INBOX'} />
      <TextField {...field('doneFolder')} hint={t.doneFolderHint} isOptional />
      <KindField refused={refused} />
      <ActiveField refused={refused} />
    </>
  )
}

function ActiveField({ refused }: { refused: Refused | undefined }) {
  const { chosen } = useLoaderData<typeof loader>()
  const isOn = refused ? 'isActive' in refused.values : (chosen?.isActive ?? true)
  return (
    <label className="st-tick mb-3">
      <input type="checkbox" className="st-check" name="isActive" defaultChecked={isOn} />
      <span>{useMailTexts().channels.isActive}</span>
    </label>
  )
}

function ServerFields({ refused }: { refused: Refused | undefined }) {
  const { chosen } = useLoaderData<typeof loader>()
  const { channels: t } = useMailTexts()
  return (
    <>
      <SelectField
        name="security"
        label={t.security}
        options={Object.entries(t.securities).map(([value, label]) => ({ value, label }))}
        refused={refused}
        initial={chosen?.security ?? 'tls'}
      />
      <TextField
        name="port"
        type="number"
        min={1}
        max={65_535}
        label={t.port}
        required
        refused={refused}
        initial={String(chosen?.port ?? 993)}
      />
    </>
  )
}

function KindField({ refused }: { refused: Refused | undefined }) {
  const { chosen } = useLoaderData<typeof loader>()
  const { channels: t } = useMailTexts()
  const { desk } = useDeskTexts()
  return (
    <SelectField
      name="kind"
      label={t.kind}
      options={mailKinds.map((value) => ({ value, label: desk.kinds[value] }))}
      refused={refused}
      initial={chosen?.kind ?? 'incident'}
    />
  )
}

// A trial that went well keeps what was typed as a refusal does, and refuses nothing.
function refusedOf(done: Refused | Tried | undefined): Refused | undefined {
  if (done === undefined || 'problem' in done) return done
  return { problem: { type: '', title: '', status: 422, code: '' }, values: done.values }
}
