/** The links in mails: what their page shows, and the one act each of them does, once, for the person it was sent to. */
import { actAs, systemContextFor } from '../../platform/auth/actors.ts'
import { type Attempt, countWrong, refuseTooMany } from '../../platform/auth/lockout.ts'
import { type Context, read, type Services, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import type { Action } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { platformTexts, say } from '../../platform/texts.ts'
import { confirmCase, reopenCase } from './answer-case.ts'
import { replyToCase } from './converse.ts'
import { wordsOf } from './internal/compose.ts'
import { type CaseState, stateClass } from './internal/lifecycle.ts'
import { findLink, type LinkAct, type LinkRow, markUsed, selectLink } from './internal/mail-link-queries.ts'
import type { LinkPurpose } from './internal/notices.ts'
import { caseNumber } from './internal/number.ts'
import { type LinkInput, linkInput } from './notice-schema.ts'
import { linkActUnfit } from './problems.ts'
import { correctCall } from './reclassify.ts'

/** What is known of every link that is one. Words are left out of a reserved case. */
type Known = { purpose: LinkPurpose; number: string; organisationName: string; zone: string; isDemo: boolean }

/** What the page of a link shows. `moved`: the case went on without it; `state` says where to. */
export type LinkView =
  | { standing: 'unknown' }
  | (Known & { standing: 'expired'; at: string })
  | (Known & { standing: 'used'; act: LinkAct; at: string })
  | (Known & { standing: 'moved'; state: CaseState; isSilent: boolean })
  | (Known & {
      standing: 'open'
      title: string
      words: string
      calledAt: string
      calledLocal: string
      expiresAt: string
    })

/** What each purpose may do, and nothing else. */
const scopes: Record<LinkPurpose, readonly Action[]> = {
  answer: ['case.read', 'case.answer'],
  reply: ['case.read', 'case.reply'],
  receipt: ['case.read', 'case.answer'],
}

/** Looks a link up without changing anything: a program that follows links does nothing by it. */
export async function openLink(services: Services, token: string, network: string): Promise<LinkView> {
  const found = await lookUp(services, token, network)
  if (found === undefined) return { standing: 'unknown' }
  const ctx = await systemContextFor(services, found.organisation_id, 'Collegamento per posta')
  return read(ctx, async (ctx) => {
    const link = await selectLink(ctx, found.id, false)
    // Who left reads no more than they may do.
    if (link === undefined || (await actorOf(services, ctx, link)) === null) return { standing: 'unknown' }
    return viewOf(ctx, link)
  })
}

/**
 * Does the one act of a link, as the person it was sent to, at the door `link`. Of two who press at once one acts. What
 * no longer can be done changes nothing: the view says why.
 */
export async function actOnLink(services: Services, token: string, given: unknown, network: string): Promise<LinkView> {
  const found = await lookUp(services, token, network)
  if (found === undefined) return { standing: 'unknown' }
  const input = parse(linkInput, given)
  const system = await systemContextFor(services, found.organisation_id, 'Collegamento per posta')
  return transact(system, async (ctx) => {
    const link = await selectLink(ctx, found.id, true)
    if (link === undefined) return { standing: 'unknown' }
    const view = viewOf(ctx, link)
    if (view.standing !== 'open') return view
    const asker = await actorOf(services, ctx, link)
    if (asker === null) return { standing: 'unknown' }
    await act({ ...ctx, ...asker }, link, input)
    await markUsed(ctx, link.id, input.act)
    return viewOf(ctx, (await selectLink(ctx, link.id, false)) ?? link)
  })
}

// Guessing 256 bits is hopeless; the pause keeps those who try from wearing the database out. A good link always opens:
// a whole city may come from one address, and one who tries must not shut the others out.
async function lookUp(services: Services, token: string, network: string) {
  const attempts: Attempt[] = [{ of: 'link', who: network }]
  const found = await findLink(services, token)
  if (found !== undefined) return found
  await refuseTooMany(services, attempts)
  await countWrong(services, attempts)
  return undefined
}

/** The person of the link, narrowed to what it is for; null when they left. */
async function actorOf(
  services: Services,
  ctx: TxContext,
  link: LinkRow,
): Promise<Pick<Context, 'actor' | 'door'> | null> {
  const context = await actAs(services, ctx.organisationId, link.person_id, 'link')
  if (context === null) return null
  const narrow = { roles: ['employee'] as const, teamIds: [], officeIds: [], scopes: scopes[link.purpose] }
  return { actor: { ...context.actor, ...narrow }, door: 'link' }
}

const purposeOf: Record<LinkAct, LinkPurpose> = {
  confirmed: 'answer',
  partly: 'answer',
  no: 'answer',
  replied: 'reply',
  call_confirmed: 'receipt',
  call_corrected: 'receipt',
}

async function act(ctx: TxContext, link: LinkRow, input: LinkInput): Promise<unknown> {
  if (purposeOf[input.act] !== link.purpose) throw linkActUnfit()
  switch (input.act) {
    case 'confirmed':
      return confirmCase(ctx, link.case_id)
    case 'partly':
    case 'no': {
      const answer = { reason: input.reason, extent: input.act }
      return reopenCase(ctx, link.case_id, answer)
    }
    case 'replied':
      return replyToCase(ctx, link.case_id, { body: input.body })
    case 'call_confirmed':
      return correctCall(ctx, link.case_id, { calledAt: new Date(link.called_at).toISOString() })
    case 'call_corrected':
      return correctCall(ctx, link.case_id, { calledAt: instantOf(input.calledAt, ctx.zone) })
  }
}

// What the field of a page gives: day and hour where the administration is.
function instantOf(local: string, zone: string): string {
  try {
    const instant = Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant()
    if (Temporal.Instant.compare(instant, Temporal.Now.instant()) <= 0) return instant.toString()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return fail(invalid([{ path: 'calledAt', say: say(platformTexts, (t) => t.problems.fields.wrongFormat) }]))
}

/** How a link stands. Pure. */
function viewOf(ctx: TxContext, link: LinkRow): LinkView {
  const known: Known = {
    purpose: link.purpose,
    number: caseNumber(link.number, link.opened_at, ctx.zone),
    organisationName: ctx.organisationName,
    zone: ctx.zone,
    isDemo: ctx.isDemo,
  }
  if (link.used_at !== null && link.used_act !== null)
    return { ...known, standing: 'used', act: link.used_act, at: link.used_at }
  if (hasMoved(link)) return { ...known, standing: 'moved', state: link.state, isSilent: link.closed_how === 'silence' }
  if (link.is_expired) return { ...known, standing: 'expired', at: link.expires_at }
  return {
    ...known,
    standing: 'open',
    title: link.is_reserved ? '' : link.title,
    words: link.is_reserved || link.purpose === 'receipt' ? '' : wordsOf(link),
    calledAt: link.called_at,
    calledLocal: localMinute(link.called_at, ctx.zone),
    expiresAt: link.expires_at,
  }
}

// As the field of a page takes it: day and hour where the administration is.
function localMinute(at: string, zone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}

// Answered elsewhere, closed, or asked anew with a newer mail: what this link asked is no longer the question.
function hasMoved(link: LinkRow): boolean {
  if (stateClass[link.state] === 'final') return true
  if (link.purpose === 'answer') return link.state !== 'resolved' || !link.is_newest
  if (link.purpose === 'reply') return link.waiting_for !== 'user' || !link.is_newest
  return false
}
