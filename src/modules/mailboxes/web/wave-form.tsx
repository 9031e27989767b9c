import { Form } from 'react-router'
import { ActField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { Once, SelectField, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { useWaveWords } from './wave-words.ts'

/** A new wave. */
export function NewWaveForm({ servers, once }: { servers: readonly { id: string; name: string }[]; once: string }) {
  const { t: all } = useWaveWords()
  const t = all.list
  const refused = useRefusedAct('plan')
  const options = servers.map(({ id, name }) => ({ value: id, label: name }))
  if (servers.length < 2) return <p>{t.noServers}</p>
  return (
    <Form method="post">
      <ActField act="plan" />
      <Once token={once} />
      <TextField name="name" label={t.name} hint={t.nameHint} refused={refused} required />
      <div className="st-pair">
        <SelectField name="fromServerId" label={t.from} options={options} refused={refused} />
        <SelectField
          name="toServerId"
          label={t.to}
          options={options}
          initial={options[1]?.value ?? null}
          refused={refused}
        />
      </div>
      <div className="st-pair">
        <TextField name="cutOverAt" label={t.day} type="datetime-local" refused={refused} isOptional />
        <TextField
          name="mostAtOnce"
          label={t.mostAtOnce}
          type="number"
          min={1}
          max={16}
          initial="4"
          refused={refused}
        />
      </div>
      <SelectField
        name="carriedOutBy"
        label={t.by}
        options={[
          { value: 'sitec', label: t.sitec },
          { value: 'third_party', label: t.thirdParty },
        ]}
        refused={refused}
      />
      <TextField name="thirdParty" label={t.whoElse} refused={refused} isOptional />
      <label className="st-tick mb-3">
        <input type="checkbox" name="isPilot" value="true" className="st-check" /> <span>{t.isPilot}</span>
      </label>
      <button type="submit" className="btn st-btn is-main">
        {t.save}
      </button>
    </Form>
  )
}

/** Name, day and how many at once, changed. */
export function ChangeWaveForm({
  wave,
}: {
  wave: { name: string; mostAtOnce: number; cutOverAt: string | null; version: number }
}) {
  const { t: all } = useWaveWords()
  const { zone } = useShell()
  const t = all.list
  const refused = useRefusedAct('change')
  return (
    <Form method="post">
      <ActField act="change" version={wave.version} />
      <TextField name="name" inputId="change-name" label={t.name} initial={wave.name} refused={refused} required />
      <div className="st-pair">
        <TextField
          name="cutOverAt"
          inputId="change-day"
          label={t.day}
          type="datetime-local"
          initial={localTime(wave.cutOverAt, zone)}
          refused={refused}
          isOptional
        />
        <TextField
          name="mostAtOnce"
          inputId="change-most"
          label={t.mostAtOnce}
          type="number"
          min={1}
          max={16}
          initial={String(wave.mostAtOnce)}
          refused={refused}
        />
      </div>
      <button type="submit" className="btn st-btn is-main">
        {t.saveChanges}
      </button>
    </Form>
  )
}

// As a field of a form has it: local, without zone.
function localTime(at: string | null, zone: string): string {
  if (at === null) return ''
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .format(new Date(at))
    .replace(' ', 'T')
}
