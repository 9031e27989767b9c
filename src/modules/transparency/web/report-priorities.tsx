import { Form, Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, Once, SelectField, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import {
  addGuideline,
  addStrategicLine,
  changePriority,
  decidePriority,
  listPriorities,
  proposePriority,
} from '../priorities.ts'
import type {
  AddGuidelineInput,
  AddLineInput,
  ChangePriorityInput,
  LineTree,
  MovePriorityInput,
  ProposePriorityInput,
} from '../report-schema.ts'
import { PriorityForm } from './report-priority-form.tsx'
import { PriorityTable } from './report-priority-table.tsx'
import { useReportWords } from './report-words.ts'

export const loader = page(async (ctx) => ({
  lines: await listPriorities(ctx),
  mayEdit: may(ctx.actor, 'report.edit'),
  once: onceToken(),
}))

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

export const action = form(async (ctx, form) => {
  const { act, part, once: _, ...input } = formObject(form)
  // Each operation parses what it is given, whatever the form sent.
  const id = () => (uuid.test(String(part)) ? String(part) : fail(notFound()))
  if (act === 'line') await addStrategicLine(ctx, input as AddLineInput)
  else if (act === 'guideline') await addGuideline(ctx, input as AddGuidelineInput)
  else if (act === 'propose') await proposePriority(ctx, input as ProposePriorityInput)
  else if (act === 'change') await changePriority(ctx, id(), input as ChangePriorityInput)
  else await decidePriority(ctx, id(), input as MovePriorityInput)
  return redirect('/redazione/priorita')
})

/** Strategic lines, guidelines and priorities, with what was decided on each. */
export default function ReportPrioritiesPage() {
  const { lines, mayEdit, once } = useLoaderData<typeof loader>()
  const { desk: t, pages } = useReportWords()
  const [search] = useSearchParams()
  const count = lines.reduce(
    (sum, line) => sum + line.guidelines.reduce((all, guideline) => all + guideline.priorities.length, 0),
    0,
  )
  return (
    <StaffPage title={t.prioritiesTitle}>
      <nav aria-label={t.title}>
        <p className="st-crumb">
          <Link to="/redazione">{t.title}</Link>
        </p>
      </nav>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.prioritiesTitle}</h1>
          <p className="st-lead mb-0">{t.prioritiesLead(lines.length, count)}</p>
        </div>
      </div>
      {mayEdit && (
        <div className="st-row align-items-start mb-3">
          <AddPriority lines={lines} once={once} />
          <AddGuideline lines={lines} once={once} />
          <AddLine next={Math.max(0, ...lines.map((line) => line.number)) + 1} once={once} />
        </div>
      )}
      {mayEdit && <PriorityForm lines={lines} decide={search.get('decidi')} change={search.get('cambia')} />}
      {lines.length === 0 && <p>{t.noLines}</p>}
      {lines.map((line) => (
        <section key={line.id} className="st-section" aria-labelledby={`line-${line.number}`}>
          <h2 id={`line-${line.number}`} className="st-h2">
            {pages.line(line.number, line.title)}
          </h2>
          <PriorityTable line={line} mayEdit={mayEdit} />
        </section>
      ))}
    </StaffPage>
  )
}

function AddLine({ next, once }: { next: number; once: string }) {
  const { desk: t } = useReportWords()
  const refused = useRefusedAct('line')
  return (
    <Panel label={t.addLine} refused={refused}>
      <Form method="post" key={next}>
        <ActField act="line" />
        <Once token={`${once}-l`} />
        <TextField
          {...{ name: 'number', inputId: 'line-number', label: t.fields.number, refused }}
          initial={String(next)}
          required
          inputMode="numeric"
        />
        <TextField
          {...{ name: 'title', inputId: 'line-title', label: t.fields.title, refused }}
          required
          maxLength={200}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.add}
        </button>
      </Form>
    </Panel>
  )
}

type AddProps = { lines: LineTree[]; once: string }

function AddGuideline({ lines, once }: AddProps) {
  const { desk: t, pages } = useReportWords()
  const refused = useRefusedAct('guideline')
  return (
    <Panel label={t.addGuideline} refused={refused}>
      <Form method="post" key={lines.reduce((sum, line) => sum + line.guidelines.length, 0)}>
        <ActField act="guideline" />
        <Once token={`${once}-g`} />
        <SelectField
          {...{ name: 'lineId', label: t.line, refused }}
          options={lines.map(({ id, number, title }) => ({ value: id, label: pages.line(number, title) }))}
        />
        <TextField
          {...{ name: 'number', inputId: 'guideline-number', label: t.fields.number, refused }}
          required
          inputMode="numeric"
        />
        <TextField
          {...{ name: 'title', inputId: 'guideline-title', label: t.fields.title, refused }}
          required
          maxLength={200}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.add}
        </button>
      </Form>
    </Panel>
  )
}

function AddPriority({ lines, once }: AddProps) {
  const { desk: t, pages } = useReportWords()
  const refused = useRefusedAct('propose')
  const guidelines = lines.flatMap((line) =>
    line.guidelines.map(({ id, number, title }) => ({ value: id, label: pages.guideline(line.number, number, title) })),
  )
  return (
    <Panel label={t.addPriority} refused={refused}>
      <Form method="post">
        <ActField act="propose" />
        <Once token={`${once}-p`} />
        <SelectField {...{ name: 'guidelineId', label: t.guideline, refused }} options={guidelines} />
        <TextField
          {...{ name: 'title', inputId: 'priority-title', label: t.fields.title, refused }}
          required
          maxLength={200}
        />
        <LongField {...{ name: 'description', label: t.description, refused }} isOptional rows={3} maxLength={10_000} />
        <button type="submit" className="btn st-btn is-main">
          {t.add}
        </button>
      </Form>
    </Panel>
  )
}
