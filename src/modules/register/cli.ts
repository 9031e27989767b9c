/** `sitec register import|relations|figures|export|impact|snapshot` */
import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command, Outcome } from '../../platform/command.ts'
import type { Context } from '../../platform/context.ts'
import { findEstate, importFigures } from './estate.ts'
import type { Estate } from './estate-schema.ts'
import { exportDatabases, exportSecurityInventory } from './export-catalogues.ts'
import { exportItems } from './export-items.ts'
import { glpiSources } from './glpi-files.ts'
import type { GlpiImport } from './glpi-schema.ts'
import { findImpactByCode } from './impact.ts'
import { importGlpi } from './import-glpi.ts'
import { importItems } from './import-items.ts'
import { importRelations } from './import-relations.ts'
import { wrong } from './problems.ts'
import { impactInput } from './relation-schema.ts'
import { registerTexts } from './texts.ts'

/** The register on the command line. Files are read and written as they come, of any length. */
export const registerCommands: readonly Command[] = [
  {
    name: 'register import',
    usage: 'FILE [--trial]',
    help: 'Load items from CSV (type;name[;code;state;office;serial;…]): the whole file, or nothing and why. --trial tells what would change.',
    options: { trial: { type: 'boolean' } },
    run: async ({ context, positionals, values, resolvePath }) => {
      const outcome = await importItems(context, bytesOf(positionals, resolvePath), { isTrial: values.trial === true })
      const t = registerTexts[context.language].done
      const lines = outcome.differences.map((one) =>
        t.difference(one.line, one.code, one.column, one.before, one.after),
      )
      const { isTrial, added, changed, unchanged } = outcome
      const counts = isTrial ? t.tried(added, changed, unchanged) : t.loaded(added, changed, unchanged)
      return { exit: 0, json: outcome, text: [...lines, counts].join('\n') }
    },
  },
  {
    name: 'register import-glpi',
    usage: 'FILE|FOLDER [--trial]',
    help: 'Load inventories of the GLPI agent (JSON), a file or all of a folder: computers, monitors, printers by serial number. --trial tells what would change.',
    options: { trial: { type: 'boolean' } },
    run: async ({ context, positionals, values, resolvePath }) => {
      const sources = await glpiSources(positionals[0], resolvePath)
      const outcome = await importGlpi(context, sources, { isTrial: values.trial === true })
      return { exit: 0, json: outcome, text: glpiText(context, outcome) }
    },
  },
  {
    name: 'register relations',
    usage: 'FILE',
    help: 'Load relations from CSV (from;kind;to[;group;needed]), items by code: the whole file, or nothing and why.',
    run: async ({ context, positionals, resolvePath }) => {
      const outcome = await importRelations(context, bytesOf(positionals, resolvePath))
      return said(context, outcome, outcome.added, outcome.changed, outcome.unchanged)
    },
  },
  {
    name: 'register figures',
    usage: 'FILE',
    help: 'Load what a source says there was on a date from CSV (item,quantity,unit,as_of,source).',
    run: async ({ context, positionals, resolvePath }) => {
      const outcome = await importFigures(context, bytesOf(positionals, resolvePath))
      return said(context, outcome, outcome.added, outcome.changed, outcome.unchanged)
    },
  },
  {
    name: 'register export',
    usage: '[FILE] [--what items|databases|security] [--format csv|json]',
    help: 'Write the register, the catalogue of databases or the inventory of ABSC 1 and 2; to standard output without FILE.',
    options: { what: { type: 'string' }, format: { type: 'string' } },
    run: async ({ context, positionals, values, resolvePath }) => {
      const pieces = piecesOf(context, values.what ?? 'items', values.format ?? 'csv')
      const [file] = positionals
      if (file === undefined) {
        const text = (await Array.fromAsync(pieces)).join('')
        return { exit: 0, json: { text }, text }
      }
      await pipeline(Readable.from(pieces), createWriteStream(resolvePath(file)))
      return { exit: 0, json: { file }, text: `→ ${file}` }
    },
  },
  {
    name: 'register impact',
    usage: 'CODE [--direction impact|dependency]',
    help: 'What is lost with an item, or what it rests on: nearest first, at most five hundred.',
    options: { direction: { type: 'string' } },
    run: async ({ context, positionals, values }) => {
      const direction = impactInput.shape.direction.catch('impact').parse(values.direction)
      const found = await findImpactByCode(context, positionals[0] ?? '', { direction })
      const t = registerTexts[context.language]
      const lines = found.reached.map(
        ({ step, code, name, type, isLost }) =>
          `${step}  ${code}  ${name} (${t.types[type]})${isLost ? '' : `  ${t.page.impact.weakened}`}`,
      )
      return { exit: 0, json: found, text: lines.length === 0 ? t.page.impact.nothing : lines.join('\n') }
    },
  },
  {
    name: 'register snapshot',
    usage: '[--on DATE]',
    help: 'The estate on a date: the register’s own count beside what each source says. Exit 1 when they differ.',
    options: { on: { type: 'string' } },
    run: async ({ context, values }) => {
      const estate = await findEstate(context, typeof values.on === 'string' ? { on: values.on } : {})
      const differs = estate.rows.some(({ figures }) =>
        figures.some(({ difference }) => difference !== null && difference !== 0),
      )
      return { exit: differs ? 1 : 0, json: estate, text: estateText(context, estate) }
    },
  },
]

function glpiText({ language }: Context, outcome: GlpiImport): string {
  const t = registerTexts[language].done
  const { isTrial, added, changed, unchanged, computers, monitors, printers, skipped } = outcome
  const lines = outcome.differences.map((one) => t.difference(one.line, one.code, one.column, one.before, one.after))
  const counts = isTrial ? t.tried(added, changed, unchanged) : t.loaded(added, changed, unchanged)
  return [...lines, t.glpi(computers, monitors, printers, skipped), counts].join('\n')
}

function said(context: Context, json: unknown, added: number, changed: number, unchanged: number): Outcome {
  return { exit: 0, json, text: registerTexts[context.language].done.loaded(added, changed, unchanged) }
}

function estateText({ language }: Context, { on, rows }: Estate): string {
  const t = registerTexts[language]
  const lines = rows.map(({ definition, unit, own, figures }) => {
    const told = figures.map(({ source, quantity, difference }) => `${source}: ${quantity} (${difference ?? '–'})`)
    return `${t.definitions[definition]} [${unit}]  SITEC: ${own ?? '–'}  ${told.join('  ')}`
  })
  return [on, ...lines].join('\n')
}

async function* piecesOf(context: Context, what: unknown, format: unknown): AsyncGenerator<string> {
  if (format !== 'csv' && format !== 'json') throw wrong('format', (t) => t.wrongFormat)
  if (what === 'databases') yield await exportDatabases(context)
  else if (what === 'security') yield* exportSecurityInventory(context)
  else if (what === 'items') yield* exportItems(context, { state: 'all' }, format)
  else throw wrong('what', (t) => t.wrongWhat)
}

// Opened when the first bytes are asked for: a file that is not there fails the import, not the process.
async function* bytesOf(
  positionals: readonly string[],
  resolvePath: (path: string) => string,
): AsyncGenerator<Uint8Array> {
  const [file] = positionals
  if (file === undefined) throw wrong('FILE', (t) => t.fileMissing)
  yield* createReadStream(resolvePath(file))
}
