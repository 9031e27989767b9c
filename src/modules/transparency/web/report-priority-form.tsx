import { Form, Link } from 'react-router'
import { ActField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { LineTree, PriorityDetail } from '../report-schema.ts'
import { priorityStates } from '../report-vocabulary.ts'
import { useReportWords } from './report-words.ts'

type Props = { lines: LineTree[]; decide: string | null; change: string | null }

/** The form that the address opens: a decision on a priority, or other words for it. */
export function PriorityForm({ lines, decide, change }: Props) {
  for (const line of lines)
    for (const guideline of line.guidelines)
      for (const priority of guideline.priorities) {
        if (priority.id === decide) return <Decide priority={priority} key={priority.version} />
        if (priority.id === change)
          return <Rephrase priority={priority} guidelineId={guideline.id} key={priority.version} />
      }
  return null
}

// What mostly comes next.
const usual = { proposed: 'selected', selected: 'implemented', implemented: 'dropped', dropped: 'selected' } as const

function Decide({ priority }: { priority: PriorityDetail }) {
  const { desk: t, report } = useReportWords()
  const { now } = useShell()
  const refused = useRefusedAct('decide')
  return (
    <Form method="post" className="st-form st-form-open">
      <h2 className="st-h3">
        {t.decide}: {priority.title}
      </h2>
      <RefusedNotice refused={refused} />
      <ActField act="decide" part={priority.id} version={priority.version} />
      <SelectField
        name="state"
        label={t.state}
        refused={refused}
        initial={usual[priority.state]}
        options={priorityStates
          .filter((state) => state !== priority.state)
          .map((value) => ({ value, label: report.priorityStates[value] }))}
      />
      <TextField
        name="decidedOn"
        label={t.decidedOn}
        refused={refused}
        type="date"
        initial={now.slice(0, 10)}
        required
      />
      <LongField
        name="reason"
        label={t.fields.reason}
        hint={t.reasonHint}
        refused={refused}
        rows={2}
        maxLength={2000}
      />
      <Buttons />
    </Form>
  )
}

function Rephrase({ priority, guidelineId }: { priority: PriorityDetail; guidelineId: string }) {
  const { desk: t } = useReportWords()
  const refused = useRefusedAct('change')
  return (
    <Form method="post" className="st-form st-form-open">
      <h2 className="st-h3">
        {t.changePriority}: {priority.title}
      </h2>
      <RefusedNotice refused={refused} />
      <ActField act="change" part={priority.id} version={priority.version} />
      <input type="hidden" name="guidelineId" value={guidelineId} />
      <TextField
        name="title"
        label={t.fields.title}
        refused={refused}
        initial={priority.title}
        required
        maxLength={200}
      />
      <LongField
        name="description"
        inputId="new-description"
        label={t.description}
        refused={refused}
        initial={priority.description}
        isOptional
        rows={3}
        maxLength={10_000}
      />
      <Buttons />
    </Form>
  )
}

function Buttons() {
  const { desk: t } = useReportWords()
  return (
    <p className="st-row">
      <button type="submit" className="btn st-btn is-main">
        {t.save}
      </button>
      <Link to="?">{t.cancel}</Link>
    </p>
  )
}
