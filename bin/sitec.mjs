#!/usr/bin/env node
// Runs the command line on the project's own Node, from the project's folder, remembering where the person stands.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const node = join(root, 'node_modules/.bin/node')
if (!existsSync(node)) {
  process.stderr.write('SITEC is not set up yet: run npm ci (or npm start) in its folder first.\n')
  process.exit(2)
}
const env = { ...process.env, SITEC_CWD: process.env.SITEC_CWD ?? process.cwd() }
const done = spawnSync(node, ['--max-semi-space-size=8', 'src/cli/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  env,
  stdio: 'inherit',
})
process.exit(done.status ?? 2)
