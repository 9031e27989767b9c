/** Inventories of the GLPI agent: what is on the desks and on the network, beside what the register says. */
import { type Context, read } from '../../platform/context.ts'
import { csvLine } from '../../platform/csv.ts'
import { invalid } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { Problem } from '../../platform/problem.ts'
import { type GlpiImport, type GlpiInventory, glpiInventory } from './glpi-schema.ts'
import { importItems } from './import-items.ts'
import { selectBySerial } from './internal/glpi-queries.ts'
import { type GlpiThing, softwareOf, thingsOf } from './internal/glpi-things.ts'
import { wrong, wrongField } from './problems.ts'

/** One inventory as it came, and where from: the name of its file, or its place among several. */
export type GlpiSource = { source: string; inventory: unknown }

/** The inventory in a file; refused by the file's name when it is no JSON. `field`: what the caller calls its files. */
export function inventoryOf(source: string, text: string, field: string): GlpiSource {
  try {
    return { source, inventory: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong(field, (t) => t.notJson(source))
    throw error
  }
}

const columns = ['type', 'name', 'serial', 'state', 'maker', 'model']
const attributes = ['hostname', 'operating_system', 'ip_address', 'mac_address', 'cores', 'ram_gb', 'disk_gb']

/**
 * Adds the computers, monitors and printers that are new, in use, and changes what the agent knows better: model, network,
 * system, memory. They are reconciled by serial number; type and name of what is in the register stay, and nothing is taken
 * away. All or nothing; `isTrial` tells the differences and writes nothing. Refused when one of the inventories is none.
 */
export async function importGlpi(
  ctx: Context,
  sources: readonly GlpiSource[],
  { isTrial = false }: { isTrial?: boolean } = {},
): Promise<GlpiImport> {
  allow(ctx.actor, 'register.manage')
  const inventories = readInventories(sources)
  const { things, skipped } = thingsOf(inventories)
  const known = await read(ctx, (ctx) =>
    selectBySerial(
      ctx,
      things.map(({ serial }) => serial),
    ),
  )
  const lines = things.map((thing) => lineOf(thing, known.get(thing.serial.toUpperCase())))
  const csv = csvLine([...columns, ...attributes]) + lines.join('')
  const outcome = await importItems(ctx, new Blob([csv]).stream(), { isTrial }).catch((error: unknown) => {
    throw error instanceof Problem ? said(error, things) : error
  })
  const of = (kind: GlpiThing['kind']) => things.filter((thing) => thing.kind === kind).length
  return {
    ...outcome,
    ...{ computers: of('computers'), monitors: of('monitors'), printers: of('printers'), skipped },
    software: softwareOf(inventories.map(([, inventory]) => inventory)),
  }
}

function readInventories(sources: readonly GlpiSource[]): [string, GlpiInventory][] {
  if (sources.length === 0) throw wrong('FILE', (t) => t.fileMissing)
  const read = sources.map(({ source, inventory }) => ({ source, parsed: glpiInventory.safeParse(inventory) }))
  const bad = read.filter(({ parsed }) => !parsed.success)
  if (bad.length > 0)
    throw invalid(bad.slice(0, 100).map(({ source }) => wrongField(`file ${source}`, (t) => t.noInventory)))
  return read.flatMap(({ source, parsed }): [string, GlpiInventory][] =>
    parsed.success ? [[source, parsed.data]] : [],
  )
}

// What is known keeps its type and name; only what its type has is told.
function lineOf(
  { type, serial, values }: GlpiThing,
  known: { type: string; name: string; serial: string } | undefined,
): string {
  const ofType = known === undefined || known.type === type || !['monitor', 'printer'].includes(known.type)
  const told = (name: string) => (ofType ? (values[name] ?? '') : '')
  return csvLine([
    ...[
      known?.type ?? type,
      known?.name ?? values.name ?? serial,
      known?.serial ?? serial,
      known === undefined ? 'in_use' : '',
    ],
    ...[values.maker ?? '', values.model ?? ''],
    ...attributes.map(told),
  ])
}

/** A wrong line is named by the inventory it comes from: nobody has seen the lines. */
function said(problem: Problem, things: readonly GlpiThing[]): Problem {
  const fields = problem.fields.map(({ path, say }) => {
    const line = Number(/^line (\d+)/.exec(path)?.[1] ?? 0)
    const thing = things[line - 2]
    return { path: thing === undefined ? path : `file ${thing.source}, ${thing.serial}`, say }
  })
  return new Problem(problem.kind, problem.code, problem.say, fields)
}
