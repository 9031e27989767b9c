import { redirect } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { Problem, problemBody } from '../../../platform/problem.ts'
import { openForm, page } from '../../../web/visit.ts'
import { sendVisit } from './visit-form.ts'

export const loader = page(async (ctx) => {
  allow(ctx.actor, 'case.work')
  return redirect('/interventi')
})

/** Where a phone sends what was closed without signal: one visit, answered in JSON. */
export const action = openForm(async (visit, form) => {
  if (visit.session === null) throw redirect('/accedi')
  try {
    const { id, state } = await sendVisit(visit.session.context, form)
    return Response.json({ id, state })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return Response.json(problemBody(error, visit.language), { status: error.status })
  }
})
