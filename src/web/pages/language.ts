import { redirect } from 'react-router'
import { setLanguage as saveLanguage } from '../../modules/organisation/accounts.ts'
import { setLanguage } from '../cookies.ts'
import { openForm, openPage } from '../visit.ts'
import { localPath } from './local-path.ts'

export const loader = openPage(() => redirect('/'))

export const action = openForm(async (visit, form, { request }) => {
  const language = form.get('language') === 'en' ? 'en' : 'it'
  if (visit.session) await saveLanguage(visit.session.context, visit.session.accountId, { language })
  const from = URL.parse(request.headers.get('referer') ?? '')
  const back = from ? localPath(from.pathname + from.search) : '/'
  return redirect(back, { headers: { 'set-cookie': setLanguage(language) } })
})
