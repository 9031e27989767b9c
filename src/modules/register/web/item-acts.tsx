import { Form, useLoaderData } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { SelectField, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { ItemAct, ItemState } from '../vocabulary.ts'
import type { loader } from './item.tsx'
import { officeOptions } from './item-fields.tsx'
import { useRegisterTexts } from './texts.ts'

// In these something is still to be done before the thing is of use: the first act is the one that waits.
const waiting: readonly ItemState[] = ['planned', 'ordered', 'delivered', 'verified', 'in_stock', 'repair']
const places: readonly ItemAct[] = ['install', 'move', 'loan', 'return', 'store']

/** The acts that the state allows; each opens its few fields in place. */
export function ItemActs() {
  const { acts, item } = useLoaderData<typeof loader>()
  const { page: t } = useRegisterTexts()
  if (acts.length === 0) return null
  return (
    <section>
      <h2 className="st-h2">{t.item.acts}</h2>
      {acts.map((act, at) => (
        <OneAct key={act} act={act} isMain={at === 0 && waiting.includes(item.state)} />
      ))}
    </section>
  )
}

function OneAct({ act, isMain }: { act: ItemAct; isMain: boolean }) {
  const { item } = useLoaderData<typeof loader>()
  const texts = useRegisterTexts()
  const refused = useRefusedAct(act)
  const f = texts.page.fields
  const id = (name: string) => `${act}-${name}`
  return (
    <Panel label={texts.acts[act]} refused={refused} isMain={isMain} className="mb-2">
      <Form method="post">
        <ActField act={act} version={item.version} />
        <TextField
          name="document"
          inputId={id('document')}
          label={f.document}
          hint={f.documentHint}
          refused={refused}
          maxLength={200}
          required
        />
        {act === 'replace' && (
          <TextField
            name="replacementCode"
            inputId={id('replacementCode')}
            label={f.replacementCode}
            refused={refused}
            required
          />
        )}
        {places.includes(act) && <PlaceFields act={act} refused={refused} />}
        <TextField name="on" type="date" inputId={id('on')} label={f.on} hint={f.onHint} refused={refused} isOptional />
        <TextField name="note" inputId={id('note')} label={f.note} refused={refused} isOptional maxLength={1000} />
        <button type="submit" className="btn st-btn is-main">
          {texts.acts[act]}
        </button>
      </Form>
    </Panel>
  )
}

function PlaceFields({ act, refused }: { act: ItemAct; refused: Refused | undefined }) {
  const { offices, sites } = useLoaderData<typeof loader>()
  const { fields: f } = useRegisterTexts().page
  const id = (name: string) => `${act}-${name}`
  const field = { refused, isOptional: true }
  return (
    <>
      <SelectField
        name="officeId"
        inputId={id('officeId')}
        label={f.office}
        options={officeOptions(offices, f.same)}
        {...field}
      />
      <SelectField
        name="siteId"
        inputId={id('siteId')}
        label={f.site}
        options={[{ value: '', label: f.same }, ...sites.map((site) => ({ value: site.id, label: site.name }))]}
        {...field}
      />
      <TextField
        name="custodianEmail"
        type="email"
        inputId={id('custodianEmail')}
        label={f.custodianEmail}
        {...field}
      />
      <TextField name="room" inputId={id('room')} label={f.room} {...field} />
      {act === 'loan' && (
        <TextField name="loanUntil" type="date" inputId={id('loanUntil')} label={f.loanUntil} {...field} />
      )}
    </>
  )
}
