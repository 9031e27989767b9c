/** Editions of the social report: draft one, change what it says of itself, list and find them. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import {
  insertEdition,
  lockEdition,
  type SelectedSection,
  selectEdition,
  selectEditions,
  selectObjective,
  selectSections,
  updateEdition,
} from './internal/report-queries.ts'
import { recordPart, requireSeenPart } from './internal/report-record.ts'
import { reportStanding } from './report-problems.ts'
import {
  type ChangedEdition,
  changeEditionInput,
  draftEditionInput,
  type EditionDetail,
  type EditionRow,
  editionDetail,
  editionRow,
  type ObjectiveDetail,
  objectiveDetail,
} from './report-schema.ts'

/** Begins the edition of a year; refused when there is one. */
export async function draftEdition(ctx: Context, input: z.input<typeof draftEditionInput>): Promise<ChangedEdition> {
  allow(ctx.actor, 'report.edit')
  const words = parse(draftEditionInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'edition.draft', words, id)
    if (earlier !== null) return { id: earlier, state: 'draft', version: 1 }
    const { year, ...text } = words
    const at = await recordPart(ctx, {
      ...{ subjectType: 'edition', subjectId: id, kind: 'edition.drafted' },
      ...{ payload: { year }, text },
    })
    await insertEdition(ctx, id, words, at)
    return { id, state: 'draft', version: 1 }
  })
}

/** Changes title, summary or responsible office of an edition in preparation. */
export async function changeEdition(
  ctx: Context,
  id: string,
  input: z.input<typeof changeEditionInput>,
): Promise<ChangedEdition> {
  allow(ctx.actor, 'report.edit')
  const { version, ...words } = parse(changeEditionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await draftedEdition(ctx, id, version)
    const at = await recordPart(ctx, {
      ...{ subjectType: 'edition', subjectId: id, kind: 'edition.changed' },
      text: words,
    })
    await updateEdition(ctx, id, words, at)
    return { id, state: found.state, version: found.version + 1 }
  })
}

/** The edition, locked; refused when it is not in preparation, or was changed since `version`. */
export async function draftedEdition(ctx: TxContext, id: string, version?: number) {
  const found = (await lockEdition(ctx, id)) ?? fail(notFound())
  if (version !== undefined) await requireSeenPart(ctx, 'edition', found, version)
  if (found.state !== 'draft') throw reportStanding('not_draft', (t) => t.notDraft)
  return found
}

/** Every edition, the newest year first. */
export async function listEditions(ctx: Context): Promise<EditionRow[]> {
  allow(ctx.actor, 'report.read')
  return read(ctx, async (ctx) => (await selectEditions(ctx)).map((row) => editionRow.parse(rowOf(row))))
}

/** One edition with its sections and objectives, by id or by year. */
export async function findEdition(ctx: Context, key: { id: string } | { year: number }): Promise<EditionDetail> {
  allow(ctx.actor, 'report.read')
  return read(ctx, async (ctx) => {
    const found = (await selectEdition(ctx, key)) ?? fail(notFound())
    const sections = await selectSections(ctx, found.id)
    const mayEdit = may(ctx.actor, 'report.edit')
    return editionDetail.parse({
      ...rowOf(found),
      summary: found.summary,
      office: found.office,
      changeNote: found.change_note,
      returnReason: found.return_reason,
      digest: found.digest,
      sections: sections.map(sectionOf),
      may: {
        edit: mayEdit && found.state === 'draft',
        submit: mayEdit && found.state === 'draft',
        approve: may(ctx.actor, 'report.approve') && found.state === 'submitted',
        publish: mayEdit && found.state === 'approved',
        reopen: mayEdit && found.state !== 'draft',
      },
    })
  })
}

/** One objective as the editor writes it. */
export async function findObjective(ctx: Context, id: string): Promise<ObjectiveDetail> {
  allow(ctx.actor, 'report.read')
  return read(ctx, async (ctx) => {
    const found = (await selectObjective(ctx, id)) ?? fail(notFound())
    return objectiveDetail.parse({
      id: found.id,
      editionId: found.edition_id,
      year: found.year,
      sectionCode: found.code,
      number: found.number,
      title: found.title,
      lead: found.lead,
      priorityId: found.priority_id,
      blocks: found.blocks,
      mayEdit: may(ctx.actor, 'report.edit') && found.state === 'draft',
      version: found.version,
    })
  })
}

type Selected = NonNullable<Awaited<ReturnType<typeof selectEdition>>>

function rowOf(row: Selected): EditionRow {
  return {
    id: row.id,
    year: row.year,
    title: row.title,
    state: row.state,
    lastNumber: row.last_number,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    version: row.version,
  }
}

function sectionOf({ id, code, title, intro, objectives }: SelectedSection) {
  return {
    ...{ id, code, title, intro },
    objectives: objectives.map((one) => ({
      id: one.id,
      number: one.number,
      title: one.title,
      blocks: one.blocks.length,
      updatedAt: one.updated_at,
      version: one.version,
    })),
  }
}
