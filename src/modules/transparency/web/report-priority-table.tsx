import { Form } from 'react-router'
import { LongField, SelectField, TextField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { type LineTree, type PriorityDetail, priorityStates } from '../report-schema.ts'
import { ActFields, FormPanel, useActRefused } from './report-form.tsx'
import { PriorityMark } from './report-state.tsx'
import { useReportWords } from './report-words.ts'

type Props = { line: LineTree; mayEdit: boolean }

/** The priorities of a line, guideline by guideline, each with the form that records a decision. */
export function PriorityTable({ line, mayEdit }: Props) {
  const { desk: t, pages, dateText } = useReportWords()
  return (
    <ScrollRegion label={pages.linesCaption(line.title)}>
      <table className="st-table">
        <caption>{pages.linesCaption(line.title)}</caption>
        <thead>
          <tr>
            {(['priority', 'state', 'decided', 'reason'] as const).map((column) => (
              <th key={column} scope="col">
                {pages.columns[column]}
              </th>
            ))}
            {mayEdit && <th scope="col">{t.decide}</th>}
          </tr>
        </thead>
        {line.guidelines.map((guideline) => (
          <tbody key={guideline.id}>
            <tr className="st-group">
              <th scope="rowgroup" colSpan={mayEdit ? 5 : 4}>
                {pages.guideline(line.number, guideline.number, guideline.title)}
              </th>
            </tr>
            {guideline.priorities.map((priority) => (
              <tr key={priority.id}>
                <th scope="row">
                  {priority.title}
                  {priority.description !== '' && <span className="st-sub">{priority.description}</span>}
                </th>
                <td>
                  <PriorityMark state={priority.state} />
                </td>
                <td>{priority.decidedOn === null ? '–' : dateText(priority.decidedOn)}</td>
                <td>{priority.reason}</td>
                {mayEdit && (
                  <td>
                    <Decide priority={priority} />
                    <Rephrase priority={priority} guidelineId={guideline.id} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRegion>
  )
}

function Decide({ priority }: { priority: PriorityDetail }) {
  const { desk: t, report } = useReportWords()
  const { now } = useShell()
  const refused = useActRefused('decide', priority.id)
  const id = (field: string) => `${priority.id}-${field}`
  return (
    <FormPanel label={t.decide} refused={refused}>
      <Form method="post" key={priority.version}>
        <ActFields act="decide" part={priority.id} version={priority.version} />
        <SelectField
          {...{ name: 'state', inputId: id('state'), label: t.state, refused }}
          options={priorityStates
            .filter((state) => state !== priority.state)
            .map((value) => ({ value, label: report.priorityStates[value] }))}
        />
        <TextField
          {...{ name: 'decidedOn', inputId: id('decidedOn'), label: t.decidedOn, refused }}
          type="date"
          initial={now.slice(0, 10)}
          required
        />
        <LongField
          {...{ name: 'reason', inputId: id('reason'), label: t.fields.reason, hint: t.reasonHint, refused }}
          rows={2}
          maxLength={2000}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </FormPanel>
  )
}

function Rephrase({ priority, guidelineId }: { priority: PriorityDetail; guidelineId: string }) {
  const { desk: t } = useReportWords()
  const refused = useActRefused('change', priority.id)
  const id = (field: string) => `${priority.id}-${field}`
  return (
    <FormPanel label={t.changePriority} refused={refused}>
      <Form method="post" key={priority.version}>
        <ActFields act="change" part={priority.id} version={priority.version} />
        <input type="hidden" name="guidelineId" value={guidelineId} />
        <TextField
          {...{ name: 'title', inputId: id('title'), label: t.fields.title, refused }}
          initial={priority.title}
          required
          maxLength={200}
        />
        <LongField
          {...{ name: 'description', inputId: id('description'), label: t.description, refused }}
          initial={priority.description}
          isOptional
          rows={3}
          maxLength={10_000}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </FormPanel>
  )
}
