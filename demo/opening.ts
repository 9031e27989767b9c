/** How a case begins: who asks, through which door, in which words. */
import type { CaseKind } from '../src/modules/servicedesk/internal/lifecycle.ts'
import type { OpeningFacts } from '../src/modules/servicedesk/open-case.ts'
import type { Channel } from '../src/modules/servicedesk/vocabulary.ts'
import { isOpen } from '../src/platform/calendar.ts'
import type { Door } from '../src/platform/context.ts'
import type { DemoPerson } from './city.ts'
import type { Random } from './random.ts'
import type { Stage } from './stage.ts'
import type { Opening } from './story.ts'
import { wordsFor } from './words.ts'

/** What is asked again, by whom: it counts as a repetition of the case it repeats. */
export type Again = Pick<Opening, 'asker' | 'title' | 'description' | 'about' | 'topic'> & {
  details: Partial<OpeningFacts>
}

const doorOf = { portal: 'portal', phone: 'desk', mail: 'mail', in_person: 'desk' } as const satisfies Partial<
  Record<Channel, Door>
>
type DemoChannel = keyof typeof doorOf

/** The opening of a case that reaches the desk at an instant; `again` gives it the words of an earlier one. */
export function openingAt(
  stage: Stage,
  kind: CaseKind,
  number: number,
  recordedMs: number,
  asker: DemoPerson,
  again: Again | null = null,
): Opening {
  const { random, city } = stage
  const channel = channelFor(random, kind, isOpen(stage.rules.calendar, recordedMs))
  const agent = random.pick(stage.agents)
  const words = again ?? wordsFor(stage, kind, channel === 'mail', recordedMs)
  const office = city.offices.find((one) => one.id === asker.officeId)
  const site = city.sites.find((one) => one.id === office?.siteId)
  const isAsked = kind === 'incident' && channel !== 'mail'
  return {
    id: random.uuid(recordedMs),
    recordedMs,
    calledMs: channel === 'phone' ? calledBefore(stage, recordedMs) : null,
    facts: {
      kind,
      canWork: isAsked ? random.pick(['yes', 'partly', 'partly', 'no'] as const) : 'yes',
      onlyMe: isAsked ? random.chance(0.85) : true,
      number,
      requesterId: asker.id,
      officeId: asker.officeId,
      channel,
      agreementId: city.agreementId,
      ...words.details,
    },
    asker,
    agent,
    actor: channel === 'phone' ? agent : channel === 'in_person' ? random.pick(stage.field.members) : asker,
    door: doorOf[channel],
    topic: words.topic,
    title: words.title,
    description: words.description,
    about: words.about,
    place: [site?.name, asker.room].filter(Boolean).join(', '),
  }
}

// Outside office hours nobody answers the phone. A kind with fields of its own does not come by mail.
function channelFor(random: Random, kind: CaseKind, isOfficeOpen: boolean): DemoChannel {
  const isPlain = kind === 'incident' || kind === 'service_request'
  const chance = random.next()
  if (!isOfficeOpen) return isPlain && chance < 0.3 ? 'mail' : 'portal'
  if (isPlain) return chance < 0.42 ? 'portal' : chance < 0.82 ? 'phone' : chance < 0.96 ? 'mail' : 'in_person'
  if (kind === 'application_support' || kind === 'defect') return chance < 0.6 ? 'portal' : 'phone'
  return chance < 0.85 ? 'portal' : 'phone'
}

// Two calls of five are typed after they ended.
function calledBefore({ random, rules }: Stage, recordedMs: number): number | null {
  if (!random.chance(0.4)) return null
  const called = recordedMs - random.whole(4, 90) * 60_000
  return isOpen(rules.calendar, called) ? called : null
}
