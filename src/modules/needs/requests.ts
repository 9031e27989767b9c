/** The sheet of an office: four things a line, a draft until it is sent. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { allowBuyer } from './internal/buyer.ts'
import { lockPlan, type StoredPlan } from './internal/plan-queries.ts'
import { selectListOn, selectPrices } from './internal/price-queries.ts'
import { record } from './internal/record.ts'
import {
  ensureRequest,
  type StoredRequest,
  type StoredRequestLine,
  selectOffice,
  selectPastLines,
  selectRequest,
  selectRequestLines,
  updateRequest,
  writeRequestLines,
} from './internal/request-queries.ts'
import { isBlankLine, lacksOf } from './internal/sheet-rules.ts'
import { money, planOf, today } from './plans.ts'
import { conflict, wrongField } from './problems.ts'
import { type SaveSheetInput, type Sheet, type SheetLineValues, saveSheetInput } from './schema.ts'

/** What an office asks for in a year, with what it asked for the year before and what can be chosen. */
export async function findSheet(ctx: Context, year: number, officeId: string): Promise<Sheet> {
  allow(ctx.actor, 'needs.ask', { officeId })
  return read(ctx, async (ctx) => {
    const plan = await planOf(ctx, year)
    const office = (await selectOffice(ctx, officeId)) ?? fail(notFound())
    const request = await selectRequest(ctx, plan.id, officeId)
    const lines = request === undefined ? [] : await selectRequestLines(ctx, request.id)
    return {
      ...{ year, planState: plan.state, closesOn: plan.closesOn, officeId, officeName: office.name },
      people: office.people,
      state: request?.state ?? 'draft',
      savedAt: request?.savedAt ?? null,
      version: request?.version ?? 0,
      lines: lines.map(({ unitCents, ...line }) => ({ ...line, unitPrice: amountOf(unitCents) })),
      before: await pastOf(ctx, year - 1, officeId, lines),
      prices: (await pricesOf(ctx)).map(({ code, category, description, unitCents }) => ({
        ...{ code, category, description },
        unitPrice: money(unitCents),
      })),
    }
  })
}

const amountOf = (cents: number | null) => (cents === null ? null : money(cents))

async function pastOf(ctx: TxContext, year: number, officeId: string, lines: readonly StoredRequestLine[]) {
  const past = await selectPastLines(ctx, year, officeId)
  const taken = new Set(lines.map(({ fromId }) => fromId))
  const sum = (of: (line: (typeof past)[number]) => number) => past.reduce((all, line) => all + of(line), 0)
  return {
    year,
    lines: past.length,
    pieces: sum(({ quantity }) => quantity ?? 0),
    amount: money(sum(({ quantity, unitCents }) => (quantity ?? 0) * (unitCents ?? 0))),
    decided: sum(({ decided }) => decided),
    verified: sum(({ verified }) => verified),
    offered: past.map(({ id, what, quantity, verified, forWhom, why, unitCents, priceCode, decision, reason }) => ({
      ...{ id, what, quantity: quantity ?? 0, verified, forWhom, why, priceCode, decision, reason },
      unitPrice: amountOf(unitCents),
      isTaken: taken.has(id),
    })),
  }
}

async function pricesOf(ctx: TxContext) {
  const list = await selectListOn(ctx, today(ctx))
  return list === undefined ? [] : selectPrices(ctx, list.id)
}

/**
 * Keeps the sheet as it is typed, finished or not; empty lines fall away. Refused once it was sent, once the plan is decided
 * on, and after the last day. A draft is the office's own: it leaves no event.
 */
export async function saveSheet(ctx: Context, year: number, officeId: string, input: SaveSheetInput) {
  allow(ctx.actor, 'needs.ask', { officeId })
  const { version, lines } = parse(saveSheetInput, input)
  return transact(ctx, async (ctx) => {
    const { request } = await sheetToChange(ctx, year, officeId, version)
    await keepLines(ctx, request, lines)
    await updateRequest(ctx, request.id, 'draft')
    return { id: request.id, version: request.version + 1 }
  })
}

/** Keeps the sheet and sends it to ICT: each line has all four, at least one line. */
export async function sendSheet(ctx: Context, year: number, officeId: string, input: SaveSheetInput) {
  allow(ctx.actor, 'needs.ask', { officeId })
  const { version, lines } = parse(saveSheetInput, input)
  return transact(ctx, async (ctx) => {
    const { request } = await sheetToChange(ctx, year, officeId, version)
    const kept = await keepLines(ctx, request, lines)
    refuseUnfinished(kept)
    await record(ctx, {
      subjectType: 'needs_request',
      subjectId: request.id,
      kind: 'needs.request_sent',
      payload: {
        year,
        officeId,
        lines: kept.map(({ id, quantity, priceCode, unitCents }) => ({ id, quantity, priceCode, unitCents })),
      },
      text: Object.fromEntries(kept.map(({ id, what, forWhom, why }) => [id, [what, forWhom, why].join(' | ')])),
    })
    await updateRequest(ctx, request.id, 'sent')
    return { id: request.id, version: request.version + 1 }
  })
}

/** Gives a sent sheet back to its office, as long as nothing of it is in a plan line. */
export async function returnSheet(ctx: Context, year: number, officeId: string) {
  allowBuyer(ctx, 'needs.manage')
  return transact(ctx, async (ctx) => {
    const plan = (await lockPlan(ctx, { year })) ?? fail(notFound())
    const request = (await selectRequest(ctx, plan.id, officeId, true)) ?? fail(notFound())
    if (request.state !== 'sent') throw conflict('not_sent', (t) => t.notSent)
    if ((await selectRequestLines(ctx, request.id)).some(({ lineId }) => lineId !== null))
      throw conflict('in_plan', (t) => t.inPlan)
    await record(ctx, {
      subjectType: 'needs_request',
      subjectId: request.id,
      kind: 'needs.request_returned',
      payload: { year, officeId },
    })
    await updateRequest(ctx, request.id, 'draft')
    return { id: request.id, version: request.version + 1 }
  })
}

async function sheetToChange(ctx: TxContext, year: number, officeId: string, version: number | undefined) {
  const plan = await planOf(ctx, year)
  refuseClosed(ctx, plan)
  if ((await selectOffice(ctx, officeId)) === undefined) throw notFound()
  await ensureRequest(ctx, randomUUIDv7(), plan.id, officeId)
  const request: StoredRequest = (await selectRequest(ctx, plan.id, officeId, true)) ?? fail(notFound())
  if (request.state === 'sent') throw conflict('sent', (t) => t.sent)
  if (version !== undefined && version !== request.version) throw conflict('stale', (t) => t.stale)
  return { plan, request }
}

function refuseClosed(ctx: Pick<Context, 'zone'>, plan: StoredPlan): void {
  if (plan.state !== 'collecting') throw conflict('collected', (t) => t.collected)
  if (plan.closesOn !== null && plan.closesOn < today(ctx)) throw conflict('closed', (t) => t.closed)
}

async function keepLines(ctx: TxContext, request: StoredRequest, lines: readonly SheetLineValues[]) {
  const prices = new Map((await pricesOf(ctx)).map((one) => [one.code, one]))
  const byName = new Map([...prices.values()].map((one) => [one.description.toLowerCase(), one]))
  const kept: StoredRequestLine[] = lines
    .filter((line) => !isBlankLine(line))
    .map(({ priceCode, ...line }, at) => {
      // What is typed as the list calls it is the list's, chosen or not.
      const of = prices.get(priceCode ?? '') ?? byName.get(line.what.toLowerCase())
      const isListed = of !== undefined && of.description.toLowerCase() === line.what.toLowerCase()
      return {
        ...line,
        ...{ id: randomUUIDv7(), position: at + 1, lineId: null },
        ...{ priceCode: isListed ? of.code : null, unitCents: isListed ? of.unitCents : null },
      }
    })
  await writeRequestLines(ctx, request.id, kept)
  return kept
}

function refuseUnfinished(lines: readonly StoredRequestLine[]): void {
  if (lines.length === 0) throw conflict('empty', (t) => t.emptySheet)
  const missing = lines.flatMap((line) =>
    lacksOf(line).map((field) =>
      wrongField(`line-${line.position}-${field}`, (t) => t.lineLacks[field](line.position)),
    ),
  )
  if (missing.length > 0) throw invalid(missing)
}
