import type { officeAnswersIt } from './office-answers-it.ts'

/** English of what offices say of what was delivered for them. */
const pieces = (count: number) => (count === 1 ? 'one piece' : `${count} pieces`)
const day = (iso: string) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`))

export const officeAnswersEn = {
  mail: {
    subject: (note: string) => `Did everything arrive? Delivery ${note}`,
    lead: (note: string, supplier: string, on: string) =>
      `${supplier} declares a delivery for your office, with the note ${note}. Day of the delivery: ${day(on)}.`,
    office: (name: string) => `${name}:`,
    line: (count: number, what: string, models: readonly string[]) =>
      `- ${what}: ${pieces(count)}${models.length === 0 ? '' : ` (${models.join(', ')})`}`,
    ask: 'Did everything arrive as described? Answer here, without signing in:',
    page: 'All deliveries to your offices, after signing in:',
  },
  link: {
    title: 'Did everything arrive?',
    lead: (note: string, supplier: string, on: string) => `Note ${note} of ${day(on)}, ${supplier}.`,
    once: 'The link is good for one answer. What you say stands beside the verification, not in its place.',
    used: {
      complete: 'You confirmed: everything arrived',
      differs: 'You said that something is missing or different',
    },
    usedNext: {
      complete: 'Thank you.',
      differs: 'Thank you: whoever verifies the delivery reads what you wrote.',
    },
    answered: 'The office has answered already',
    answeredNext: 'To change the answer sign in and open the deliveries of your office.',
    expired: 'This link has expired',
    expiredNext: 'Sign in and answer from the deliveries of your office.',
    unknown: 'There is no such link',
    unknownNext: 'Perhaps it was copied in half, or that office is no longer yours.',
    see: 'Sign in and go to the deliveries',
  },
  page: {
    title: 'Deliveries to your offices',
    lead: (waiting: number) =>
      waiting === 0
        ? 'No delivery waits for your answer.'
        : waiting === 1
          ? 'One delivery waits for your answer.'
          : `${waiting} deliveries wait for your answer.`,
    none: 'No delivery was declared for your offices.',
    waiting: 'To be confirmed',
    answered: 'Answered',
    done: 'Answer recorded.',
    change: 'Change the answer',
    heading: (office: string, note: string) => `${office}, note ${note}`,
    facts: (supplier: string, on: string, order: string) => `${supplier}, ${day(on)}, order ${order}.`,
    offer: (waiting: number) =>
      waiting === 1
        ? 'One delivery for your offices waits for you to say whether it arrived.'
        : `${waiting} deliveries for your offices wait for you to say whether they arrived.`,
    open: 'Go to the deliveries',
  },
  form: {
    complete: 'Yes, everything arrived',
    differs: 'Something is missing or different',
    office: 'In which office',
    which: 'What is missing or different',
    whichHint: 'If you choose nothing, it is about everything.',
    reason: 'Write what is not right',
    reasonHint: 'For example: 4 of 5 arrived; one has a broken screen.',
    send: 'Send',
    line: (number: number, what: string) => `Line ${number}: ${what}`,
  },
  line: (what: string, count: number) => `${what}: ${pieces(count)}`,
  models: (models: readonly string[]) => `Model: ${models.join(', ')}`,
  serials: (serials: readonly string[], more: number) =>
    `Serial numbers: ${serials.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  said: {
    title: 'What the offices say',
    caption: 'Answers of the offices',
    lead: 'The word of who receives stands beside that of who verifies: it makes no piece verified.',
    columns: { office: 'Office', delivery: 'Note', pieces: 'Pieces', answer: 'Answer' },
    none: 'No piece is for an office: there is nobody to ask.',
    waiting: 'Has not answered yet',
    complete: 'Confirmed by the office',
    differs: 'The office says',
    words: (reason: string) => `“${reason}”`,
    about: (lines: readonly string[]) => `About: ${lines.join('; ')}`,
    erased: 'The text was removed.',
    throughLink: 'through the link in the mail',
    contested: (count: number) => (count === 1 ? 'One office disagrees' : `${count} offices disagree`),
    counts: (confirmed: number, contested: number) =>
      [
        ...(confirmed > 0 ? [`confirmed by offices: ${confirmed}`] : []),
        ...(contested > 0 ? [`contested by offices: ${contested}`] : []),
      ].join(', '),
  },
} satisfies typeof officeAnswersIt
