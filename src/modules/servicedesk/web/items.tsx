import { Form, Link, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { formObject } from '../../../platform/http/parse.ts'
import { allow } from '../../../platform/permissions.ts'
import { Problem } from '../../../platform/problem.ts'
import { say } from '../../../platform/texts.ts'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { type ConsumableItem, listItems, saveItem } from '../consumables.ts'
import { goodsTexts } from '../goods-texts.ts'
import { importItems } from '../import-items.ts'
import { useGoodsTexts } from './topic-texts.ts'

export const loader = page(async (ctx) => {
  allow(ctx.actor, 'consumable.manage')
  return { items: await listItems(ctx, true) }
})

export const action = form(async (ctx, form) => {
  const { act, isActive, file, ...item } = formObject(form)
  if (act === 'import') {
    if (!(file instanceof File) || file.size === 0) throw noFile()
    const { added, changed, unchanged } = await importItems(ctx, await file.bytes())
    return redirect(
      `/amministrazione/materiali?${new URLSearchParams({ caricati: [added, changed, unchanged].join('-') })}`,
    )
  }
  // Parsed by the operation.
  await saveItem(ctx, { ...item, isActive: isActive === 'on' } as Parameters<typeof saveItem>[1])
  return redirect(`/amministrazione/materiali?${new URLSearchParams({ salvato: String(item.code) })}`)
})

function noFile(): Problem {
  const sentence = say(goodsTexts, (t) => t.list.fileMissing)
  return new Problem('invalid', 'invalid', sentence, [{ path: 'file', say: sentence }])
}

/** What can be asked for, by printer model: the list, one item, the whole as a file. */
export default function ItemsPage() {
  const { items } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  const t = useGoodsTexts().list
  const offered = items.filter(({ isActive }) => isActive)
  const models = new Set(offered.map(({ printerModel }) => printerModel).filter(Boolean))
  const chosen = items.find(({ code }) => code === search.get('cambia'))
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">{items.length === 0 ? t.empty : t.lead(offered.length, models.size)}</p>
        </div>
        <a href="/amministrazione/materiali.csv" download>
          {t.export}
        </a>
      </div>
      <Done items={items} />
      {refused?.problem.code === 'import_refused' ? (
        <WrongLines refused={refused} />
      ) : (
        <RefusedNotice refused={refused} />
      )}
      <div className="st-side">
        <ItemTable items={items} />
        <aside className="st-aside" aria-labelledby="uno">
          <ItemForm
            key={chosen?.code ?? ''}
            chosen={chosen}
            refused={refused?.values.act === 'save' ? refused : undefined}
          />
          <ImportForm />
        </aside>
      </div>
    </StaffPage>
  )
}

function Done({ items }: { items: ConsumableItem[] }) {
  const [search] = useSearchParams()
  const t = useGoodsTexts().list
  const saved = items.find(({ code }) => code === search.get('salvato'))
  const [, added, changed, unchanged] = /^(\d+)-(\d+)-(\d+)$/.exec(search.get('caricati') ?? '') ?? []
  if (saved === undefined && added === undefined) return null
  return (
    <div className="st-notice is-ok" role="status">
      <p>{saved ? t.saved(saved.name) : t.loaded(Number(added), Number(changed), Number(unchanged))}</p>
    </div>
  )
}

/** Everything that is wrong with the file, by line and column. */
function WrongLines({ refused }: { refused: Refused }) {
  const t = useGoodsTexts().list
  return (
    <div className="st-notice is-late" role="alert">
      <p>{refused.problem.title}</p>
      <ul className="mb-0">
        {refused.problem.fields?.map(({ path, message }) => {
          const [, line = '', column = ''] = /^line (\d+)(?:, column (.+))?$/.exec(path) ?? []
          return (
            <li key={path + message}>
              {t.at(line, column)}: {message}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function ItemTable({ items }: { items: ConsumableItem[] }) {
  const t = useGoodsTexts().list
  if (items.length === 0) return <div />
  return (
    <ScrollRegion label={t.caption}>
      <table className="st-table">
        <caption>{t.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.model}</th>
            <th scope="col">{t.code}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.change}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">{item.name}</th>
              <td>{item.printerModel || t.allModels}</td>
              <td className="st-nowrap">{item.code}</td>
              <td>
                <span className={`st-state ${item.isActive ? 'st-ok' : 'st-idle'}`}>
                  {item.isActive ? t.offered : t.notOffered}
                </span>
              </td>
              <td>
                <Link to={`?${new URLSearchParams({ cambia: item.code })}`} aria-label={t.changeOf(item.name)}>
                  {t.change}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function ItemForm({ chosen, refused }: { chosen: ConsumableItem | undefined; refused: Refused | undefined }) {
  const t = useGoodsTexts().list
  return (
    <Form method="post" action="/amministrazione/materiali">
      <h2 id="uno" className="st-h2">
        {chosen ? t.changeTitle(chosen.name) : t.add}
      </h2>
      <input type="hidden" name="act" value="save" />
      <TextField
        name="code"
        label={t.code}
        hint={chosen ? undefined : t.codeHint}
        required
        maxLength={40}
        readOnly={chosen !== undefined}
        initial={chosen?.code}
        refused={refused}
      />
      <TextField
        name="name"
        label={t.name}
        required
        minLength={2}
        maxLength={120}
        initial={chosen?.name}
        refused={refused}
      />
      <TextField
        name="printerModel"
        label={t.model}
        hint={t.modelHint}
        isOptional
        maxLength={120}
        initial={chosen?.printerModel}
        refused={refused}
      />
      <label className="st-tick mb-2">
        <input type="checkbox" className="st-check" name="isActive" defaultChecked={chosen?.isActive ?? true} />
        <span>{t.isActive}</span>
      </label>
      <div className="st-row">
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
        {chosen && <Link to="/amministrazione/materiali">{t.cancel}</Link>}
      </div>
    </Form>
  )
}

function ImportForm() {
  const t = useGoodsTexts().list
  return (
    <Form method="post" action="/amministrazione/materiali" encType="multipart/form-data" className="mt-4">
      <h2 className="st-h2">{t.importTitle}</h2>
      <p className="st-small">{t.importLead}</p>
      <input type="hidden" name="act" value="import" />
      <label className="st-label" htmlFor="file">
        {t.file}
      </label>
      <input id="file" name="file" type="file" accept=".csv,text/csv" required className="st-file mb-2" />
      <button type="submit" className="btn st-btn is-plain">
        {t.load}
      </button>
    </Form>
  )
}
