/** Anybody reports a barrier of accessibility: a tracked case, with a receipt and an answer due in thirty days. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { type Context, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { countUse } from '../../platform/network-use.ts'
import { fail } from '../../platform/problem.ts'
import { openCase } from '../servicedesk/open-case.ts'
import { insertBarrier, insertMail, takeAnswered } from './internal/citizen-queries.ts'
import { selectBarrierPerson } from './internal/legal-queries.ts'
import { type BarrierInput, barrierInput } from './legal-schema.ts'
import { nobodyFollows } from './rating-problems.ts'
import { citizenPeriods } from './rating-retention.ts'
import { ratingTexts } from './rating-texts.ts'

/** Reports from one network in a day. */
const mostADay = 10

/**
 * Opens a case in the name of whoever follows such reports for the administration; who writes gets a mail with its
 * number. The same report sent twice in a day is one case. What a program fills in is taken and thrown away.
 */
export async function reportBarrier(
  ctx: Context,
  input: BarrierInput,
  network: string,
): Promise<{ number: string | null }> {
  const report = parse(barrierInput, input)
  if (report.website !== '') return { number: null }
  await countUse(ctx.services, 'barrier', network, mostADay)
  const today = Temporal.Now.plainDateISO(ctx.zone)
  const dueOn = today.add({ days: citizenPeriods.barrierDays }).toString()
  const likeness = createHash('sha256')
    .update(JSON.stringify([today.toString(), report]))
    .digest('hex')
  return transact(ctx, async (ctx) => {
    const requesterId = (await selectBarrierPerson(ctx)) ?? fail(nobodyFollows())
    const t = ratingTexts.it.barrier
    const opened = await openCase(
      { ...ctx, idempotencyKey: likeness, actor: { ...ctx.actor, ...form, name: t.actor } },
      {
        kind: 'service_request',
        title: t.title(report.page).slice(0, 200),
        description: t.description(report, ratingTexts.it.day(dueOn)),
        requesterId,
      },
    )
    const mail = { id: randomUUIDv7(), address: report.email, language: ctx.language }
    await insertBarrier(ctx, { ...mail, caseId: opened.id, number: opened.number, dueOn })
    await insertMail(ctx, { ...mail, notice: 'barrier', number: opened.number, dueOn })
    await ctx.services.jobs.enqueue(ctx, 'transparency.send_citizen_mail', {})
    return { number: opened.number }
  })
}

/** Tells everybody whose case is over how it ended, in the words of the resolution, and forgets them. May run twice. */
export async function answerBarriers(ctx: Context): Promise<number> {
  return transact(ctx, async (ctx) => {
    const answered = await takeAnswered(ctx)
    for (const one of answered) await insertMail(ctx, { ...one, id: randomUUIDv7(), notice: 'answer' })
    return answered.length
  })
}

// The form acts as a program would that may open cases and nothing else; what comes is an arrival at the portal.
const form = { roles: ['program'], scopes: ['case.open'], partyKind: 'administration' } as const
