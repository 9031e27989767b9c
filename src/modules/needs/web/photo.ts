import { uuidOf } from '../../../web/form-fields.ts'
import { page } from '../../../web/visit.ts'
import { photoResponse } from '../download.ts'
import { findPhoto } from '../photos.ts'

/** A photograph of a delivery, always as a download. */
export const loader = page(async (ctx, { params }) =>
  photoResponse(ctx, await findPhoto(ctx, uuidOf(params.id), uuidOf(params.photoId))),
)
