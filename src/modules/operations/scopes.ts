/** What is watched, from which day to which, and by which probes. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { record } from './internal/record.ts'
import {
  insertProbe,
  insertScope,
  lockScope,
  selectProbes,
  selectScopes,
  updateScopeEnd,
} from './internal/scope-queries.ts'
import { conflict, wrong } from './problems.ts'
import {
  type AddProbeInput,
  type AddScopeInput,
  addProbeInput,
  addScopeInput,
  endScopeInput,
  type ProbeRow,
  type ScopeRow,
} from './schema.ts'

/** Everything that is or was watched, by code. */
export async function listScopes(ctx: Context): Promise<ScopeRow[]> {
  allow(ctx.actor, 'operations.read')
  return read(ctx, (ctx) => selectScopes(ctx, null))
}

/** Adds a scope. What it is never changes: a scope that becomes another ends, and the other one begins. */
export async function addScope(ctx: Context, input: AddScopeInput): Promise<{ id: string }> {
  allow(ctx.actor, 'operations.manage')
  const request = parse(addScopeInput, input)
  if (request.endsOn !== null && request.endsOn < request.beginsOn) throw wrong('endsOn', (t) => t.endsBeforeBegin)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'scope.add', request, id)
    if (earlier !== null) return { id: earlier }
    await phrasing({ monitored_scope_organisation_id_code_key: () => wrong('code', (t) => t.codeTaken) }, () =>
      insertScope(ctx, { id, ...request, version: 1 }),
    )
    const { name, ...payload } = request
    await record(ctx, { subjectType: 'monitored_scope', subjectId: id, kind: 'scope.added', payload, text: { name } })
    return { id }
  })
}

/** Says until which day a scope is watched, or that it has no end. */
export async function endScope(
  ctx: Context,
  id: string,
  input: z.input<typeof endScopeInput>,
): Promise<{ id: string; version: number }> {
  allow(ctx.actor, 'operations.manage')
  const { version, endsOn } = parse(endScopeInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockScope(ctx, id)) ?? fail(notFound())
    if (version !== undefined && version !== found.version) throw conflict('stale', (t) => t.stale)
    if (endsOn !== null && endsOn < found.beginsOn) throw wrong('endsOn', (t) => t.endsBeforeBegin)
    const payload = { endsOn, before: found.endsOn }
    await record(ctx, { subjectType: 'monitored_scope', subjectId: id, kind: 'scope.end_changed', payload })
    await updateScopeEnd(ctx, id, endsOn)
    return { id, version: found.version + 1 }
  })
}

/** The probes, by code. */
export async function listProbes(ctx: Context): Promise<ProbeRow[]> {
  allow(ctx.actor, 'operations.read')
  return read(ctx, selectProbes)
}

/** Registers a probe: on which network it stands and who runs it never changes, because past checks rest on it. */
export async function addProbe(ctx: Context, input: AddProbeInput): Promise<{ id: string }> {
  allow(ctx.actor, 'operations.manage')
  const request = parse(addProbeInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'probe.add', request, id)
    if (earlier !== null) return { id: earlier }
    await phrasing({ probe_organisation_id_code_key: () => wrong('code', (t) => t.codeTaken) }, () =>
      insertProbe(ctx, { id, ...request }),
    )
    const { name, ...payload } = request
    await record(ctx, { subjectType: 'probe', subjectId: id, kind: 'probe.added', payload, text: { name } })
    return { id }
  })
}
