/** Every check, in order, the same here and in CI: the list below is the whole pipeline. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Step = { name: string; run: string[]; env?: Record<string, string>; isSuite?: true }

const steps: readonly Step[] = [
  { name: 'types of pages', run: ['react-router', 'typegen'] },
  { name: 'types', run: ['tsc'] },
  { name: 'lint and format', run: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'row types are current', run: ['node', 'scripts/generate-rows.ts', '--check'] },
  { name: 'openapi.json is current', run: ['node', 'scripts/generate-openapi.ts', '--check'] },
  { name: 'unit, architecture, database (PostgreSQL 18)', run: ['vitest', 'run'], isSuite: true },
  {
    name: 'database (PostgreSQL 15)',
    run: ['vitest', 'run', 'src/modules', 'src/platform/seals', 'src/platform/tenancy'],
    env: { SITEC_TEST_POSTGRES: '15' },
    isSuite: true,
  },
  {
    name: 'pages in a browser, doors, start and stop, torture',
    run: ['vitest', 'run', '--config', 'tests/vitest.config.ts'],
    isSuite: true,
  },
]

const bin = (name: string) => join(import.meta.dirname, '../node_modules/.bin', name)
const reports = mkdtempSync(join(tmpdir(), 'sitec-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []

for (const [index, step] of steps.entries()) {
  const began = performance.now()
  console.log(`\n── ${step.name}`)
  const [program = '', ...given] = step.run
  const report = join(reports, `${index}.json`)
  const args = step.isSuite ? [...given, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : given
  // Every tool on the project's own Node.
  const command = program === 'node' ? args : [bin(program), ...args]
  const direct = program === 'biome' || program === 'tsc'
  const done = spawnSync(direct ? bin(program) : process.execPath, direct ? args : command, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...step.env },
    cwd: join(import.meta.dirname, '..'),
  })
  count(step, done.status, report)
  console.log(`   ${done.status === 0 ? 'good' : 'FAILED'} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  // Later steps would only repeat what the first failure says; suites go on, so that one run shows all.
  if (done.status !== 0 && !step.isSuite) break
}
rmSync(reports, { recursive: true })
for (const failure of failures) console.log(`\n✗ ${failure}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1

function count(step: Step, status: number | null, report: string) {
  if (!step.isSuite) {
    total[status === 0 ? 'passed' : 'failed'] += 1
    if (status !== 0) failures.push(step.name)
    return
  }
  const counted = readReport(report)
  total.passed += counted.numPassedTests
  total.skipped += counted.numPendingTests
  total.failed += counted.numFailedTests > 0 ? counted.numFailedTests : status === 0 ? 0 : 1
  failures.push(...counted.failures)
  if (status !== 0 && counted.failures.length === 0)
    failures.push(`${step.name}: ended without a report of what failed`)
}

type Report = { numPassedTests: number; numFailedTests: number; numPendingTests: number; failures: string[] }

/** What a suite counted, and each failure in three lines: those who see only the end of a log must know what it was. */
function readReport(path: string): Report {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'))
    const failures: string[] = []
    for (const file of report.testResults) {
      const where = file.name.replace(join(import.meta.dirname, '../'), '')
      const failed = file.assertionResults.filter((one: { status: string }) => one.status === 'failed')
      for (const { fullName, failureMessages } of failed)
        failures.push(`${where} › ${fullName}\n  ${failureMessages.join('\n').slice(0, 600)}`)
      if (failed.length === 0 && file.status === 'failed') failures.push(`${where}\n  ${file.message.slice(0, 600)}`)
    }
    return { ...report, failures }
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, failures: [] }
  }
}
