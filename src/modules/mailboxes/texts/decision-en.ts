import type { decisionIt } from './decision-it.ts'

const count = (one: string, many: string) => (n: number, said: string) => (n === 1 ? one : `${said} ${many}`)

const states = {
  proposed: 'To be confirmed',
  confirmed: 'Confirmed by the office',
  contested: 'Contested by the office',
  approved: 'Approved',
  refused: 'Not approved',
  undone: 'Undone',
  superseded: 'Replaced',
  carried_out: 'Carried out',
}

export const decisionEn = {
  kinds: {
    keep: 'Stays as it is',
    rename: 'Is renamed',
    merge: 'Goes into another',
    group: 'Becomes a list',
    delegate: 'Shared by delegation',
    archive: 'Archived',
    delete: 'Deleted',
    leaver: 'Closed: the person left',
  },
  states,
  silent: 'The office has not answered',
  boxKinds: {
    office: 'Office',
    service: 'Service',
    project: 'Project',
    application: 'Application',
    list: 'List',
    personal: 'Personal',
    certified: 'Certified mail',
  },
  becomes: {
    keep: 'stays as it is',
    rename: (address: string, until: string) => `is renamed ${address}; the old address works until ${until}`,
    merge: (into: string) => `its messages go into ${into}`,
    prefix: (folder: string) => `in the folder “${folder}”`,
    doubles: 'those that are there already, too',
    noDoubles: 'without repeating those that are there already',
    alias: (until: string) => `the old address works until ${until}`,
    group: 'becomes a list: messages reach its members',
    delegate: 'becomes a shared mailbox: who has the delegation opens it with their own credentials',
    archive: (until: string) =>
      `its messages are exported to an archive kept until ${until}, then the mailbox is closed`,
    delete: (until: string) => `is closed at once and deleted after ${until}`,
    leaver: (address: string, until: string) =>
      `is closed; who writes gets an automatic answer with the address ${address}; the messages stay sealed until ${until}`,
  },
  reasons: {
    certified: 'it is certified mail',
    holder_left: 'the person does not work here any more',
    personal: 'it is personal',
    registered: 'the protocol register reads it',
    twin: 'almost all of its messages are in the other one too',
    empty_quiet: 'it is empty and not used for a long time',
    quiet: 'not used for a long time',
    list: 'it is a list already',
    many_readers: 'more than 25 people read it',
    readers: 'several people read it',
    in_use: 'it is in use',
  },
  objections: {
    unknown: 'This mailbox is not in the register.',
    gone: 'The mailbox is no longer on the server.',
    already: 'There is a proposal for this mailbox already: replace that one.',
    personalKinds: 'A personal mailbox stays as it is, or is closed when the person leaves.',
    certifiedKinds: 'A certified mailbox stays as it is.',
    notPersonal: 'Only a personal mailbox is closed because the person leaves.',
    missing: 'This choice needs it.',
    notForKind: 'This choice does not need it: take it away.',
    past: 'Choose a day after today.',
    sameAddress: 'It is the address it has.',
    addressTaken: 'The address belongs to another mailbox, an alias or another proposal.',
    addressUnfit: 'Before the @ use lower-case letters, digits, dots and hyphens only, 64 at most.',
    otherDomain: 'The domain is not one of the administration’s.',
    intoItself: 'A mailbox does not go into itself.',
    intoUnknown: 'The mailbox it would go into is not there.',
    intoKind: 'A mailbox goes only into one of an office, service, project or application.',
    intoEnds: 'The mailbox it would go into is about to be closed: choose another.',
    isTarget: 'Another mailbox goes into this one: change that proposal first.',
    manyDelegates:
      'More than 25 people read it, and a delegation takes 25: choose “Becomes a list”, which has no such limit.',
    answerUnknown: 'The address of the automatic answer must be that of an office’s mailbox in the register.',
  },
  problems: {
    stale: (address) => `The proposal for ${address} has changed meanwhile: load the page again.`,
    staleSettings: 'The settings have changed meanwhile: load the page again.',
    staleLink: 'The proposals have changed meanwhile: look at them again.',
    alreadyProposed: 'Meanwhile somebody has made a proposal for one of these mailboxes.',
    ended: (address) => `The proposal for ${address} is over already.`,
    state: (address, state) => `The proposal for ${address} cannot be changed like this: ${states[state]}.`,
    ownProposal: (address) => `Who made the proposal for ${address} neither confirms nor approves it.`,
    needsOffice: (address) =>
      `${address} needs the office’s confirmation: a mailbox is deleted or merged only with two consents.`,
    mayAnswer: (address, day) => `The office may still answer for ${address}, until ${day}.`,
    held: (address, day) => `${address} is held until ${day}: it is not deleted before.`,
    waveBegan: (address, wave) =>
      `Migration wave ${wave} has begun with ${address}: the decision does not change any more.`,
    priceAndSource: 'Write the price and where it is written, or neither.',
    reasonMissing: 'Write why.',
    nothingTicked: 'Tick at least one row.',
    fileMissing: 'Choose a file.',
  },
  import: {
    refused: 'The file was not loaded: correct these places and try again.',
    repeated: (line) => `It is on line ${line} already.`,
    empty: 'The file has no rows.',
  },
  mail: {
    subject: (n) =>
      n === 1 ? 'A proposal for a mailbox of your office' : `${n} proposals for the mailboxes of your office`,
    lead: (n) =>
      n === 1
        ? 'There is a proposal for a mailbox of your offices:'
        : `There are ${n} proposals for the mailboxes of your offices:`,
    why: 'Why:',
    more: (n) => `${n} more are on the page.`,
    link: 'Look at them and answer from here, without signing in (the link works once, for 14 days):',
    until: (day) =>
      `If you do not answer by ${day}, the head may decide without your answer; not where a mailbox is deleted or merged.`,
    page: 'Or sign in to the page of the proposals:',
  },
  witness: 'through the link in the mail',
  events: {
    proposed: 'Proposed',
    confirmed: 'Confirmed by the office',
    contested: 'Contested by the office',
    approved: 'Approved by the head',
    refused: 'Not approved by the head',
    undone: 'Undone',
    superseded: 'Replaced by a new proposal',
    carried_out: 'Carried out',
  },
  silence: (day) => `The office had not answered by ${day}.`,
  count: { boxes: count('one mailbox', 'mailboxes'), proposals: count('one proposal', 'proposals') },
} satisfies typeof decisionIt
