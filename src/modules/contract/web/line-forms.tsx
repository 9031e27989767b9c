import { LongField, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { VerifiedIndicator } from '../schema.ts'
import { bases, contestReasons, exclusionReasons } from '../vocabulary.ts'
import { useContractTexts } from './words.ts'

/** The part of the page's form that is open: the others are folded, and send nothing that is required. */
function Panel({ id, title, lead, children }: { id: string; title: string; lead: string; children: React.ReactNode }) {
  return (
    <details className="st-section st-picker" id={id}>
      <summary className="st-strong">{title}</summary>
      <p className="mt-2">{lead}</p>
      <div className="st-form">{children}</div>
    </details>
  )
}

// The three acts are one form with the table's ticks, so each field has a name of its own where they would collide.
export function ContestForm({ refused }: { refused: Refused | undefined }) {
  const { pages, contestReasons: words } = useContractTexts()
  const t = pages.line.contest
  return (
    <Panel id="contesta" title={t.title} lead={t.lead}>
      <RefusedNotice refused={refused} />
      <SelectField
        name="reason"
        inputId="contest-reason"
        label={t.reason}
        options={contestReasons.map((value) => ({ value, label: words[value] }))}
        refused={refused}
      />
      <LongField name="what" inputId="contest-what" label={t.what} refused={refused} />
      <TextField name="evidence" label={t.evidence} isOptional refused={refused} />
      <button className="btn st-btn is-plain" type="submit" name="act" value="contest">
        {t.submit}
      </button>
    </Panel>
  )
}

export function ExcludeForm({ refused }: { refused: Refused | undefined }) {
  const { pages, exclusionReasons: words } = useContractTexts()
  const t = pages.line.exclude
  return (
    <Panel id="escludi" title={t.title} lead={t.lead}>
      <SelectField
        name="excludeReason"
        label={t.reason}
        options={exclusionReasons.map((value) => ({ value, label: words[value] }))}
        refused={refused}
      />
      <TextField name="clause" label={t.clause} isOptional refused={refused} />
      <TextField name="document" label={t.document} refused={refused} />
      <TextField name="noticeAt" type="datetime-local" label={t.noticeAt} isOptional refused={refused} />
      <LongField name="excludeWhat" label={t.what} refused={refused} />
      <button className="btn st-btn is-plain" type="submit" name="act" value="exclude">
        {t.submit}
      </button>
    </Panel>
  )
}

export function ProposeForm({ entry, refused }: { entry: VerifiedIndicator; refused: Refused | undefined }) {
  const { pages, amount } = useContractTexts()
  const t = pages.line.propose
  const { onDeclared, onObserved, onAgreed } = entry.penalty
  return (
    <Panel id="proponi" title={t.title} lead={t.lead}>
      <p className="st-strong">{t.amounts(amount(onDeclared), amount(onObserved), amount(onAgreed))}</p>
      <SelectField
        name="basis"
        label={t.basis}
        options={bases.map((value) => ({ value, label: t.bases[value] }))}
        initial={entry.agreed !== null ? 'agreed' : 'observed'}
        refused={refused}
      />
      <LongField name="proposeWhat" label={t.what} refused={refused} />
      <button className="btn st-btn is-plain" type="submit" name="act" value="propose">
        {t.submit}
      </button>
    </Panel>
  )
}
