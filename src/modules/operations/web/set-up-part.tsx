import { Form, useLoaderData, useNavigation } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { ActField, ActPanel, UploadField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Once, SelectField, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import { hoursCodes, importKinds, probeRunners, scopeKinds } from '../vocabulary.ts'
import type { loader } from './month.tsx'
import { useOperationsTexts } from './texts.ts'

/** What the figures come from: files, probes, scopes. */
export function SetUpPart() {
  const { may, probes } = useLoaderData<typeof loader>()
  const texts = useOperationsTexts()
  const t = texts.page
  return (
    <>
      <section className="st-section">
        <h2 id="imports" className="st-h2">
          {t.imports}
        </h2>
        <Files />
        {may.import && <Uploading />}
      </section>
      <section className="st-section">
        <h2 id="probes" className="st-h2">
          {t.probes}
        </h2>
        {probes.length === 0 ? (
          <p>{t.probesNone}</p>
        ) : (
          <DataTable
            caption={t.probes}
            columns={[t.probeColumns.code, t.probeColumns.name, t.probeColumns.network, t.probeColumns.runBy]}
          >
            {probes.map((probe) => (
              <tr key={probe.id}>
                <th scope="row">{probe.code}</th>
                <td>{probe.name}</td>
                <td>{probe.network}</td>
                <td>{texts.runners[probe.runBy]}</td>
              </tr>
            ))}
          </DataTable>
        )}
        {may.manage && (
          <div className="st-row mt-3">
            <AddingScope />
            <AddingProbe />
          </div>
        )}
      </section>
    </>
  )
}

function Files() {
  const { imports } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const texts = useOperationsTexts()
  const t = texts.page
  if (imports.length === 0) return <p>{t.importsNone}</p>
  const number = (label: string) => ({ label, isNumber: true }) as const
  const c = t.importColumns
  return (
    <DataTable caption={t.imports} columns={[c.when, c.what, c.by, ...[c.lines, c.added, c.known].map(number)]}>
      {imports.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <When at={row.madeAt} isShort />
          </th>
          <td>{texts.importKinds[row.what]}</td>
          <td>{texts.parties[row.by]}</td>
          <td className="st-num">{wholeNumber(row.lines, language)}</td>
          <td className="st-num">{wholeNumber(row.added, language)}</td>
          <td className="st-num">{wholeNumber(row.known, language)}</td>
        </tr>
      ))}
    </DataTable>
  )
}

function Uploading() {
  const texts = useOperationsTexts()
  const t = texts.page
  const refused = useRefusedAct('upload')
  const isSending = useNavigation().state !== 'idle'
  return (
    <ActPanel label={t.upload} act="upload">
      <Form method="post" encType="multipart/form-data">
        <ActField act="upload" />
        <SelectField
          name="what"
          label={t.uploadWhat}
          refused={refused}
          options={importKinds.map((value) => ({ value, label: texts.importKinds[value] }))}
        />
        <UploadField label={t.upload} hint={t.uploadHint} inputId="file" />
        <ul className="st-small st-quiet">
          {importKinds.map((what) => (
            <li key={what}>
              {texts.importKinds[what]}: {t.uploadColumns[what]}
            </li>
          ))}
        </ul>
        <button type="submit" className="btn st-btn is-main" disabled={isSending}>
          {t.send}
        </button>
      </Form>
    </ActPanel>
  )
}

function AddingScope() {
  const { once } = useLoaderData<typeof loader>()
  const texts = useOperationsTexts()
  const t = texts.page
  const refused = useRefusedAct('scope')
  const field = (name: string) => ({ name, inputId: `scope-${name}`, refused })
  const named = <Code extends string>(codes: readonly Code[], names: Record<Code, string>) =>
    codes.map((value) => ({ value, label: names[value] }))
  return (
    <ActPanel label={t.addScope} act="scope">
      <Form method="post">
        <ActField act="scope" />
        <Once token={once} />
        <div className="st-pair">
          <TextField {...field('code')} label={t.fields.code} required maxLength={40} />
          <TextField {...field('name')} label={t.fields.name} required minLength={2} maxLength={120} />
          <SelectField {...field('kind')} label={t.fields.kind} options={named(scopeKinds, texts.kinds)} />
          <SelectField {...field('hours')} label={t.fields.hours} options={named(hoursCodes, texts.hours)} />
          <SelectField
            {...field('hostsWeb')}
            label={t.fields.hostsWeb}
            options={[
              { value: 'no', label: t.fields.no },
              { value: 'yes', label: t.fields.yes },
            ]}
          />
          <TextField
            {...field('intervalS')}
            label={t.fields.intervalS}
            type="number"
            min={10}
            max={86_400}
            initial="300"
            required
          />
          <TextField {...field('beginsOn')} label={t.fields.beginsOn} type="date" required />
          <TextField {...field('endsOn')} label={t.fields.endsOn} type="date" isOptional />
        </div>
        <button type="submit" className="btn st-btn is-main">
          {t.send}
        </button>
      </Form>
    </ActPanel>
  )
}

function AddingProbe() {
  const { once } = useLoaderData<typeof loader>()
  const texts = useOperationsTexts()
  const t = texts.page
  const refused = useRefusedAct('probe')
  const field = (name: string) => ({ name, inputId: `probe-${name}`, refused })
  return (
    <ActPanel label={t.addProbe} act="probe">
      <Form method="post">
        <ActField act="probe" />
        <Once token={once} />
        <div className="st-pair">
          <TextField {...field('code')} label={t.fields.code} required maxLength={40} />
          <TextField {...field('name')} label={t.fields.name} required minLength={2} maxLength={120} />
          <TextField {...field('network')} label={t.fields.network} required maxLength={40} />
          <SelectField
            {...field('runBy')}
            label={t.fields.runBy}
            options={probeRunners.map((value) => ({ value, label: texts.runners[value] }))}
          />
        </div>
        <button type="submit" className="btn st-btn is-main">
          {t.send}
        </button>
      </Form>
    </ActPanel>
  )
}
