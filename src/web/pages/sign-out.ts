import { redirect } from 'react-router'
import { isCitizenToken, signOutCitizen } from '../../modules/transparency/citizen-sessions.ts'
import { signOut } from '../../platform/auth/sessions.ts'
import { setSession } from '../cookies.ts'
import { openForm, openPage } from '../visit.ts'

export const loader = openPage(() => redirect('/'))

export const action = openForm(async (visit) => {
  if (visit.token !== null) await (isCitizenToken(visit.token) ? signOutCitizen : signOut)(visit.services, visit.token)
  // Phones are shared: what the browser kept for work without signal goes with the person.
  return redirect('/accedi', { headers: { 'set-cookie': setSession(''), 'clear-site-data': '"storage"' } })
})
