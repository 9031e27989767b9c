/** `sitec import applications|person-days`, `sitec person-days export` */
import { writeFile } from 'node:fs/promises'
import type { Command } from '../../platform/command.ts'
import { importApplications } from './import-applications.ts'
import { exportEntries, importEntries } from './person-days-file.ts'
import { wrong } from './problems.ts'
import { applicationsTexts } from './texts.ts'

/** Applications and person-days on the command line. */
export const applicationsCommands: readonly Command[] = [
  importing(
    'applications',
    'Load applications from CSV (code;name;area;begins_on[;steward;ends_on])',
    importApplications,
  ),
  importing(
    'person-days',
    'Declare person-days from CSV (reference;day;days;what[;application;area;case])',
    importEntries,
  ),
  {
    name: 'person-days export',
    usage: '[FILE] --year YEAR',
    help: 'Write the person-days of a year as CSV; to standard output without FILE.',
    options: { year: { type: 'string' } },
    run: async ({ context, positionals, values, resolvePath }) => {
      const csv = await exportEntries(context, { year: values.year })
      const [file] = positionals
      const rows = csv.split('\r\n').length - 2
      if (file === undefined) return { exit: 0, json: { rows, csv }, text: csv }
      await writeFile(resolvePath(file), csv)
      return { exit: 0, json: { rows, file }, text: `${rows} → ${file}` }
    },
  },
]

function importing(what: string, help: string, load: typeof importEntries): Command {
  return {
    name: `import ${what}`,
    usage: 'FILE',
    help: `${help}: the whole file, or nothing and why.`,
    run: async ({ context, positionals, readFile }) => {
      const [file] = positionals
      if (file === undefined) throw wrong('FILE', (t) => t.fileMissing)
      const result = await load(context, await readFile(file))
      const { added, changed, unchanged } = result
      return { exit: 0, json: result, text: applicationsTexts[context.language].done(added, changed, unchanged) }
    },
  }
}
