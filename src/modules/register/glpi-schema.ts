/** What the GLPI agent tells, in the JSON its project documents (glpi-project/inventory_format), and what came of it. */
import { z } from '@hono/zod-openapi'
import { itemImport } from './import-schema.ts'

const word = z.string().trim().optional().catch(undefined)
const number = z.number().optional().catch(undefined)
const list = <Entry extends z.ZodType>(entry: Entry) => z.array(entry).max(100_000).optional()

/** The parts of an inventory that the register reads; the agent sends many more, which are left where they are. */
export const glpiInventory = z.object({
  deviceid: z.string().min(1).max(300),
  content: z.object({
    hardware: z.object({ name: word, uuid: word, chassis_type: word, memory: number, vmsystem: word }).optional(),
    bios: z.object({ ssn: word, smanufacturer: word, smodel: word, assettag: word }).optional(),
    operatingsystem: z.object({ full_name: word, name: word, version: word }).optional(),
    cpus: list(z.object({ core: number, corecount: number })),
    storages: list(z.object({ disksize: number, type: word })),
    networks: list(z.object({ ipaddress: word, mac: word, virtualdev: z.boolean().optional().catch(undefined) })),
    monitors: list(z.object({ serial: word, altserial: word, manufacturer: word, caption: word, name: word })),
    printers: list(z.object({ serial: word, name: word, driver: word })),
    softwares: list(z.object({ name: word, publisher: word, version: word })),
  }),
})
export type GlpiInventory = z.output<typeof glpiInventory>

/** One inventory or several. */
export const glpiBody = z.union([z.unknown().array(), z.looseObject({})]).openapi('GlpiInventories')

export const glpiImport = itemImport
  .extend({
    computers: z.int(),
    monitors: z.int(),
    printers: z.int(),
    skipped: z.int().openapi({ description: 'Things without a serial number of their own: nothing recognises them' }),
    software: z
      .array(z.object({ name: z.string(), publisher: z.string(), computers: z.int() }))
      .openapi({ description: 'On how many of these computers, most first, at most five hundred; not stored' }),
  })
  .openapi('GlpiImport')
export type GlpiImport = z.output<typeof glpiImport>
