import { Link, useActionData, useLoaderData } from 'react-router'
import { invalid } from '../../../platform/http/parse.ts'
import { allow } from '../../../platform/permissions.ts'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { addApiKey, listApiKeys, revokeApiKey } from '../keys.ts'
import { findPeople } from '../people.ts'
import { type AddApiKeyInput, keyScopes } from '../schema.ts'
import { pagesEn } from '../texts/pages-en.ts'
import { pagesIt } from '../texts/pages-it.ts'
import { AdminPage } from './frame.tsx'
import { KeyForm } from './key-form.tsx'
import { KeyTable } from './key-table.tsx'
import { fromFields, idOf, saved, text, ticked } from './request.ts'
import { useOrganisationTexts } from './texts.ts'

export const loader = page(async (ctx, { request }) => {
  allow(ctx.actor, 'key.manage')
  const url = new URL(request.url)
  const words = url.searchParams.get('chi')?.trim().slice(0, 200) ?? ''
  return {
    keys: await listApiKeys(ctx),
    words,
    people: words.length >= 3 ? await findPeople(ctx, words, 10) : [],
    scopes: keyScopes,
    origin: url.origin,
    once: onceToken(),
  }
})

/** The token is in this answer and nowhere else: no redirect, no address, no store. */
export const action = form(async (ctx, form) => {
  allow(ctx.actor, 'key.manage')
  if (text(form, 'act') === 'revoke') {
    await revokeApiKey(ctx, idOf({ id: text(form, 'id') }))
    return saved('/amministrazione/chiavi', 'revoked')
  }
  const name = text(form, 'name')
  if (ticked(form, 'scope-').length === 0) {
    throw invalid([{ path: 'scopes', say: { it: pagesIt.keys.noScope, en: pagesEn.keys.noScope } }])
  }
  const input: AddApiKeyInput = {
    name,
    personId: text(form, 'personId'),
    scopes: ticked(form, 'scope-') as AddApiKeyInput['scopes'], // parsed by the operation
    days: text(form, 'days'),
  }
  const inForm = (path: string) => (path.startsWith('scopes') ? 'scopes' : path)
  const { token, expiresAt } = await fromFields(inForm, () => addApiKey(ctx, input))
  return { token, name, expiresAt }
})

/** Keys with which programs act as a person. */
export default function KeysPage() {
  const { keys } = useLoaderData<typeof loader>()
  const { language, now } = useShell()
  const t = useOrganisationTexts().pages.keys
  const good = keys.filter((key) => key.revokedAt === null && key.expiresAt > now).length
  return (
    <AdminPage
      title={t.title}
      lead={t.sentence(good, wholeNumber(good, language))}
      actions={<Link to="/sviluppatori">{t.developers}</Link>}
    >
      <NewToken />
      <KeyForm />
      {keys.length > 0 && <KeyTable keys={keys} />}
    </AdminPage>
  )
}

function NewToken() {
  const { origin } = useLoaderData<typeof loader>()
  const made = useActionData<{ token?: string; name?: string; expiresAt?: string }>()
  const t = useOrganisationTexts().pages.keys
  if (!made?.token || !made.expiresAt) return null
  return (
    <div className="st-notice is-ok" role="status">
      <p>
        <strong>{t.created(made.name ?? '')}</strong> {t.expires} <When at={made.expiresAt} />.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <pre className="st-code-block" tabIndex={0}>
        {made.token}
      </pre>
      <p>{t.tryIt}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <pre className="st-code-block mb-0" tabIndex={0}>
        {`curl -H 'Authorization: Bearer ${made.token}' ${origin}/api/offices`}
      </pre>
    </div>
  )
}
