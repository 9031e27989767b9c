import { type ClientActionFunctionArgs, data, isRouteErrorResponse, redirect, useLoaderData } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { form, page } from '../../../web/visit.ts'
import { today } from '../plans.ts'
import { findSheet } from '../requests.ts'
import { yearOf } from './plan-address.ts'
import { usePlanTexts } from './plan-words.ts'
import { carryOut } from './sheet-form.ts'
import { SheetSent } from './sheet-sent.tsx'
import { SheetWriting } from './sheet-writing.tsx'

export const loader = page(async (ctx, { params }) => {
  const sheet = await findSheet(ctx, yearOf(params.year), uuidOf(params.officeId))
  return {
    sheet,
    isOwn: sheet.officeId === ctx.actor.officeId,
    isOver: sheet.closesOn !== null && sheet.closesOn < today(ctx),
    mayManage: may(ctx.actor, 'needs.manage'),
  }
})

export const action = form(async (ctx, form, { params }) => {
  const [year, officeId] = [yearOf(params.year), uuidOf(params.officeId)]
  const version = await carryOut(ctx, year, officeId, form)
  if (form.get('act') === 'autosave') return { saved: { version, at: new Date().toISOString() } }
  return redirect(`/fabbisogni/${year}/ufficio/${officeId}`)
})

/** A server that does not answer takes nothing away from the page: what was typed stays. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs) {
  try {
    return await serverAction<typeof action>()
  } catch (cause) {
    const isAway = cause instanceof TypeError || (isRouteErrorResponse(cause) && cause.status >= 500)
    // With a status of failure nothing else is asked of a server that is not there.
    if (isAway) return data({ isUnreachable: true } as const, { status: 503 })
    throw cause
  }
}

/** The sheet of an office: written, or read once it was sent or the time is over. */
export default function SheetPage() {
  const { sheet, isOwn, isOver } = useLoaderData<typeof loader>()
  const { sheet: t } = usePlanTexts()
  const title = isOwn ? t.title(sheet.year) : t.titleOf(sheet.officeName, sheet.year)
  const isOpen = sheet.planState === 'collecting' && !isOver && sheet.state === 'draft'
  return (
    <StaffPage title={title}>
      {isOpen ? <SheetWriting key={sheet.version} title={title} /> : <SheetSent title={title} />}
    </StaffPage>
  )
}
