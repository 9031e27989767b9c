import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import type { Context } from '../../../platform/context.ts'
import { formObject } from '../../../platform/http/parse.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { changeBlocks, changeObjectiveWords } from '../edition-sections.ts'
import { numberIn } from '../edition-view.ts'
import { findEdition, findObjective } from '../editions.ts'
import { listSeries } from '../figure-series.ts'
import { listNamedFigures } from '../figure-sources.ts'
import { listPriorities } from '../priorities.ts'
import { blockFrom } from './report-block-fields.ts'
import { BlockList } from './report-block-list.tsx'
import { useReportWords } from './report-words.ts'

async function objectiveAt(ctx: Context, params: Record<string, string | undefined>) {
  const edition = await findEdition(ctx, { year: numberIn(params.year) })
  const section = edition.sections.find((one) => one.code === params.section) ?? fail(notFound())
  const found = section.objectives.find((one) => one.number === numberIn(params.objective)) ?? fail(notFound())
  return { edition, found }
}

export const loader = page(async (ctx, { params }) => {
  const { edition, found } = await objectiveAt(ctx, params)
  return {
    edition: { title: edition.title, year: edition.year },
    objective: await findObjective(ctx, found.id),
    lines: await listPriorities(ctx),
    choices: { series: await listSeries(ctx), live: listNamedFigures(ctx), year: edition.year },
  }
})

/** One address, one act: the words, or one block. */
export const action = form(async (ctx, form, { params }) => {
  const { found } = await objectiveAt(ctx, params)
  const { act, part, version, ...fields } = formObject(form)
  const base = `/redazione/${params.year}/${params.section}`
  if (act === 'words') {
    const input = { ...fields, version, priorityId: fields.priorityId === '' ? null : fields.priorityId }
    // Parsed by the operation, like every other door's input.
    await changeObjectiveWords(ctx, found.id, input as Parameters<typeof changeObjectiveWords>[2])
    return redirect(`${base}/${Number(fields.number)}`)
  }
  const index = Number(part)
  const change =
    act === 'add' || act === 'change'
      ? { act, ...(act === 'change' && { index }), block: blockFrom(fields) }
      : { act, index, ...(act === 'move' && { direction: fields.direction }) }
  await changeBlocks(ctx, found.id, { version, change } as Parameters<typeof changeBlocks>[2])
  return redirect(`${base}/${params.objective}#blocks`)
})

/** One objective: its words, and its content block by block. */
export default function ReportDeskObjectivePage() {
  const { edition, objective, choices } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  const { desk: t, report } = useReportWords()
  const place = `${report.sectionShort(objective.sectionCode)}, ${report.objectiveShort(objective.number)}`
  const address = `${objective.sectionCode}/${objective.number}`
  return (
    <StaffPage title={`${objective.title}, ${edition.title}`}>
      <nav aria-label={edition.title}>
        <p className="st-crumb">
          <Link to="/redazione">{t.title}</Link> / <Link to={`/redazione/${edition.year}`}>{edition.title}</Link>
        </p>
      </nav>
      <div className="st-head">
        <div>
          <h1 className="st-title">{objective.title}</h1>
          <p className="st-lead mb-0">{place}</p>
        </div>
        <Link to={`/redazione/${edition.year}/anteprima/${address}`}>{t.preview}</Link>
      </div>
      {!['words', 'add', 'change'].includes(refused?.values.act ?? '') && <RefusedNotice refused={refused} />}
      {objective.mayEdit && <WordsForm />}
      <BlockList
        objective={objective}
        choices={choices}
        open={{ add: search.get('nuovo'), change: search.get('blocco') }}
        refused={refused}
      />
    </StaffPage>
  )
}

function WordsForm() {
  const { objective, lines } = useLoaderData<typeof loader>()
  const { desk: t, report } = useReportWords()
  const refused = useRefusedAct('words')
  const priorities = lines.flatMap((line) =>
    line.guidelines.flatMap((guideline) =>
      guideline.priorities.map(({ id, title, state }) => ({
        value: id,
        label: `${line.number}.${guideline.number} ${title} (${report.priorityStates[state]})`,
      })),
    ),
  )
  return (
    <Panel label={t.words} refused={refused}>
      <Form method="post" key={objective.version}>
        <ActField act="words" version={objective.version} />
        <TextField
          name="number"
          label={t.fields.number}
          refused={refused}
          initial={String(objective.number)}
          required
          inputMode="numeric"
          maxLength={2}
        />
        <TextField
          name="title"
          label={t.fields.title}
          refused={refused}
          initial={objective.title}
          required
          maxLength={200}
        />
        <LongField
          name="lead"
          label={t.fields.lead}
          hint={t.fields.leadHint}
          refused={refused}
          initial={objective.lead}
          isOptional
          maxLength={600}
        />
        <SelectField
          name="priorityId"
          label={t.fields.priority}
          refused={refused}
          initial={objective.priorityId ?? ''}
          options={[{ value: '', label: t.fields.noPriority }, ...priorities]}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </Panel>
  )
}
