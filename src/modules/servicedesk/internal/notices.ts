/** Which event of a case is told to whom, as data. Pure: no clock, no database. */
import type { Door } from '../../../platform/context.ts'

export const caseNotices = [
  'opened',
  'receipt',
  'taken',
  'promised',
  'replied',
  'asked',
  'resolved',
  'closed_silent',
  'cancelled',
  'refused',
  'duplicate',
] as const
export type CaseNotice = (typeof caseNotices)[number]
/** Mails that a module above writes, about a subject of its own. */
export const subjectNotices = ['delivery', 'wave_before', 'wave_day', 'wave_after'] as const
export type SubjectNotice = (typeof subjectNotices)[number]
/** Mails of a day that a module above writes. */
export const dayNotices = ['mailbox_decisions'] as const
export type DayNotice = (typeof dayNotices)[number]
/** What a mail tells of: an event of a case, the daily head of the chain, or what a module above knows. */
export const notices = [...caseNotices, 'daily_head', ...subjectNotices, ...dayNotices] as const
export type Notice = (typeof notices)[number]

/** Whether a notice is about a case. */
export function isCaseNotice(notice: Notice): notice is CaseNotice {
  return caseNotices.some((one) => one === notice)
}

export const linkPurposes = ['answer', 'reply', 'receipt'] as const
/** What the link in a mail lets its reader do without signing in: say whether it is resolved, answer, correct a call. */
export type LinkPurpose = (typeof linkPurposes)[number]

/** The link that goes with a notice. */
export const linkOf: Record<CaseNotice, LinkPurpose | null> = {
  opened: null,
  receipt: 'receipt',
  taken: null,
  promised: null,
  replied: null,
  asked: 'reply',
  resolved: 'answer',
  closed_silent: null,
  cancelled: null,
  refused: null,
  duplicate: null,
}

/** An event as far as telling goes. */
export type Told = { kind: string; payload: Record<string, unknown> }
/** The case before the event. */
export type ToldCase = { requesterId: string; takenAt: string | null }
/** Whose act it was, through which door, and how long before it was recorded it happened. */
export type ToldBy = { personId: string | null; door: Door; agoMs: number }

type Rule = (event: Told, before: ToldCase) => CaseNotice | null

const isSpoken = (channel: unknown) => channel === 'phone' || channel === 'in_person'

/** The requester is told of these; of anything else nobody is. */
const rules: Record<string, Rule> = {
  // Who called has nothing in hand: the receipt says when, and can be corrected.
  'case.opened': ({ payload }) => (isSpoken(payload.channel) ? 'receipt' : 'opened'),
  // Passing from hand to hand is the desk's own affair.
  'case.taken': (_, before) => (before.takenAt === null ? 'taken' : null),
  'case.promised': () => 'promised',
  'case.replied': ({ payload }) => (payload.visibility === 'public' && payload.isRequester !== true ? 'replied' : null),
  'case.asked': () => 'asked',
  'case.resolved': () => 'resolved',
  'case.closed_silent': () => 'closed_silent',
  'case.cancelled': () => 'cancelled',
  'case.refused': () => 'refused',
  'case.duplicate_marked': () => 'duplicate',
}

/** What is loaded so long after it happened is history: it is told to nobody. */
const newsMs = 3 * 86_400_000

/**
 * What the requester is told of an event, if anything. Never what they did themselves: they saw it done. Except a mail
 * of theirs that opened a case, which no page has answered.
 */
export function noticeOf(event: Told, before: ToldCase, by: ToldBy): CaseNotice | null {
  const notice = rules[event.kind]?.(event, before) ?? null
  if (notice === null) return null
  if (by.door === 'import' && (by.agoMs > newsMs || event.kind === 'case.opened')) return null
  const isOwnAct = by.personId === before.requesterId
  return isOwnAct && !(notice === 'opened' && by.door === 'mail') ? null : notice
}

/** Seconds until the next attempt after so many; null when it is given up, after some four days. */
export function nextAttemptIn(attempts: number): number | null {
  return attempts > 50 ? null : Math.min(60 * 2 ** (attempts - 1), 7200)
}

/** More than this many mails in ten minutes to one address are a loop, whatever makes them. */
export const mostInTenMinutes = 20
/** What waited longer than this is no news any more; an administrator may still let it go. */
export const staleAfterMs = 7 * 86_400_000
/** How long a link is good, where nothing else ends it sooner. */
export const linkLifeMs = 14 * 86_400_000

/** Why a mail does not go: they left, their address came back, too many at once, no news any more, nothing left to say. */
export const holds = ['left', 'bounced', 'too_many', 'too_old', 'erased'] as const
export type Hold = (typeof holds)[number]

/** The lists of the page: what did not go, what waits, what went. */
export const outgoingViews = ['stuck', 'waiting', 'sent'] as const
export type OutgoingView = (typeof outgoingViews)[number]
