/** What a case is counted as, put right: urgency, kind, the instant of the call. */
import { severityOf } from '../src/modules/servicedesk/internal/severity.ts'
import { isOpen } from '../src/platform/calendar.ts'
import type { Stage } from './stage.ts'
import { iso, type Step, type Told } from './story.ts'
import { kindReasons, reclassifications } from './texts/talk.ts'

type Steps = Generator<Step, void>

/** Urgency, kind, and when the caller called, put right for a few. */
export function* recount(stage: Stage, told: Told): Steps {
  const { random } = stage
  if (told.facts.channel === 'phone' && random.chance(0.05)) yield* correctCall(stage, told)
  if (told.facts.kind !== 'incident') return
  if (random.chance(0.02)) {
    const isWorse = random.chance(0.6)
    const answers = isWorse
      ? ({ canWork: 'no', onlyMe: false } as const)
      : ({ canWork: 'partly', onlyMe: true } as const)
    const payload = { ...answers, severity: severityOf(answers.canWork, answers.onlyMe) }
    const text = { note: reclassifications[isWorse ? 0 : 1] }
    yield { after: 0.5, event: { kind: 'case.reclassified', version: 1, payload }, actor: told.agent, text }
  }
  if (random.chance(0.01)) {
    const payload = { from: 'incident', to: 'service_request', hasConsent: false } as const
    const text = { note: kindReasons.direct[0] }
    yield { after: 0.3, event: { kind: 'case.kind_changed', version: 1, payload }, actor: told.agent, text }
  } else if (random.chance(0.012)) yield* proposeKind(stage, told, 'application_support', kindReasons.proposed[0])
}

// Who called reads the receipt and says when they really called.
function* correctCall({ random, rules }: Stage, told: Told): Steps {
  const calledAt = Date.parse(told.facts.openedAt) - random.whole(5, 50) * 60_000
  if (!isOpen(rules.calendar, calledAt)) return
  const event = { kind: 'case.call_corrected', version: 1, payload: { calledAt: iso(calledAt) } } as const
  yield { after: 0.5, event, actor: told.asker, door: 'link' }
}

/** A change of kind that leaves an indicator: the city consents, or does not. */
export function* proposeKind(
  { random, manager }: Stage,
  told: Told,
  to: 'application_support' | 'small_maintenance',
  note: string,
): Steps {
  yield {
    after: 0.5,
    event: { kind: 'case.kind_change_proposed', version: 1, payload: { to } },
    actor: told.agent,
    text: { note },
  }
  if (random.chance(0.3)) {
    const text = { note: random.pick(kindReasons.refused) }
    yield { after: 5, event: { kind: 'case.kind_change_refused', version: 1, payload: { to } }, actor: manager, text }
    return
  }
  const payload = { from: told.facts.kind, to, hasConsent: true }
  yield { after: 5, event: { kind: 'case.kind_changed', version: 1, payload }, actor: manager }
}
