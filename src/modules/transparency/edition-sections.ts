/** The parts of an edition in preparation: sections and objectives, their order, and what an objective says. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { draftedEdition } from './editions.ts'
import { changedBlocks } from './internal/report-block-change.ts'
import {
  deleteObjective,
  deleteSection,
  insertObjective,
  insertSection,
  selectObjective,
  selectSection,
  selectSections,
  swapObjectives,
  swapSections,
  updateEdition,
  updateObjective,
  updateSection,
} from './internal/report-queries.ts'
import { recordPart, requireSeenPart } from './internal/report-record.ts'
import { reportStanding, wrongPart } from './report-problems.ts'
import {
  addObjectiveInput,
  addSectionInput,
  type Block,
  type ChangeBlocksInput,
  type ChangedPart,
  changeBlocksInput,
  changeObjectiveInput,
  changeObjectiveWordsInput,
  changeSectionInput,
  moveInput,
  seenEditionInput,
} from './report-schema.ts'

type Seen = z.input<typeof seenEditionInput>
type Move = z.input<typeof moveInput>

/** Adds a section after the others. `version` is the edition's. */
export async function addSection(
  ctx: Context,
  editionId: string,
  input: z.input<typeof addSectionInput>,
): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, ...words } = parse(addSectionInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'report_section.add', words, id)
    if (earlier !== null) return { id: earlier, version }
    const edition = await draftedEdition(ctx, editionId, version)
    await insertSection(ctx, id, editionId, words)
    return noteSection(ctx, edition, id, 'section.added', words)
  })
}

/** Changes code, title or introduction of a section. `version` is the edition's. */
export async function changeSection(
  ctx: Context,
  id: string,
  input: z.input<typeof changeSectionInput>,
): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, ...words } = parse(changeSectionInput, input)
  return transact(ctx, async (ctx) => {
    const edition = await editionOfSection(ctx, id, version)
    await updateSection(ctx, id, words)
    return noteSection(ctx, edition, id, 'section.changed', words)
  })
}

/** Moves a section one place up or down; refused at either end. */
export async function moveSection(ctx: Context, id: string, input: Move): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, direction } = parse(moveInput, input)
  return transact(ctx, async (ctx) => {
    const edition = await editionOfSection(ctx, id, version)
    if (!(await swapSections(ctx, id, direction === 'up'))) throw reportStanding('no_move', (t) => t.noMove)
    return noteSection(ctx, edition, id, 'section.moved')
  })
}

/** Removes a section that has no objectives. */
export async function removeSection(ctx: Context, id: string, input: Seen): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version } = parse(seenEditionInput, input)
  return transact(ctx, async (ctx) => {
    const edition = await editionOfSection(ctx, id, version)
    const section = (await selectSections(ctx, edition.id)).find((one) => one.id === id)
    if (section && section.objectives.length > 0) throw reportStanding('not_empty', (t) => t.notEmpty)
    await deleteSection(ctx, id)
    return noteSection(ctx, edition, id, 'section.removed')
  })
}

async function editionOfSection(ctx: TxContext, sectionId: string, version?: number) {
  const section = (await selectSection(ctx, sectionId)) ?? fail(notFound())
  return draftedEdition(ctx, section.edition_id, version)
}

async function noteSection(
  ctx: TxContext,
  edition: { id: string; version: number },
  id: string,
  kind: string,
  words?: { code: string; title: string; intro: string },
): Promise<ChangedPart> {
  const happening = { subjectType: 'report_section' as const, subjectId: id, kind, payload: { editionId: edition.id } }
  const at = await recordPart(ctx, words ? { ...happening, text: words } : happening)
  // Also said of the edition: whoever has its form open is told who changed it.
  await recordPart(ctx, {
    ...{ subjectType: 'edition', subjectId: edition.id, kind: 'edition.structure_changed' },
    payload: { sectionId: id },
  })
  await updateEdition(ctx, edition.id, {}, at)
  return { id, version: edition.version + 1 }
}

/** Adds an objective to a section. `version` is the edition's. */
export async function addObjective(
  ctx: Context,
  sectionId: string,
  input: z.input<typeof addObjectiveInput>,
): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, ...words } = parse(addObjectiveInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'report_objective.add', words, id)
    if (earlier !== null) return { id: earlier, version: 1 }
    await editionOfSection(ctx, sectionId, version)
    const at = await noteObjective(ctx, id, 'objective.added', words)
    await insertObjective(ctx, id, sectionId, words, at)
    return { id, version: 1 }
  })
}

/** Changes all that an objective says, blocks included. `version` is the objective's. */
export async function changeObjective(
  ctx: Context,
  id: string,
  input: z.input<typeof changeObjectiveInput>,
): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, blocks, ...words } = parse(changeObjectiveInput, input)
  return transact(ctx, async (ctx) => {
    const found = await draftedObjective(ctx, id, version)
    const at = await noteObjective(ctx, id, 'objective.changed', words, blocks)
    await updateObjective(ctx, id, { words, blocks }, at)
    return { id, version: found.version + 1 }
  })
}

/** Changes number, title, first sentence and priority of an objective; its blocks stay. */
export async function changeObjectiveWords(
  ctx: Context,
  id: string,
  input: z.input<typeof changeObjectiveWordsInput>,
): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, ...words } = parse(changeObjectiveWordsInput, input)
  return transact(ctx, async (ctx) => {
    const found = await draftedObjective(ctx, id, version)
    const at = await noteObjective(ctx, id, 'objective.changed', words)
    await updateObjective(ctx, id, { words }, at)
    return { id, version: found.version + 1 }
  })
}

/** Adds, changes, moves or removes one block of an objective. `version` is the objective's. */
export async function changeBlocks(ctx: Context, id: string, input: ChangeBlocksInput): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, change } = parse(changeBlocksInput, input)
  return transact(ctx, async (ctx) => {
    const found = await draftedObjective(ctx, id, version)
    const blocks = changedBlocks(found.blocks, change) ?? fail(reportStanding('no_block', (t) => t.noBlock))
    if (blocks.length > 30) throw invalid([wrongPart('block', (t) => t.tooManyBlocks)])
    const at = await noteObjective(ctx, id, `objective.block_${change.act}`, null, blocks)
    await updateObjective(ctx, id, { blocks }, at)
    return { id, version: found.version + 1 }
  })
}

/** Changes numbers with the objective before or after; refused at either end. */
export async function moveObjective(ctx: Context, id: string, input: Move): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, direction } = parse(moveInput, input)
  return transact(ctx, async (ctx) => {
    const found = await draftedObjective(ctx, id, version)
    if (!(await swapObjectives(ctx, id, direction === 'up'))) throw reportStanding('no_move', (t) => t.noMove)
    await noteObjective(ctx, id, 'objective.moved')
    return { id, version: found.version + 1 }
  })
}

/** Removes an objective from an edition in preparation; published versions keep it. */
export async function removeObjective(ctx: Context, id: string, input: Seen): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version } = parse(seenEditionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await draftedObjective(ctx, id, version)
    await noteObjective(ctx, id, 'objective.removed')
    await deleteObjective(ctx, id)
    return { id, version: found.version }
  })
}

// The edition is locked first: nothing of an objective changes while its edition is being submitted.
async function draftedObjective(ctx: TxContext, id: string, version: number) {
  const place = (await selectObjective(ctx, id)) ?? fail(notFound())
  await draftedEdition(ctx, place.edition_id)
  const found = (await selectObjective(ctx, id)) ?? fail(notFound())
  await requireSeenPart(ctx, 'report_objective', found, version)
  return found
}

type Words = { number: number; title: string; lead: string; priorityId: string | null }

async function noteObjective(
  ctx: TxContext,
  id: string,
  kind: string,
  words: Words | null = null,
  blocks: readonly Block[] | null = null,
): Promise<string> {
  return recordPart(ctx, {
    ...{ subjectType: 'report_objective', subjectId: id, kind },
    ...(words && { payload: { number: words.number, priorityId: words.priorityId } }),
    text: {
      ...(words && { title: words.title, lead: words.lead }),
      ...(blocks && { blocks: JSON.stringify(blocks) }),
    },
  })
}
