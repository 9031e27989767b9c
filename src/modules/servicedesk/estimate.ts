/** Work that is estimated, approved by the city and then done: small maintenance, data processing, development. */
import type { z } from 'zod'
import { type Context, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { fail } from '../../platform/problem.ts'
import type { CaseFacts } from './internal/fold.ts'
import { caseFor, record } from './internal/record.ts'
import { notNow, wrongField } from './problems.ts'
import { type ChangedCase, decideInput, estimateInput, refuseInput } from './schema.ts'
import { mostPersonDays } from './vocabulary.ts'

/**
 * Says how many person-days it takes; the case waits for the city's approval. Small maintenance over fifteen person-days
 * is refused: it is a development request (domain.md §3).
 */
export async function estimateCase(
  ctx: Context,
  id: string,
  input: z.input<typeof estimateInput>,
): Promise<ChangedCase> {
  const { version, personDays, note } = parse(estimateInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'estimate', 'case.work', version)
    if (found.kind === 'small_maintenance' && personDays > mostPersonDays)
      fail(invalid([wrongField('personDays', (t) => t.problems.tooManyDays)]))
    const event = { kind: 'case.estimated', version: 1, payload: { personDays, teamId: found.teamId } } as const
    return (await record(ctx, found, event, { body: note })).changed
  })
}

/** The city says: go ahead, on the estimate given. */
export async function approveCase(
  ctx: Context,
  id: string,
  input: z.input<typeof decideInput> = {},
): Promise<ChangedCase> {
  const { version, note } = parse(decideInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'approve', 'case.decide', version)
    requireEstimate(found)
    return (
      await record(
        ctx,
        found,
        { kind: 'case.approved', version: 1, payload: {} },
        note === '' ? undefined : { body: note },
      )
    ).changed
  })
}

/** The city says no, and why; the case ends. */
export async function refuseCase(ctx: Context, id: string, input: z.input<typeof refuseInput>): Promise<ChangedCase> {
  const { version, reason } = parse(refuseInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'refuse', 'case.decide', version)
    requireEstimate(found)
    return (await record(ctx, found, { kind: 'case.refused', version: 1, payload: {} }, { body: reason })).changed
  })
}

// A case may wait for something else.
function requireEstimate(found: CaseFacts) {
  if (found.waitingFor !== 'approval') throw notNow('approve', found.state)
}
