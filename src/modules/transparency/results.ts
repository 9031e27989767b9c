/** Approved quarters as anybody may read and check them: published once, under the seal, with what was corrected since. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { type Context, read, systemActor, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { correctionsOf, frozenFigures, frozenPeriod } from '../contract/approvals.ts'
import { approvedPeriods } from '../contract/approved-periods.ts'
import { notTheSupplier } from '../contract/contract-problems.ts'
import type { CorrectionRow, Verification } from '../contract/schema.ts'
import { figuresCsv, scopesCsv } from './internal/results-files.ts'
import { insertResults, selectProof, selectPublished, selectResults } from './internal/results-queries.ts'
import { alreadyPublished } from './results-problems.ts'
import { type PublishedResults, publishResultsInput } from './results-schema.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Publishes an approved quarter: its figures, the rows that were frozen with it and its scopes, each with its digest in an
 * event under the seal. Refused: a quarter that is not approved, or published already.
 */
export async function publishResults(
  ctx: Context,
  input: z.input<typeof publishResultsInput>,
): Promise<PublishedResults> {
  allow(ctx.actor, 'results.publish')
  const { period } = parse(publishResultsInput, input)
  if (ctx.actor.partyKind === 'supplier') throw notTheSupplier()
  return transact(ctx, async (ctx) => {
    const approval = await frozenPeriod(ctx, period)
    if ((await selectResults(ctx, period)) !== undefined) throw alreadyPublished(period)
    const files = { figures: figuresCsv(approval.result), rows: approval.rows, scopes: scopesCsv(approval.result) }
    const digests = {
      figuresSha256: sha256(files.figures),
      rowsSha256: sha256(files.rows),
      scopesSha256: sha256(files.scopes),
    }
    const id = randomUUIDv7()
    const event = {
      ...{ subjectType: 'results', subjectId: id, version: 1, witness: witnessOf(ctx) },
      retention: 'organisation' as const,
    }
    // Who published stays inside; the event that anybody proves the files by names no person.
    await appendEvent(ctx, { ...event, kind: 'results.decided', payload: { period } })
    const asSystem = { ...ctx, actor: systemActor('Pubblicazione') }
    const { id: eventId, occurredAt } = await appendEvent(asSystem, {
      ...event,
      kind: 'results.published',
      payload: { period, approvalEvent: approval.eventId, approvalSha256: approval.sha256, ...digests },
    })
    const publishedAt = new Date(occurredAt).toISOString()
    await insertResults(ctx, {
      id,
      period,
      publishedAt,
      eventId,
      approvalEvent: approval.eventId,
      ...files,
      ...digests,
    })
    ctx.services.live.announce(ctx)
    return { period, publishedAt, eventId, ...digests }
  })
}

/** One published quarter, for its page. */
export type ResultsPage = PublishedResults & {
  approvedAt: string
  result: Verification
  corrections: CorrectionRow[]
  bytes: { figures: number; rows: number; scopes: number }
}

/** A published quarter, for anybody; "not found" when it is not published. */
export async function findResults(ctx: Context, period: string): Promise<ResultsPage> {
  return read(ctx, async (ctx) => {
    const stored = (await selectPublished(ctx, period))[0] ?? fail(notFound())
    const { result, approvedAt } = await frozenFigures(ctx, period)
    const { id: _, approvalEvent: __, bytes, ...facts } = stored
    const [figures = 0, rows = 0, scopes = 0] = bytes
    return {
      ...facts,
      publishedAt: new Date(facts.publishedAt).toISOString(),
      approvedAt,
      result,
      corrections: await correctionsOf(ctx, period),
      bytes: { figures, rows, scopes },
    }
  })
}

const length = (text: string) => Buffer.byteLength(text)

/** A file of a published quarter, byte for byte as its digest says. */
export async function findResultsFile(
  ctx: Context,
  period: string,
  file: 'figures' | 'rows' | 'scopes',
): Promise<string> {
  return read(ctx, async (ctx) => ((await selectResults(ctx, period)) ?? fail(notFound()))[file])
}

/** Published quarters, the newest first, with the digests of their files. For anybody. */
export async function listResults(ctx: Context) {
  return read(ctx, async (ctx) =>
    (await selectPublished(ctx)).map(({ id: _, bytes: [figures = 0, rows = 0, scopes = 0], ...row }) => ({
      ...row,
      publishedAt: new Date(row.publishedAt).toISOString(),
      bytes: { figures, rows, scopes },
    })),
  )
}

/** Every correction of a published quarter, the newest first. For anybody. */
export async function listPublishedCorrections(ctx: Context): Promise<CorrectionRow[]> {
  return read(ctx, async (ctx) => {
    const published = new Set((await selectPublished(ctx)).map(({ period }) => period))
    return (await correctionsOf(ctx, null)).filter(({ period }) => published.has(period))
  })
}

/** Quarters that are approved and not published yet, for whoever publishes. */
export async function listUnpublished(ctx: Context): Promise<string[]> {
  allow(ctx.actor, 'results.publish')
  return read(ctx, async (ctx) => {
    const published = new Set((await selectPublished(ctx)).map(({ period }) => period))
    return (await approvedPeriods(ctx)).filter((period) => !published.has(period)).toReversed()
  })
}

/** An approved quarter as its page will be, before it is published. */
export async function previewResults(ctx: Context, period: string): Promise<ResultsPage> {
  allow(ctx.actor, 'results.publish')
  return read(ctx, async (ctx) => {
    const { result, rows, approvedAt, eventId } = await frozenPeriod(ctx, period)
    const files = { figures: figuresCsv(result), rows, scopes: scopesCsv(result) }
    return {
      period,
      publishedAt: new Date().toISOString(),
      eventId,
      figuresSha256: sha256(files.figures),
      rowsSha256: sha256(files.rows),
      scopesSha256: sha256(files.scopes),
      approvedAt,
      result,
      corrections: await correctionsOf(ctx, period),
      bytes: { figures: length(files.figures), rows: length(files.rows), scopes: length(files.scopes) },
    }
  })
}

/**
 * How anybody proves a published quarter: the text of its event (which names the digests of the files), its leaf, and the
 * seal that holds it, whose head is on the integrity page. `seal` is null for the second before it is sealed.
 */
export async function proveResults(ctx: Context, period: string) {
  return read(ctx, (ctx) => proofOf(ctx, period))
}

async function proofOf(ctx: TxContext, period: string) {
  const stored = (await selectResults(ctx, period)) ?? fail(notFound())
  const proof = (await selectProof(ctx, stored.eventId)) ?? fail(notFound())
  const { preimage, leaf, seal, sealedAt, previous, head, eventIds, leaves } = proof
  return {
    period,
    files: {
      'indicatori.csv': stored.figuresSha256,
      'interventi.csv': stored.rowsSha256,
      'disponibilita.csv': stored.scopesSha256,
    },
    event: { text: preimage, leaf },
    seal: seal === null ? null : { number: seal, sealedAt, previousHead: previous, head, eventIds, leaves },
  }
}
