import { redirect } from 'react-router'
import { Problem, problemBody } from '../../../platform/problem.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { openForm, page } from '../../../web/visit.ts'
import { findCampaign } from '../campaigns.ts'
import { sendReading } from './count-form.ts'

export const loader = page(async (ctx, { params }) => {
  const { id } = await findCampaign(ctx, uuidOf(params.id))
  return redirect(`/inventario/${id}/conta`)
})

/** Where a phone sends what it read without signal: one reading, answered in JSON. */
export const action = openForm(async (visit, form, { params }) => {
  if (visit.session === null) throw redirect('/accedi')
  try {
    return Response.json(await sendReading(visit.session.context, uuidOf(params.id), form))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return Response.json(problemBody(error, visit.language), { status: error.status })
  }
})
