import { Form } from 'react-router'
import { ChoiceField, Once, SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { ContractOverview } from '../schema.ts'
import { useContractTexts } from './words.ts'

type Props = { once: string; refused: Refused | undefined }

/** Files of the contract and of the supplier's figures. */
export function UploadForms({
  once,
  mayImport,
  mayDeclare,
}: {
  once: string
  mayImport: boolean
  mayDeclare: boolean
}) {
  const { pages } = useContractTexts()
  const t = pages.documents
  const files = [
    ...(mayDeclare
      ? ([
          ['declare', t.declare],
          ['cases', t.declareCases],
        ] as const)
      : []),
    ...(mayImport ? ([['contract', t.contract]] as const) : []),
  ]
  return files.map(([act, label]) => (
    <Form key={act} method="post" encType="multipart/form-data" className="st-row mb-3">
      <Once token={`${once}-${act}`} />
      <label className="st-label mb-0" htmlFor={`file-${act}`}>
        {label}
      </label>
      <input className="form-control st-field" id={`file-${act}`} type="file" name="file" required />
      <button className="btn st-btn is-plain" type="submit" name="act" value={act} aria-label={`${t.submit}: ${label}`}>
        {t.submit}
      </button>
    </Form>
  ))
}

export function ReportForm({ once, refused }: Props) {
  const { pages } = useContractTexts()
  const t = pages.documents.report
  return (
    <details className="st-picker" id="relazione">
      <summary className="st-strong">{t.title}</summary>
      <Form method="post" className="st-form mt-2">
        <Once token={`${once}-report`} />
        <TextField name="period" label={t.period} hint="2026-Q3" refused={refused} required />
        <TextField name="receivedOn" type="date" label={t.receivedOn} refused={refused} required />
        <TextField name="protocol" label={t.protocol} refused={refused} required />
        <ChoiceField
          name="isComplete"
          label={t.complete}
          options={[
            { value: 'yes', label: t.yes },
            { value: 'no', label: t.no },
          ]}
          initial="yes"
          refused={refused}
        />
        <button className="btn st-btn is-plain" type="submit" name="act" value="report">
          {t.submit}
        </button>
      </Form>
    </details>
  )
}

export function PlanForm({ once, refused }: Props) {
  const { pages } = useContractTexts()
  const t = pages.documents.plan
  return (
    <details className="st-picker" id="piano">
      <summary className="st-strong">{t.title}</summary>
      <Form method="post" className="st-form mt-2">
        <Once token={`${once}-plan`} />
        <TextField name="year" label={t.year} inputMode="numeric" refused={refused} required />
        <TextField name="approvedOn" type="date" label={t.approvedOn} refused={refused} required />
        <TextField name="document" label={t.document} refused={refused} required />
        <button className="btn st-btn is-plain" type="submit" name="act" value="plan">
          {t.submit}
        </button>
      </Form>
    </details>
  )
}

export function AdoptForm({ once, refused, overview }: Props & { overview: ContractOverview }) {
  const { pages } = useContractTexts()
  const t = pages.documents.adopt
  return (
    <details className="st-picker" id="lettura">
      <summary className="st-strong">{t.title}</summary>
      <p className="mt-2">{t.lead}</p>
      <Form method="post" className="st-form">
        <Once token={`${once}-adopt`} />
        <SelectField
          name="indicator"
          label={t.indicator}
          options={overview.indicators.map(({ code, label }) => ({ value: code, label: `${code} ${label}` }))}
          refused={refused}
        />
        <SelectField
          name="choice"
          label={t.field}
          options={Object.entries(t.options).map(([value, label]) => ({ value, label }))}
          refused={refused}
        />
        <TextField name="effectiveFrom" type="date" label={t.from} refused={refused} required />
        <TextField name="adoptedBy" label={t.act} refused={refused} required />
        <button className="btn st-btn is-plain" type="submit" name="act" value="adopt">
          {t.submit}
        </button>
      </Form>
    </details>
  )
}
