import { useSearchParams } from 'react-router'
import { ChoiceField, LongField, TextField } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { CaseDetail } from '../schema.ts'
import { ActForm, Send, Unfold } from './act-form.tsx'
import { useDeskTexts } from './texts.ts'

type Props = { found: CaseDetail; refused: Refused | undefined }

/** What the asker is asked: is it resolved, are the goods there? And the way out, while it is not over. */
export function AskerActions({ found, refused }: Props) {
  const { pages, work } = useDeskTexts()
  const { may } = found
  return (
    <>
      {may.receive && <ReceiveForm found={found} refused={refused} />}
      {may.confirm && <IsItResolved found={found} refused={refused} />}
      {may.correctCall && (
        <Unfold id="correct-call" label={work.acts.correctCall} isOpen={refused?.values.act === 'correct_call'}>
          <ActForm found={found} act="correct_call">
            <TextField name="calledAt" refused={refused} label={work.acts.calledAt} type="datetime-local" required />
            <Send label={work.acts.correctCallSend} />
          </ActForm>
        </Unfold>
      )}
      {may.cancel && !may.confirm && (
        <ActForm found={found} act="cancel">
          <Send label={pages.case.cancel} />
        </ActForm>
      )}
    </>
  )
}

/** One question, three answers: only "Sì" closes; the other two go back with a reason. */
function IsItResolved({ found, refused }: Props) {
  const { pages, work } = useDeskTexts()
  const t = work.answer
  const options = (['partly', 'no'] as const).map((value) => ({ value, label: t[value] }))
  return (
    <div className="st-notice" id="riapri">
      <p className="st-strong">
        {pages.case.isItResolved} {t.question}
      </p>
      <ActForm found={found} act="confirm">
        <Send label={pages.case.confirm} isMain />
      </ActForm>
      <Unfold id="reopen" label={pages.case.reopen} isOpen={refused?.values.act === 'reopen'}>
        <ActForm found={found} act="reopen">
          <ChoiceField name="extent" label={t.question} initial="no" options={options} refused={refused} />
          <LongField name="reason" label={pages.case.reopenReason} hint={t.hint} required rows={2} refused={refused} />
          <Send label={pages.case.reopenSend} />
        </ActForm>
      </Unfold>
      {found.closesAt && (
        <p className="st-small mt-2 mb-0">
          {pages.case.silence} <When at={found.closesAt} />.
        </p>
      )}
    </div>
  )
}

/** Signing for goods with the code of the delivery note. */
function ReceiveForm({ found, refused }: Props) {
  const t = useDeskTexts().work.facts
  // The square on the delivery note opens this page with its code.
  const scanned = /^\d{6}$/.exec(useSearchParams()[0].get('codice') ?? '')?.[0]
  return (
    <div className="st-notice" id="ricevuta">
      <p className="st-strong">{t.receive}</p>
      <ActForm found={found} act="receive">
        <TextField
          name="code"
          label={t.receiveCode}
          initial={scanned}
          refused={refused?.values.act === 'receive' ? refused : undefined}
          required
          inputMode="numeric"
          autoComplete="off"
          pattern="[0-9]{6}"
          maxLength={6}
        />
        <Send label={t.receiveSend} isMain />
      </ActForm>
    </div>
  )
}
