/** Exclusions: an item is left out of the reckoning for a reason of the contract, on a document, in the open. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { nameCases } from '../servicedesk/evidence.ts'
import { contractConflict, wrongContract } from './contract-problems.ts'
import { contractOf, inForceIn, type LoadedContract, localDay } from './contracts.ts'
import { announce, requireVersion, sideOf } from './internal/announce.ts'
import { selectApprovedPeriods } from './internal/approval-queries.ts'
import {
  decideExclusionRow,
  insertExclusion,
  lockExclusion,
  type StoredExclusion,
  selectExclusions,
} from './internal/contest-queries.ts'
import { lockContracts } from './internal/contract-queries.ts'
import { kindOf, quarterOf } from './internal/periods.ts'
import { askExclusionInput, decideExclusionInput, type ExclusionRow, type WorksheetRow } from './schema.ts'
import { rowsOf } from './worksheet.ts'

/**
 * Asks to leave items out of an indicator, each an exclusion of its own. Refused: an item the indicator does not count in
 * the period, one excluded already, another reason than the contract's without the clause that allows it.
 */
export async function askExclusion(ctx: Context, input: z.input<typeof askExclusionInput>): Promise<{ ids: string[] }> {
  allow(ctx.actor, 'contract.contest')
  const { caseIds, what, ...wanted } = parse(askExclusionInput, input)
  if (wanted.reason === 'other_clause' && wanted.clause === '')
    throw wrongContract('clause', (t) => t.problems.exclusionClause)
  return transact(ctx, async (ctx) => {
    await lockContracts(ctx)
    const contract = await contractOf(ctx, wanted.period)
    requireKind(ctx, contract, wanted)
    if ((await selectApprovedPeriods(ctx)).includes(quarterOf(wanted.period)))
      throw contractConflict('approved', (t) => t.problems.contestApproved)
    const rows = new Map((await rowsOf(ctx, wanted.period, wanted.indicator)).map((row) => [row.caseId, row]))
    const there = new Set(
      (await selectExclusions(ctx, [wanted.period]))
        .filter((one) => one.indicator === wanted.indicator && one.state !== 'refused')
        .map(({ caseId }) => caseId),
    )
    const ids: string[] = []
    for (const caseId of new Set(caseIds)) {
      if (!rows.has(caseId)) throw wrongContract('caseIds', (t) => t.problems.exclusionUnknownCase)
      if (there.has(caseId)) throw contractConflict('excluded', (t) => t.problems.exclusionTwice)
      const id = randomUUIDv7()
      await insertExclusion(ctx, { ...wanted, id, contractId: contract.id, caseId, askedBy: sideOf(ctx) })
      const { document, clause, ...facts } = wanted
      const text = [what, document, clause].filter((part) => part !== '').join('\n')
      await announce(ctx, 'exclusion', id, 'exclusion.asked', { ...facts, caseId }, text)
      ids.push(id)
    }
    return { ids }
  })
}

/**
 * The city decides. What both accept and users were told of before it began is agreed; anything else that is accepted is
 * left out by the contract manager's decision, and public as such (contract-logic §3).
 */
export async function decideExclusion(
  ctx: Context,
  id: string,
  input: z.input<typeof decideExclusionInput>,
): Promise<{ id: string; state: ExclusionRow['state'] }> {
  allow(ctx.actor, 'contract.decide')
  const { version, verdict, what } = parse(decideExclusionInput, input)
  return transact(ctx, async (ctx) => {
    if (sideOf(ctx) === 'supplier') throw contractConflict('supplier', (t) => t.problems.supplierMayNot)
    await lockContracts(ctx)
    const found = (await lockExclusion(ctx, id)) ?? fail(notFound())
    requireVersion(found, version)
    if (found.state !== 'asked') throw contractConflict('decided', (t) => t.problems.exclusionDecided)
    const state = verdict === 'refuse' ? 'refused' : await acceptedAs(ctx, found)
    await decideExclusionRow(ctx, id, state)
    await announce(ctx, 'exclusion', id, 'exclusion.decided', { state }, what)
    return { id, state }
  })
}

// An exclusion is of the month or quarter in which the indicator counts the item.
function requireKind(
  ctx: TxContext,
  contract: LoadedContract,
  { period, indicator }: { period: string; indicator: string },
) {
  const found = inForceIn(contract, period, localDay(ctx)).indicators.find(({ code }) => code === indicator)
  if (found === undefined) throw wrongContract('indicator', (t) => t.problems.unknownIndicator(indicator))
  if (found.period !== kindOf(period))
    throw wrongContract('period', (t) => t.declare.wrongPeriodKind(indicator, found.period))
}

// Agreed needs two parties and notice to users before the request it concerns: asked by the other side, told in time.
async function acceptedAs(ctx: TxContext, asked: StoredExclusion): Promise<'agreed' | 'by_manager'> {
  const row: WorksheetRow | undefined = (await rowsOf(ctx, asked.period, asked.indicator)).find(
    ({ caseId }) => caseId === asked.caseId,
  )
  const isTold = asked.noticeAt !== null && row !== undefined && Date.parse(asked.noticeAt) < Date.parse(row.startAt)
  return asked.askedBy === 'supplier' && isTold ? 'agreed' : 'by_manager'
}

/** Exclusions of some periods, or all of them, with the numbers of their cases. */
export async function listExclusions(ctx: Context, periods: readonly string[] | null = null): Promise<ExclusionRow[]> {
  allow(ctx.actor, 'contract.read')
  return read(ctx, async (ctx) => {
    const rows = await selectExclusions(ctx, periods)
    const names = await nameCases(
      { ...ctx, actor: { ...ctx.actor, isSystem: true } },
      rows.map(({ caseId }) => caseId),
    )
    return rows.map(({ contractId: _, ...row }) => ({ ...row, number: names.get(row.caseId)?.number ?? '' }))
  })
}
