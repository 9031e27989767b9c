/** The API of the photographs of deliveries. */
import { createRoute, z } from '@hono/zod-openapi'
import { largestFile, tooLarge } from '../../platform/files.ts'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { allow } from '../../platform/permissions.ts'
import { photoResponse } from './download.ts'
import { addedPhoto, photoRow } from './photo-schema.ts'
import { addPhoto, findPhoto, listPhotos } from './photos.ts'

const common = { tags: ['Orders and deliveries'], security: [{ key: [] }] }
const path = '/deliveries/{id}/photos'
const idParam = z.object({ id: z.uuid() })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  content: { 'application/json': { schema } },
  description,
})

/** Adds the photographs of deliveries to the API. */
export function registerPhotosApi(api: Api) {
  const listing = createRoute({
    ...{ ...common, method: 'get', path, summary: 'The photographs of a delivery' },
    request: { params: idParam },
    responses: { 200: answer(z.array(photoRow), 'The photographs'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listPhotos(c.get('context'), c.req.valid('param').id), 200))
  registerAdding(api)
  const reading = createRoute({
    ...{ ...common, method: 'get', path: `${path}/{photoId}`, summary: 'One photograph' },
    request: { params: z.object({ id: z.uuid(), photoId: z.uuid() }) },
    responses: {
      200: {
        description: 'Its bytes',
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...problemResponses,
    },
  })
  api.openapi(reading, async (c) => {
    const { id, photoId } = c.req.valid('param')
    return photoResponse(c.get('context'), await findPhoto(c.get('context'), id, photoId))
  })
}

function registerAdding(api: Api) {
  const form = z.object({
    file: z.any().openapi({ type: 'string', format: 'binary' }),
    caption: z.string().default(''),
  })
  const adding = createRoute({
    ...{ ...common, method: 'post', path, summary: 'Add a photograph to a delivery' },
    request: { params: idParam, body: { content: { 'multipart/form-data': { schema: form } }, required: true } },
    responses: { 200: answer(addedPhoto, 'Added, or there already'), ...problemResponses },
  })
  api.openapi(adding, async (c) => {
    const { file, caption } = c.req.valid('form')
    if (!(file instanceof File)) throw unsupportedType('multipart/form-data')
    if (file.size > largestFile) throw tooLarge()
    const context = c.get('context')
    allow(context.actor, 'needs.verify')
    const kept = await context.services.files.keep(await file.bytes())
    return c.json(await addPhoto(context, c.req.valid('param').id, kept, { caption }), 200)
  })
}
