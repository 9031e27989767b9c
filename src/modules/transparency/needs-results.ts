/** The yearly verification of the needs plan as anybody may read and check it: a file under the seal, published anew as it settles. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { type Context, read, systemActor, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { notTheSupplier } from '../contract/contract-problems.ts'
import { listPlans } from '../needs/plans.ts'
import { reconcilePlan } from '../needs/reconcile.ts'
import { needsCsv } from './internal/needs-files.ts'
import {
  insertNeeds,
  type PublishedContent,
  selectNeeds,
  selectPublishedNeeds,
} from './internal/needs-results-queries.ts'
import { selectProof } from './internal/results-queries.ts'
import { type PublishedNeeds, publishNeedsInput } from './needs-results-schema.ts'
import { needsResultsTexts } from './needs-results-texts.ts'

/**
 * Publishes how an approved plan stands: planned, ordered, declared, verified, installed, retired, paid of each line, without
 * offices and serial numbers. The year may be published again when it has moved on; what was published stays. Refused: a
 * plan that is not approved, or that stands as it was published last.
 */
export async function publishNeeds(ctx: Context, input: z.input<typeof publishNeedsInput>): Promise<PublishedNeeds> {
  allow(ctx.actor, 'results.publish')
  const { year } = parse(publishNeedsInput, input)
  if (ctx.actor.partyKind === 'supplier') throw notTheSupplier()
  return transact(ctx, async (ctx) => {
    const inItalian: Context = { ...ctx, language: 'it', actor: systemActor('Pubblicazione') }
    const plan = (await listPlans(inItalian)).find((one) => one.year === year) ?? fail(notFound())
    if (plan.state !== 'approved') throw refused('not_approved', (t) => t.notApproved)
    const reconciled = await reconcilePlan(inItalian, year)
    const csv = needsCsv(reconciled)
    const sha256 = createHash('sha256').update(csv).digest('hex')
    const before = await selectNeeds(ctx, year)
    if (before?.sha256 === sha256) throw refused('unchanged', (t) => t.unchanged)
    const [id, number] = [randomUUIDv7(), (before?.number ?? 0) + 1]
    const event = { subjectType: 'needs_results', subjectId: id, version: 1, witness: witnessOf(ctx) }
    // Who published stays inside; the event that anybody proves the file by names no person.
    const decided = { ...event, kind: 'needs_results.decided', retention: 'organisation' as const }
    await appendEvent(ctx, { ...decided, payload: { year, number } })
    const asSystem = { ...ctx, actor: systemActor('Pubblicazione') }
    const { id: eventId, occurredAt } = await appendEvent(asSystem, {
      ...{ ...decided, kind: 'needs_results.published' },
      payload: { year, number, sha256 },
    })
    const publishedAt = new Date(occurredAt).toISOString()
    await insertNeeds(ctx, { id, year, number, publishedAt, eventId, sha256, csv, content: contentOf(reconciled) })
    ctx.services.live.announce(ctx)
    return { year, number, publishedAt, eventId, sha256 }
  })
}

function contentOf(reconciled: Awaited<ReturnType<typeof reconcilePlan>>): PublishedContent {
  const { lines, plannedExVat, orderedExVat, payableExVat, paidExVat } = reconciled
  return {
    lines: lines.map(({ offices: _, lineId: __, ...line }) => line),
    ...{ plannedExVat, orderedExVat, payableExVat, paidExVat },
  }
}

function refused(code: string, pick: (t: (typeof needsResultsTexts)['it']['problems']) => string): Problem {
  return new Problem(
    'conflict',
    code,
    say(needsResultsTexts, (t) => pick(t.problems)),
  )
}

/** The years whose plan is approved, with what was published of each last. For whoever publishes. */
export async function listNeedsYears(ctx: Context): Promise<{ year: number; published: PublishedNeeds | null }[]> {
  allow(ctx.actor, 'results.publish')
  return read(ctx, async (ctx) => {
    const published = await listPublishedNeeds(ctx)
    const plans = await listPlans({ ...ctx, actor: systemActor('Pubblicazione') })
    return plans
      .filter(({ state }) => state === 'approved')
      .map(({ year }) => ({ year, published: published.find((one) => one.year === year) ?? null }))
  })
}

/** Every publication, the newest year and number first. For anybody. */
export async function listPublishedNeeds(ctx: Context): Promise<(PublishedNeeds & { bytes: number })[]> {
  return read(ctx, async (ctx) =>
    (await selectPublishedNeeds(ctx)).map((row) => ({ ...row, publishedAt: new Date(row.publishedAt).toISOString() })),
  )
}

/** A published year, the newest publication of it; "not found" when there is none. For anybody. */
export async function findPublishedNeeds(ctx: Context, year: number) {
  return read(ctx, async (ctx) => {
    const stored = (await selectNeeds(ctx, year)) ?? fail(notFound())
    const { id: _, csv, ...row } = stored
    return { ...row, publishedAt: new Date(row.publishedAt).toISOString(), csv }
  })
}

/** How anybody proves a published year: the text of its event, its leaf, and the seal that holds it (see `proveResults`). */
export async function provePublishedNeeds(ctx: Context, year: number) {
  return read(ctx, async (ctx) => {
    const stored = (await selectNeeds(ctx, year)) ?? fail(notFound())
    const proof = (await selectProof(ctx, stored.eventId)) ?? fail(notFound())
    const { preimage, leaf, seal, sealedAt, previous, head, eventIds, leaves } = proof
    return {
      ...{ year, number: stored.number, files: { 'verifica.csv': stored.sha256 }, event: { text: preimage, leaf } },
      seal: seal === null ? null : { number: seal, sealedAt, previousHead: previous, head, eventIds, leaves },
    }
  })
}
