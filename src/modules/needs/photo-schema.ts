/** Inputs and outputs of the photographs of a delivery. */
import { z } from '@hono/zod-openapi'

/** What a photograph may be, by its bytes. */
export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const

export const addPhotoInput = z.object({ caption: z.string().trim().max(300).default('') })
export type AddPhotoInput = z.input<typeof addPhotoInput>

export const photoRow = z
  .object({
    id: z.uuid(),
    mediaType: z.enum(photoTypes),
    bytes: z.int(),
    caption: z.string().nullable().openapi({ description: 'null also when it was erased' }),
    addedBy: z.string().nullable(),
    addedAt: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('DeliveryPhoto')
export type PhotoRow = z.output<typeof photoRow>
export const addedPhoto = z.object({ added: z.boolean() }).openapi('AddedDeliveryPhoto')
