/** Computers and devices of a directory (LDAP), beside what the register says. */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { csvLine } from '../../platform/csv.ts'
import type { LdapEntry } from '../../platform/ldap.ts'
import { allow } from '../../platform/permissions.ts'
import { Problem } from '../../platform/problem.ts'
import type { DirectoryImport, DirectoryMapping, UnseenItem } from './directory-schema.ts'
import { importItems } from './import-items.ts'
import {
  type KnownThing,
  noteSeen,
  selectKnown,
  selectUnseen,
  selectUnseenBeside,
} from './internal/directory-queries.ts'
import { type DirectoryThing, thingOf } from './internal/directory-things.ts'
import { selectPeople } from './internal/place-queries.ts'
import { itemTypes } from './item-types.ts'

const columns = [
  ...['code', 'type', 'name', 'serial', 'state', 'room', 'custodian'],
  ...['hostname', 'operating_system'],
] as const
const mostUnrecognised = 500

/** What was read: `source` tells one directory from another, `managers` has the address of each entry named as manager. */
export type DirectoryRead = {
  source: string
  entries: readonly LdapEntry[]
  managers: ReadonlyMap<string, string>
}

/**
 * Adds what is new, in use, and changes what the directory knows better: host name and system. Room, custodian and a missing
 * serial number are filled in and never changed. An entry is recognised by its serial number, else by its host name; one with
 * neither is listed and left out. What was seen before and no longer is, is listed too: nothing is taken away. All or
 * nothing; `isTrial` tells the differences and writes nothing.
 */
export async function importDirectory(
  ctx: Context,
  { source, entries, managers }: DirectoryRead,
  { mapping, isTrial = false }: { mapping: DirectoryMapping; isTrial?: boolean },
): Promise<DirectoryImport> {
  allow(ctx.actor, 'register.manage')
  const things = entries.map((entry) => thingOf(entry, mapping))
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    const { found, unrecognised } = await recognise(ctx, things)
    const people = await selectPeople(ctx, [...managers.values()])
    const custodian = ({ managerDn }: DirectoryThing) => {
      const email = managers.get(managerDn) ?? ''
      return people.has(email) ? email : ''
    }
    const csv = csvLine([...columns]) + found.map((one) => lineOf(one, custodian(one.thing))).join('')
    const outcome = await importItems(ctx, new Blob([csv]).stream(), { isTrial }).catch((error: unknown) => {
      throw error instanceof Problem ? said(error, found) : error
    })
    const seen = await seenNow(ctx, found)
    if (!isTrial) await noteSeen(ctx, source, seen)
    return {
      ...outcome,
      entries: entries.length,
      unrecognised: unrecognised.slice(0, mostUnrecognised),
      unrecognisedCount: unrecognised.length,
      unseen: await selectUnseenBeside(
        ctx,
        source,
        seen.map(({ itemId }) => itemId),
      ),
    }
  })
}

/** What directories held before and held no more when they were last read. */
export async function listUnseen(ctx: Context): Promise<UnseenItem[]> {
  allow(ctx.actor, 'register.manage')
  return read(ctx, selectUnseen)
}

type Found = { thing: DirectoryThing; known: KnownThing | undefined }

async function recognise(ctx: TxContext, things: readonly DirectoryThing[]) {
  const all = await selectKnown(
    ctx,
    things.flatMap(({ serial }) => serial || []),
    things.flatMap(({ host }) => host || []),
  )
  const bySerial = new Map(all.flatMap((one) => (one.serial === null ? [] : [[one.serial.toUpperCase(), one]])))
  const byHost = Map.groupBy(all, ({ host }) => host ?? '')
  const found: Found[] = []
  const unrecognised: DirectoryImport['unrecognised'] = []
  for (const thing of things) {
    const { name, serial, host } = thing
    const same = serial === '' ? undefined : bySerial.get(serial.toUpperCase())
    const hosts = host === '' ? [] : (byHost.get(host) ?? [])
    const [only] = hosts
    if (same !== undefined) found.push({ thing, known: same })
    else if (hosts.length > 1) unrecognised.push({ name, why: 'several' })
    // The name went on to another machine: which of the two is right is seen on the spot.
    else if (only !== undefined && serial !== '' && only.serial !== null)
      unrecognised.push({ name, why: 'other_serial' })
    else if (only !== undefined || serial !== '') found.push({ thing, known: only })
    else unrecognised.push({ name, why: 'no_serial' })
  }
  return { found, unrecognised }
}

// What is known keeps its type and name; only what its type has is told.
function lineOf({ thing, known }: Found, custodian: string): string {
  const has = (name: string) => itemTypes[known?.type ?? thing.type].attributes.some((one) => one.name === name)
  const cells: Record<(typeof columns)[number], string> = {
    code: known?.code ?? '',
    type: known?.type ?? thing.type,
    name: known?.name ?? thing.name,
    serial: known?.serial ?? thing.serial,
    state: known === undefined ? 'in_use' : '',
    room: (known?.room ?? '') === '' ? thing.room.slice(0, 60) : '',
    custodian: known?.hasCustodian === true ? '' : custodian,
    hostname: has('hostname') ? thing.hostname : '',
    operating_system: has('operating_system') ? thing.operatingSystem : '',
  }
  return csvLine(columns.map((name) => cells[name]))
}

// After the import what was new is known too; of a trial only what was there before.
async function seenNow(ctx: TxContext, found: readonly Found[]) {
  const fresh = found.filter(({ known }) => known === undefined)
  const added = await selectKnown(
    ctx,
    fresh.map(({ thing }) => thing.serial),
    [],
  )
  const bySerial = new Map(added.map((one) => [one.serial?.toUpperCase() ?? '', one]))
  return found.flatMap(({ thing, known }) => {
    const item = known ?? bySerial.get(thing.serial.toUpperCase())
    return item === undefined ? [] : [{ itemId: item.id, name: thing.name, lastLogonAt: thing.lastLogonAt }]
  })
}

/** A wrong line is named by its entry: nobody has seen the lines. */
function said(problem: Problem, found: readonly Found[]): Problem {
  const fields = problem.fields.map(({ path, say }) => {
    const [, line, column] = /^line (\d+)(?:, column (\w+))?/.exec(path) ?? []
    const one = found[Number(line) - 2]
    if (one === undefined) return { path, say }
    return { path: `entry ${one.thing.name}${column === undefined ? '' : `, column ${column}`}`, say }
  })
  return new Problem(problem.kind, problem.code, problem.say, fields)
}
