import { Form, useLoaderData } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, Once, SelectField, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { OutageDetail } from '../outage-schema.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { TickList } from './tick-list.tsx'

/** What the form chooses from; both pages that show it load it. */
export type OutageChoices = {
  teams: { id: string; name: string }[]
  offices: { id: string; name: string; depth: number }[]
  sites: { id: string; name: string }[]
  myTeamId: string | null
}

type FormParts = { found: OutageDetail | undefined; refused: ReturnType<typeof useRefusedAct> }
const named = (rows: { id: string; name: string }[]) => rows.map(({ id, name }) => ({ value: id, label: name }))

/** Announcing an outage, or correcting what was announced. */
export function OutageForm({ found, once }: { found?: OutageDetail; once?: string }) {
  const act = found ? 'change' : 'open'
  const refused = useRefusedAct(act)
  const { knowledge, desk } = useKnowledgeTexts()
  const t = knowledge.outages
  return (
    <Panel label={found ? t.change : t.open} refused={refused} isMain={!found}>
      <Form method="post">
        <ActField act={act} {...(found && { version: found.version })} />
        {once && <Once token={once} />}
        <WordFields found={found} refused={refused} />
        <WorkFields found={found} refused={refused} />
        <TickList
          name="kinds"
          legend={t.fields.kinds}
          options={Object.entries(desk.kinds).map(([value, label]) => ({ value, label }))}
          chosen={found?.kinds ?? []}
        />
        <PlaceFields found={found} />
        <button type="submit" className="btn st-btn is-main">
          {found ? t.changeSend : t.openSend}
        </button>
      </Form>
    </Panel>
  )
}

function WordFields({ found, refused }: FormParts) {
  const t = useKnowledgeTexts().knowledge.outages.fields
  return (
    <>
      <TextField
        name="title"
        label={t.title}
        refused={refused}
        initial={found?.title ?? ''}
        required
        minLength={3}
        maxLength={200}
      />
      <LongField
        name="body"
        label={t.body}
        hint={t.bodyHint}
        refused={refused}
        initial={found?.body ?? ''}
        required
        rows={4}
        maxLength={5000}
      />
      <TextField
        name="words"
        label={t.words}
        hint={t.wordsHint}
        refused={refused}
        initial={found?.words ?? ''}
        isOptional
        maxLength={500}
      />
    </>
  )
}

function WorkFields({ found, refused }: FormParts) {
  const { choices } = useLoaderData<{ choices: OutageChoices }>()
  const t = useKnowledgeTexts().knowledge.outages.fields
  return (
    <>
      <SelectField
        name="teamId"
        label={t.team}
        refused={refused}
        initial={found?.teamId ?? choices.myTeamId}
        options={named(choices.teams)}
      />
      <div className="st-pair">
        <MomentField name="startedAt" label={t.startedAt} refused={refused} at={found?.startedAt ?? 'now'} required />
        <MomentField
          name="expectedAt"
          label={t.expectedAt}
          refused={refused}
          at={found?.expectedAt ?? null}
          isOptional
        />
      </div>
    </>
  )
}

function PlaceFields({ found }: Pick<FormParts, 'found'>) {
  const { choices } = useLoaderData<{ choices: OutageChoices }>()
  const t = useKnowledgeTexts().knowledge.outages.fields
  const isNarrow = found !== undefined && found.offices.length + found.sites.length > 0
  return (
    <details className="st-unfold mb-3" open={isNarrow || undefined}>
      <summary>{t.places}</summary>
      <div className="mt-2">
        <TickList
          name="siteIds"
          legend={t.sites}
          options={named(choices.sites)}
          chosen={found?.sites.map((site) => site.id) ?? []}
        />
        <TickList
          name="officeIds"
          legend={t.offices}
          options={choices.offices.map(({ id, name, depth }) => ({
            value: id,
            label: `${'\u2003'.repeat(depth)}${name}`,
          }))}
          chosen={found?.offices.map((office) => office.id) ?? []}
        />
      </div>
    </details>
  )
}

/** A day and a time in the administration's own zone; "now" begins with this minute. */
export function MomentField({
  at,
  ...field
}: {
  name: string
  label: string
  hint?: string
  refused: ReturnType<typeof useRefusedAct>
  at: string | 'now' | null
  isOptional?: boolean
  required?: boolean
  inputId?: string
}) {
  const { now, zone } = useShell()
  const instant = at === 'now' ? now : at
  return <TextField {...field} type="datetime-local" initial={instant === null ? '' : localMinute(instant, zone)} />
}

// Runs in browsers too, and not all of them have Temporal.
function localMinute(at: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(at),
  )
  return parts.replace(' ', 'T')
}
