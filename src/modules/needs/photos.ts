/** Photographs of a delivery: what the verifier saw. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, transact } from '../../platform/context.ts'
import { type KeptFile, recordFile } from '../../platform/files.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { refuseOtherVerifier, visible } from './deliveries.ts'
import { deliveryPagesTexts } from './delivery-pages-texts.ts'
import { lockDelivery, selectDelivery } from './internal/delivery-queries.ts'
import { insertPhoto, isPhotographed, selectPhotos } from './internal/photo-queries.ts'
import { record } from './internal/record.ts'
import { type AddPhotoInput, addPhotoInput, photoTypes } from './photo-schema.ts'
import { conflict } from './problems.ts'

/**
 * Adds a photograph to a delivery, of a kind that every browser shows; the bytes are kept already. The same picture twice is
 * one. Whoever works for the supplier photographs nothing here, and a verified delivery is as it was verified.
 */
export async function addPhoto(
  ctx: Context,
  deliveryId: string,
  file: KeptFile,
  input: AddPhotoInput,
): Promise<{ added: boolean }> {
  allow(ctx.actor, 'needs.verify')
  const { caption } = parse(addPhotoInput, input)
  const mediaType = photoTypes.find((one) => one === file.mediaType)
  if (mediaType === undefined)
    throw invalid([{ path: 'photo', say: say(deliveryPagesTexts, (t) => t.delivery.photoHint) }])
  return transact(ctx, async (ctx) => {
    refuseOtherVerifier(ctx)
    const delivery = (await lockDelivery(ctx, deliveryId)) ?? fail(notFound())
    if (delivery.state === 'verified') throw conflict('verified', (t) => t.verifiedAlready)
    if (await isPhotographed(ctx, deliveryId, file.sha256)) return { added: false }
    const id = randomUUIDv7()
    const event = await record(ctx, {
      ...({ subjectType: 'delivery', subjectId: deliveryId, kind: 'delivery.photo_added' } as const),
      payload: { photoId: id, sha256: file.sha256, bytes: file.bytes, mediaType },
      ...(caption !== '' && { text: { caption } }),
    })
    await recordFile(ctx, file)
    await insertPhoto(ctx, { id, deliveryId, eventId: event.id, sha256: file.sha256, mediaType })
    return { added: true }
  })
}

/** The photographs of a delivery that the actor may see, in the order in which they were added. */
export async function listPhotos(ctx: Context, deliveryId: string) {
  allow(ctx.actor, 'orders.read')
  return read(ctx, async (ctx) => {
    await visible(ctx, await selectDelivery(ctx, deliveryId))
    return (await selectPhotos(ctx, deliveryId)).map(({ sha256: _, ...photo }) => photo)
  })
}

/** One photograph with where its bytes are, or "not found". */
export async function findPhoto(ctx: Context, deliveryId: string, id: string) {
  allow(ctx.actor, 'orders.read')
  return read(ctx, async (ctx) => {
    await visible(ctx, await selectDelivery(ctx, deliveryId))
    return (await selectPhotos(ctx, deliveryId)).find((photo) => photo.id === id) ?? fail(notFound())
  })
}
