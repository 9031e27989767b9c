/** What was asked before: the desk says so when the same office asks the same thing within fifteen days of an end. */
import type { CaseKind } from '../src/modules/servicedesk/internal/lifecycle.ts'
import type { Again } from './opening.ts'
import type { Random } from './random.ts'
import type { DemoCase, Opening } from './story.ts'

const dayMs = 86_400_000
const repeatedWithinMs = 15 * dayMs

type Ended = { id: string; openedMs: number; endedMs: number }
type Comeback = Again & { kind: CaseKind; fromMs: number; untilMs: number }

export type Memory = {
  /** Notes a case that was told, and gives it back. */
  keep: (made: DemoCase, opening: Pick<Opening, 'asker' | 'topic' | 'facts'>) => DemoCase
  /** The case that an opening repeats, by the rule of the desk. */
  repeatedBy: (opening: Opening) => string | null
  /** Somebody who asks the same again now, if there is one. */
  comesBack: (kind: CaseKind, at: number) => Again | null
}

export function makeMemory(random: Random): Memory {
  const ended = new Map<string, Ended>()
  let comebacks: Comeback[] = []
  const keyOf = (officeId: string | null, title: string) => `${officeId} ${title.toLowerCase()}`
  return {
    keep: (made, opening) => {
      const { facts } = made
      if (facts.closedAt === null || facts.state === 'duplicate' || facts.reserved !== null) return made
      const openedMs = Date.parse(facts.openedAt)
      const endedMs = Date.parse(facts.closedAt)
      ended.set(keyOf(facts.officeId, made.title), { id: made.id, openedMs, endedMs })
      const isLikely = facts.kind === facts.openedKind && facts.kind !== 'consumable'
      if (isLikely && random.chance(facts.state === 'cancelled' ? 0.3 : 0.006)) {
        const { title, description, about } = made
        const { requestType, nature, ancillaryType, neededBy, reference } = opening.facts
        const details = { requestType, nature, ancillaryType, neededBy, reference }
        const again = { asker: opening.asker, topic: opening.topic, title, description, about, details }
        comebacks.push({
          ...again,
          kind: facts.kind,
          fromMs: endedMs + dayMs / 2,
          untilMs: openedMs + repeatedWithinMs,
        })
      }
      return made
    },
    repeatedBy: ({ facts, title, recordedMs }) => {
      const found = facts.reserved === undefined ? ended.get(keyOf(facts.officeId, title)) : undefined
      const isRepeated =
        found !== undefined && found.endedMs <= recordedMs && found.openedMs > recordedMs - repeatedWithinMs
      return isRepeated ? found.id : null
    },
    comesBack: (kind, at) => {
      comebacks = comebacks.filter((one) => one.untilMs > at)
      const found = comebacks.find((one) => one.kind === kind && one.fromMs <= at)
      comebacks = comebacks.filter((one) => one !== found)
      return found ?? null
    },
  }
}
