import { uuidOf } from '../../../web/form-fields.ts'
import { page } from '../../../web/visit.ts'
import { copyLogCsv, logName, proofPdf, readProof } from '../proofs.ts'
import { keptMailbox } from '../set-aside.ts'
import { waveCalendarFile } from '../wave-calendar.ts'
import { waveTexts } from '../wave-texts.ts'
import { numberOf } from './wave-actions.ts'

/** Files of waves, saved and never shown: their calendar, the copy log, a proof as JSON or PDF, messages kept apart. */
export const loader = page(async (ctx, { params, request }) => {
  const { pathname } = new URL(request.url)
  const names = waveTexts[ctx.language].files
  if (pathname.endsWith('.ics'))
    return saved(await waveCalendarFile(ctx), 'text/calendar; charset=utf-8', `${names.calendar}.ics`)
  const number = numberOf(params.number)
  if (pathname.endsWith('.csv'))
    return saved(await copyLogCsv(ctx, number), 'text/csv; charset=utf-8', `${await logName(ctx, number)}.csv`)
  const mailboxId = uuidOf(params.mailboxId)
  const name = `${number}-${mailboxId}`
  if (pathname.endsWith('.pdf'))
    return saved(
      new Uint8Array(await proofPdf(ctx, number, mailboxId)),
      'application/pdf',
      `${names.proof}-${name}.pdf`,
    )
  if (pathname.endsWith('.mbox'))
    return saved(await keptMailbox(ctx, number, mailboxId), 'application/mbox', `${names.kept}-${name}.mbox`)
  return saved(
    new Uint8Array(await readProof(ctx, number, mailboxId)),
    'application/json',
    `${names.proof}-${name}.json`,
  )
})

function saved(body: BodyInit, type: string, name: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  })
}
