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
  pages: {
    administration: 'Administration',
    title: 'Retention',
    menu: 'Retention',
    undecided:
      'The periods are proposed: until the administration decides, SITEC erases nothing because time has passed.',
    decided: (act) => `Periods decided by: ${act}. Every night SITEC erases the texts whose period is over.`,
    decidedOn: 'Decided on',
    by: (name) => `by ${name}`,
    rules: 'What is kept, and for how long',
    columns: {
      what: 'What',
      months: 'Months',
      begins: 'From when',
      source: 'Source, to be checked by the data-protection officer',
      due: 'To be erased',
    },
    begins: { closing: 'from closing', departure: 'from departure', recording: 'from recording' },
    proposed: 'proposed',
    monthsOf: (what) => `Months: ${what}`,
    dueNow: (count, isDecided) => (isDecided ? `${count}, next night` : `${count}, if decided`),
    moreThan: 'over 1,000',
    act: 'Act by which the periods are decided',
    actHint: 'For example: Determination no. 12 of 3 March 2026.',
    adopt: 'Decide the periods',
    adopted: 'Periods recorded: they hold from the next night.',
    runs: 'Latest erasings',
    runsNone: 'Nothing erased yet.',
    run: { at: 'When', cases: 'Cases emptied', texts: 'Texts erased' },
    person: 'A person’s data',
    personLead: 'To erase them, or to give the person a copy (articles 15 and 17 GDPR).',
    email: 'E-mail address',
    find: 'Find',
  },
  erase: {
    title: (name) => `Data of ${name}`,
    lead: (email) => `${email}. Their cases stay, with who did what and when: without names and without texts.`,
    already: 'The data of this person were erased.',
    copyTitle: 'Copy of the data',
    copyLead:
      'All that SITEC knows of this person, in a file to be handed to them (art. 15 GDPR). That it was extracted stays recorded.',
    copy: 'Download the copy',
    eraseTitle: 'Erasure',
    eraseLead:
      'Removes for ever name, addresses, sign-in, keys, texts and attachments of their cases and what they wrote in those of others.',
    backups: 'Backups made already still hold these data until they expire.',
    reason: 'Reason',
    reasonHint: 'It stays for ever: no personal data in it. For example: request of the person, art. 17 GDPR.',
    sure: 'I understand that this cannot be undone',
    sureMissing: 'Confirm that you understand that this cannot be undone.',
    try: 'Show what would be erased',
    erase: 'Erase for ever',
    tried: 'Would be erased:',
    erased: 'The person’s data were erased.',
  },
} satisfies typeof retentionIt
