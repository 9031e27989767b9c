/** Reply templates: what is written often, written once. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { teamExists } from './internal/case-queries.ts'
import { recordHappening, requireSeen } from './internal/knowledge-record.ts'
import {
  insertTemplate,
  lockTemplate,
  selectTemplates,
  type TemplateWords,
  updateTemplate,
} from './internal/template-queries.ts'
import { fillTemplate, unknownPlaceholders } from './internal/template-text.ts'
import { wrongRow } from './knowledge-problems.ts'
import {
  type AddTemplateInput,
  addTemplateInput,
  type ChangedTemplate,
  type ChangeTemplateInput,
  changeTemplateInput,
  type OfferedTemplate,
  type TemplateRow,
  templateRow,
  templateVersionInput,
} from './template-schema.ts'

/** Every template in use, by title. */
export async function listTemplates(ctx: Context): Promise<TemplateRow[]> {
  allow(ctx.actor, 'template.use')
  const rows = await read(ctx, (ctx) => selectTemplates(ctx, null))
  return rows.map(({ team_id, team_name, ...row }) =>
    templateRow.parse({ ...row, teamId: team_id, teamName: team_name }),
  )
}

/** The templates for one case, filled with its asker's name, its number and its office: everybody's and one's teams'. */
export async function offerTemplates(
  ctx: Context,
  found: { kind: string; requesterName: string; number: string; officeName: string | null },
): Promise<OfferedTemplate[]> {
  allow(ctx.actor, 'template.use')
  const rows = await read(ctx, (ctx) => selectTemplates(ctx, { kind: found.kind, teamIds: ctx.actor.teamIds }))
  const filling = { nome: found.requesterName, numero: found.number, ufficio: found.officeName ?? '' }
  return rows.map(({ id, title, body }) => ({ id, title, text: fillTemplate(body, filling) }))
}

/** Writes a template for a team or for everybody. */
export async function addTemplate(ctx: Context, input: AddTemplateInput): Promise<ChangedTemplate> {
  allow(ctx.actor, 'template.manage')
  const request = parse(addTemplateInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'template.add', request, id)
    if (earlier !== null) return { id: earlier, version: 1 }
    const words = await checkedWords(ctx, request)
    const at = await recordHappening(ctx, happening('template.added', id, words))
    await phrasing(violations, () => insertTemplate(ctx, id, words, at))
    return { id, version: 1 }
  })
}

/** Changes a template; messages already sent with it stay as they were. */
export async function changeTemplate(ctx: Context, id: string, input: ChangeTemplateInput): Promise<ChangedTemplate> {
  allow(ctx.actor, 'template.manage')
  const { version, ...request } = parse(changeTemplateInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockTemplate(ctx, id)) ?? fail(notFound())
    await requireSeen(ctx, 'template', found, version)
    const words = await checkedWords(ctx, request)
    const at = await recordHappening(ctx, happening('template.changed', id, words))
    await phrasing(violations, () => updateTemplate(ctx, id, words, at))
    return { id, version: found.version + 1 }
  })
}

/** Takes a template out of use. */
export async function retireTemplate(
  ctx: Context,
  id: string,
  input: z.input<typeof templateVersionInput> = {},
): Promise<ChangedTemplate> {
  allow(ctx.actor, 'template.manage')
  const { version } = parse(templateVersionInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockTemplate(ctx, id)) ?? fail(notFound())
    await requireSeen(ctx, 'template', found, version)
    const at = await recordHappening(ctx, {
      subjectType: 'template',
      subjectId: id,
      kind: 'template.retired',
      payload: {},
    })
    await updateTemplate(ctx, id, null, at)
    return { id, version: found.version + 1 }
  })
}

async function checkedWords(ctx: TxContext, request: z.output<typeof addTemplateInput>): Promise<TemplateWords> {
  const unknown = unknownPlaceholders(request.body)
  if (unknown.length > 0) throw invalid([wrongRow('body', (t) => t.unknownPlaceholder(unknown.join(', ')))])
  if (request.teamId !== undefined && !(await teamExists(ctx, request.teamId)))
    throw invalid([wrongRow('teamId', (t) => t.unknownTeam)])
  return { ...request, teamId: request.teamId ?? null }
}

function happening(kind: string, id: string, { title, body, kinds, teamId }: TemplateWords) {
  return { subjectType: 'template' as const, subjectId: id, kind, payload: { kinds, teamId }, text: { title, body } }
}

const violations = {
  reply_template_title: () => invalid([wrongRow('title', (t) => t.titleTaken)]),
}
