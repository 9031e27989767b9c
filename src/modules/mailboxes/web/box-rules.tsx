import { Form, redirect, useActionData, useLoaderData, useSearchParams } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { ActField, Crumb, DoneNotice } from '../../../web/ui/act-panel.tsx'
import { LongField, RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { adoptBoxRules, findBoxRules } from '../box-rules.ts'
import type { BoxRulesInput } from '../box-schema.ts'
import { useBoxTexts } from './box-texts.ts'

export const loader = page(async (ctx) => {
  allow(ctx.actor, 'mailboxes.manage')
  return { rules: await findBoxRules(ctx) }
})

export const action = form(async (ctx, form) => {
  const text = (name: string) => String(form.get(name) ?? '')
  const lines = (name: string) =>
    text(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const naming = lines('naming').map((line) => {
    const [kind, pattern = '', until = ''] = line.split(/\s+/)
    return { kind, pattern, until }
  })
  const rules = {
    ...{ domains: lines('domains'), naming, unusedAfterDays: text('unusedAfterDays') },
    ...{ unreadAfterDays: text('unreadAfterDays'), duplicateShare: text('duplicateShare') },
  }
  await adoptBoxRules(ctx, { ...rules, version: Number(text('version')) } as BoxRulesInput) // parsed by the operation
  return redirect('/caselle/regole?fatto=adottate')
})

/** The rules findings go by. */
export default function BoxRulesPage() {
  const { rules } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const [search] = useSearchParams()
  const texts = useBoxTexts()
  const t = texts.page.rulesPage
  const of = (name: 'unusedAfterDays' | 'unreadAfterDays' | 'duplicateShare') => ({
    ...{ name, refused, initial: String(rules[name]), inputMode: 'numeric' as const, required: true },
  })
  const naming = rules.naming.map(({ kind, pattern, until }) => [kind, pattern, until].filter(Boolean).join(' '))
  return (
    <StaffPage title={t.title}>
      <Crumb to="/caselle" label={texts.page.title} title={t.title} />
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">
        {t.lead} {t.number(rules.number)}
      </p>
      {search.get('fatto') === 'adottate' && refused === undefined && <DoneNotice>{t.saved}</DoneNotice>}
      <RefusedNotice refused={refused} />
      <Form method="post" className="st-form" key={rules.number}>
        <ActField act="rules" />
        <input type="hidden" name="version" value={rules.number} />
        <LongField
          name="domains"
          label={t.domains}
          hint={t.domainsHint}
          refused={refused}
          initial={rules.domains.join('\n')}
          required
        />
        <TextField {...of('unusedAfterDays')} label={t.unused} />
        <TextField {...of('unreadAfterDays')} label={t.unread} />
        <TextField {...of('duplicateShare')} label={t.share} />
        <LongField
          name="naming"
          label={t.naming}
          hint={t.namingHint}
          refused={refused}
          initial={naming.join('\n')}
          rows={12}
        />
        <button type="submit" className="btn st-btn is-main">
          {t.save}
        </button>
      </Form>
    </StaffPage>
  )
}
