/**
 * From a draft to a published version: preview, submit, approve or send back, publish, correct.
 *
 * Figures are frozen when the edition is submitted: what the head of ICT reads is, byte by byte, what is approved and
 * what is published. A published version never changes; a correction is the next one.
 */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { type EditionContent, type EditionPreview, editionContent, editionPreview } from './edition-schema.ts'
import { draftedEdition } from './editions.ts'
import { reckonFigures } from './figure-sources.ts'
import { namedFigures } from './internal/report-block-change.ts'
import { composeEdition } from './internal/report-content.ts'
import { editionDifferences } from './internal/report-differences.ts'
import { selectLines } from './internal/report-priority-queries.ts'
import { lockEdition, selectEdition, selectSections, updateEdition } from './internal/report-queries.ts'
import { recordPart, requireSeenPart } from './internal/report-record.ts'
import { selectSeries } from './internal/report-series-queries.ts'
import { insertVersion, selectLastContent } from './internal/report-version-queries.ts'
import { incomplete, reportStanding, wrongPart } from './report-problems.ts'
import {
  type ChangedEdition,
  type EditionState,
  type PublishedOutcome,
  returnEditionInput,
  seenEditionInput,
  submitEditionInput,
} from './report-schema.ts'

type Seen = z.input<typeof seenEditionInput>

/** The edition as it would be published, what is missing, and what changed from the newest published version. */
export async function previewEdition(ctx: Context, key: { id: string } | { year: number }): Promise<EditionPreview> {
  allow(ctx.actor, 'report.read')
  return read(ctx, async (ctx) => {
    const found = (await selectEdition(ctx, key)) ?? fail(notFound())
    const before = await lastContent(ctx, found.id)
    // What waits or is approved shows as it was submitted; what is published and not reopened, as it was published.
    const kept = found.content === null ? null : readContent(found.content)
    const composed =
      kept !== null || (found.state === 'published' && before !== null)
        ? { content: kept ?? before, missing: [] }
        : await compose(ctx, found)
    const content = editionContent.parse(composed.content)
    const differences = before === null ? [] : editionDifferences(before, content, ctx.language)
    return editionPreview.parse({ content, missing: composed.missing, differences })
  })
}

/** Asks for approval: freezes every figure and the words. Refused while something is missing or nothing changed. */
export async function submitEdition(
  ctx: Context,
  id: string,
  input: z.input<typeof submitEditionInput>,
): Promise<ChangedEdition> {
  allow(ctx.actor, 'report.edit')
  const { version, changeNote } = parse(submitEditionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await draftedEdition(ctx, id, version)
    const { content, missing } = await compose(ctx, found)
    if (missing.length > 0) throw incomplete(missing)
    const text = JSON.stringify(content)
    if (found.last_number > 0) await requireNews(ctx, found.id, text, changeNote)
    const digest = createHash('sha256').update(text).digest('hex')
    const at = await recordPart(ctx, {
      ...{ subjectType: 'edition', subjectId: id, kind: 'edition.submitted', payload: { digest } },
      ...(changeNote !== '' && { text: { changeNote } }),
    })
    const kept = { content: text, digest, change_note: changeNote, return_reason: '', submitted_by: ctx.actor.personId }
    await updateEdition(ctx, id, { ...kept, state: 'submitted' }, at)
    return { id, state: 'submitted', version: found.version + 1 }
  })
}

async function requireNews(ctx: TxContext, editionId: string, text: string, changeNote: string) {
  if ((await selectLastContent(ctx, editionId)) === text)
    throw reportStanding('same_as_published', (t) => t.sameAsPublished)
  if (changeNote === '') throw invalid([wrongPart('changeNote', (t) => t.noteMissing)])
}

/** Sends a submitted or approved edition back with the reason; it is in preparation again. */
export async function returnEdition(
  ctx: Context,
  id: string,
  input: z.input<typeof returnEditionInput>,
): Promise<ChangedEdition> {
  allow(ctx.actor, 'report.approve')
  const { version, reason } = parse(returnEditionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await seenEdition(ctx, id, version)
    if (found.state !== 'submitted' && found.state !== 'approved')
      throw reportStanding('not_submitted', (t) => t.notSubmitted)
    return backToDraft(ctx, found, 'edition.returned', { return_reason: reason }, { reason })
  })
}

/** Approves exactly what was submitted. Refused to whoever submitted it, and a second time. */
export async function approveEdition(ctx: Context, id: string, input: Seen): Promise<ChangedEdition> {
  allow(ctx.actor, 'report.approve')
  const { version } = parse(seenEditionInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockEdition(ctx, id)) ?? fail(notFound())
    // Said before "stale": for the second person, that it is done matters more.
    if (found.state === 'approved') throw reportStanding('already_approved', (t) => t.alreadyApproved)
    await requireSeenPart(ctx, 'edition', found, version)
    if (found.state !== 'submitted') throw reportStanding('not_submitted', (t) => t.notSubmitted)
    if (found.submitted_by !== null && found.submitted_by === ctx.actor.personId)
      throw reportStanding('own_submission', (t) => t.ownSubmission)
    const happening = { subjectType: 'edition' as const, subjectId: id, kind: 'edition.approved' }
    const at = await recordPart(ctx, { ...happening, payload: { digest: found.digest } })
    await updateEdition(ctx, id, { state: 'approved' }, at)
    return { id, state: 'approved', version: found.version + 1 }
  })
}

/** Publishes what was approved as the next version; the event under the seal holds its digest. */
export async function publishEdition(ctx: Context, id: string, input: Seen): Promise<PublishedOutcome> {
  allow(ctx.actor, 'report.edit')
  const { version } = parse(seenEditionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await seenEdition(ctx, id, version)
    const { content, digest, year } = found
    if (found.state !== 'approved' || content === null || digest === null)
      throw reportStanding('not_approved', (t) => t.notApproved)
    const number = found.last_number + 1
    const happening = { subjectType: 'edition' as const, subjectId: id, kind: 'edition.published' }
    const at = await recordPart(ctx, {
      ...{ ...happening, payload: { year, number, digest } },
      ...(found.change_note !== '' && { text: { changeNote: found.change_note } }),
    })
    await insertVersion(ctx, { editionId: id, number, content, digest, changeNote: found.change_note, at })
    const cleared = { content: null, digest: null, change_note: '', submitted_by: null }
    await updateEdition(ctx, id, { ...cleared, state: 'published', last_number: number }, at)
    return { id, year, number, digest }
  })
}

/** Takes an edition up again: before it is approved or published, or to correct what was. */
export async function reopenEdition(ctx: Context, id: string, input: Seen): Promise<ChangedEdition> {
  allow(ctx.actor, 'report.edit')
  const { version } = parse(seenEditionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await seenEdition(ctx, id, version)
    if (found.state === 'draft') throw reportStanding('already_draft', (t) => t.alreadyDraft)
    return backToDraft(ctx, found, 'edition.reopened', {})
  })
}

async function backToDraft(
  ctx: TxContext,
  found: { id: string; version: number },
  kind: string,
  change: { return_reason?: string },
  text?: Record<string, string>,
): Promise<ChangedEdition> {
  const at = await recordPart(ctx, { subjectType: 'edition', subjectId: found.id, kind, ...(text && { text }) })
  const cleared = { content: null, digest: null, submitted_by: null, state: 'draft' as EditionState }
  await updateEdition(ctx, found.id, { ...cleared, ...change }, at)
  return { id: found.id, state: 'draft', version: found.version + 1 }
}

async function seenEdition(ctx: TxContext, id: string, version: number) {
  const found = (await lockEdition(ctx, id)) ?? fail(notFound())
  await requireSeenPart(ctx, 'edition', found, version)
  return found
}

async function compose(
  ctx: TxContext,
  edition: { id: string; year: number; title: string; summary: string; office: string },
) {
  const sections = await selectSections(ctx, edition.id)
  const named = namedFigures(sections.flatMap((section) => section.objectives.flatMap((one) => one.blocks)))
  const [lines, series] = [await selectLines(ctx), await selectSeries(ctx, named.series)]
  const written = sections.map(({ code, title, intro, objectives }) => ({
    ...{ code, title, intro },
    objectives: objectives.map(({ priority_id: priorityId, ...objective }) => ({ ...objective, priorityId })),
  }))
  const { year, title, summary, office } = edition
  const head = { organisation: ctx.organisationName, isDemo: ctx.isDemo, year, title, summary, office }
  return composeEdition({ ...head, sections: written }, lines, { series, live: await reckonFigures(ctx, named.live) })
}

async function lastContent(ctx: TxContext, editionId: string): Promise<EditionContent | null> {
  const text = await selectLastContent(ctx, editionId)
  return text === null ? null : readContent(text)
}

function readContent(text: string): EditionContent {
  return editionContent.parse(JSON.parse(text))
}
