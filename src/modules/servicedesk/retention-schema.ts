/** Inputs and outputs of retention and of erasing people. */
import { z } from '@hono/zod-openapi'
import { ruleIds } from './retention-rules.ts'

const months = z.coerce.number().int().min(1).max(1200)

export const adoptRetentionInput = z
  .object({
    act: z.string().trim().min(3).max(200).openapi({ example: 'Determinazione n. 12 del 3 marzo 2026' }),
    months: z.object({
      service: months,
      works: months,
      reserved: months,
      mail: months,
      people: months,
      security: months,
    }),
  })
  .openapi('AdoptRetention')
export type AdoptRetentionInput = z.input<typeof adoptRetentionInput>

/** What one night erased. */
export const retentionRun = z
  .object({ cases: z.int(), texts: z.int(), byRule: z.partialRecord(z.enum(ruleIds), z.int()) })
  .openapi('RetentionRun')
export type RetentionRun = z.output<typeof retentionRun>

const say = z.object({ it: z.string(), en: z.string() })
export const retentionStandingOutput = z
  .object({
    rules: z.array(
      z.object({
        id: z.enum(ruleIds),
        class: z.string(),
        begins: z.string(),
        months: z.int().openapi({ description: 'Proposed' }),
        least: z.int(),
        decided: z.int().nullable(),
        due: z.int().openapi({ description: '1,001 stands for more than a thousand' }),
        what: say,
        source: say,
      }),
    ),
    adopted: z.object({ at: z.string(), by: z.string().nullable(), act: z.string().nullable() }).nullable(),
    runs: z.array(retentionRun.extend({ at: z.string() })),
  })
  .openapi('RetentionStanding')

export const erasePersonInput = z
  .object({
    reason: z.string().trim().min(3).max(500).openapi({
      description: 'Stays for ever: no personal data in it',
      example: 'Richiesta dell’interessata, art. 17 GDPR',
    }),
    dryRun: z.boolean().default(false).openapi({ description: 'Only say what would be erased' }),
  })
  .openapi('ErasePerson')
export type ErasePersonInput = z.input<typeof erasePersonInput>

export const erasedPerson = z
  .object({
    personId: z.uuid(),
    dryRun: z.boolean(),
    counts: z.record(z.string(), z.int()).openapi({ example: { cases: 3, messages: 2, organisation: 4 } }),
  })
  .openapi('ErasedPerson')
export type ErasedPerson = z.output<typeof erasedPerson>
