import { Form, Link } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, TextField } from '../../../web/ui/form.tsx'
import type { EditionDetail } from '../report-schema.ts'
import { ActButton } from './report-form.tsx'
import { useReportWords } from './report-words.ts'

/** Preview, submit, approve, publish, correct: what may be done now, and nothing else. */
export function PublicationActs({ edition, isComplete }: { edition: EditionDetail; isComplete: boolean }) {
  const { desk: t } = useReportWords()
  const { may, version, year, state } = edition
  return (
    <section aria-labelledby="publication" className="st-stack">
      <h2 id="publication" className="st-h2">
        {t.publication}
      </h2>
      <p>
        <Link to={`/redazione/${year}/anteprima`}>{t.preview}</Link>
        {edition.lastNumber > 0 && (
          <>
            {' · '}
            <Link to={`/bilancio-sociale/${year}`} reloadDocument>
              {t.readPublished}
            </Link>
          </>
        )}
      </p>
      {may.submit && isComplete && <SubmitForm edition={edition} />}
      {may.approve && <ActButton act="approve" label={t.approve} version={version} isMain />}
      {may.approve && <ReturnForm version={version} />}
      {may.publish && <ActButton act="publish" label={t.publish} version={version} isMain />}
      {may.reopen && state !== 'draft' && (
        <Form method="post">
          <ActField act="reopen" version={version} />
          <p className="st-quiet">{t.reopenHint[state]}</p>
          <button type="submit" className="btn st-btn is-plain">
            {t.reopen[state]}
          </button>
        </Form>
      )}
      {may.edit && <EditionForm edition={edition} />}
    </section>
  )
}

function SubmitForm({ edition }: { edition: EditionDetail }) {
  const { desk: t } = useReportWords()
  const refused = useRefusedAct('submit')
  return (
    <Panel label={t.submit} refused={refused} isMain>
      <Form method="post">
        <ActField act="submit" version={edition.version} />
        <p className="st-quiet">{t.submitHint}</p>
        {edition.lastNumber > 0 && (
          <TextField
            name="changeNote"
            label={t.fields.changeNote}
            hint={t.fields.changeNoteHint}
            refused={refused}
            required
            maxLength={500}
          />
        )}
        <button type="submit" className="btn st-btn is-main">
          {t.submit}
        </button>
      </Form>
    </Panel>
  )
}

function ReturnForm({ version }: { version: number }) {
  const { desk: t } = useReportWords()
  const refused = useRefusedAct('return')
  return (
    <Panel label={t.return} refused={refused}>
      <Form method="post">
        <ActField act="return" version={version} />
        <LongField name="reason" label={t.fields.reason} refused={refused} required rows={3} maxLength={2000} />
        <button type="submit" className="btn st-btn is-plain">
          {t.return}
        </button>
      </Form>
    </Panel>
  )
}

function EditionForm({ edition }: { edition: EditionDetail }) {
  const { desk: t } = useReportWords()
  const refused = useRefusedAct('change')
  return (
    <Panel label={t.changeEdition} refused={refused}>
      <Form method="post" key={edition.version}>
        <ActField act="change" version={edition.version} />
        <TextField
          name="title"
          inputId="edition-title"
          label={t.fields.title}
          refused={refused}
          initial={edition.title}
          required
          maxLength={200}
        />
        <LongField
          name="summary"
          label={t.fields.summary}
          hint={t.fields.summaryHint}
          refused={refused}
          initial={edition.summary}
          isOptional
          maxLength={600}
        />
        <TextField
          name="office"
          label={t.fields.office}
          refused={refused}
          initial={edition.office}
          required
          maxLength={200}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </Panel>
  )
}
