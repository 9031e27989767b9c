/** The link in the mail to an office's contact: what its page shows, and its one act, for the person it was sent to. */

import { createHash } from 'node:crypto'
import { actAs, systemContextFor } from '../../platform/auth/actors.ts'
import { type Attempt, countWrong, refuseTooMany } from '../../platform/auth/lockout.ts'
import { type Context, read, type Services, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { type Action, may } from '../../platform/permissions.ts'
import { confirmDecision, contestDecision } from './decide.ts'
import { decisionConflict, decisionField } from './decision-problems.ts'
import { type DecisionRow, linkAnswerInput } from './decision-schema.ts'
import {
  type DecisionLinkRow,
  findDecisionLink,
  markDecisionLink,
  selectDecisionLink,
} from './internal/decision-link-queries.ts'
import { selectDecisionsById } from './internal/decision-list-queries.ts'

type Known = { organisationName: string; zone: string; isDemo: boolean; rows: DecisionRow[] }

/** What the page of a link shows. `seen` is the digest of what can be answered: a form that showed something else is stale. */
export type DecisionLinkView =
  | { standing: 'unknown' }
  | (Known & { standing: 'expired'; at: string })
  | (Known & { standing: 'used'; at: string })
  | (Known & { standing: 'moved' })
  | (Known & { standing: 'open'; seen: string })

/** What the link may do, and nothing else. */
const scopes: readonly Action[] = ['mailboxes.read', 'mailboxes.confirm']

/** Looks a link up without changing anything: a program that follows links does nothing by it. */
export async function openDecisionLink(services: Services, token: string, network: string): Promise<DecisionLinkView> {
  const found = await lookUp(services, token, network)
  if (found === undefined) return { standing: 'unknown' }
  const system = await systemContextFor(services, found.organisation_id, 'Collegamento per posta')
  return read(system, async (ctx) => {
    const link = await selectDecisionLink(ctx, found.id, false)
    const person = link === undefined ? null : await actorOf(ctx, link)
    return link === undefined || person === null ? { standing: 'unknown' } : viewOf({ ...ctx, ...person }, link)
  })
}

/**
 * Answers all proposals of a link at once, as the person it was sent to, at the door `link`: all confirmed, or some contested
 * with the reason and the others confirmed. Of two who press at once one acts. What no longer can be answered changes nothing.
 */
export async function answerDecisionLink(
  services: Services,
  token: string,
  given: unknown,
  network: string,
): Promise<DecisionLinkView> {
  const found = await lookUp(services, token, network)
  if (found === undefined) return { standing: 'unknown' }
  const input = parse(linkAnswerInput, given)
  const system = await systemContextFor(services, found.organisation_id, 'Collegamento per posta')
  return transact(system, async (ctx) => {
    const link = await selectDecisionLink(ctx, found.id, true)
    const person = link === undefined ? null : await actorOf(ctx, link)
    if (link === undefined || person === null) return { standing: 'unknown' }
    const own = { ...ctx, ...person }
    const view = await viewOf(own, link)
    if (view.standing !== 'open') return view
    if (input.seen !== view.seen) throw decisionConflict('stale', (t) => t.staleLink)
    const contested = input.act === 'answer' ? view.rows.filter(({ id }) => input.contested.includes(id)) : []
    if (input.act === 'answer' && contested.length > 0) await contestWith(own, contested, input.reason)
    const confirmed = view.rows.filter((row) => row.state === 'proposed' && !contested.includes(row))
    if (confirmed.length > 0) await confirmDecision(own, { decisions: confirmed.map(namedOf) })
    await markDecisionLink(ctx, link.id)
    return viewOf(own, (await selectDecisionLink(ctx, link.id, false)) ?? link)
  })
}

async function contestWith(ctx: Context, rows: readonly DecisionRow[], reason: string) {
  if (reason.length < 3) throw invalid([decisionField('reason', (t) => t.reasonMissing)])
  await contestDecision(ctx, { decisions: rows.map(namedOf), reason })
}

const namedOf = ({ id, version }: DecisionRow) => ({ id, version })

// Guessing 256 bits is hopeless; the pause keeps those who try from wearing the database out. A good link always opens.
async function lookUp(services: Services, token: string, network: string) {
  const attempts: Attempt[] = [{ of: 'link', who: network }]
  const found = await findDecisionLink(services, token)
  if (found !== undefined) return found
  await refuseTooMany(services, attempts)
  await countWrong(services, attempts)
  return undefined
}

/** The person of the link, narrowed to what it is for; null when they left or answer for no office any more. */
async function actorOf(ctx: TxContext, link: DecisionLinkRow): Promise<Pick<Context, 'actor' | 'door'> | null> {
  const context = await actAs(ctx.services, ctx.organisationId, link.personId, 'link')
  if (context === null || !may(context.actor, 'mailboxes.confirm')) return null
  return { actor: { ...context.actor, roles: ['office_contact'], teamIds: [], scopes }, door: 'link' }
}

async function viewOf(ctx: TxContext, link: DecisionLinkRow): Promise<DecisionLinkView> {
  const all = await selectDecisionsById(ctx, link.decisionIds)
  // Who changed offices since reads no more than they may do.
  const rows = all.filter(({ officeId }) => may(ctx.actor, 'mailboxes.confirm', { officeId }))
  const known: Known = { organisationName: ctx.organisationName, zone: ctx.zone, isDemo: ctx.isDemo, rows }
  if (link.usedAt !== null) return { ...known, standing: 'used', at: link.usedAt }
  const open = rows.filter(({ state }) => state === 'proposed')
  if (open.length === 0) return { ...known, standing: 'moved' }
  if (link.isExpired) return { ...known, rows: [], standing: 'expired', at: link.expiresAt }
  const seen = createHash('sha256')
    .update(open.map(({ id, version }) => `${id}:${version}`).join(' '))
    .digest('hex')
  return { ...known, rows: open, standing: 'open', seen }
}
