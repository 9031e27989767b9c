/**
 * Makes a clone ready: packages when they are older than the lockfile, and the build when it is older than its sources.
 * Runs on any Node from 20 on, before the project's own Node is there.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const at = (...parts) => join(root, ...parts)
const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)

function run(file, args) {
  const done = spawnSync(file, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

function newest(path) {
  if (!statSync(path).isDirectory()) return changed(path)
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

if (
  changed(at('node_modules/.package-lock.json')) < changed(at('package-lock.json')) ||
  !existsSync(at('node_modules/.bin/node'))
) {
  process.stdout.write('Installing packages…\n')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

if (process.argv[2] === 'build') {
  const built = changed(at('build/server/index.js'))
  const sources = Math.max(
    ...['src', 'demo', 'package-lock.json', 'vite.config.ts', 'react-router.config.ts'].map((name) => newest(at(name))),
  )
  if (built < sources || process.argv.includes('--force')) {
    process.stdout.write('Building…\n')
    run(at('node_modules/.bin/node'), ['node_modules/.bin/react-router', 'build', '--logLevel', 'warn'])
    run(at('node_modules/.bin/node'), ['scripts/compress.ts'])
  }
}
