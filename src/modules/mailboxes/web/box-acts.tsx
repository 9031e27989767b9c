import { Form, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { SelectField, TextField } from '../../../web/ui/form.tsx'
import { boxKinds } from '../box-vocabulary.ts'
import type { loader } from './box.tsx'
import { BoxFields } from './box-fields.tsx'
import { useBoxTexts } from './box-texts.ts'

/** What can be done with the mailbox: its holder, its kind, what is said of it. */
export function BoxActs() {
  const { box, initial, offices, servers } = useLoaderData<typeof loader>()
  const texts = useBoxTexts()
  const t = texts.page.box
  const [holder, kind, change] = [useRefusedAct('holder'), useRefusedAct('kind'), useRefusedAct('change')]
  return (
    <section>
      <ActPanel label={t.chooseHolder} act="holder">
        <Form method="post">
          <ActField act="holder" version={box.version} />
          <TextField
            name="holderEmail"
            type="email"
            label={t.holderEmail}
            hint={t.holderHint}
            refused={holder}
            initial={box.holderEmail}
            isOptional
          />
          <Save />
        </Form>
      </ActPanel>
      <ActPanel label={t.changeKind} act="kind">
        <Form method="post">
          <ActField act="kind" version={box.version} />
          <SelectField
            name="kind"
            label={texts.page.kind}
            hint={t.kindHint}
            refused={kind}
            initial={box.kind}
            options={boxKinds.map((value) => ({ value, label: texts.kinds[value] }))}
          />
          <Save />
        </Form>
      </ActPanel>
      <ActPanel label={t.edit} act="change">
        <Form method="post">
          <ActField act="change" version={box.version} />
          <BoxFields initial={initial} refused={change} offices={offices} servers={servers} />
          <Save />
        </Form>
      </ActPanel>
    </section>
  )
}

function Save() {
  const t = useBoxTexts().page.box
  return (
    <button type="submit" className="btn st-btn is-main">
      {t.save}
    </button>
  )
}
