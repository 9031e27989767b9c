import type { boxIt } from './box-it.ts'

const boxes = (count: number) => (count === 1 ? 'One mailbox' : `${count} mailboxes`)

/** English of the register of mailboxes. */
export const boxEn = {
  problems: {
    addressTaken: 'This address is another mailbox’s already.',
    unknownOffice: 'There is no such office.',
    unknownOfficeCode: 'No office has this code.',
    unknownPerson: 'Nobody has this address.',
    unknownServer: 'There is no such mail server.',
    stale: 'It was changed meanwhile: reload the page and try again.',
    decided: 'A decision about this mailbox does not allow the new kind.',
    noFinding: 'This finding is no longer there.',
    alreadyAside: 'This finding was put aside already.',
    wrongPattern: 'A rule is words parted by a dot, a hyphen or an underscore: * stands for a word, ? for a letter.',
    fileRefused: 'The file was not loaded: nothing has changed. Correct the lines named and load all of it again.',
    fileMissing: 'Choose a file.',
    repeated: 'This address is in an earlier line already.',
    wrongKind: 'The kind is office, service, project, application, list, personal or certified.',
    wrongAddress: 'This is not a mail address.',
    wrongSize: 'Write a number of bytes, or a number with kB, MB, GB or TB.',
    wrongDay: 'Write the day as 2026-01-31.',
    wrongCount: 'Write a whole number.',
    papersMissing:
      'The file tells how much personal mailboxes are used: to load it, give the references of the impact assessment and of the agreement.',
    certifiedMeasures: 'Of a certified mailbox it is registered that it is there: no sizes and no dates.',
    plain: 'Without encryption only a server on this very machine (127.0.0.1 or ::1) is spoken to.',
    nameTaken: 'Another mail server has this name already.',
    secretMissing: 'The password or key is missing.',
    secretAgain: 'For another server the password is to be written again: the earlier one is not sent elsewhere.',
    userMissing: 'The name to sign in with is missing.',
    secretNotUsed: 'Where each mailbox has its own password, none is written here.',
    wrongKey: 'The key of the service is the JSON file Google gives: client_email and private_key are needed.',
    wrongApplicationKey: 'The key of the application is a JSON text with tenant, client_id and client_secret.',
    kindSignIn: 'This way to sign in is not one of this kind of server.',
    noDirectory: 'This server has no directory to read: it takes Google Workspace with a service key.',
    gmailApiNeeds:
      'Only a server of kind Google Workspace, with a service key (OAuth 2), is written to through the Gmail API.',
    onlyGmailApi: 'Only for a server that is written to through the Gmail API: leave it empty.',
    wrongApi:
      'Write the address like https://gmail.googleapis.com; in the clear only for this very machine (127.0.0.1 or ::1).',
    beingFilled: 'A wave is copying to this server: how it is written to can be changed when it is closed or stopped.',
    underWay:
      'A wave is moving mail from or to this server: host and port can be changed when it is closed or stopped.',
    loginMissing: 'To try, name a mailbox to open.',
    running: 'A census of this server is running already.',
    notRunning: 'This census has ended already.',
    nothingAsked: 'There is no mailbox to look at.',
    directoryEmpty:
      'The directory shows no mailbox: check where it is read from, the filter, and what the one who reads may see. Nothing has changed.',
    tooManyBoxes: (most) => `More than ${most} mailboxes: narrow the base or the filter. Nothing has changed.`,
    passwordMissing: 'On this server each mailbox opens with its own password: the column password is empty.',
  },
  kinds: {
    office: 'Office',
    service: 'Service',
    project: 'Project',
    application: 'Application',
    list: 'Distribution list',
    personal: 'Personal',
    certified: 'Certified (PEC)',
  },
  bands: {
    recent: 'Used in the last 180 days',
    this_year: 'Not used for over 180 days',
    older: 'Not used for over a year',
    never: 'Never used',
  },
  sources: {
    csv: 'file',
    imap: 'census of the server',
    ldap: 'LDAP directory',
    google: 'Google Workspace directory',
    hand: 'by hand',
  },
  findings: {
    no_holder: 'Nobody answers for it',
    holder_left: 'Its holder has left',
    unused: 'Not used for long',
    duplicate: 'Double',
    published_dead: 'Published, but nobody reads it',
    unpublished: 'Not published',
    misnamed: 'Name against the rules',
    forward_outside: 'Forwards outside',
    alias_loop: 'Forwards in a circle',
    alias_clash: 'Address claimed twice',
    over_quota: 'Full',
  },
  sentences: {
    no_holder: ({ text, day, whole }) => {
      const leftOn = day('leftOn')
      const gone = leftOn === null ? 'Nobody answers for it' : `${text('name')}, who answered for it, left on ${leftOn}`
      return `${gone}, and ${whole('goneDelegates') > 0 ? 'those who could open it have left' : 'nobody else may open it'}.`
    },
    holder_left: ({ text, day, whole }) => {
      const still = whole('forwards') > 0 ? ' It still forwards mail to others.' : ''
      return `${text('name')} left on ${day('leftOn')}: the mailbox is deactivated, answers with the office’s address, is kept closed for the time laid down and then deleted.${still}`
    },
    unused: ({ day, whole }) =>
      day('on') === null
        ? 'Nothing ever came in, was read or went out.'
        : `The last message that came in, was read or went out is of ${day('on')}: more than ${whole('days')} days ago.`,
    duplicate: ({ text, whole }) =>
      `About ${whole('percent')} messages in 100 are in ${text('other')} too (${whole('compared')} digests compared).`,
    published_dead: ({ text, day, whole }) => {
      const since =
        day('on') === null ? 'nobody is known to have read it ever' : `the last message read or sent is of ${day('on')}`
      const last = day('receivedOn') === null ? '' : ` The last to come in is of ${day('receivedOn')}.`
      return `It is published (${text('publishedAt')}), but ${since}: more than ${whole('days')} days ago.${last}`
    },
    unpublished: () => 'It is not known to be published anywhere: outside nobody knows of it.',
    misnamed: ({ text, list, day }) => {
      const rules = list('patterns').join(', ')
      const past = text('past') === '' ? '' : ` The form ${text('past')} was accepted until ${day('until')}.`
      return `“${text('name')}” follows none of the rules for this kind of mailbox${rules === '' ? '' : ` (${rules})`}.${past}`
    },
    forward_outside: ({ text }) => `It sends mail to ${text('to')}, which is no address of the administration.`,
    alias_loop: ({ list }) => `Mail comes back to where it began: ${list('way').join(' → ')}.`,
    alias_clash: ({ text }) =>
      `The address ${text('address')} is ${text('other')}’s too: nobody can say where its mail goes.`,
    over_quota: ({ size }) => `It holds ${size('size')} of ${size('quota')} allowed: new messages may be refused.`,
  },
  serverKinds: { imap: 'IMAP', google: 'Google Workspace', microsoft: 'Microsoft 365' },
  signIns: {
    master: 'Master user (mailbox*user, as Dovecot)',
    authzid: 'Master user on behalf of the mailbox (SASL PLAIN)',
    token: 'Service key (OAuth 2)',
    own: 'Each mailbox with its own password',
  },
  writtenBys: { imap: 'Over IMAP', gmail_api: 'Through the Gmail API' },
  columns: {
    name: 'name',
    kind: 'kind',
    office: 'office',
    holder: 'responsible',
    register: 'protocol register',
    published: 'publication',
    server: 'server',
    login: 'sign-in',
    quota: 'room allowed',
    aliases: 'aliases',
    forwards: 'forwards',
    delegates: 'delegates',
  },
  events: {
    'mailbox.added': 'Put in the register',
    'mailbox.changed': 'Corrected',
    'mailbox.holder_chosen': 'Responsible chosen',
    'mailbox.kind_changed': 'Kind changed',
    'mailbox.gone': 'Not found by the newest census',
    'mailbox.finding_aside': 'Finding put aside',
    'mailbox.finding_resumed': 'Finding taken up again',
  },
  done: {
    tried: (added, changed, unchanged, gone) =>
      `Trial: to be added ${added}, to be changed ${changed}, the same ${unchanged}, no longer there ${gone}. Nothing was written.`,
    loaded: (added, changed, unchanged, gone) =>
      `Loaded: added ${added}, changed ${changed}, the same ${unchanged}, no longer there ${gone}.`,
    adding: (address, kind) => `new: ${address} (${kind})`,
    differing: (address, column, before, after) => `${address}, ${column}: “${before}” → “${after}”`,
    leaving: (address) => `no longer there: ${address}`,
    notAddresses: (count, some) =>
      count === 1
        ? `Left out one entry whose address is no address: ${some}.`
        : `Left out ${count} entries whose address is no address: ${some}.`,
    difference: (line, address, column, before, after) =>
      `line ${line}, ${address}, ${column}: “${before}” → “${after}”`,
  },
  directory: {
    auth: 'The directory does not let us in: check the service key, the administrator and what was granted.',
    unreachable: 'The directory does not answer.',
    quota: 'The directory asks to wait longer: try again later. Nothing has changed.',
    other: 'The directory answered something unexpected. Nothing has changed.',
  },
  lead: (present, withFindings) =>
    withFindings === 0
      ? `${boxes(present)} in the register, none to be checked.`
      : `${boxes(present)} in the register: ${withFindings} to be checked.`,
} satisfies typeof boxIt
