import { allow } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { form, page } from '../../../web/visit.ts'
import { exportPerson } from '../erase-person.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Extracting is an act that is recorded: asking for the address alone gives nothing. */
export const loader = page(async (ctx) => {
  allow(ctx.actor, 'person.export')
  return fail(notFound())
})

/** A person's data as a file to hand over. */
export const action = form(async (ctx, _form, { params }) => {
  const id = uuid.test(params.id ?? '') ? String(params.id) : fail(notFound())
  return new Response(JSON.stringify(await exportPerson(ctx, id), null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="dati-personali.json"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
})
