import type { noticesIt } from './notices-it.ts'

/** English of the mails about a case. */
export const noticesEn: typeof noticesIt = {
  subject: (number, title) => (title === '' ? `Request no. ${number}` : `Request no. ${number}: ${title}`),
  greeting: (name) => `Good morning ${name},`,
  reserved: (number) => `There is news about your request no. ${number}. Sign in to SITEC to read it.`,
  opened: (number, title) =>
    title === ''
      ? `We have received your request no. ${number}.`
      : `We have received your request no. ${number}: “${title}”.`,
  openedNext: 'We will write to you when the technicians take it in charge.',
  receipt: {
    phone: (number, when) =>
      `We have registered your call and opened request no. ${number}. Time of the call: ${when}.`,
    in_person: (number, when) =>
      `We have registered what you asked for in person and opened request no. ${number}. Time: ${when}.`,
  },
  receiptAbout: (title) => `Subject: ${title}`,
  receiptLink: 'If the time is not right, correct it here, without signing in:',
  taken: (since) => `Your request is being worked on. With the technicians ${since}.`,
  promised: (when) => `The technicians have given a date for your request. Expected date: ${when}.`,
  promisedAgain: (when, before) => `The date of your request has changed. Expected date: ${when} (before: ${before}).`,
  reason: (reason) => `Reason: ${reason}`,
  replied: 'The help desk has answered you:',
  asked: 'To go on, the technicians need an answer from you:',
  askedBare: 'To go on, the technicians need an answer from you.',
  askedNext: 'The request stands still until you answer.',
  askedLink: 'Answer this mail, or write here, without signing in:',
  resolved: 'The technicians have marked your request as resolved.',
  resolvedHow: 'What was done:',
  resolvedAsk: 'Is the problem solved? Choose “Yes”, “In part” or “No” here, without signing in:',
  resolvedUntil: (when) =>
    `If you do not answer, the request closes without an answer. Last moment to answer: ${when}.`,
  closedSilent:
    'Your request was closed without an answer: we do not know whether the problem is solved. If it is still there, open a new request and quote this number.',
  cancelled: 'Your request was withdrawn by those who look after it.',
  cancelledNext: 'If you still need it, answer this mail or open a new request.',
  refused: 'Your request was not accepted.',
  duplicate: (other) =>
    other === null
      ? 'Your request is about a problem that we are already working on with another one: we go on with that.'
      : `Your request is about a problem that we are already working on with request no. ${other}: we go on with that.`,
  see: 'The whole request, after signing in:',
  signature: (organisation) => `IT services, ${organisation}`,
  automatic: 'Automatic message from SITEC.',
  head: {
    subject: (day) => `Seal of ${day}`,
    lead: 'Keep this message outside SITEC. With the seal below it can be proved that no act recorded before that moment was changed, removed or added.',
    number: (number) => `Number: ${number}`,
    head: (head) => `Seal: ${head}`,
    when: (when) => `Taken: ${when} (UTC)`,
    verify: 'To verify, whoever runs SITEC enters:',
  },
  test: {
    subject: 'Trial of SITEC’s outgoing mail',
    lead: 'If you read this message, SITEC can send mail. There is no need to answer.',
  },
}
