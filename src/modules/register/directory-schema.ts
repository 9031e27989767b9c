/** What a directory (LDAP, Active Directory) tells of computers and devices: how it is read, and what came of it. */
import { z } from '@hono/zod-openapi'
import { itemImport } from './import-schema.ts'
import { itemTypeNames } from './item-types.ts'
import { itemStates } from './vocabulary.ts'

const attribute = z.string().regex(/^[A-Za-z][A-Za-z0-9;-]{0,99}$/)
/** Attributes of the directory, the first that has a value counts. */
const attributes = z.array(attribute).max(10)

/** Which attribute says what. Data: a directory that calls things otherwise is another mapping, not other code. */
export const directoryMapping = z.strictObject({
  name: attributes.default(['cn']),
  hostname: attributes.default(['dNSHostName', 'cn']),
  serial: attributes.default(['serialNumber']),
  operating_system: attributes.default(['operatingSystem']),
  room: attributes.default(['location', 'l']),
  custodian: attributes.default(['managedBy', 'owner']),
  last_logon: attributes.default(['lastLogonTimestamp']),
  types: z
    .array(z.strictObject({ attribute, has: z.string().min(1).max(100), type: z.enum(itemTypeNames) }))
    .max(50)
    .default([{ attribute: 'operatingSystem', has: 'server', type: 'server' }]),
  otherType: z.enum(itemTypeNames).default('workstation'),
})
export type DirectoryMapping = z.output<typeof directoryMapping>

const instant = z.string().openapi({ format: 'date-time' })

export const unseenItem = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    state: z.enum(itemStates),
    source: z.string().openapi({ description: 'Server, base and filter' }),
    directoryName: z.string().openapi({ description: 'As the directory called it' }),
    lastSeenAt: instant,
    lastLogonAt: instant.nullable(),
  })
  .openapi('UnseenItem')
export type UnseenItem = z.output<typeof unseenItem>

export const directoryImport = itemImport
  .extend({
    entries: z.int(),
    unrecognised: z
      .array(z.object({ name: z.string(), why: z.enum(['no_serial', 'several', 'other_serial']) }))
      .openapi({ description: 'What nothing of the register is recognised by, the first five hundred' }),
    unrecognisedCount: z.int(),
    unseen: z.array(unseenItem).openapi({ description: 'Seen before and no longer; nothing is taken away' }),
  })
  .openapi('DirectoryImport')
export type DirectoryImport = z.output<typeof directoryImport>
