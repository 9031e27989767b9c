/** Inputs and outputs of the estate: how many there are on a date, by definition and source. */
import { z } from '@hono/zod-openapi'
import { estateNames } from './estate-definitions.ts'

export const estateInput = z
  .object({
    on: z
      .union([z.iso.date(), z.literal('').transform(() => undefined)])
      .optional()
      .openapi({
        type: 'string',
        format: 'date',
        description: 'The newest date of which a source tells; today when there is none',
      }),
  })
  .openapi('EstateInput')
export type EstateInput = z.input<typeof estateInput>

const figure = z.object({
  source: z.string(),
  quantity: z.int(),
  unit: z.string(),
  difference: z
    .number()
    .nullable()
    .openapi({ description: 'The source’s less the register’s own; null when it cannot count' }),
})
export const estate = z
  .object({
    on: z.string(),
    dates: z.array(z.string()).openapi({ description: 'Of which a source tells, newest first' }),
    beginsOn: z.string().nullable().openapi({ description: 'The first day of which the register knows anything' }),
    rows: z.array(
      z.object({
        definition: z.enum(estateNames),
        unit: z.string(),
        own: z.number().nullable().openapi({ description: 'The register’s own count; null: it has no way of knowing' }),
        figures: z.array(figure),
      }),
    ),
  })
  .openapi('Estate')
export type Estate = z.output<typeof estate>

export const figureImport = z
  .object({ lines: z.int(), added: z.int(), changed: z.int(), unchanged: z.int() })
  .openapi('EstateFigureImport')
export type FigureImport = z.output<typeof figureImport>
