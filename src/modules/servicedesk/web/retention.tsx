import { Form, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { personNamed } from '../../organisation/erase-person.ts'
import { adoptRetention, type RuleStanding, retentionStanding } from '../retention.ts'
import { ruleIds } from '../retention-rules.ts'
import { Part, PathPage } from './path-page.tsx'
import { useSupplierTexts } from './supplier-words.ts'

export const loader = page(async (ctx) => ({
  ...(await retentionStanding(ctx)),
  mayAdopt: may(ctx.actor, 'retention.adopt'),
  mayErase: may(ctx.actor, 'person.erase'),
  mayAdminister: may(ctx.actor, 'organisation.manage'),
}))

export const action = form(async (ctx, form) => {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  if (text('act') === 'person') {
    return redirect(`/amministrazione/persone/${await personNamed(ctx, text('email'))}/dati`)
  }
  const months = Object.fromEntries(ruleIds.map((id) => [id, text(`months.${id}`)]))
  // Parsed by the operation, like every other door's input.
  await adoptRetention(ctx, { act: text('decidedBy'), months } as Parameters<typeof adoptRetention>[1])
  return redirect('/amministrazione/conservazione?fatto=periodi')
})

/** Classes, periods and sources; what was erased last, and what is due. */
export default function RetentionPage() {
  const { adopted, mayAdminister, mayErase, runs } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { retention } = useSupplierTexts()
  const { language } = useShell()
  const t = retention.pages
  const done = { periodi: t.adopted, persona: retention.erase.erased }[search.get('fatto') ?? '']
  return (
    <PathPage
      title={t.title}
      above={mayAdminister ? [{ to: '/amministrazione', label: t.administration }] : []}
      lead={adopted ? t.decided(adopted.act ?? '–') : t.undecided}
    >
      {done && (
        <div className="st-notice is-ok" role="status">
          <p>{done}</p>
        </div>
      )}
      {adopted && (
        <p className="st-quiet">
          {t.decidedOn} <When at={adopted.at} /> {adopted.by && t.by(adopted.by)}
        </p>
      )}
      <Rules />
      <Part id="runs" title={t.runs}>
        {runs.length === 0 ? (
          <p>{t.runsNone}</p>
        ) : (
          <DataTable
            caption={t.runs}
            columns={[t.run.at, { label: t.run.cases, isNumber: true }, { label: t.run.texts, isNumber: true }]}
          >
            {runs.map((run) => (
              <tr key={run.at}>
                <th scope="row">
                  <When at={run.at} isShort />
                </th>
                <td className="st-num">{wholeNumber(run.cases, language)}</td>
                <td className="st-num">{wholeNumber(run.texts, language)}</td>
              </tr>
            ))}
          </DataTable>
        )}
      </Part>
      {mayErase && <PersonForm />}
    </PathPage>
  )
}

function useRefusedOf(act: string): Refused | undefined {
  const refused = useActionData<Refused>()
  return refused?.problem !== undefined && refused.values.act === act ? refused : undefined
}

function Rules() {
  const { rules, mayAdopt } = useLoaderData<typeof loader>()
  const refused = useRefusedOf('adopt')
  const t = useSupplierTexts().retention.pages
  const c = t.columns
  const table = (
    <DataTable caption={t.rules} columns={[c.what, c.months, c.begins, c.source, c.due]}>
      {rules.map((rule) => (
        <Rule key={rule.id} rule={rule} refused={refused} />
      ))}
    </DataTable>
  )
  return (
    <Part id="rules" title={t.rules}>
      {mayAdopt ? (
        <Form method="post">
          <RefusedNotice refused={refused} />
          <input type="hidden" name="act" value="adopt" />
          {table}
          <div className="st-form mt-3">
            <TextField name="decidedBy" label={t.act} hint={t.actHint} required maxLength={200} refused={refused} />
            <button type="submit" className="btn st-btn is-main">
              {t.adopt}
            </button>
          </div>
        </Form>
      ) : (
        table
      )}
    </Part>
  )
}

function Rule({ rule, refused }: { rule: RuleStanding; refused: Refused | undefined }) {
  const { mayAdopt } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const t = useSupplierTexts().retention.pages
  const months = rule.decided ?? rule.months
  const name = `months.${rule.id}`
  const wrong = refused?.problem.fields?.find(({ path }) => path === name)?.message
  const due = rule.due > 1000 ? t.moreThan : wholeNumber(rule.due, language)
  return (
    <tr>
      <th scope="row">{rule.what[language]}</th>
      <td>
        {mayAdopt ? (
          <input
            id={name}
            name={name}
            type="number"
            min={rule.least}
            max={1200}
            required
            className="form-control st-field st-narrow"
            aria-label={t.monthsOf(rule.what[language])}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={wrong ? `${name}-wrong` : undefined}
            defaultValue={refused?.values[name] ?? months}
          />
        ) : (
          months
        )}
        {wrong && (
          <span id={`${name}-wrong`} className="st-small st-wrong d-block">
            {wrong}
          </span>
        )}
        {rule.decided === null && <span className="st-sub st-quiet">{t.proposed}</span>}
      </td>
      <td>{t.begins[rule.begins]}</td>
      <td className="st-small">{rule.source[language]}</td>
      <td>{rule.due === 0 ? '0' : t.dueNow(due, rule.decided !== null)}</td>
    </tr>
  )
}

function PersonForm() {
  const refused = useRefusedOf('person')
  const t = useSupplierTexts().retention.pages
  return (
    <Part id="person" title={t.person}>
      <p>{t.personLead}</p>
      <Form method="post" className="st-form">
        <RefusedNotice refused={refused} />
        <input type="hidden" name="act" value="person" />
        <TextField name="email" type="email" label={t.email} required refused={refused} />
        <button type="submit" className="btn st-btn is-plain">
          {t.find}
        </button>
      </Form>
    </Part>
  )
}
