/** The map of the house, enforced: who may use whom, how long things may get, and what nobody does. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Floors of the house, ground first; every module uses platform. A new module must be named here. */
const uses: Record<string, readonly string[]> = {
  organisation: [],
  servicedesk: ['organisation'],
  register: ['organisation', 'servicedesk'],
  operations: ['organisation', 'servicedesk'],
  applications: ['organisation', 'servicedesk'],
  mailboxes: ['organisation', 'servicedesk'],
  contract: ['organisation', 'servicedesk', 'operations', 'applications'],
  needs: ['organisation', 'servicedesk', 'register', 'applications', 'contract'],
  transparency: ['organisation', 'servicedesk', 'operations', 'contract', 'needs'],
}

type File = { path: string; text: string }

function filesUnder(folder: string): File[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(join(root, path)).isDirectory()) return filesUnder(path)
    return /\.tsx?$/.test(name) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : []
  })
}

const files = filesUnder('src').filter((file) => !file.path.endsWith('.gen.ts') && !file.path.endsWith('.d.ts'))
const isTest = (path: string) => /\.test\.tsx?$|testing\.ts$/.test(path)

/** What a file imports, as paths from the project's folder; packages are left out. */
function imports(file: File): string[] {
  const found = file.text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g,
  )
  return [...found].map(([, still, moving]) =>
    normalize(join(dirname(file.path), still ?? moving ?? '')).replace(/\?url$/, ''),
  )
}

const moduleOf = (path: string) => /^src\/modules\/([^/]+)\//.exec(path)?.[1]
const doors = [
  'src/app.ts',
  'src/doors.ts',
  'src/upkeep.ts',
  'src/web/routes.ts',
  'src/cli/main.ts',
  'src/cli/installation.ts',
]

/** What is wrong with one import, or null. */
function wrong(from: string, to: string): string | null {
  const [here, there] = [moduleOf(from), moduleOf(to)]
  if (from.startsWith('src/platform/') && (there || to.startsWith('src/web/') || to.startsWith('src/cli/')))
    return 'platform knows no module and no door'
  if (there && here && here !== there) {
    if (!uses[here]?.includes(there)) return `${here} may not use ${there}`
    if (to.split('/').length > 4) return 'other modules see only root files'
  }
  if (there && !here && to.includes('/internal/')) return 'internal is private to its module'
  if (/\/(api|cli|jobs)\.ts$/.test(to) && there && !doors.includes(from) && !isTest(from))
    return 'only the front doors see doors'
  return null
}

/** Every file reached from one, by imports. */
function reachedFrom(path: string, seen = new Set<string>()): Set<string> {
  const file = files.find((one) => one.path === path)
  if (!file || seen.has(path)) return seen
  seen.add(path)
  for (const to of imports(file)) reachedFrom(to, seen)
  return seen
}

describe('the architecture', () => {
  test('every module is on the map', () => {
    expect(readdirSync(join(root, 'src/modules')).sort()).toEqual(Object.keys(uses).sort())
  })

  test('nobody looks where the map does not lead', () => {
    const found = files
      .filter((file) => !isTest(file.path))
      .flatMap((file) =>
        imports(file).flatMap((to) => {
          const why = wrong(file.path, to)
          return why ? [`${file.path} → ${to}: ${why}`] : []
        }),
      )
    expect(found).toEqual([])
  })

  test('the map bites: each kind of bad import is found', () => {
    expect(wrong('src/platform/db.ts', 'src/modules/servicedesk/cases.ts')).toContain('platform')
    expect(wrong('src/modules/organisation/people.ts', 'src/modules/servicedesk/cases.ts')).toContain('may not use')
    expect(wrong('src/modules/servicedesk/cases.ts', 'src/modules/organisation/internal/tree.ts')).toContain(
      'root files',
    )
    expect(wrong('src/web/root.tsx', 'src/modules/servicedesk/internal/fold.ts')).toContain('private')
    expect(wrong('src/modules/servicedesk/cases.ts', 'src/modules/servicedesk/api.ts')).toContain('doors')
    expect(imports({ path: 'src/a/b.ts', text: "import { x } from '../c/d.ts'\nimport y from 'pkg'" })).toEqual([
      'src/c/d.ts',
    ])
  })

  test('nothing the command line reaches is a component', () => {
    expect([...reachedFrom('src/cli/main.ts')].filter((path) => path.endsWith('.tsx'))).toEqual([])
    expect(reachedFrom('src/cli/main.ts').size).toBeGreaterThan(40)
  })

  test('only the configuration reads the environment', () => {
    const readers = files
      .filter((file) => /process\.env\b/.test(file.text) && !isTest(file.path))
      .map((file) => file.path)
    // main and the command line hand the environment over; tests choose their PostgreSQL.
    expect(readers.sort()).toEqual(['src/cli/main.ts', 'src/main.ts'])
  })

  test('files stay short, and none is a drawer for everything', () => {
    const limit = (path: string) => (isTest(path) || /schema\.ts$|texts\//.test(path) ? 500 : 300)
    const long = files
      .filter((file) => file.text.split('\n').length > limit(file.path))
      .map((file) => `${file.path}: ${file.text.split('\n').length}`)
    expect(long).toEqual([])
    expect(
      files
        .filter((file) => /(utils|helpers|common|misc|shared|index)\.tsx?$/.test(file.path))
        .map((file) => file.path),
    ).toEqual([])
  })

  test('functions stay under sixty lines', () => {
    const long = files.filter((file) => !isTest(file.path)).flatMap((file) => longFunctions(file))
    expect(long).toEqual([])
  })

  test('pages reach operations in loaders and actions only: no page touches the database', () => {
    const found = files.filter(
      (file) =>
        file.path.endsWith('.tsx') &&
        /\bctx\.db\b|from 'kysely'/.test(file.text) &&
        file.path !== 'src/web/pages/integrity.tsx',
    )
    expect(found.map((file) => file.path)).toEqual([])
  })

  test('the project reads nothing outside itself', () => {
    expect(
      files
        .filter((file) => file.path !== 'src/architecture.test.ts' && file.text.includes(['..', 'shared'].join('/')))
        .map((file) => `${relative('.', file.path)}`),
    ).toEqual([])
  })
})

// A function begins at a line with its indentation and ends at the first "}" with the same: the formatter sees to it.
function longFunctions(file: File): string[] {
  const lines = file.text.split('\n')
  return lines.flatMap((line, start) => {
    const head = /^(\s*)(?:export )?(?:default )?(?:async )?function\*? ?(\w*)/.exec(line)
    if (!head) return []
    const end = lines.findIndex((other, at) => at > start && other === `${head[1]}}`)
    return end - start > 60 ? [`${file.path} ${head[2]}: ${end - start} lines`] : []
  })
}
