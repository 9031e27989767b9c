/** What the public pages say of the administration, and the report of a barrier. */
import { z } from '@hono/zod-openapi'
import { longestBarrier } from './rating-limits.ts'

export const publicationInput = z
  .object({
    version: z.coerce.number().int().min(0).openapi({ description: 'The version the person saw; 0 for none yet' }),
    declarationUrl: z
      .union([z.literal(''), z.url({ protocol: /^https$/ }).max(500)])
      .openapi({ description: 'The accessibility declaration on form.agid.gov.it' }),
    dpo: z.string().trim().max(300).openapi({ description: 'How to reach the data protection officer' }),
    office: z.string().trim().max(300).openapi({ description: 'The office that answers for what is published' }),
    barrierEmail: z
      .union([z.literal(''), z.email().toLowerCase()])
      .openapi({ description: 'Who follows reports of accessibility; the head of ICT when empty' }),
  })
  .openapi('SetPublication')
export type PublicationInput = z.input<typeof publicationInput>

export const publicationSettings = z
  .object({
    version: z.int(),
    declarationUrl: z.string(),
    dpo: z.string(),
    office: z.string(),
    barrierEmail: z.string(),
  })
  .openapi('PublicationSettings')
export type PublicationSettings = z.output<typeof publicationSettings>

export const barrierInput = z.object({
  name: z.string().trim().max(100).default(''),
  email: z.email().trim().toLowerCase().max(200),
  page: z.string().trim().min(1).max(200),
  text: z.string().trim().min(10).max(longestBarrier),
  /** A field nobody sees: whoever fills it is a program. */
  website: z.string().max(500).default(''),
})
export type BarrierInput = z.input<typeof barrierInput>
