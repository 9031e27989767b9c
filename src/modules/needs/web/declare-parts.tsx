import { Form, useLoaderData, useNavigation } from 'react-router'
import { ActField, Panel, UploadField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { LongField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { loader } from './deliveries.tsx'
import { FileRefused } from './delivery-marks.tsx'
import { useDeliveryWords } from './delivery-words.ts'

/** What the supplier declares and what is verified by file; each opens in place. */
export function DeclareParts() {
  const { may } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.deliveries
  return (
    <div className="st-row st-section align-items-start">
      {may.declare && <Upload act="upload" label={t.upload} hint={t.uploadHint} />}
      {may.declare && <Declare />}
      {may.verify && <Upload act="verify-file" label={t.verifyFile} hint={t.verifyFileHint} />}
    </div>
  )
}

function Upload({ act, label, hint }: { act: string; label: string; hint: string }) {
  const { t } = useDeliveryWords()
  const refused = useRefusedAct(act)
  const isSending = useNavigation().state !== 'idle'
  return (
    <Panel label={label} refused={undefined} isOpen={refused !== undefined}>
      <FileRefused refused={refused} />
      <Form method="post" encType="multipart/form-data">
        <ActField act={act} />
        <UploadField label={t.file} hint={hint} inputId={`${act}-file`} />
        <button type="submit" className="btn st-btn is-main" disabled={isSending}>
          {t.send}
        </button>
      </Form>
    </Panel>
  )
}

const rows = [1, 2, 3, 4] as const

function Declare() {
  const { t: all, today } = useDeliveryWords()
  const t = all.deliveries
  const f = t.fields
  const refused = useRefusedAct('declare')
  return (
    <Panel label={t.declare} refused={refused}>
      <p>{t.declareLead}</p>
      <Form method="post">
        <ActField act="declare" />
        <div className="st-pair">
          <TextField name="order" label={f.order} refused={refused} required maxLength={40} />
          <TextField name="note" label={f.note} refused={refused} required maxLength={60} />
          <TextField
            name="deliveredOn"
            type="date"
            label={f.deliveredOn}
            refused={refused}
            initial={today}
            max={today}
            required
          />
        </div>
        {rows.map((row) => (
          <Entry key={row} row={row} refused={refused} />
        ))}
        <button type="submit" className="btn st-btn is-main">
          {f.save}
        </button>
      </Form>
    </Panel>
  )
}

function Entry({ row, refused }: { row: number; refused: Refused | undefined }) {
  const { t: all } = useDeliveryWords()
  const f = all.deliveries.fields
  const isFirst = row === 1
  return (
    <fieldset className="st-question mb-3">
      <legend>{f.row(row)}</legend>
      <div className="st-pair">
        <TextField
          name={`line-${row}`}
          label={f.line}
          refused={refused}
          inputMode="numeric"
          isOptional={!isFirst}
          maxLength={6}
        />
        <TextField name={`model-${row}`} label={f.model} refused={refused} isOptional maxLength={120} />
        <LongField name={`serials-${row}`} label={f.serials} refused={refused} rows={3} isOptional />
        <div>
          <TextField
            name={`quantity-${row}`}
            label={f.quantity}
            refused={refused}
            inputMode="numeric"
            isOptional
            maxLength={6}
          />
          <TextField name={`office-${row}`} label={f.office} refused={refused} isOptional maxLength={60} />
        </div>
      </div>
    </fieldset>
  )
}
