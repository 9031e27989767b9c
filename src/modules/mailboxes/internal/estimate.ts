/** How long copies take: by messages, by bytes, and by what the target takes in a day. Pure. */
import { gmailLimits, projectUnitsADay, unitsAMessage } from './gmail-limits.ts'

export type Load = { messages: number; bytes: number }
/** Measured, or what is assumed until something was measured. */
export type Speed = { messagesPerSecond: number; bytesPerSecond: number }
export type Estimate = { seconds: number; days: number }

/** Over a network of the usual kind, one mailbox alone; docs/guida/migrazione-posta.md says where it comes from. */
export const defaultSpeed: Speed = { messagesPerSecond: 40, bytesPerSecond: 1_500_000 }

const daySeconds = 86_400

/** How fast one mailbox goes through the Gmail API: what a user may spend in a minute bounds it. */
export function gmailSpeed(unitsPerMinute: number | null): Speed {
  const messagesPerSecond = (unitsPerMinute ?? gmailLimits.unitsPerMinute) / 60 / unitsAMessage
  return { ...defaultSpeed, messagesPerSecond: Math.min(messagesPerSecond, defaultSpeed.messagesPerSecond) }
}

/** All mailboxes together, where the project has so many units a day for them. */
export function withinProject({ seconds, days }: Estimate, messages: number): Estimate {
  const fullDays = Math.max(0, Math.ceil((messages * unitsAMessage) / projectUnitsADay) - 1)
  return { seconds: Math.max(seconds, fullDays * daySeconds), days: Math.max(days, fullDays + 1) }
}

/** One mailbox. `dailyBytes`: what the target takes from one account in a day; what is over it waits for the next. */
export function estimateMailbox(load: Load, speed: Speed, dailyBytes: number | null): Estimate {
  const seconds = Math.ceil(Math.max(load.messages / speed.messagesPerSecond, load.bytes / speed.bytesPerSecond))
  const fullDays = dailyBytes === null ? 0 : Math.max(0, Math.ceil(load.bytes / dailyBytes) - 1)
  if (fullDays === 0 || dailyBytes === null) return { seconds, days: Math.ceil(seconds / daySeconds) }
  const rest = (load.bytes - fullDays * dailyBytes) / load.bytes
  const waited = Math.max(seconds, fullDays * daySeconds + Math.ceil(seconds * rest))
  return { seconds: waited, days: Math.ceil(waited / daySeconds) }
}

/** So many at once: not less than the longest, not less than all of them shared out. */
export function estimateWave(estimates: readonly Estimate[], atOnce: number): Estimate {
  const longest = Math.max(0, ...estimates.map(({ seconds }) => seconds))
  const all = estimates.reduce((sum, { seconds }) => sum + seconds, 0)
  const seconds = Math.max(longest, Math.ceil(all / atOnce))
  return { seconds, days: Math.ceil(seconds / daySeconds) }
}

/** What is left of a copy under way; null while nothing moves. */
export function secondsLeft(left: number, messagesPerSecond: number | null): number | null {
  if (left <= 0) return 0
  return messagesPerSecond === null || messagesPerSecond <= 0 ? null : Math.ceil(left / messagesPerSecond)
}
