/** Strategic lines, guidelines and priorities: proposed, selected, implemented or dropped with a reason. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, read, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import {
  insertGuideline,
  insertLine,
  insertPriority,
  lockPriority,
  selectLines,
  updatePriority,
} from './internal/report-priority-queries.ts'
import { recordPart, requireSeenPart } from './internal/report-record.ts'
import { reportStanding, wrongPart } from './report-problems.ts'
import {
  addGuidelineInput,
  addLineInput,
  type ChangedPart,
  changePriorityInput,
  type LineTree,
  lineTree,
  movePriorityInput,
  proposePriorityInput,
} from './report-schema.ts'

/** All strategic lines with their guidelines and priorities. */
export async function listPriorities(ctx: Context): Promise<LineTree[]> {
  allow(ctx.actor, 'report.read')
  return read(ctx, async (ctx) => lineTree.array().parse(await selectLines(ctx)))
}

/** Adds a strategic line; refused when its number is taken. */
export async function addStrategicLine(ctx: Context, input: z.input<typeof addLineInput>): Promise<{ id: string }> {
  allow(ctx.actor, 'report.edit')
  const words = parse(addLineInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'strategic_line.add', words, id)
    if (earlier !== null) return { id: earlier }
    const { number, title } = words
    await insertLine(ctx, id, words)
    await recordPart(ctx, {
      ...{ subjectType: 'strategic_line', subjectId: id, kind: 'strategic_line.added' },
      ...{ payload: { number }, text: { title } },
    })
    return { id }
  })
}

/** Adds a guideline to a strategic line; refused when its number is taken there. */
export async function addGuideline(ctx: Context, input: z.input<typeof addGuidelineInput>): Promise<{ id: string }> {
  allow(ctx.actor, 'report.edit')
  const words = parse(addGuidelineInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'guideline.add', words, id)
    if (earlier !== null) return { id: earlier }
    const { title, ...payload } = words
    await insertGuideline(ctx, id, words)
    await recordPart(ctx, {
      ...{ subjectType: 'guideline', subjectId: id, kind: 'guideline.added' },
      ...{ payload, text: { title } },
    })
    return { id }
  })
}

/** Proposes a priority under a guideline. */
export async function proposePriority(ctx: Context, input: z.input<typeof proposePriorityInput>): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const words = parse(proposePriorityInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'priority.propose', words, id)
    if (earlier !== null) return { id: earlier, version: 1 }
    const { guidelineId, ...text } = words
    const at = await recordPart(ctx, {
      ...{ subjectType: 'priority', subjectId: id, kind: 'priority.proposed' },
      ...{ payload: { guidelineId }, text },
    })
    await insertPriority(ctx, id, words, at)
    return { id, version: 1 }
  })
}

/** Changes the words of a priority, or the guideline it belongs to; published editions keep what they said. */
export async function changePriority(
  ctx: Context,
  id: string,
  input: z.input<typeof changePriorityInput>,
): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, ...words } = parse(changePriorityInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockPriority(ctx, id)) ?? fail(notFound())
    await requireSeenPart(ctx, 'priority', found, version)
    const { guidelineId, ...text } = words
    const at = await recordPart(ctx, {
      ...{ subjectType: 'priority', subjectId: id, kind: 'priority.changed' },
      ...{ payload: { guidelineId }, text },
    })
    await updatePriority(ctx, id, { words }, at)
    return { id, version: found.version + 1 }
  })
}

/**
 * Records what was decided on a priority, on its day: selected, implemented, dropped, or proposed again. Any state may
 * follow any other, because councils change their mind; each decision is an event of its own. Dropping needs a reason.
 */
export async function decidePriority(
  ctx: Context,
  id: string,
  input: z.input<typeof movePriorityInput>,
): Promise<ChangedPart> {
  allow(ctx.actor, 'report.edit')
  const { version, state, reason, decidedOn } = parse(movePriorityInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockPriority(ctx, id)) ?? fail(notFound())
    await requireSeenPart(ctx, 'priority', found, version)
    if (found.state === state) throw reportStanding('same_state', (t) => t.sameState)
    if (state === 'dropped' && reason === '') throw invalid([wrongPart('reason', (t) => t.reasonMissing)])
    const at = await recordPart(ctx, {
      ...{ subjectType: 'priority', subjectId: id, kind: `priority.${state}` },
      ...{ payload: { from: found.state, decidedOn }, ...(reason !== '' && { text: { reason } }) },
    })
    await updatePriority(ctx, id, { state, reason, decidedOn }, at)
    return { id, version: found.version + 1 }
  })
}
