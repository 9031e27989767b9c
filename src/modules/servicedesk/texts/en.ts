import type { it } from './it.ts'

/** English of the service desk. */
export const en = {
  kinds: { incident: 'Something does not work', service_request: 'I need something' },
  kindsShort: { incident: 'Does not work', service_request: 'Need' },
  severities: { blocking: 'Blocking', high: 'High', normal: 'Normal' },
  states: {
    new: 'To be taken in charge',
    assigned: 'Entrusted',
    in_progress: 'Being worked on',
    waiting: 'Waiting for the user',
    resolved: 'Resolved, to be confirmed',
    closed: 'Closed',
    cancelled: 'Withdrawn',
  },
  closedHow: { confirmed: 'Closed: the user confirmed', silence: 'Closed without an answer' },
  acts: {
    take: 'take it in charge', assign: 'entrust it', reply: 'write', ask: 'ask the user', resolve: 'mark it as resolved',
    confirm: 'confirm', reopen: 'reopen it', close_silent: 'close it', cancel: 'withdraw it',
  },
  channels: { portal: 'on the portal', phone: 'by phone', api: 'by a program', cli: 'on the command line' },
  visibilities: {
    public: 'Public', internal: 'Internal: the user does not see it', supplier: 'For the Company only', verifier: 'For the verifier only',
  },
  writeTo: { public: 'Reply to the user', internal: 'Internal note', supplier: 'Company note', verifier: 'Verification note' },
  writeHint: {
    public: 'The user and those who work on the request read it.',
    internal: 'The City and the Company read it, the user does not.',
    supplier: 'Only the Company reads it.',
    verifier: 'Only those who verify the contract read it.',
  },
  canWork: { yes: 'Yes', partly: 'Partly', no: 'No' },
  severityWhy: (canWork: 'yes' | 'partly' | 'no', onlyMe: boolean) =>
    `${{ yes: 'can work', partly: 'can partly work', no: 'cannot work' }[canWork]}${onlyMe ? '' : ', not only this person'}`,
  witnesses: {
    T: 'Third party or probe', U: 'The user’s act', M: 'User, through a mail link', A: 'Arrival', S: 'The Company’s act', I: 'Imported',
  },
  events: {
    'case.opened': 'Request opened',
    'case.taken': (team: string | null) => (team ? `Taken in charge by: ${team}` : 'Taken in charge'),
    'case.assigned': (team: string | null) => `Entrusted to: ${team ?? 'nobody'}`,
    'case.replied': 'Message',
    'case.asked': 'Question to the user: the request waits',
    'case.resolved': 'Marked as resolved',
    'case.confirmed': 'The user confirmed: it is resolved',
    'case.reopened': 'The user says it is not resolved',
    'case.closed_silent': 'Closed without an answer',
    'case.cancelled': 'Withdrawn by the person who opened it',
    'case.text_erased': 'Texts removed',
  },
  somebody: 'somebody else',
  nobody: 'Nobody',
  erased: (reason: string) => `Content removed: ${reason}`,
  problems: {
    stale: (who: string, when: string) => `The request was changed by ${who} (${when}) while you were looking at it: read it again and repeat if still needed.`,
    alreadyTaken: (who: string, when: string) => `The request is already in the charge of ${who} (${when}).`,
    notNow: (act: string, state: string) => `You cannot ${act} now: the request is in the state “${state}”.`,
    unknownRequester: 'This person is not in the directory: check the address, or have the administrator add them.',
    unknownTeam: 'There is no such team.',
  },
  csv: {
    number: 'Number', kind: 'Kind', state: 'State', severity: 'Urgency', title: 'Title', office: 'Office', team: 'In charge',
    opened: 'Opened (UTC)', updated: 'Last change (UTC)',
  },
} satisfies typeof it
