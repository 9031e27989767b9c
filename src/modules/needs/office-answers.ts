/**
 * What offices say of what came for them: all as described, or something missing or different. It stands beside the
 * verifier's word and never instead of it: no piece is verified by it.
 */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow, may, scopesOf } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { type AnswerDeliveryInput, answerDeliveryInput, type OfficeDelivery } from './answer-schema.ts'
import { refuseOtherVerifier, visible } from './deliveries.ts'
import {
  type ForOffice,
  selectAnsweredOfLine,
  selectOfDelivery,
  selectOfOffices,
  writeAnswers,
} from './internal/answer-queries.ts'
import { byOffice } from './internal/by-office.ts'
import { lockDelivery, selectDelivery } from './internal/delivery-queries.ts'
import { hasLine } from './internal/plan-queries.ts'
import { record } from './internal/record.ts'
import { onlyOffices } from './plans.ts'
import { conflict, wrong } from './problems.ts'

const mostDeliveries = 100

/** What came for the offices of a person, in their newest deliveries; what waits for an answer first. */
export async function listOwnDeliveries(ctx: Context): Promise<OfficeDelivery[]> {
  allow(ctx.actor, 'needs.receive')
  // Who answers for no office in particular has none.
  if (!scopesOf(ctx.actor, 'needs.receive').has('office')) return []
  const rows = await read(ctx, (ctx) => selectOfOffices(ctx, ctx.actor.officeIds, mostDeliveries))
  return byOffice(rows).toSorted((one, other) => Number(one.answer !== null) - Number(other.answer !== null))
}

/** What each office says of a delivery; who works for a supplier reads it of its own deliveries. */
export async function listOfficeAnswers(ctx: Context, id: string): Promise<OfficeDelivery[]> {
  allow(ctx.actor, 'orders.read')
  return read(ctx, async (ctx) => {
    await visible(ctx, await selectDelivery(ctx, id))
    return byOffice(await selectOfDelivery(ctx, id, null))
  })
}

/** What offices say of what came on a line of the plan; who reads for an office reads that of theirs. */
export async function listLineAnswers(ctx: Context, lineId: string): Promise<OfficeDelivery[]> {
  allow(ctx.actor, 'needs.read')
  return read(ctx, async (ctx) => {
    const own = onlyOffices(ctx)
    if (!(await hasLine(ctx, lineId, own))) throw notFound()
    return byOffice(await selectAnsweredOfLine(ctx, lineId, own))
  })
}

/**
 * Says, for an office or for all of one's own that the delivery has something for, that all arrived as described, or what is
 * missing or different, with words. The newest word counts, every one stays in the record. Saying again that all arrived
 * changes nothing. Refused: who works for the supplier; words that are missing; a line that is not there.
 */
export async function answerDelivery(
  ctx: Context,
  id: string,
  input: AnswerDeliveryInput,
): Promise<{ id: string; offices: number }> {
  allow(ctx.actor, 'needs.receive')
  const { officeId, answer, reason, lines, version } = parse(answerDeliveryInput, input)
  refuseOtherVerifier(ctx)
  if (answer === 'differs' && reason.length < 3) throw wrong('reason', (t) => t.differenceMissing)
  return transact(ctx, async (ctx) => {
    if ((await lockDelivery(ctx, id)) === undefined) throw notFound()
    const rows = await ownRows(ctx, id, officeId)
    const seen = Math.max(...rows.map((row) => row.version))
    if (version !== undefined && version !== seen) throw conflict('stale', (t) => t.stale)
    const unknown = lines.find((number) => !rows.some(({ line }) => line === number))
    if (unknown !== undefined) throw wrong('lines', (t) => t.notForOffice(unknown))
    const offices = [...new Set(rows.map((row) => row.officeId))]
    const isSaid = answer === 'complete' && rows.every((row) => row.answer === 'complete')
    if (!isSaid) await keep(ctx, id, rows, { answer, reason, lines, version: seen + 1, offices })
    return { id, offices: offices.length }
  })
}

type Said = { answer: 'complete' | 'differs'; reason: string; lines: number[]; version: number; offices: string[] }

async function keep(ctx: TxContext, id: string, rows: readonly ForOffice[], said: Said) {
  const differs = (row: ForOffice) =>
    said.answer === 'differs' && (said.lines.length === 0 || said.lines.includes(row.line))
  const { id: eventId, occurredAt: at } = await record(ctx, {
    subjectType: 'delivery',
    subjectId: id,
    kind: 'delivery.office_answered',
    payload: {
      ...{ answer: said.answer, offices: said.offices },
      differs: [...new Set(rows.filter(differs).map(({ lineId }) => lineId))],
    },
    ...(said.answer === 'differs' && { text: { reason: said.reason } }),
  })
  await writeAnswers(
    ctx,
    { deliveryId: id, eventId, at },
    rows.map((row) => ({
      ...{ officeId: row.officeId, lineId: row.lineId, version: said.version },
      answer: differs(row) ? ('differs' as const) : ('complete' as const),
    })),
  )
}

// What the delivery has for the offices of the actor: an office of others is as if it were not there.
async function ownRows(ctx: TxContext, id: string, officeId: string | null): Promise<ForOffice[]> {
  const all = await selectOfDelivery(ctx, id, officeId === null ? null : [officeId])
  const own = all.filter((row) => may(ctx.actor, 'needs.receive', { officeId: row.officeId }))
  return own.length > 0 ? own : fail(notFound())
}
