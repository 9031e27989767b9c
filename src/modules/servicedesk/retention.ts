/** Keeping and erasing by time: what the administration decided, what is due, and the nightly erasing itself. */
import { z } from 'zod'
import { systemContextFor } from '../../platform/auth/actors.ts'
import { type Context, read, type Services, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent, eraseText, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { listOrganisations } from '../organisation/set-up.ts'
import { lockCase } from './internal/case-queries.ts'
import { eraseCase } from './internal/erase-case.ts'
import {
  countDueCases,
  countDueTexts,
  lockDueCases,
  replacePeriods,
  selectDueTexts,
  selectPeriods,
  selectRetentionEvents,
} from './internal/erasure-queries.ts'
import { blankMailOf, countDueMails, lockDueMails } from './internal/mail-erasure-queries.ts'
import { wrongPeriod } from './retention-problems.ts'
import { type RetentionRule, type RuleId, retentionRules, ruleIds } from './retention-rules.ts'
import { type AdoptRetentionInput, adoptRetentionInput, type RetentionRun, retentionRun } from './retention-schema.ts'
import { retentionTexts } from './retention-texts.ts'

const casesAtOnce = 50
const textsAtOnce = 1000
/** A night's work: what is left waits for the next one. */
const mostBatches = 200

/** A rule with what was decided and how much is due; `due` counts up to 1,001 ("more than a thousand"). */
export type RuleStanding = RetentionRule & { decided: number | null; due: number }

/** Classes, periods and sources, what was erased last and what is due. */
export async function retentionStanding(ctx: Context) {
  allow(ctx.actor, 'retention.read')
  return read(ctx, async (ctx) => {
    const periods = await selectPeriods(ctx)
    const rules: RuleStanding[] = []
    for (const rule of retentionRules) {
      const decided = periods.get(rule.id) ?? null
      rules.push({ ...rule, decided, due: await countDue(ctx, rule.id, decided ?? rule.months) })
    }
    const [adopted] = await selectRetentionEvents(ctx, 'retention.adopted', 1)
    const runs = await selectRetentionEvents(ctx, 'retention.applied', 10)
    return {
      rules,
      adopted: adopted ? { at: adopted.at, by: adopted.by, act: actOf(adopted.content) } : null,
      runs: runs.map(({ at, payload }) => ({ at, ...retentionRun.parse(payload) })),
    }
  })
}

function actOf(content: string | null): string | null {
  return content === null ? null : z.object({ act: z.string() }).parse(JSON.parse(content)).act
}

function countDue(ctx: TxContext, id: RuleId, months: number): Promise<number> {
  const before = cutoff(ctx.zone, months)
  if (id === 'mail') return countDueMails(ctx, before)
  return id === 'people' || id === 'security' ? countDueTexts(ctx, id, before) : countDueCases(ctx, id, before)
}

/** The instant before which a period of months is over today. */
export function cutoff(zone: string, months: number, now = Temporal.Now.instant()): string {
  return now.toZonedDateTimeISO(zone).subtract({ months }).toInstant().toString()
}

/** Records which periods the administration decided on, with its act; from the next night they are carried out. */
export async function adoptRetention(ctx: Context, input: AdoptRetentionInput): Promise<void> {
  allow(ctx.actor, 'retention.adopt')
  const { act, months } = parse(adoptRetentionInput, input)
  const short = retentionRules.find(({ id, least }) => months[id] < least)
  if (short !== undefined) throw wrongPeriod(`months.${short.id}`, short.least)
  await transact(ctx, async (ctx) => {
    await replacePeriods(
      ctx,
      ruleIds.map((rule) => ({ rule, months: months[rule] })),
    )
    await about(ctx, 'retention.adopted', { months }, { act })
  })
}

async function about(
  ctx: TxContext,
  kind: 'retention.adopted' | 'retention.applied',
  payload: Record<string, unknown>,
  text?: Record<string, string>,
) {
  await appendEvent(ctx, {
    subjectType: 'retention',
    subjectId: ctx.organisationId,
    kind,
    version: 1,
    witness: witnessOf(ctx),
    payload,
    text,
    retention: 'organisation',
  })
  ctx.services.live.announce(ctx)
}

/**
 * Erases what is over its time, oldest first, a batch a transaction, at most a night's work. Nothing until the
 * administration has decided. May run twice: what is erased is not due any more.
 */
export async function applyRetention(ctx: Context): Promise<RetentionRun> {
  const periods = await read(ctx, selectPeriods)
  const run: RetentionRun = { cases: 0, texts: 0, byRule: {} }
  let batches = 0
  for (const { id } of retentionRules) {
    const months = periods.get(id)
    if (months === undefined) continue
    const before = cutoff(ctx.zone, months)
    while (batches < mostBatches) {
      batches += 1
      const done = await transact(ctx, (ctx) => eraseBatch(ctx, id, before))
      run.cases += done.cases
      run.texts += done.texts
      if (done.items > 0) run.byRule[id] = (run.byRule[id] ?? 0) + done.items
      if (done.items === 0) break
    }
  }
  if (run.cases + run.texts > 0) await transact(ctx, (ctx) => about(ctx, 'retention.applied', run))
  return run
}

async function eraseBatch(ctx: TxContext, rule: RuleId, before: string) {
  const reason = retentionTexts.it.reason
  if (rule === 'people' || rule === 'security') {
    const texts = await eraseText(ctx, await selectDueTexts(ctx, rule, before, textsAtOnce), reason)
    return { cases: 0, texts, items: texts }
  }
  if (rule === 'mail') {
    const ids = await lockDueMails(ctx, before, textsAtOnce)
    const texts = await eraseText(ctx, await blankMailOf(ctx, ids), reason)
    return { cases: 0, texts, items: ids.length }
  }
  const ids = await lockDueCases(ctx, rule, before, casesAtOnce)
  let texts = 0
  for (const id of ids) {
    const found = await lockCase(ctx, id)
    if (found !== undefined) texts += await eraseCase(ctx, found, reason)
  }
  return { cases: ids.length, texts, items: ids.length }
}

/** The nightly job, for every administration. */
export async function applyRetentionEverywhere(services: Services): Promise<void> {
  for (const { id } of await listOrganisations(services))
    await applyRetention(await systemContextFor(services, id, 'Conservazione'))
}
