import type { canWorkAnswers, Severity } from '../vocabulary.ts'

const bySituation = {
  no: { many: 'blocking', one: 'high' },
  partly: { many: 'high', one: 'normal' },
  yes: { many: 'normal', one: 'normal' },
} as const satisfies Record<(typeof canWorkAnswers)[number], Record<'many' | 'one', Severity>>

/** Urgency from the two questions: can you work, and does it happen only to you? */
export function severityOf(canWork: (typeof canWorkAnswers)[number], onlyMe: boolean): Severity {
  return bySituation[canWork][onlyMe ? 'one' : 'many']
}
