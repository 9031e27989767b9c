import { Form, Link, useActionData, useLoaderData } from 'react-router'
import { allow, may } from '../../../platform/permissions.ts'
import { ActField, Crumb, DoneNotice, UploadField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import type { GlpiImport } from '../glpi-schema.ts'
import { listUnseen } from '../import-directory.ts'
import { importGlpi } from '../import-glpi.ts'
import { importItems } from '../import-items.ts'
import { importRelations } from '../import-relations.ts'
import type { ItemImport, RelationImport } from '../import-schema.ts'
import { itemColumns } from '../internal/item-lines.ts'
import { useRegisterTexts } from './texts.ts'
import { fileOf, inventoriesOf } from './upload.ts'

export const loader = page(async (ctx) => {
  allow(ctx.actor, 'register.read')
  const mayManage = may(ctx.actor, 'register.manage')
  return { mayManage, columns: itemColumns, unseen: mayManage ? await listUnseen(ctx) : [] }
})

type Done = { items: ItemImport } | { glpi: GlpiImport } | { relations: RelationImport }

/** A trial and a loading answer with what came of them: there is no other page to show it on. */
export const action = form(async (ctx, form): Promise<Done> => {
  const act = form.get('act')
  if (act === 'relations') return { relations: await importRelations(ctx, fileOf(form)) }
  const isTrial = form.get('how') === 'try'
  if (act === 'glpi') return { glpi: await importGlpi(ctx, await inventoriesOf(form), { isTrial }) }
  return { items: await importItems(ctx, fileOf(form), { isTrial }) }
})

/** Files in and out. */
export default function FilesPage() {
  const { mayManage } = useLoaderData<typeof loader>()
  const done = useActionData<Done | Refused>()
  const { page: texts } = useRegisterTexts()
  const t = texts.filesPage
  return (
    <StaffPage title={t.title}>
      <Crumb to="/registro" label={texts.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      {done && !('problem' in done) && <Outcome done={done} />}
      <section className="st-section">
        <h2 className="st-h2">{t.exports}</h2>
        <ul>
          <li>
            <a href="/registro.csv?state=all">{t.csv}</a>
          </li>
          <li>
            <a href="/registro.json?state=all">{t.json}</a>
          </li>
          <li>
            <a href="/registro/banche-dati.csv">{t.databases}</a>
          </li>
          <li>
            <a href="/registro/inventario-absc.csv">{t.security}</a>
          </li>
        </ul>
      </section>
      {mayManage && (
        <>
          <ItemUpload />
          <InventoryUpload />
          <RelationUpload />
          <UnseenPart />
        </>
      )}
    </StaffPage>
  )
}

function Outcome({ done }: { done: Done }) {
  const texts = useRegisterTexts()
  if ('relations' in done) {
    const { added, changed, unchanged } = done.relations
    return <DoneNotice>{texts.done.loaded(added, changed, unchanged)}</DoneNotice>
  }
  const told = 'glpi' in done ? done.glpi : done.items
  const { isTrial, added, changed, unchanged, differences, isCapped } = told
  return (
    <>
      <DoneNotice>{(isTrial ? texts.done.tried : texts.done.loaded)(added, changed, unchanged)}</DoneNotice>
      {'glpi' in done && (
        <p>{texts.done.glpi(done.glpi.computers, done.glpi.monitors, done.glpi.printers, done.glpi.skipped)}</p>
      )}
      {isCapped && <p>{texts.page.filesPage.differencesCapped}</p>}
      {differences.length > 0 && <Differences differences={differences} hasLines={!('glpi' in done)} />}
    </>
  )
}

// Inventories have no lines that anybody has seen.
function Differences({ differences, hasLines }: Pick<ItemImport, 'differences'> & { hasLines: boolean }) {
  const t = useRegisterTexts().page.filesPage
  const c = t.differenceColumns
  const columns = [c.code, c.column, c.before, c.after]
  return (
    <DataTable caption={t.differences} columns={hasLines ? [{ label: c.line, isNumber: true }, ...columns] : columns}>
      {differences.map((one) => (
        <tr key={`${one.line} ${one.column}`}>
          {hasLines && <td className="st-num">{one.line}</td>}
          <th scope="row">{one.code}</th>
          <td className="st-code">{one.column}</td>
          <td>{one.before || '–'}</td>
          <td>{one.after || '–'}</td>
        </tr>
      ))}
    </DataTable>
  )
}

function ItemUpload() {
  const { columns } = useLoaderData<typeof loader>()
  const { page: texts } = useRegisterTexts()
  const t = texts.filesPage
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.items}</h2>
      <RefusedNotice refused={useRefusedAct('items')} />
      <Form method="post" encType="multipart/form-data" className="st-form">
        <ActField act="items" />
        <UploadField label={t.file} hint={t.itemsHint} inputId="items-file" />
        <TryOrLoad />
      </Form>
      <details className="mt-3 st-unfold">
        <summary>{t.columnsTitle}</summary>
        <p className="st-code">{[...columns.required, ...columns.optional].join(' · ')}</p>
        <p>{t.columnsLead}</p>
      </details>
    </section>
  )
}

// What a technician brings from a room on a stick, or the server of the agents writes into a folder.
function InventoryUpload() {
  const t = useRegisterTexts().page.filesPage
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.glpi}</h2>
      <RefusedNotice refused={useRefusedAct('glpi')} />
      <Form method="post" encType="multipart/form-data" className="st-form">
        <ActField act="glpi" />
        <UploadField
          label={t.glpiFiles}
          hint={t.glpiHint}
          inputId="glpi-files"
          accept=".json,application/json"
          multiple
        />
        <TryOrLoad />
      </Form>
    </section>
  )
}

function TryOrLoad() {
  const t = useRegisterTexts().page.filesPage
  return (
    <div className="st-row">
      <button type="submit" name="how" value="try" className="btn st-btn is-plain">
        {t.try}
      </button>
      <button type="submit" name="how" value="load" className="btn st-btn is-main">
        {t.load}
      </button>
    </div>
  )
}

// What a directory had and has no more: it was loaded on the command line, and is looked into here.
function UnseenPart() {
  const { unseen } = useLoaderData<typeof loader>()
  const t = useRegisterTexts().page.filesPage
  const c = t.unseenColumns
  if (unseen.length === 0) return null
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.unseen}</h2>
      <p>{t.unseenLead}</p>
      <DataTable caption={t.unseen} columns={[c.code, c.name, c.directory, c.seen, c.logon]}>
        {unseen.map((one) => (
          <tr key={`${one.id} ${one.source}`}>
            <th scope="row">
              <Link to={`/registro/${one.id}`}>{one.code}</Link>
            </th>
            <td>{one.name}</td>
            <td>
              {one.directoryName}
              <span className="st-sub">{one.source}</span>
            </td>
            <td>
              <When at={one.lastSeenAt} isShort />
            </td>
            <td>{one.lastLogonAt === null ? '–' : <When at={one.lastLogonAt} isShort />}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}

function RelationUpload() {
  const { page: texts } = useRegisterTexts()
  const t = texts.filesPage
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.relations}</h2>
      <RefusedNotice refused={useRefusedAct('relations')} />
      <Form method="post" encType="multipart/form-data" className="st-form">
        <ActField act="relations" />
        <UploadField label={t.file} hint={t.relationsHint} inputId="relations-file" />
        <button type="submit" className="btn st-btn is-plain">
          {t.load}
        </button>
      </Form>
    </section>
  )
}
