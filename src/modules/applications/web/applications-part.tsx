import { Form, useLoaderData, useNavigation } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { ActField, ActPanel, UploadField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { ApplicationRow } from '../schema.ts'
import { areas } from '../vocabulary.ts'
import { useApplicationsTexts, useDays } from './texts.ts'
import type { loader } from './year.tsx'

/** The year by application, and who may add or change one, or load a file. */
export function ApplicationsPart() {
  const { applications, entries, may } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const texts = useApplicationsTexts()
  const days = useDays()
  const { page: t } = texts
  const c = t.applicationColumns
  const counted = entries.filter((entry) => entry.state !== 'contested')
  return (
    <section className="st-section">
      <h2 id="by-application" className="st-h2">
        {t.byApplication}
      </h2>
      <DataTable
        caption={t.byApplication}
        columns={[c.name, c.area, c.steward, { label: c.days, isNumber: true }, { label: c.entries, isNumber: true }]}
      >
        {applications.map((one) => {
          const own = counted.filter((entry) => entry.applicationId === one.id)
          return (
            <tr key={one.id}>
              <th scope="row">
                {one.name}
                <span className="d-block st-small st-quiet fw-normal">{one.code}</span>
              </th>
              <td>{texts.areas[one.area]}</td>
              <td>
                {one.stewardName ?? '–'}
                {may.manage && <Changing one={one} />}
              </td>
              <td className="st-num">{days(own.reduce((sum, entry) => sum + entry.tenths, 0))}</td>
              <td className="st-num">{wholeNumber(own.length, language)}</td>
            </tr>
          )
        })}
      </DataTable>
      <div className="st-row mt-3">
        {may.manage && <Adding />}
        {(may.manage || may.declare) && <Uploading />}
      </div>
    </section>
  )
}

function Adding() {
  const { once } = useLoaderData<typeof loader>()
  const texts = useApplicationsTexts()
  const f = texts.page.fields
  const refused = useRefusedAct('add')
  const field = (name: string) => ({ name, inputId: `add-${name}`, refused })
  return (
    <ActPanel label={texts.page.addApplication} act="add">
      <Form method="post">
        <ActField act="add" />
        <Once token={once} />
        <div className="st-pair">
          <TextField {...field('code')} label={f.code} required maxLength={40} />
          <TextField {...field('name')} label={f.name} required minLength={2} maxLength={120} />
          <SelectField
            {...field('area')}
            label={f.area}
            options={areas.map((value) => ({ value, label: texts.areas[value] }))}
          />
          <TextField {...field('stewardEmail')} label={f.steward} type="email" isOptional />
          <TextField {...field('beginsOn')} label={f.beginsOn} type="date" required />
          <TextField {...field('endsOn')} label={f.endsOn} type="date" isOptional />
        </div>
        <button type="submit" className="btn st-btn is-main">
          {texts.page.save}
        </button>
      </Form>
    </ActPanel>
  )
}

function Changing({ one }: { one: ApplicationRow }) {
  const texts = useApplicationsTexts()
  const f = texts.page.fields
  const act = useRefusedAct('change')
  const refused = act?.values.id === one.id ? act : undefined
  const field = (name: string) => ({ name, inputId: `${name}-${one.id}`, refused })
  return (
    <details className="st-unfold" open={refused !== undefined || undefined}>
      <summary>
        {texts.page.change}
        <span className="visually-hidden"> {one.name}</span>
      </summary>
      <Form method="post" className="mt-2" preventScrollReset>
        <RefusedNotice refused={refused} />
        <ActField act="change" version={one.version} />
        <input type="hidden" name="id" value={one.id} />
        {one.stewardId !== null && <input type="hidden" name="stewardId" value={one.stewardId} />}
        <TextField {...field('name')} label={f.name} initial={one.name} required minLength={2} maxLength={120} />
        <TextField {...field('stewardEmail')} label={f.steward} hint={f.stewardHint} type="email" isOptional />
        <TextField {...field('endsOn')} label={f.endsOn} type="date" initial={one.endsOn ?? ''} isOptional />
        <button type="submit" className="btn st-btn is-plain">
          {texts.page.save}
        </button>
      </Form>
    </details>
  )
}

function Uploading() {
  const { may } = useLoaderData<typeof loader>()
  const { page: t } = useApplicationsTexts()
  const refused = useRefusedAct('upload')
  const isSending = useNavigation().state !== 'idle'
  const offered = [
    ...(may.declare ? [{ value: 'entries', label: t.uploadEntries }] : []),
    ...(may.manage ? [{ value: 'applications', label: t.uploadApplications }] : []),
  ]
  return (
    <ActPanel label={t.upload} act="upload">
      <Form method="post" encType="multipart/form-data">
        <ActField act="upload" />
        <SelectField name="what" inputId="upload-what" label={t.uploadWhat} refused={refused} options={offered} />
        <UploadField label={t.upload} hint={t.uploadHint} inputId="upload-file" />
        <button type="submit" className="btn st-btn is-main" disabled={isSending}>
          {t.send}
        </button>
      </Form>
    </ActPanel>
  )
}
