import { Form, useActionData } from 'react-router'
import { invalid } from '../../../platform/http/parse.ts'
import { allow } from '../../../platform/permissions.ts'
import { Crumb, DoneNotice, UploadField } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { decisionField } from '../decision-problems.ts'
import type { DecisionImport } from '../decision-schema.ts'
import { decisionKinds } from '../decision-vocabulary.ts'
import { importDecisions } from '../import-decisions.ts'
import { useDecisionTexts } from './decision-page-words.ts'
import { MailPlaces } from './mail-places.tsx'

export const loader = page((ctx) => {
  allow(ctx.actor, 'mailboxes.propose')
  return Promise.resolve(null)
})

export const action = form(async (ctx, form): Promise<DecisionImport> => {
  allow(ctx.actor, 'mailboxes.propose')
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw invalid([decisionField('file', (t) => t.fileMissing)])
  return importDecisions(ctx, new Uint8Array(await file.arrayBuffer()), { isTrial: form.get('act') !== 'load' })
})

/** Proposals from a file: tried first, then loaded whole. */
export default function DecisionImportPage() {
  const { title: all, import: t, words } = useDecisionTexts()
  const answer = useActionData<Refused | DecisionImport>()
  const refused = answer !== undefined && 'problem' in answer ? answer : undefined
  const result = answer !== undefined && 'proposals' in answer ? answer : undefined
  return (
    <StaffPage title={t.title}>
      <MailPlaces />
      <Crumb to="/caselle/proposte" label={all} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      {result !== undefined && <Result result={result} />}
      <RefusedNotice refused={refused} />
      <Form method="post" encType="multipart/form-data" className="st-form">
        <UploadField label={t.file} hint={t.hint} inputId="file" />
        <div className="st-row">
          <button type="submit" name="act" value="trial" className="btn st-btn is-main">
            {t.trial}
          </button>
          <button type="submit" name="act" value="load" className="btn st-btn is-plain">
            {t.load}
          </button>
        </div>
      </Form>
      <h2 className="st-h2 mt-4">{t.kindsHint}</h2>
      <DataTable caption={t.kindsHint} columns={[t.column, t.meaning]}>
        {decisionKinds.map((kind) => (
          <tr key={kind}>
            <th scope="row">{kind}</th>
            <td>{words.kinds[kind]}</td>
          </tr>
        ))}
      </DataTable>
    </StaffPage>
  )
}

function Result({ result }: { result: DecisionImport }) {
  const { import: t, words, number } = useDecisionTexts()
  return (
    <>
      <DoneNotice>
        {result.isTrial ? `${t.tried(result.proposals)} ${t.choose}` : t.loaded(result.proposals)}
      </DoneNotice>
      <DataTable caption={t.count} columns={[t.meaning, { label: t.count, isNumber: true }]}>
        {result.kinds.map(({ kind, count }) => (
          <tr key={kind}>
            <th scope="row">{words.kinds[kind]}</th>
            <td className="st-num">{number(count)}</td>
          </tr>
        ))}
      </DataTable>
    </>
  )
}
