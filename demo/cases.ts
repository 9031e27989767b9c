/** The demo city's cases: a year of stories, made by the same pure functions that the operations use. */
import type { CaseKind } from '../src/modules/servicedesk/internal/lifecycle.ts'
import type { City, DemoPerson } from './city.ts'
import { lives } from './lives.ts'
import { openingAt } from './opening.ts'
import type { Random } from './random.ts'
import { makeMemory } from './repeats.ts'
import type { DemoRules } from './rules.ts'
import { placesOf } from './showcase.ts'
import { type Stage, setStage } from './stage.ts'
import { type DemoCase, type Opening, tell } from './story.ts'
import { twinOf, twins } from './twins.ts'
import { arrivals, recentOf, shuffledKinds } from './volumes.ts'

export type { DemoCase, DemoEscalation, DemoEvent } from './story.ts'

/** Builds cases one after the other, in the order in which they reached the desk. */
export function* buildCases(
  random: Random,
  city: City,
  rules: DemoRules,
  howMany: number,
  fromMs: number,
  untilMs: number,
): Generator<DemoCase> {
  const stage = setStage(random, city, rules, untilMs, howMany)
  const kinds = shuffledKinds(random, howMany)
  const instants = arrivals(random, rules.calendar, howMany, fromMs, untilMs)
  const shown = placesOf(howMany)
  const memory = makeMemory(random)
  for (let index = 0; index < howMany; index += 1) {
    const at = instants[index] ?? untilMs
    const show = shown.get(index)
    const kind = show?.kind ?? kinds[index] ?? 'incident'
    const again = show ? null : memory.comesBack(kind, at)
    const asker = again?.asker ?? (show?.isOfTheCast ? castOf(stage, 0) : askerOf(stage, index, howMany))
    const opening = openingAt(stage, kind, index + 1, at, asker, again)
    opening.facts.repeatsId = memory.repeatedBy(opening)
    if (!show && !again && isDuplicated(random, opening, kinds[index + 1], shown.has(index + 1))) {
      const twin = twinOf(stage, kind, opening, instants[index + 1] ?? untilMs)
      twin.facts.repeatsId = memory.repeatedBy(twin)
      const [first, second] = twins(stage, kind, opening, twin)
      yield memory.keep(first, opening)
      yield memory.keep(second, twin)
      index += 1
    } else yield memory.keep(tell(stage, opening, show?.life ?? lives[kind]), opening)
  }
}

// Two report the same fault within minutes of each other; seldom enough that both are faults by chance.
function isDuplicated(random: Random, { facts }: Opening, next: CaseKind | undefined, isShown: boolean): boolean {
  const isPlain = facts.kind === 'incident' && facts.reserved === undefined && !isShown
  return isPlain && next === 'incident' && random.chance(0.03)
}

// The cast asks now and then, the more often in the last week, so that whoever signs in finds something of their own.
function askerOf(stage: Stage, index: number, howMany: number): DemoPerson {
  const isRecent = index >= howMany - recentOf(howMany)
  const stride = isRecent ? Math.max(12, Math.floor(recentOf(howMany) / 8)) : Math.max(40, Math.floor(howMany / 30))
  if (index % stride === 7) return castOf(stage, 0)
  if (index % stride === 11) return castOf(stage, 1)
  return stage.random.pick(stage.askers)
}

function castOf(stage: Stage, place: number): DemoPerson {
  return stage.askers[place] ?? stage.random.pick(stage.askers)
}
