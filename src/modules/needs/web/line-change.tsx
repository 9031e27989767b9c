import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField } from '../../../web/ui/form.tsx'
import type { loader } from './line.tsx'
import { LineFields } from './line-fields.tsx'
import { usePlanTexts } from './plan-words.ts'

/** Changes the line while the plan is not approved. */
export function ChangePanel() {
  const { line } = useLoaderData<typeof loader>()
  const { save, line: t } = usePlanTexts()
  const refused = useRefusedAct('change')
  return (
    <ActPanel label={t.change} act="change">
      <Form method="post">
        <ActField act="change" version={line.version} />
        {line.decision !== null && <p>{t.changeHint}</p>}
        <LineFields initial={line} refused={refused} />
        <button type="submit" className="btn st-btn is-plain">
          {save}
        </button>
      </Form>
    </ActPanel>
  )
}

/** Closes the line, once the plan is approved. */
export function ClosePanel() {
  const { line } = useLoaderData<typeof loader>()
  const { line: texts } = usePlanTexts()
  const t = texts.close
  const refused = useRefusedAct('close')
  return (
    <ActPanel label={t.label} act="close">
      <Form method="post">
        <ActField act="close" version={line.version} />
        <p>{t.lead}</p>
        <LongField name="reason" label={t.reason} refused={refused} rows={2} required minLength={3} />
        <button type="submit" className="btn st-btn is-plain">
          {t.label}
        </button>
      </Form>
    </ActPanel>
  )
}
