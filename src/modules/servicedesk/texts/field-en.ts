import type { FieldTexts } from './field-it.ts'

const closings = (count: number) => (count === 1 ? '1 visit' : `${count} visits`)

export const fieldEn: FieldTexts = {
  problems: {
    notYours:
      'Meanwhile the request went to others or is gone: the visit was not recorded. If you were there, tell your team leader.',
    movedTo: (team: string) =>
      `Meanwhile the request was entrusted to: ${team}. The visit was not recorded. If you were there, write it in the request.`,
    ended: (state: string) =>
      `Meanwhile the request became “${state}”: the visit was not recorded. If you were there, write it in the request.`,
    otherPerson: 'This visit is somebody else’s: only who wrote it may send it.',
    wrongTimes: 'Write start and end as hours and minutes, such as 10:05.',
  },
  page: {
    title: 'My visits',
    queue: 'To work on',
    summary: (total: number, sites: number, closed: number, late: number) =>
      [
        `${total} at ${sites === 1 ? '1 site' : `${sites} sites`}`,
        [...(closed > 0 ? [`${closed} closed`] : []), ...(late > 0 ? [`${late} past the date`] : [])].join(', '),
      ]
        .filter(Boolean)
        .join(': '),
    none: 'No visits to make. Those entrusted to your team are in “To work on”.',
    tooMany: (shown: number) => `These are the first ${shown}, with least time left. The others are in “To work on”.`,
    count: (count: number) => (count === 1 ? '1 visit' : `${count} visits`),
    noSite: 'No site',
    directions: 'Directions',
    directionsTo: (site: string) => `Directions to ${site}`,
    asks: 'Asked by',
    phone: 'tel.',
    open: 'Open the request',
    empty: '(no subject)',
    formName: (number: string) => `Close the visit ${number}`,
    note: 'What you did',
    serial: 'Serial of the part put in',
    optional: 'optional',
    read: 'Scan',
    reading: 'Point at the code',
    stopReading: 'Stop',
    noCamera: 'The camera does not open: type the serial.',
    start: 'Start',
    end: 'End',
    resolve: 'Mark as resolved',
    toReturn: 'I must return',
    nobody: 'Nobody was there',
    goods: 'Deliver the goods',
    goodsHint: 'It closes when whoever receives them signs for the last delivery.',
    recorded: 'Visit recorded.',
    closedToday: 'Closed today',
  },
  left: {
    none: 'No deadline',
    left: (time: string) => `${time} left`,
    late: (time: string) => `Past the date by ${time}`,
    minutes: (count: number) => `${count} min`,
    hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
    days: (days: number, hours: number) =>
      [days === 1 ? '1 day' : `${days} days`, ...(hours === 0 ? [] : [`${hours} h`])].join(' and '),
  },
  offline: {
    mark: 'No network',
    none: 'You can go on: visits are sent by themselves as soon as the signal is back.',
    waiting: (count: number) =>
      count === 1
        ? 'You can go on. 1 visit is sent by itself as soon as the signal is back.'
        : `You can go on. ${closings(count)} are sent by themselves as soon as the signal is back.`,
    sent: (numbers: string) => `Sent: ${numbers}.`,
    signIn: 'The session is over: sign in again. The visits stay on this phone and are sent afterwards.',
    signInLink: 'Sign in',
    list: 'Closed today, to be sent',
    outcome: {
      resolved: (time: string) => `Closed at ${time}, to be sent`,
      to_return: (time: string) => `Must return, ${time}: to be sent`,
      nobody_there: (time: string) => `Nobody was there, ${time}: to be sent`,
    },
    refused: 'Not recorded: to be corrected',
    stale: 'Not recorded: the request has changed',
    fix: 'Correct',
    drop: 'Discard',
    dropOf: (number: string) => `Discard the visit of ${number}`,
    fixOf: (number: string) => `Correct the visit of ${number}`,
    notSaved: 'The phone cannot keep visits: stay on this page and try again when the signal is back.',
    others: (count: number) =>
      count === 1
        ? 'This phone holds 1 unsent visit of somebody else: it is sent when they sign in.'
        : `This phone holds ${count} unsent visits of somebody else: they are sent when they sign in.`,
    leaving: (count: number) =>
      `${closings(count)} ${count === 1 ? 'was' : 'were'} not recorded. Signing out removes ${count === 1 ? 'it' : 'them'} from this phone for good.`,
    leave: 'Sign out all the same',
    stay: 'Stay',
  },
  inPerson: {
    title: 'Asked in person: add',
    lead: 'The request is opened in the name of who asked you and is yours at once.',
    kind: 'What it is',
    subject: 'What they ask',
    who: 'Who asks',
    whoHint: 'Three letters of name or office',
    find: 'Find',
    choose: 'Choose the person',
    noOne: 'Nobody with these letters: try the family name or the extension.',
    add: 'Add',
    added: (number: string) => `Opened: ${number}. It is among your visits.`,
    needsNet: 'This needs the network: people’s names do not stay on the phone.',
  },
}
