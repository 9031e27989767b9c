import { Form, Link, redirect, useActionData, useLoaderData, useNavigation, useSubmit } from 'react-router'
import { invalid } from '../../../platform/http/parse.ts'
import { say } from '../../../platform/texts.ts'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { LongField, Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { type ConsumableItem, listItems } from '../consumables.ts'
import { goodsTexts } from '../goods-texts.ts'
import { openCase } from '../open-case.ts'
import { linesOf } from './case-acts.ts'
import { withLineFields } from './goods-form.ts'
import { QuantityField } from './quantity-field.tsx'
import { useGoodsTexts } from './topic-texts.ts'

export const loader = page(async (ctx, { request }) => {
  const items = await listItems(ctx)
  const models = [...new Set(items.map((item) => item.printerModel).filter(Boolean))]
  const wanted = new URL(request.url).searchParams.get('stampante') ?? ''
  const model = models.find((one) => one === wanted) ?? ''
  return {
    once: onceToken(),
    office: ctx.actor.officeName ?? ctx.organisationName,
    place: [ctx.actor.siteName, ctx.actor.room].filter(Boolean).join(', '),
    models,
    model,
    offered: model === '' ? [] : items.filter((item) => item.printerModel === model),
    general: items.filter((item) => item.printerModel === ''),
  }
})

export const action = form(async (ctx, form) => {
  const items = linesOf(form)
  if (items.length === 0) throw invalid([{ path: 'materiale', say: say(goodsTexts, (t) => t.problems.nothingAsked) }])
  const text = (name: string) => String(form.get(name) ?? '')
  const title = goodsTexts[ctx.language].ask.caseTitle(text('model').slice(0, 120))
  const asked = { kind: 'consumable', title, description: text('description'), place: text('place'), items } as const
  const opened = await withLineFields(items, () => openCase(ctx, asked))
  return redirect(`/richieste/${opened.id}?nuova`)
})

/** Toner and the like: first the printer, then how many of what; the place is known. */
export default function AskConsumablePage() {
  const { once, office, place, models, model, offered, general } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const isSending = useNavigation().state === 'submitting'
  const t = useGoodsTexts().ask
  if (models.length === 0 && general.length === 0) return <NothingOffered />
  return (
    <CitizenPage title={t.title}>
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead(office)}</p>
      {models.length > 0 && <ModelChoice models={models} model={model} />}
      {offered.length + general.length > 0 && (
        <Form method="post" className="st-form" key={model}>
          <RefusedNotice refused={refused} />
          <Once token={once} />
          <input type="hidden" name="model" value={model} />
          <fieldset className="st-question mb-3" id="materiale">
            <legend>{model === '' ? t.lines : t.linesFor(model)}</legend>
            <Lines items={offered} refused={refused} />
            {general.length > 0 && offered.length > 0 && <p className="st-strong mt-3 mb-1">{t.general}</p>}
            <Lines items={general} refused={refused} />
          </fieldset>
          <TextField
            name="place"
            label={t.place}
            hint={t.placeHint}
            initial={place}
            isOptional
            maxLength={200}
            refused={refused}
          />
          <LongField name="description" label={t.note} isOptional maxLength={20_000} rows={2} refused={refused} />
          <button type="submit" className="btn st-btn is-main" disabled={isSending}>
            {isSending ? t.sending : t.send}
          </button>
        </Form>
      )}
    </CitizenPage>
  )
}

function NothingOffered() {
  const t = useGoodsTexts().ask
  return (
    <CitizenPage title={t.title}>
      <h1 className="st-title">{t.title}</h1>
      <p>{t.none}</p>
      <p>
        <Link className="btn st-btn is-main" to="/chiedi/servizio">
          {t.noneLink}
        </Link>
      </p>
    </CitizenPage>
  )
}

// Chosen, it shows its items at once; without JavaScript the button does.
function ModelChoice({ models, model }: { models: string[]; model: string }) {
  const t = useGoodsTexts().ask
  const submit = useSubmit()
  const options = [{ value: '', label: t.choose }, ...models.map((value) => ({ value, label: value }))]
  return (
    <Form method="get" className="st-form">
      <SelectField
        name="stampante"
        label={t.model}
        hint={t.modelHint}
        options={options}
        initial={model}
        onChange={(event) => void submit(event.currentTarget.form, { preventScrollReset: true })}
      />
      <noscript>
        <button type="submit" className="btn st-btn is-plain mb-3">
          {t.show}
        </button>
      </noscript>
    </Form>
  )
}

function Lines({ items, refused }: { items: ConsumableItem[]; refused: Refused | undefined }) {
  const t = useGoodsTexts().ask
  return items.map((item) => (
    <QuantityField
      key={item.id}
      itemId={item.id}
      label={
        <>
          {item.name} <span className="st-small st-quiet d-block">{`${t.code} ${item.code}`}</span>
        </>
      }
      initial=""
      most={1000}
      refused={refused}
    />
  ))
}
