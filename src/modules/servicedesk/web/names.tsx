import { Form, useActionData, useLoaderData } from 'react-router'
import { read } from '../../../platform/context.ts'
import { may } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { ChoiceField, LongField, RefusedNotice } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { findCase } from '../find-case.ts'
import { listNameAccesses, openNames } from '../names.ts'
import { nameReasons, type OpenedNames, type OpenNamesInput } from '../supplier-schema.ts'
import { AccessTable } from './name-table.tsx'
import { Part, PathPage } from './path-page.tsx'
import { useSupplierTexts } from './supplier-words.ts'
import { useDeskTexts } from './texts.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const idOf = (params: Record<string, string | undefined>) =>
  uuid.test(params.id ?? '') ? String(params.id) : fail(notFound())

export const loader = page((ctx, { params }) =>
  read(ctx, async (ctx) => {
    const id = idOf(params)
    const accesses = await listNameAccesses(ctx, id)
    const { number } = await findCase(ctx, id)
    return { id, number, accesses, mayOpen: may(ctx.actor, 'names.open') }
  }),
)

/** Names are shown in the answer alone: to see them again they are opened again. */
export const action = form(async (ctx, form, { params }) => {
  const input = { reason: form.get('reason'), note: form.get('note') }
  // Parsed by the operation, like every other door's input.
  return { opened: await openNames(ctx, idOf(params), input as OpenNamesInput) }
})

/** The names behind the supplier's work on one case: why they are needed, and who opened them before. */
export default function NamesPage() {
  const { id, number, accesses, mayOpen } = useLoaderData<typeof loader>()
  const answer = useActionData<{ opened?: OpenedNames } & Partial<Refused>>()
  const { namePages: t } = useSupplierTexts()
  return (
    <PathPage title={t.title(number)} lead={t.lead} above={[{ to: `/richieste/${id}`, label: t.caseLink(number) }]}>
      {answer?.opened && <Names opened={answer.opened} />}
      {mayOpen && !answer?.opened && <OpenForm />}
      <Part id="log" title={t.logTitle}>
        {accesses.length === 0 ? <p>{t.logNone}</p> : <AccessTable accesses={accesses} />}
      </Part>
    </PathPage>
  )
}

function OpenForm() {
  const answer = useActionData<Refused>()
  const refused = answer?.problem === undefined ? undefined : answer
  const { namePages: t } = useSupplierTexts()
  return (
    <Form method="post" className="st-form">
      <RefusedNotice refused={refused} />
      <ChoiceField
        name="reason"
        label={t.reason}
        refused={refused}
        options={nameReasons.map((reason) => ({ value: reason, label: t.reasonOf[reason] }))}
      />
      <LongField name="note" label={t.note} hint={t.noteHint} required refused={refused} />
      <button type="submit" className="btn st-btn is-main">
        {t.open}
      </button>
    </Form>
  )
}

function Names({ opened }: { opened: OpenedNames }) {
  const { namePages: t } = useSupplierTexts()
  const { desk } = useDeskTexts()
  const c = t.columns
  const what = (kind: string) => {
    const word = desk.events[kind as keyof typeof desk.events]
    return typeof word === 'function' ? word(null) : (word ?? kind)
  }
  return (
    <Part id="names" title={t.opened}>
      <div className="st-notice is-warn" role="status">
        <p>{t.openedLead}</p>
      </div>
      <DataTable caption={t.opened} columns={[c.at, c.what, c.who, c.party]}>
        {opened.names.map((row) => (
          <tr key={row.eventId}>
            <td>
              <When at={row.at} isShort />
            </td>
            <td>{what(row.kind)}</td>
            <th scope="row">{row.name}</th>
            <td>{row.party}</td>
          </tr>
        ))}
      </DataTable>
    </Part>
  )
}
