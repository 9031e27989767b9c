import { LongField, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { caseKinds, pauseReasons } from '../internal/lifecycle.ts'
import type { CaseDetail } from '../schema.ts'
import { ActForm, Send, Unfold } from './act-form.tsx'
import { useDeskTexts } from './texts.ts'

export type ActionProps = { found: CaseDetail; refused: Refused | undefined }

/** A date told to the user; from the second on with its reason. */
export function PromiseAction({ found, refused }: ActionProps) {
  const t = useDeskTexts().work.acts
  const again = found.promisedAt !== null
  return (
    <Unfold id="promise" label={again ? t.promiseAgain : t.promise} letter="D" isOpen={refused !== undefined}>
      <ActForm found={found} act="promise">
        <TextField
          name="promisedFor"
          refused={refused}
          label={t.promisedFor}
          hint={t.promiseHint}
          type="datetime-local"
          required
        />
        {again && <LongField name="promiseReason" refused={refused} label={t.promiseReason} required rows={2} />}
        <Send label={t.promiseSend} />
      </ActForm>
    </Unfold>
  )
}

/** Waits for something else than the user's answer, or goes on. */
export function PauseAction({ found, refused }: ActionProps) {
  const { desk, work } = useDeskTexts()
  const t = work.acts
  return (
    <Unfold id="pause" label={t.pause} isOpen={refused !== undefined}>
      <ActForm found={found} act="pause">
        <SelectField
          name="pauseReason"
          refused={refused}
          label={t.pauseReason}
          options={pauseReasons.map((value) => ({ value, label: desk.waiting[value] }))}
        />
        <LongField name="pauseNote" refused={refused} label={t.pauseNote} required rows={2} />
        <Send label={t.pauseSend} />
      </ActForm>
    </Unfold>
  )
}

/** An intervention on site told at the desk; the technician has a page of their own. */
export function VisitAction({ found, refused }: ActionProps) {
  const { desk, work } = useDeskTexts()
  const t = work.acts
  return (
    <Unfold id="visit" label={t.visit} isOpen={refused !== undefined}>
      <ActForm found={found} act="visit">
        <div className="st-pair">
          <TextField name="startedAt" refused={refused} label={t.started} type="datetime-local" required />
          <TextField name="endedAt" refused={refused} label={t.ended} type="datetime-local" required />
        </div>
        <SelectField
          name="outcome"
          refused={refused}
          label={t.visitOutcome}
          options={(['resolved', 'to_return', 'nobody_there'] as const).map((value) => ({
            value,
            label: desk.outcomes[value],
          }))}
        />
        <LongField name="visitNote" refused={refused} label={t.visitNote} rows={2} />
        <TextField name="serial" refused={refused} label={t.serial} isOptional maxLength={100} />
        <Send label={t.visitSend} />
      </ActForm>
    </Unfold>
  )
}

export function EstimateAction({ found, refused }: ActionProps) {
  const t = useDeskTexts().work.acts
  return (
    <Unfold id="estimate" label={t.estimate} isOpen={refused !== undefined}>
      <ActForm found={found} act="estimate">
        <TextField
          name="personDays"
          refused={refused}
          label={t.personDays}
          type="number"
          min="0.5"
          max="999"
          step="0.5"
          required
        />
        <LongField name="estimateNote" refused={refused} label={t.estimateNote} required rows={2} />
        <Send label={t.estimateSend} />
      </ActForm>
    </Unfold>
  )
}

/** What the city decides: the estimate, or a kind that leaves its indicator. */
export function DecideActions({ found, refused }: ActionProps) {
  const { desk, work } = useDeskTexts()
  const t = work.acts
  if (found.may.decide) {
    return (
      <div className="st-notice is-warn">
        <p className="st-strong">{t.decideTitle(String(found.personDays ?? '–').replace('.', ','))}</p>
        <ActForm found={found} act="approve">
          <Send label={t.approve} isMain />
        </ActForm>
        <Unfold id="refuse" label={t.refuse} isOpen={refused?.values.act === 'refuse'}>
          <ActForm found={found} act="refuse">
            <LongField name="refuseReason" refused={refused} label={t.refuseReason} required rows={2} />
            <Send label={t.refuse} />
          </ActForm>
        </Unfold>
      </div>
    )
  }
  if (!found.may.consent || found.proposedKind === null) return null
  return (
    <div className="st-notice is-warn">
      <p className="st-strong">{t.consentTitle(desk.kindsShort[found.kind], desk.kindsShort[found.proposedKind])}</p>
      <p>{t.consentWhy(found.indicator ?? '')}</p>
      <ActForm found={found} act="consent">
        <Send label={t.consent} isMain />
      </ActForm>
      <Unfold id="refuse-kind" label={t.consentRefuse} isOpen={refused?.values.act === 'refuse_kind'}>
        <ActForm found={found} act="refuse_kind">
          <LongField name="refuseReason" refused={refused} label={t.consentReason} required rows={2} />
          <Send label={t.consentRefuse} />
        </ActForm>
      </Unfold>
    </div>
  )
}

export function ChangeKindAction({ found, refused }: ActionProps) {
  const { desk, work } = useDeskTexts()
  const t = work.acts
  const others = caseKinds.filter((kind) => kind !== found.kind && kind !== 'consumable')
  return (
    <Unfold id="change-kind" label={t.changeKind} isOpen={refused !== undefined}>
      <ActForm found={found} act="change_kind">
        <SelectField
          name="to"
          refused={refused}
          label={t.kind}
          hint={t.kindHint}
          options={others.map((value) => ({ value, label: desk.kinds[value] }))}
        />
        <LongField name="kindReason" refused={refused} label={t.kindReason} required rows={2} />
        <Send label={t.kindSend} />
      </ActForm>
    </Unfold>
  )
}

export function ReclassifyAction({ found, refused }: ActionProps) {
  const { desk, pages, work } = useDeskTexts()
  const t = work.acts
  return (
    <Unfold id="reclassify" label={t.reclassify} isOpen={refused !== undefined}>
      <ActForm found={found} act="reclassify">
        <SelectField
          name="canWork"
          refused={refused}
          label={pages.newCase.canWork}
          initial={found.canWork}
          options={(['yes', 'partly', 'no'] as const).map((value) => ({ value, label: desk.canWork[value] }))}
        />
        <SelectField
          name="onlyMe"
          refused={refused}
          label={pages.newCase.onlyMe}
          initial={found.onlyMe ? 'yes' : 'no'}
          options={(['yes', 'no'] as const).map((value) => ({ value, label: desk.canWork[value] }))}
        />
        <LongField name="urgencyReason" refused={refused} label={t.kindReason} required rows={2} />
        <Send label={t.reclassifySend} />
      </ActForm>
    </Unfold>
  )
}

export function DuplicateAction({ found, refused }: ActionProps) {
  const t = useDeskTexts().work.acts
  return (
    <Unfold id="duplicate" label={t.duplicate} isOpen={refused !== undefined}>
      <ActForm found={found} act="duplicate">
        <TextField name="of" refused={refused} label={t.duplicateOf} hint={t.duplicateHint} required maxLength={36} />
        <Send label={t.duplicateSend} />
      </ActForm>
    </Unfold>
  )
}
