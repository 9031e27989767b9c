import { redirect } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { Problem, problemBody } from '../../../platform/problem.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { openForm, page } from '../../../web/visit.ts'
import { findDelivery } from '../deliveries.ts'
import { sendCheck } from './verify-form.ts'

export const loader = page(async (ctx, { params }) => {
  allow(ctx.actor, 'needs.verify')
  const { id } = await findDelivery(ctx, uuidOf(params.id))
  return redirect(`/consegne/${id}/verifica`)
})

/** Where a phone sends what was found without signal: one look at one piece, answered in JSON. */
export const action = openForm(async (visit, form, { params }) => {
  if (visit.session === null) throw redirect('/accedi')
  try {
    return Response.json(await sendCheck(visit.session.context, uuidOf(params.id), form))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return Response.json(problemBody(error, visit.language), { status: error.status })
  }
})
