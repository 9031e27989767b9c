import { Form, redirect, useLoaderData } from 'react-router'
import { read } from '../../../platform/context.ts'
import { formObject } from '../../../platform/http/parse.ts'
import { may } from '../../../platform/permissions.ts'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, Once, SelectField, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { listTeams } from '../../organisation/teams.ts'
import type { AddTemplateInput, TemplateRow } from '../template-schema.ts'
import { addTemplate, changeTemplate, listTemplates, retireTemplate } from '../templates.ts'
import { filledFields, idOf } from './fields.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { TickList } from './tick-list.tsx'

export const loader = page((ctx) =>
  read(ctx, async (ctx) => ({
    templates: await listTemplates(ctx),
    teams: (await listTeams(ctx)).map(({ id, name }) => ({ id, name })),
    mayManage: may(ctx.actor, 'template.manage'),
    once: onceToken(),
  })),
)

/** One address, one act: the button's name says which operation. */
export const action = form(async (ctx, form) => {
  const { act, once: _, id, version, ...input } = filledFields(formObject(form, ['kinds']))
  const [kind] = String(act).split(':')
  const seen = version === undefined ? undefined : Number(version)
  if (kind === 'add') await addTemplate(ctx, input as AddTemplateInput)
  else if (kind === 'retire') await retireTemplate(ctx, idOf({ id: String(id) }), { version: seen })
  else await changeTemplate(ctx, idOf({ id: String(id) }), { ...(input as AddTemplateInput), version: seen })
  return redirect('/modelli')
})

/** What is written often, written once. */
export default function TemplatesPage() {
  const { templates, mayManage, once } = useLoaderData<typeof loader>()
  const { knowledge } = useKnowledgeTexts()
  const t = knowledge.templates
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{templates.length === 0 ? t.none : t.lead}</p>
        </div>
      </div>
      {mayManage && (
        <div className="mb-3">
          <TemplateForm once={once} />
        </div>
      )}
      <ul className="st-list">
        {templates.map((template) => (
          <TemplateItem key={template.id} template={template} />
        ))}
      </ul>
    </StaffPage>
  )
}

function TemplateItem({ template }: { template: TemplateRow }) {
  const { mayManage } = useLoaderData<typeof loader>()
  const { knowledge, desk } = useKnowledgeTexts()
  const t = knowledge.templates
  return (
    <li>
      <h2 className="st-h3">{template.title}</h2>
      <p className="st-lines">{template.body}</p>
      <p className="st-small st-quiet">
        {t.forKinds} {template.kinds.map((kind) => desk.kindsShort[kind]).join(', ') || t.allKinds} · {t.team}{' '}
        {template.teamName ?? t.everybody}
      </p>
      {mayManage && (
        <div className="st-row align-items-start mt-2">
          <TemplateForm template={template} key={template.version} />
          <Form method="post">
            <ActField act="retire" version={template.version} />
            <input type="hidden" name="id" value={template.id} />
            <button type="submit" className="btn st-btn is-plain" aria-label={`${t.retire}: ${template.title}`}>
              {t.retire}
            </button>
          </Form>
        </div>
      )}
    </li>
  )
}

function TemplateForm({ template, once }: { template?: TemplateRow; once?: string }) {
  const { teams } = useLoaderData<typeof loader>()
  const { knowledge, desk } = useKnowledgeTexts()
  const t = knowledge.templates
  const act = template ? `change:${template.id}` : 'add'
  const refused = useRefusedAct(act)
  const id = (name: string) => `${name}-${template?.id ?? 'new'}`
  return (
    <Panel label={template ? t.edit : t.write} refused={refused} isMain={!template}>
      <Form method="post">
        <ActField act={act} {...(template && { version: template.version })} />
        {template && <input type="hidden" name="id" value={template.id} />}
        {once && <Once token={once} />}
        <TextField
          name="title"
          inputId={id('title')}
          label={t.fields.title}
          refused={refused}
          initial={template?.title ?? ''}
          required
          minLength={3}
          maxLength={120}
        />
        <LongField
          name="body"
          inputId={id('body')}
          label={t.fields.body}
          hint={t.fields.bodyHint}
          refused={refused}
          initial={template?.body ?? ''}
          required
          rows={5}
          maxLength={5000}
        />
        <TickList
          name="kinds"
          legend={t.fields.kinds}
          options={Object.entries(desk.kinds).map(([value, label]) => ({ value, label }))}
          chosen={template?.kinds ?? []}
        />
        <SelectField
          name="teamId"
          inputId={id('teamId')}
          label={t.fields.team}
          refused={refused}
          initial={template?.teamId ?? ''}
          options={[
            { value: '', label: t.fields.everybody },
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <button type="submit" className="btn st-btn is-main">
          {template ? t.changeSend : t.addSend}
        </button>
      </Form>
    </Panel>
  )
}
