/** The words of a mail, from facts. Pure. */
import { replyLine } from '../../../platform/mail/reply-line.ts'
import type { Language } from '../../../platform/texts.ts'
import { noticesEn } from '../texts/notices-en.ts'
import { noticesIt } from '../texts/notices-it.ts'
import { mailDay, mailTime, since } from './mail-dates.ts'
import type { CaseNotice } from './notices.ts'

export const noticeTexts = { it: noticesIt, en: noticesEn }

/** What a mail about a case may say. Empty or null is what there is not, or is not there any more. */
export type NoticeFacts = {
  notice: CaseNotice
  givenName: string
  number: string
  title: string
  isReserved: boolean
  /** When what is told happened. */
  at: string
  /** What staff wrote: the answer, the question, the resolution, a reason. */
  words: string
  isInPerson: boolean
  promisedFor: string | null
  promisedBefore: string | null
  closesAt: string | null
  otherNumber: string | null
  caseUrl: string
  linkUrl: string | null
}

export type Frame = { language: Language; zone: string; now: string; organisationName: string }
export type Written = { subject: string; text: string }

type Texts = typeof noticesIt

/** Subject and text of a mail about a case. Of a reserved one only the number and where to sign in. */
export function letterOf(facts: NoticeFacts, frame: Frame): Written {
  const t = noticeTexts[frame.language]
  const title = facts.isReserved ? '' : oneLine(facts.title)
  const body = facts.isReserved ? [t.reserved(facts.number)] : bodies[facts.notice](facts, frame, t)
  const text = [
    replyLine(frame.language),
    t.greeting(facts.givenName),
    ...body,
    `${t.see}\n${facts.caseUrl}`,
    `${t.signature(frame.organisationName)}\n${t.automatic}`,
  ]
  return { subject: t.subject(facts.number, title), text: paragraphs(text) }
}

/** A mail that is not about a case: greeting, paragraphs, signature. */
export function plainLetter(subject: string, givenName: string, body: readonly string[], frame: Frame): Written {
  const t = noticeTexts[frame.language]
  const text = [t.greeting(givenName), ...body, `${t.signature(frame.organisationName)}\n${t.automatic}`]
  return { subject, text: paragraphs(text) }
}

type Body = (facts: NoticeFacts, frame: Frame, t: Texts) => string[]

const bodies: Record<CaseNotice, Body> = {
  opened: ({ number, title }, _, t) => [t.opened(number, oneLine(title)), t.openedNext],
  receipt: ({ isInPerson, number, title, at, linkUrl }, frame, t) => [
    t.receipt[isInPerson ? 'in_person' : 'phone'](number, mailTime({ ...frame, at })),
    ...given(oneLine(title), t.receiptAbout),
    ...given(linkUrl, (url) => `${t.receiptLink}\n${url}`),
  ],
  taken: ({ at }, frame, t) => [t.taken(since({ ...frame, at }))],
  promised: ({ promisedFor, promisedBefore, words, at }, frame, t) => {
    const when = mailTime({ ...frame, at: promisedFor ?? at })
    const first =
      promisedBefore === null ? t.promised(when) : t.promisedAgain(when, mailTime({ ...frame, at: promisedBefore }))
    return [first, ...given(words, t.reason)]
  },
  replied: ({ words }, _, t) => [t.replied, words],
  asked: ({ words, linkUrl }, _, t) => [
    ...(words === '' ? [t.askedBare] : [t.asked, words]),
    t.askedNext,
    ...given(linkUrl, (url) => `${t.askedLink}\n${url}`),
  ],
  resolved: ({ words, linkUrl, closesAt }, frame, t) => [
    t.resolved,
    ...given(words, (how) => `${t.resolvedHow}\n${how}`),
    ...given(linkUrl, (url) => `${t.resolvedAsk}\n${url}`),
    ...given(closesAt, (at) => t.resolvedUntil(mailTime({ ...frame, at }))),
  ],
  closed_silent: (_, __, t) => [t.closedSilent],
  cancelled: ({ words }, _, t) => [t.cancelled, ...given(words, t.reason), t.cancelledNext],
  refused: ({ words }, _, t) => [t.refused, ...given(words, t.reason)],
  duplicate: ({ otherNumber }, _, t) => [t.duplicate(otherNumber)],
}

/** The day of a head as a subject says it, always with its year. */
export function headDay(day: string, language: Language): string {
  const at = `${day}T12:00:00Z`
  return mailDay({ at, now: '1970-01-01T00:00:00Z', zone: 'UTC', language })
}

function given(value: string | null, say: (value: string) => string): string[] {
  return value === null || value === '' ? [] : [say(value)]
}

function paragraphs(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}

// A title is one line of a subject: what would begin another header never gets there.
function oneLine(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 99).trimEnd()}…` : line
}
