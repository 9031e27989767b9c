import type { retentionIt } from './retention-it.ts'

/** English of keeping and erasing. */
export const retentionEn = {
  reason: 'Retention: its time is over',
  erased: { given: 'Erased', family: 'person' },
  problems: {
    tooShort: (least) => `The period cannot be shorter than ${least} months.`,
    openCases: (numbers, rest) =>
      `This person still has open cases, asked for or held: ${numbers}${rest > 0 ? ` and ${rest} more` : ''}. Finish them, withdraw them or entrust them to others, then try again.`,
    unknownEmail: 'Nobody has this address.',
  },
  done: (counts, dryRun) => `${dryRun ? 'Would be erased' : 'Erased'}: ${counts}`,
  counts: {
    cases: 'cases emptied',
    messages: 'messages in others’ cases',
    organisation: 'texts of directory and sign-in',
  },
} satisfies typeof retentionIt
