/** What happens without anybody waiting for a page: starting, sealing, verifying. */
import { spawnSync } from 'node:child_process'
import { sql } from 'kysely'
import { projectRoot } from '../src/platform/root.ts'
import { verifyChain } from '../src/platform/seals.ts'
import type { OpenServices } from '../src/platform/services.ts'
import { sealWhatWaits } from './data.ts'
import { median } from './load.ts'
import { startServer } from './server.ts'

/** A figure of its own kind beside its baseline. */
export type Single = { figure: number; baseline: number }

/** From nothing running to the first good answer, PostgreSQL included; against loading the built application alone. */
export async function measureStart(environment: Record<string, string>): Promise<Single> {
  const starts: number[] = []
  const loads: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    const server = await startServer(environment)
    starts.push(server.startMs)
    await server.stop()
    loads.push(loadApplication())
  }
  return { figure: median(starts), baseline: median(loads) }
}

function loadApplication(): number {
  const began = performance.now()
  spawnSync(
    process.execPath,
    ['--input-type=module', '-e', "await import('./build/server/index.js'); process.exit(0)"],
    { cwd: projectRoot() },
  )
  return performance.now() - began
}

const sealedAtATime = 40_000

/** Sealed events a second; against computing the leaves of as many. */
export async function measureSealing({
  services,
  organisationId,
}: {
  services: OpenServices
  organisationId: string
}): Promise<Single> {
  const { owner } = services.database
  await sealWhatWaits(services)
  await sql`insert into event (organisation_id, subject_type, subject_id, kind, witness, door, occurred_at, payload)
    select ${organisationId}, 'bench', gen_random_uuid(), 'bench.event', 'S', 'job', now(), '{"number": 1, "severity": "normal"}'
    from generate_series(1, ${sealedAtATime})`.execute(owner)
  const sealing = await timed(() => sealWhatWaits(services))
  const hashing = await timed(() =>
    sql`select count(event_leaf(e)) from (select * from event order by id desc limit ${sealedAtATime}) e`.execute(
      owner,
    ),
  )
  return { figure: sealedAtATime / sealing, baseline: sealedAtATime / hashing }
}

/** Seconds to verify the whole chain; against computing every leaf once. */
export async function measureVerification(services: OpenServices): Promise<Single & { events: number }> {
  const { owner } = services.database
  const found = { events: 0, problems: 0 }
  const figure = await timed(async () => {
    const report = await verifyChain(owner)
    found.events = report.events
    found.problems = report.problems.length
  })
  if (found.problems > 0) throw new Error(`The chain has ${found.problems} problems`)
  const baseline = await timed(() => sql`select count(event_leaf(e)) from event e`.execute(owner))
  return { figure, baseline, events: found.events }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
