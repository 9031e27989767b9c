/** Two cases about one thing: the desk joins them, and the first clock holds for both. */
import type { CaseKind } from '../src/modules/servicedesk/internal/lifecycle.ts'
import { lives } from './lives.ts'
import { openingAt } from './opening.ts'
import type { Stage } from './stage.ts'
import { type DemoCase, iso, type Life, type Opening, type Step, tell } from './story.ts'

const minuteMs = 60_000

/** The opening of a colleague's case about the same thing, some minutes later but not after `nextAt`. */
export function twinOf(stage: Stage, kind: CaseKind, first: Opening, nextAt: number): Opening {
  const { random, colleagues } = stage
  const at = Math.min(nextAt, first.recordedMs + random.whole(4, 40) * minuteMs)
  const near = colleagues.get(first.asker.officeId ?? '') ?? [first.asker]
  return openingAt(stage, kind, first.facts.number + 1, at, random.pick(near), { ...first, details: {} })
}

/**
 * The two cases, in order. Most often the second is found to repeat the first; at times the first is joined to the
 * second, whose clocks then begin with the first's.
 */
export function twins(stage: Stage, kind: CaseKind, first: Opening, second: Opening): [DemoCase, DemoCase] {
  const { random, untilMs } = stage
  const foundAt = second.recordedMs + random.whole(5, 25) * minuteMs
  if (foundAt + 1 > untilMs || first.facts.reserved !== undefined)
    return [tell(stage, first, lives[kind]), tell(stage, second, lives[kind])]
  const [kept, left] = random.chance(0.8) ? [first, second] : [second, first]
  const startedAt = iso(left.calledMs ?? left.recordedMs)
  const agent = random.pick(stage.agents)
  const marked: Step = {
    after: { at: foundAt },
    event: { kind: 'case.duplicate_marked', version: 1, payload: { ofCaseId: kept.id } },
    actor: agent,
  }
  const joined: Step = {
    after: { at: foundAt + 1 },
    event: { kind: 'case.joined', version: 1, payload: { caseId: left.id, startedAt } },
    actor: agent,
  }
  const joinedLife: Life = function* (stage, told) {
    yield joined
    yield* lives[kind](stage, told)
  }
  const goesOn = tell(stage, kept, joinedLife)
  const ends = tell(stage, left, function* () {
    yield marked
  })
  return kept === first ? [goesOn, ends] : [ends, goesOn]
}
