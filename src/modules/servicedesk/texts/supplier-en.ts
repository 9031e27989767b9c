import type { supplierIt } from './supplier-it.ts'

/** English of the comparison with the supplier's tool, of its steps and of opened names. */
export const supplierEn = {
  steps: {
    refused: 'The steps were not loaded: nothing has changed. Correct the places named and send all of them again.',
    more: (count) => `${count} more errors are not shown: correct these and try again.`,
    noReference: 'The reference in the supplier’s tool, or the number of the case, is missing: write at least one.',
    unknownNumber: 'No case of SITEC has this number.',
    unknownReference: 'No case of SITEC has this reference: write the number too, the first time you use it.',
    referenceOfOther: 'This reference is another case’s already: check number and reference.',
    unknownTeam: 'There is no such team: write its name as SITEC shows it.',
    keyReused: 'A step with this key came before and said something else: a new step needs a new key.',
    noInstant: 'The instant is missing.',
    wrongInstant: 'Write day and time, for example 2026-05-04T10:30:00+02:00 or 04/05/2026 10:30.',
    ambiguousInstant:
      'Because the clocks change, this instant does not exist or exists twice: write it with its offset, such as +02:00.',
    inFuture: 'This instant is in the future: a step is sent once it has happened.',
    beforeOpening: 'This instant comes before the case was opened.',
    needsTeam: 'Entrusting a case needs the team.',
    needsText: 'This step needs a text.',
    done: (applied, noted, setAside, known) =>
      `Applied ${applied}, noted ${noted}, to be checked ${setAside}, known already ${known}.`,
    names: {
      taken: 'taken in charge',
      assigned: 'entrusted',
      replied: 'reply',
      asked: 'question to the user',
      resolved: 'resolved',
      opened: 'opened',
      closed: 'closed',
    },
    findings: {
      not_now: 'The state of the case did not allow it',
      out_of_order: 'Came after steps that happened later',
    },
  },
  reconcile: {
    refused: 'The file was not compared. Correct the lines named and upload it again.',
    noSystem: 'No case lives in a tool of the supplier’s: there is nothing to compare.',
    severalSystems: (names) => `Cases live in several tools: say which. There are: ${names}.`,
    unknownSystem: (names) => `No case lives in this tool. There are: ${names}.`,
    unknownState: (allowed) => `Choose one of: ${allowed}.`,
    repeated: (line) => `This reference is on line ${line.replace('line ', '')} already.`,
    fileMissing: 'Choose the file to compare.',
    why: {
      unknown: 'SITEC knows neither reference nor number',
      not_linked: 'the case exists, but SITEC does not have it in the supplier’s tool',
      other_reference: 'the case exists, but has another reference in SITEC',
    },
    fields: { state: 'State', opened: 'Opened', taken: 'Taken in charge', resolved: 'Resolved', closed: 'Closed' },
    groups: {
      missing: 'Missing from the file',
      extra: 'Only in the file',
      differing: 'Different',
      late: 'Steps that came late',
    },
    csv: {
      group: 'Group',
      number: 'Number',
      reference: 'Reference',
      what: 'What',
      ours: 'In SITEC',
      theirs: 'In the supplier’s tool',
    },
    nothing: 'Nothing to be checked.',
    summary: (missing, extra, differing, late) =>
      `To be checked: missing from the file ${missing}, only in the file ${extra}, different ${differing}, steps that came late ${late}.`,
  },
  names: {
    nothing: 'Nobody of the supplier’s has a step in this case.',
    reasons: { security: 'security', contested: 'contested case' },
  },
} satisfies typeof supplierIt
