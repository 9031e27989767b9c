import { useRef } from 'react'
import { Form, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { read } from '../../../platform/context.ts'
import { allow } from '../../../platform/permissions.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import { Crumb, DoneNotice } from '../../../web/ui/act-panel.tsx'
import { LongField, Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { ScanButton } from '../../../web/ui/scan.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, onceToken, page, type Refused } from '../../../web/visit.ts'
import { listOffices } from '../../organisation/offices.ts'
import { listSites } from '../../organisation/sites.ts'
import type { MoveItemsInput } from '../bulk-schema.ts'
import { marksOf } from '../internal/marks.ts'
import { listLabelled } from '../labels.ts'
import { moveItems } from '../move-items.ts'
import { bulkActs } from '../vocabulary.ts'
import { useHandsTexts } from './hands-texts.ts'
import { officeOptions } from './item-fields.tsx'
import { useRegisterTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  allow(ctx.actor, 'register.manage')
  const ids = new URL(request.url).searchParams.getAll('id')
  return read(ctx, async (ctx) => ({
    codes: ids.length === 0 ? [] : (await listLabelled(ctx, { ids: ids.join(',') })).map(({ code }) => code),
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    once: onceToken(),
  }))
})

export const action = form(async (ctx, form) => {
  const { items = '', once: _, ...input } = filledTexts(form)
  // Parsed by the operation.
  const { moved } = await moveItems(ctx, { ...input, items: marksOf(items) } as MoveItemsInput)
  return redirect(`/registro/movimenti?fatto=${moved}`)
})

/** The camera reads labels here. */
export const headers = () => ({ 'permissions-policy': 'camera=(self), microphone=(), geolocation=()' })

/** Many labels, one movement. */
export default function MoveItemsPage() {
  const { codes, once } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  const texts = useRegisterTexts()
  const { bulk: t } = useHandsTexts()
  const f = texts.page.fields
  const moved = Number(search.get('fatto') ?? 0)
  return (
    <StaffPage title={t.title}>
      <Crumb to="/registro" label={texts.page.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      {moved > 0 && <DoneNotice>{t.done(moved)}</DoneNotice>}
      <RefusedNotice refused={refused} />
      <Form method="post" className="st-form">
        <Once token={once} />
        <MarksField initial={codes.join('\n')} refused={refused} />
        <SelectField
          name="act"
          label={t.act}
          refused={refused}
          options={bulkActs.map((act) => ({ value: act, label: texts.acts[act] }))}
          initial="install"
        />
        <TextField
          name="document"
          label={f.document}
          hint={f.documentHint}
          refused={refused}
          maxLength={200}
          required
        />
        <PlaceFields refused={refused} />
        <TextField name="on" type="date" label={f.on} hint={f.onHint} refused={refused} isOptional />
        <TextField name="note" label={f.note} refused={refused} isOptional maxLength={1000} />
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </StaffPage>
  )
}

function MarksField({ initial, refused }: { initial: string; refused: Refused | undefined }) {
  const { bulk: t, scan } = useHandsTexts()
  const field = useRef<HTMLTextAreaElement>(null)
  const add = (text: string) => {
    const typed = field.current
    if (typed !== null) typed.value = `${typed.value.replace(/\n*$/, '')}\n${text}\n`.trimStart()
  }
  return (
    <>
      <LongField
        name="items"
        label={t.items}
        hint={t.itemsHint}
        refused={refused}
        initial={initial}
        rows={8}
        required
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        ref={field}
      />
      <div className="st-row mb-3">
        <ScanButton words={scan} onRead={add} />
      </div>
    </>
  )
}

function PlaceFields({ refused }: { refused: Refused | undefined }) {
  const { offices, sites } = useLoaderData<typeof loader>()
  const { fields: f } = useRegisterTexts().page
  const field = { refused, isOptional: true }
  return (
    <>
      <SelectField name="officeId" label={f.office} options={officeOptions(offices, f.same)} {...field} />
      <SelectField
        name="siteId"
        label={f.site}
        options={[{ value: '', label: f.same }, ...sites.map((site) => ({ value: site.id, label: site.name }))]}
        {...field}
      />
      <TextField name="custodianEmail" type="email" label={f.custodianEmail} {...field} />
      <TextField name="room" label={f.room} {...field} />
      <TextField name="loanUntil" type="date" label={f.loanUntil} {...field} />
    </>
  )
}
