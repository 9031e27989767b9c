/** The cases of an outage: "capita anche a me", joining from the queue, and what its end does to them. */
import { type Context, read, systemActor, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { log } from '../../platform/log.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound, Problem } from '../../platform/problem.ts'
import { type LockedCase, lockCase } from './internal/case-queries.ts'
import { recordHappening, selectHappenings } from './internal/knowledge-record.ts'
import { isAllowed } from './internal/lifecycle.ts'
import { caseNumber } from './internal/number.ts'
import {
  deleteJoining,
  lockJoining,
  markSettled,
  saveJoining,
  selectMyJoining,
  selectUnsettled,
} from './internal/outage-case-queries.ts'
import { caseFor, record } from './internal/record.ts'
import { standing } from './knowledge-problems.ts'
import { openCase } from './open-case.ts'
import { joinCasesInput, type MeTooOutcome } from './outage-schema.ts'
import { openOutageFor } from './outages.ts'
import { forEachCase } from './several-cases.ts'
import { knowledgeIt } from './texts/knowledge-it.ts'
import type { BulkOutcome } from './view-schema.ts'
import { resolveCase } from './work-case.ts'

/** "Capita anche a me": opens the person's case under the outage, once; the second press finds the first. */
export async function sayMeToo(ctx: Context, outageId: string): Promise<MeTooOutcome> {
  allow(ctx.actor, 'outage.notice')
  return transact(ctx, async (ctx) => {
    const outage = await openOutageFor(ctx, outageId)
    const mine = await selectMyJoining(ctx, outageId)
    if (mine) return { id: mine.id, number: caseNumber(mine.number, mine.opened_at, ctx.zone), isNew: false }
    // The outage's own lock makes it once; a form token would claim the case for itself.
    const { idempotencyKey: _, ...plain } = ctx
    const description = knowledgeIt.known.meTooSaid
    const opened = await openCase(plain, { kind: 'incident', title: outage.title, description })
    await join(ctx, outageId, opened.id, 'me_too')
    const found = (await lockCase(ctx, opened.id)) ?? fail(notFound())
    // Entrusted to who works at the outage, by SITEC: who asks entrusts nothing.
    await entrustNew({ ...ctx, actor: systemActor('Guasto noto'), door: 'job' }, found, outage.team_id)
    return { id: opened.id, number: opened.number, isNew: true }
  })
}

/** Joins cases to an outage, each on its own; says which went and why the others did not. */
export async function joinCases(
  ctx: Context,
  outageId: string,
  input: { cases: { id: string; version?: number | undefined }[] },
): Promise<BulkOutcome> {
  allow(ctx.actor, 'outage.manage')
  const { cases } = parse(joinCasesInput, input)
  // Said once for all when the outage itself is not there or is over.
  await transact(ctx, (ctx) => openOutageFor(ctx, outageId))
  return forEachCase(ctx, cases, ({ id, version }) =>
    transact(ctx, async (ctx) => {
      const outage = await openOutageFor(ctx, outageId)
      const found = await caseFor(ctx, id, 'assign', 'case.assign', version)
      const joined = await lockJoining(ctx, id)
      if (joined?.outage_id === outageId) throw standing('already_joined', (t) => t.alreadyJoined)
      if (joined?.state === 'open') throw standing('joined_elsewhere', (t) => t.joinedElsewhere(joined.title))
      await join(ctx, outageId, id, 'agent')
      await entrustNew(ctx, found, outage.team_id)
    }),
  )
}

/** Takes a case out of an open outage: it was something else. */
export async function separateCase(ctx: Context, outageId: string, caseId: string): Promise<void> {
  allow(ctx.actor, 'outage.manage')
  await transact(ctx, async (ctx) => {
    await openOutageFor(ctx, outageId)
    const found = (await lockCase(ctx, caseId)) ?? fail(notFound())
    allow(ctx.actor, 'case.assign', found)
    if ((await lockJoining(ctx, caseId))?.outage_id !== outageId) fail(notFound())
    await recordHappening(ctx, {
      subjectType: 'outage',
      subjectId: outageId,
      kind: 'outage.left',
      payload: { caseId },
    })
    await deleteJoining(ctx, caseId)
  })
}

async function join(ctx: TxContext, outageId: string, caseId: string, how: 'me_too' | 'agent') {
  const at = await recordHappening(ctx, {
    subjectType: 'outage',
    subjectId: outageId,
    kind: 'outage.joined',
    payload: { caseId, how },
  })
  await saveJoining(ctx, { outageId, caseId, at, how })
}

// A case nobody has yet goes to who works at the outage; whoever holds one keeps it.
async function entrustNew(ctx: TxContext, found: LockedCase, teamId: string) {
  if (found.state === 'new') await record(ctx, found, { kind: 'case.assigned', version: 1, payload: { teamId } })
}

const batch = 50

/**
 * What the end of an outage does: each of its open cases is marked as resolved with the text of the closing, in a
 * transaction of its own. Runs as often as it likes: a case that was reached once is left alone, also when its asker
 * reopened it. One that refuses stays on the outage's page, to be done by hand.
 */
export async function settleOutage(ctx: Context, outageId: string): Promise<{ settled: number; refused: number }> {
  const note = await closingWords(ctx, outageId)
  const count = { settled: 0, refused: 0 }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const ids = await read(ctx, (ctx) => selectUnsettled(ctx, outageId, after, batch))
    for (const id of ids) {
      try {
        await settleCase(ctx, outageId, id, note)
        count.settled += 1
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        log.info('outage.case_refused', { case: id, code: error.code })
        count.refused += 1
      }
    }
    const last = ids.at(-1)
    if (last === undefined) return count
    after = last
  }
}

async function settleCase(ctx: Context, outageId: string, caseId: string, note: string) {
  await transact(ctx, async (ctx) => {
    const found = (await lockCase(ctx, caseId)) ?? fail(notFound())
    const joining = await lockJoining(ctx, caseId)
    if (joining?.outage_id !== outageId || joining.settled_at !== null) return
    if (found.state === 'new') {
      allow(ctx.actor, 'case.assign', found)
      await entrustNew(ctx, found, joining.team_id)
      await resolveCase(ctx, caseId, { note })
    } else if (isAllowed(found.kind, 'resolve', found.state)) {
      await resolveCase(ctx, caseId, { note })
    }
    await markSettled(ctx, caseId)
    ctx.services.live.announce(ctx)
  })
}

async function closingWords(ctx: Context, outageId: string): Promise<string> {
  const happened = await read(ctx, (ctx) => selectHappenings(ctx, 'outage', outageId, 50))
  const closing = happened.find((one) => one.kind === 'outage.closed')
  const content: { body?: string } = closing?.content ? JSON.parse(closing.content) : {}
  return content.body ?? knowledgeIt.outages.closedNote
}
