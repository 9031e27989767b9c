/** English of the contract, with the keys of the Italian. */
import type { it } from './it.ts'

export const en = {
  file: {
    refused: 'The contract was not loaded: nothing has changed. Correct the points listed and load the file again.',
    notJson: (detail: string) => `The file is not readable JSON: ${detail}`,
    feesDoNotSum: (sum: string, total: string) =>
      `The items of the fee add up to ${sum}, but the total written is ${total}: correct the items or the total.`,
    wrongAmount: 'Write the amount as 1234.56, without a thousands separator.',
    feeMissing: (service: string) => `The fee of service ${service} is missing.`,
    unknownService: (service: string) => `Service ${service} is not one of the contract’s.`,
    unknownIndicator: (code: string) => `Indicator ${code} is not one of the contract’s.`,
    overlap: (day: string) => `Two versions of the fee hold from the same day, ${day}: only one can.`,
    knownBefore: 'The first fee cannot be known before it takes effect.',
    twice: (code: string) => `Indicator ${code} is written twice.`,
    unknownMeasure: (text: string) =>
      `SITEC cannot reckon “${text}”. It can reckon: ratio within N working days, mean days of delivery, ratio by the promised date, availability, lost calls.`,
    wrongTarget: (text: string) =>
      `The target cannot be read: “${text}”. Write for example “>= 95 %” or “< 5 business days”.`,
    wrongIndicator: (code: string) => `The definition of ${code} is not complete.`,
    wrongSubset: (text: string) => `“${text}” does not contain the code of an indicator.`,
    inForce: (subject: string, day: string) =>
      `${subject}, from ${day}: this version is already in force with different content. A version in force is not changed: a new one is needed, with its own date and act.`,
    done: (title: string, added: number, known: number) =>
      `${title}: ${added} versions loaded, ${known} already present.`,
  },
  declare: {
    refused: 'The declarations were not loaded: nothing has changed. Correct the lines listed and load the file again.',
    wrongPeriod: 'Write the period as 2020-12 or 2020-Q4.',
    wrongPeriodKind: (code: string, kind: string) =>
      kind === 'month'
        ? `${code} is declared month by month: write the period as 2020-12.`
        : `${code} is declared by quarter: write the period as 2020-Q4.`,
    periodNotOver: (period: string) =>
      `Period ${period} is not over yet: figures are declared once the period has ended.`,
    unknownIndicator: (code: string) => `Indicator ${code} is not in the contract in force in that period.`,
    lapsed: (code: string, day: string) => `${code} ceased on ${day}: it is no longer declared in that period.`,
    unknownScope: (scope: string, known: string) =>
      known === ''
        ? `This indicator has no scopes: leave “${scope}” empty.`
        : `${scope === '' ? 'The scope is missing' : `There is no scope ${scope}`}. Scopes due: ${known}.`,
    unknownService: (service: string) => `Service ${service} is not measured by this indicator.`,
    wrongCount: 'Write a whole number, zero or more.',
    wrongValue: 'Write the value with a point and at most two decimals, for example 95.19.',
    inTimeOverTotal: (inTime: number, total: number) =>
      `${inTime} in time out of ${total}: those in time cannot be more than the total.`,
    totalMissing: 'The total is missing: a ratio is declared with those in time and the total.',
    meanAlone:
      'The mean alone is not enough: the total of days (total_days) or at least the number of deliveries (total) is needed.',
    meanUndecided:
      'With rounding this mean may fall on either side of the target: the total of days (total_days) is needed.',
    nothing: 'The value is missing: write the counts or the value, or not_measured as the unit.',
    wrongUnit: (unit: string) => `Here the unit is ${unit}.`,
    sourceMissing: 'Write which document the figure comes from.',
    twice: (earlier: string, now: string) =>
      `This figure is already declared with another value: ${earlier} before, ${now} now. If it is a correction, declare it as a correction and name the document.`,
    nothingToCorrect: 'There is no earlier declaration to correct.',
    approved: (period: string) =>
      `Quarter ${period} is approved: a new figure counts as a correction in a later period.`,
    done: (added: number, known: number) => `Declarations loaded: ${added}; already present: ${known}.`,
    unknownCase: (number: string) => `There is no request ${number}.`,
    overHundred: 'A percentage is not above 100.',
    caseTwice: 'This request is in the list already with the opposite result.',
    wrongYesNo: 'Write yes or no.',
    wrongInstant: 'Write day and time with the offset, for example 2026-05-04T10:30:00+02:00.',
  },
  problems: {
    noContract: (period: string) => `No contract is in force in ${period}: load it with “sitec contract import FILE”.`,
    unknownIndicator: (code: string) => `Indicator ${code} is not in the contract of that period.`,
    unknownService: (code: string) => `Service ${code} is not measured by this indicator in that period.`,
    periodToCome: 'This period has not begun yet.',
    periodNotOver: (period: string) => `Period ${period} is not over yet.`,
    supplierMayNot: 'Whoever is measured does not decide on the measure: only the Administration may.',
    stale: 'Meanwhile somebody has changed this entry: read it again and retry.',
    fileMissing: 'Write the file to load.',
    periodMissing: 'Write the period, for example --period 2020-Q4.',
    yearMissing: 'Write the year, for example --year 2021.',
    wrongPeriod: 'Write the period as 2020-12 or 2020-Q4.',
    wrongAmount: 'Write the amount as 1234.56.',
    contestNothing: 'A contest needs a declared figure: there is none in this period.',
    contestClosed: 'The contest is already closed.',
    contestSameSide: 'A contest is answered by the other party.',
    contestOtherSide: 'Only whoever raised it may withdraw it.',
    contestApproved: 'The quarter is approved: it can no longer be contested, only corrected in a later period.',
    contestLate: (day: string) => `The term for contesting ended on ${day}: the declared value stands.`,
    contestWaits: (day: string) =>
      `The Company may answer until ${day}: before then the agreed figure is written only after its answer.`,
    contestUnknownCase: 'One of the chosen requests is not there: choose again.',
    contestFigure: 'Write the agreed figure: those in time and the total, or the value.',
    exclusionUnknownCase: 'This request is not among those the indicator counts in the period.',
    exclusionTwice: 'One of these requests already has an exclusion: see the list.',
    exclusionClause: 'Any other reason needs the clause of the contract that provides for it.',
    exclusionDecided: 'This exclusion is already decided: a decision is not changed.',
    penaltyNoBreach: 'On these values the target is met: there is no penalty to propose.',
    penaltyNoFigure: 'On this basis there is no figure yet.',
    penaltyTwice: 'There is already a proposal for this indicator and period.',
    penaltyDecided: 'The decision has already been taken and is not changed.',
    penaltyCounterLate: (day: string) => `The term for counter-deductions expired on ${day}.`,
    penaltyCounterSide: 'Counter-deductions are the Company’s.',
    reductionIndicator: 'A reduction of the fee is of a service: leave the indicator empty.',
    breachesOpen: (named: string) =>
      `For these missed targets no decision was taken: propose the penalty, then decide it, be it at 0.00. They are: ${named}.`,
    penaltyCountered: 'The counter-deductions are already there.',
    penaltyWaits: (day: string) =>
      `The Company may submit counter-deductions until ${day}: before then a decision is taken only if it has submitted them.`,
    penaltyOver: (most: string) => `No more than the amount proposed, ${most}.`,
    approvedAlready: (period: string) => `Quarter ${period} is already approved.`,
    notApproved: (period: string) => `Quarter ${period} is not approved.`,
    reportMissing: (period: string) =>
      `The report for ${period} has not arrived or is not complete: the term starts from there.`,
    contestsOpen: (count: number) =>
      count === 1
        ? 'One contest is still open: settle it before approving.'
        : `${count} contests are still open: settle them before approving.`,
    penaltiesOpen: (count: number) =>
      count === 1
        ? 'One penalty awaits a decision: decide it before approving.'
        : `${count} penalties await a decision: decide them before approving.`,
    exclusionsOpen: (count: number) =>
      count === 1
        ? 'One exclusion awaits a decision: decide it before approving.'
        : `${count} exclusions await a decision: decide them before approving.`,
    correctionNothing: 'Reckoned again today, this indicator gives the same result: there is nothing to correct.',
    correctionBackwards: 'A correction is written in a period later than the approved one.',
    reportTwice: 'This report is already recorded.',
    reportEarly: 'The report cannot arrive before the end of the quarter.',
    planTwice: 'The approval of this year’s plan is already recorded.',
    noFee: (year: number) => `No fee is in force in ${year}.`,
    readingUnknown: 'This reading is not one of the contract’s.',
    readingPast: 'A reading holds from the day of the act onwards: the date cannot be earlier than the contract.',
    readingTwice: 'A reading recorded today already holds from this day.',
    whatIfTooLong: 'Compare at most five years at a time.',
  },
  measures: {
    ratio_within_days: 'Ratio within working days',
    mean_days: 'Mean days of delivery',
    ratio_by_promise: 'Ratio by the promised date',
    uptime: 'Availability',
    lost_calls: 'Lost calls',
  },
  outcomes: {
    met: 'On target',
    inadequate: 'Inadequate',
    unacceptable: 'Below target',
    notMeasurable: 'Not measurable',
    notDeclared: 'Not declared',
  },
  flags: {
    perfect: 'all at 100 %',
    noneLost: 'no call lost',
    smallSample: 'few: one late is enough',
    atThreshold: 'at the limit',
    differs: 'declared and observed do not match',
    noDetail: 'a single figure without detail',
    valueDiffers: 'the value does not match the counts',
    daysNotDeclared: 'the total of days is missing',
    notDeclared: 'not declared',
    singleThreshold: 'a single value, both target and threshold',
    readingUnclear: 'clause with more than one reading',
    promisesMoved: 'promised dates moved',
    promisesLate: 'promised dates given at the end',
    takenWithoutActivity: 'taken in charge without activity',
    closedAtOnce: 'opened and closed in under 10 minutes',
    openOverdue: 'open past the date',
    unknownTime: 'time not observed',
    noCarrier: 'the carrier’s record is missing',
    disputed: 'contested',
  },
  notes: {
    typedLater: 'typed after the call',
    takenWithoutActivity: 'no activity after taking in charge',
    promiseMoved: 'date moved',
    promiseLate: 'date given at the end',
    noPromise: 'no promised date',
    reopened: 'reopened',
    closedAtOnce: 'closed in under 10 minutes',
    repeated: 'repeated within 15 days',
    cancelledLate: 'withdrawn past the date',
  },
  contestReasons: {
    late_not_late: 'Late but counted in time, or the reverse',
    instant_wrong: 'Different instant',
    not_counted: 'Not counted',
    counted_twice: 'Counted twice',
    population: 'Different population',
    other: 'Other',
  },
  exclusionReasons: {
    agreed_interruption: 'Agreed interruption',
    force_majeure: 'Force majeure not due to the Company',
    third_parties: 'Stoppage caused by unauthorised third parties',
    other_clause: 'Other clause of the contract',
  },
  csv: {
    yes: 'yes',
    no: 'no',
    worksheet: {
      number: 'Request',
      start: 'Asked',
      startWitness: 'Witness of the start',
      due: 'Due',
      end: 'Done',
      endWitness: 'Witness of the end',
      counted: 'Counted',
      inTime: 'In time',
      proved: 'Proved',
      days: 'Working days',
      declared: 'Declared in time',
      notes: 'Notes',
    },
  },
  witnesses: {
    T: 'third party or probe',
    U: 'user',
    M: 'user, from the mail',
    A: 'arrival',
    S: 'the Company, in SITEC',
    I: 'imported by the Company',
  },
} satisfies typeof it
