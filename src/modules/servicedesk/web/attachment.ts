import { fail, notFound } from '../../../platform/problem.ts'
import { page } from '../../../web/visit.ts'
import { findAttachment } from '../converse.ts'
import { downloadResponse } from '../download.ts'

const uuid = /^[0-9a-f-]{36}$/

/** An attachment, always as a download. */
export const loader = page(async (ctx, { params }) => {
  const { id, attachmentId } = params
  if (!id || !attachmentId || !uuid.test(id) || !uuid.test(attachmentId)) return fail(notFound())
  return downloadResponse(ctx, await findAttachment(ctx, id, attachmentId))
})
