import { Form } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { ChoiceField, LongField, Once, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { ArticleDetail } from '../article-schema.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { TickList } from './tick-list.tsx'

/** Writing an article: a new one, or the one that is there. */
export function ArticleForm({ found, once }: { found?: ArticleDetail; once?: string }) {
  const act = found ? 'change' : 'add'
  const refused = useRefusedAct(act)
  const { knowledge, desk } = useKnowledgeTexts()
  const t = knowledge.articles
  const field = (name: keyof typeof t.fields) => ({ name, label: t.fields[name], refused })
  return (
    <Panel label={found ? t.edit : t.write} refused={refused} isMain={!found}>
      <Form method="post" className="st-form">
        <ActField act={act} {...(found && { version: found.version })} />
        {once && <Once token={once} />}
        <TextField
          {...field('title')}
          hint={t.fields.titleHint}
          initial={found?.title ?? ''}
          required
          minLength={3}
          maxLength={200}
        />
        <LongField
          {...field('body')}
          hint={t.fields.bodyHint}
          initial={found?.body ?? ''}
          required
          rows={12}
          maxLength={20_000}
        />
        <TextField {...field('keywords')} initial={found?.keywords ?? ''} isOptional maxLength={500} />
        <TickList
          name="kinds"
          legend={t.fields.kinds}
          options={Object.entries(desk.kinds).map(([value, label]) => ({ value, label }))}
          chosen={found?.kinds ?? []}
        />
        <ChoiceField
          {...field('audience')}
          initial={found?.audience ?? 'everybody'}
          options={(['everybody', 'staff'] as const).map((value) => ({ value, label: t.audiences[value] }))}
        />
        <ReviewField
          initial={found && !found.isDue ? found.reviewOn : undefined}
          label={t.fields.reviewOn}
          refused={refused}
        />
        <TextField
          name="ownerEmail"
          type="email"
          label={t.fields.owner}
          hint={found ? found.ownerName : t.fields.ownerHint}
          refused={refused}
          isOptional
        />
        <button type="submit" className="btn st-btn is-main">
          {found ? t.changeSend : t.addSend}
        </button>
      </Form>
    </Panel>
  )
}

/** When it must be read again: in half a year unless somebody says otherwise. */
export function ReviewField({
  initial,
  label,
  refused,
}: {
  initial?: string | undefined
  label: string
  refused: ReturnType<typeof useRefusedAct>
}) {
  const { now } = useShell()
  const halfYear = new Date(Date.parse(now) + 182 * 86_400_000).toISOString().slice(0, 10)
  return (
    <TextField name="reviewOn" type="date" label={label} initial={initial ?? halfYear} required refused={refused} />
  )
}
