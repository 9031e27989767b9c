/** What inventories of the GLPI agent say there is: computers, their monitors and printers, by serial number. Pure. */
import type { GlpiInventory } from '../glpi-schema.ts'
import type { ItemType } from '../item-types.ts'

/** One thing an inventory tells of, as a line of the register's own file. `source` is the inventory. */
export type GlpiThing = {
  source: string
  kind: 'computers' | 'monitors' | 'printers'
  type: ItemType
  serial: string
  values: Record<string, string>
}

// What makers leave in the place of a serial number: the same on every machine, and nobody's.
const noSerial =
  /^(?:0+|1234567890?|123456789012|none|n\/a|unknown|default string|not (?:specified|available|applicable)|system serial number|chassis serial number|to be filled by o\.?e\.?m\.?|oem|x+|f+)$/i

/** The first that is a serial number of its own. */
export const serialOf = (...candidates: (string | undefined)[]): string | null =>
  candidates.find((one) => one !== undefined && one.length >= 3 && !noSerial.test(one) && !/^[0f-]+$/i.test(one)) ??
  null

/** Things with a serial number, each once whoever told of it last; and how many had none. */
export function thingsOf(inventories: readonly (readonly [source: string, GlpiInventory])[]) {
  const things = new Map<string, GlpiThing>()
  let skipped = 0
  for (const [source, inventory] of inventories) {
    const told = [computerOf(source, inventory), ...monitorsOf(source, inventory), ...printersOf(source, inventory)]
    for (const thing of told) {
      if (thing === null) skipped += 1
      else things.set(thing.serial.toUpperCase(), thing)
    }
  }
  return { things: [...things.values()], skipped }
}

const portable = /laptop|notebook|portable|tablet|convertible|detachable/i
const rackmount = /server|rack|blade/i

function computerOf(source: string, { content }: GlpiInventory): GlpiThing | null {
  const { hardware = {}, bios = {}, operatingsystem: os = {} } = content
  const isVirtual = hardware.vmsystem !== undefined && !/^physical$/i.test(hardware.vmsystem)
  const serial = isVirtual ? serialOf(hardware.uuid, bios.ssn) : serialOf(bios.ssn, hardware.uuid)
  if (serial === null) return null
  const network = content.networks?.find(({ ipaddress, virtualdev }) => virtualdev !== true && isAddress(ipaddress))
  const cores = content.cpus?.reduce((sum, { core, corecount }) => sum + (corecount ?? core ?? 0), 0) ?? 0
  const disk =
    content.storages?.reduce(
      (sum, { disksize, type }) => sum + (/cd|dvd|usb/i.test(type ?? '') ? 0 : (disksize ?? 0)),
      0,
    ) ?? 0
  const values = {
    name: hardware.name ?? bios.smodel ?? serial,
    maker: bios.smanufacturer ?? '',
    model: bios.smodel ?? '',
    hostname: hardware.name ?? '',
    operating_system: os.full_name ?? [os.name, os.version].filter(Boolean).join(' '),
    ip_address: network?.ipaddress ?? '',
    mac_address: network?.mac ?? '',
    cores: cores > 0 ? String(cores) : '',
    // Megabytes, as the agent tells them.
    ram_gb: hardware.memory ? String(Math.round(hardware.memory / 1024)) : '',
    disk_gb: disk > 0 ? String(Math.round(disk / 1000)) : '',
  }
  return { source, kind: 'computers', type: typeOf(isVirtual, hardware.chassis_type ?? ''), serial, values }
}

const isAddress = (address: string | undefined) =>
  address !== undefined && address !== '' && !address.startsWith('127.')

function typeOf(isVirtual: boolean, chassis: string): ItemType {
  if (isVirtual) return 'virtual_server'
  if (portable.test(chassis)) return 'laptop'
  return rackmount.test(chassis) ? 'server' : 'workstation'
}

function monitorsOf(source: string, { content }: GlpiInventory): (GlpiThing | null)[] {
  return (content.monitors ?? []).map(({ serial: given, altserial, manufacturer = '', caption, name }) => {
    const serial = serialOf(given, altserial)
    const model = caption ?? name ?? ''
    if (serial === null) return null
    return {
      source,
      kind: 'monitors',
      type: 'monitor',
      serial,
      values: { name: model || 'Monitor', maker: manufacturer, model },
    }
  })
}

function printersOf(source: string, { content }: GlpiInventory): (GlpiThing | null)[] {
  return (content.printers ?? []).map(({ serial: given, name = '', driver = '' }) => {
    const serial = serialOf(given)
    if (serial === null) return null
    return {
      source,
      kind: 'printers',
      type: 'printer',
      serial,
      values: { name: name || driver || serial, model: driver },
    }
  })
}

const mostSoftware = 500

/** On how many computers each software is, most first. */
export function softwareOf(inventories: readonly GlpiInventory[]) {
  const counts = new Map<string, { name: string; publisher: string; computers: number }>()
  for (const { content } of inventories) {
    const once = new Map((content.softwares ?? []).flatMap((one) => (one.name ? [[one.name, one] as const] : [])))
    for (const [name, { publisher = '' }] of once) {
      const count = counts.get(name) ?? { name, publisher, computers: 0 }
      count.computers += 1
      counts.set(name, count)
    }
  }
  return [...counts.values()]
    .sort((a, b) => b.computers - a.computers || a.name.localeCompare(b.name))
    .slice(0, mostSoftware)
}
