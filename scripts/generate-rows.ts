/** Writes src/platform/rows.gen.ts from the catalogue of a migrated database; `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import { connectionSettings } from '../src/platform/db.ts'
import { migrate } from '../src/platform/migrate.ts'
import { ensureEmbedded } from '../src/platform/postgres.ts'
import { rowTypes } from './row-types.ts'

const target = new URL('../src/platform/rows.gen.ts', import.meta.url)
const endpoint = await ensureEmbedded(new URL('../data/test', import.meta.url).pathname)
const name = `rows_${process.pid}`
const login = new pg.Client(connectionSettings(endpoint, null))
await login.connect()
await login.query(`create database ${name}`)
try {
  await migrate(endpoint, new URL('../migrations', import.meta.url).pathname, name)
  const generated = await rowTypes(connectionSettings(endpoint, null, name))
  if (!process.argv.includes('--check')) writeFileSync(target, generated)
  else if (readFileSync(target, 'utf8') !== generated) {
    process.stderr.write('src/platform/rows.gen.ts is stale: run npm run generate\n')
    process.exitCode = 1
  }
} finally {
  await login.query(`drop database ${name} with (force)`)
  await login.end()
}
