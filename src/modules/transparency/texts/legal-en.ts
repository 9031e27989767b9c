import type { legalIt } from './legal-it.ts'

/** Privacy notice, legal notes and accessibility, in English. */
export const legalEn = {
  unset: 'not said yet',
  privacy: {
    title: 'Privacy notice',
    lead: (organisation: string) =>
      `Which data ${organisation} processes on these pages, why and for how long (arts. 13 and 14 of Regulation (EU) 2016/679).`,
    who: 'Who processes the data',
    whoText: (organisation: string) => `Controller: ${organisation}.`,
    dpo: 'Data protection officer:',
    office: 'Office that answers for what is published:',
    read: 'If you only read',
    readText:
      'Public pages use no cookies, count no visits and load nothing from other sites. Who changes the language gets a technical cookie that remembers it.',
    clarity: 'If you answer “How clear is the information on this page?”',
    clarityText:
      'You answer without an account and without a cookie. The page, the answer and the day are kept. Against abuse what each network sends in a day is counted, under a hash that is deleted with the day.',
    report: 'If you register and rate the social report',
    reportText:
      'To register you need a mail address and a password; your name is not asked for. Registering lets every person answer once. Your answer is kept without your name: beside it is only a keyed hash that says that you have rated that page; after 30 days nobody can know which answer is yours. Comments are read only by who looks after the pages.',
    barrier: 'If you report a problem of accessibility',
    barrierText:
      'We use your name (if you write it) and your address to answer you. The report becomes a case of whoever has to solve it.',
    basis: 'Why we may',
    basisText:
      'Data are processed for tasks in the public interest (art. 6(1)(e) of the Regulation): to account to citizens, to improve the pages (art. 7 of legislative decree 82/2005), to answer about accessibility (law 4/2004). Answering and registering are optional. Data are given to nobody but the company that runs the systems for the controller, and do not leave the European Union.',
    keep: 'For how long',
    keepCaption: 'Data of citizens and how long they are kept',
    what: 'What',
    period: 'How long',
    months: (n: number) => `${n} months from closing (proposed; the administration decides)`,
    rights: 'Your rights',
    rightsText:
      'You may ask to see, correct or erase your data, to restrict their use or to object, by writing to the data protection officer. You delete the registration yourself, on your profile. You may complain to the Italian data protection authority.',
    garante: 'Italian data protection authority',
  },
  legal: {
    title: 'Legal notes',
    lead: 'How the contents of these pages may be used.',
    section: 'Licence of the contents',
    first:
      'Under the open by default principle of article 52 of legislative decree 82 of 7 March 2005 (CAD) and unless stated otherwise (embedded third-party contents included), data, documents and information published on this site are released under the licence CC-BY 4.0.',
    second:
      'Users are therefore free to share (reproduce, distribute, communicate and show to the public), represent, perform and recite this material by any means and in any format, and to change it (transform the material and use it for derived works) for any purpose, also commercial, with the sole duty of attribution and without adding restrictions.',
    link: 'Text of the licence CC-BY 4.0',
    software: 'Software',
    softwareText: 'These pages are made by SITEC, free software under the licence EUPL-1.2.',
    office: 'Office in charge',
  },
  accessibility: {
    title: 'Accessibility',
    lead: (organisation: string) =>
      `${organisation} undertakes to make these pages accessible to everybody, under law 4 of 9 January 2004 and WCAG 2.1, level AA.`,
    declaration: 'Accessibility declaration',
    declarationText:
      'The state of conformance and the contents that are not accessible are in the declaration published by AgID.',
    declarationLink: 'Read the accessibility declaration',
    declarationUnset: 'The declaration has not been published yet. You can report a problem below all the same.',
    answer: 'Report a problem',
    answerText:
      'If something cannot be read, heard or used with the keyboard or an aid, write to us: the report becomes a case with a number and we answer within 30 days.',
    name: 'Name and surname',
    email: 'Mail address, to answer you',
    page: 'Address or title of the page',
    text: 'What does not work',
    textHint:
      'At most 2,000 characters. If you can, say with which program or aid. You need not say anything about your health.',
    website: 'Leave this field empty',
    send: 'Send the report',
    privacy: 'Privacy notice',
    received: 'Report received',
    receivedText: (number: string) => `Your report has the number ${number}. We answer within 30 days.`,
    receivedMail: 'We send you the number by mail too.',
    ombudsman: 'If we do not answer',
    ombudsmanText:
      'If you get no answer within 30 days, or are not satisfied with it, you can turn to the digital ombudsman at AgID (art. 3-quinquies of law 4/2004).',
    ombudsmanLink: 'Digital ombudsman',
  },
} satisfies typeof legalIt
