/** Writes openapi.json from the API's routes; `--check` only compares. Needs no database. */
import { readFileSync, writeFileSync } from 'node:fs'
import { createApiDoor, openApiText } from '../src/doors.ts'
import type { Services } from '../src/platform/context.ts'

const target = new URL('../openapi.json', import.meta.url)
// Routes are only registered here, never called: no service is touched.
const generated = openApiText(createApiDoor({} as Services))
if (!process.argv.includes('--check')) writeFileSync(target, generated)
else if (readFileSync(target, 'utf8') !== generated) {
  process.stderr.write('openapi.json is stale: run npm run generate\n')
  process.exitCode = 1
}
