import type { it } from './it.ts'

/** English, the second language of the screens. */
export const en = {
  days: { 0: 'today', 1: 'yesterday', [-1]: 'tomorrow' } as Partial<Record<number, string>>,
  pdf: { testDataNotice: 'Test data: people, facts and figures are invented.', page: 'Page', of: 'of' },
  problems: {
    malformed: 'The request is not correct JSON: check commas, quotes and brackets.',
    invalid: 'Some of the data are wrong: correct the ones shown and send again.',
    unsupportedType: (expected: string) => `The content must be ${expected}: check the Content-Type header.`,
    unauthenticated: 'Sign in with your address and password to go on.',
    apiKeyWrong:
      'The API key is missing, expired or revoked: send the header “Authorization: Bearer …” with a valid key.',
    forbidden: 'Your role does not allow this. If you need it, ask the SITEC administrator.',
    notFound: 'There is nothing at this address, or you may not see it.',
    tooLarge: (limit: string) =>
      `The content is over the limit of ${limit}: make it smaller or split it and try again.`,
    tooManySignIns: (minutes: number) => `Too many attempts to sign in: try again in ${minutes} minutes.`,
    tooManyToday: 'Too much was sent from this network today: try again tomorrow. Nothing was saved.',
    wrongCredentials: 'Wrong address or password. Check and try again.',
    wrongTotp: 'The code is wrong or has expired: wait for the next one and try again.',
    unavailable: 'The database does not answer right now. Try again in a few seconds: nothing was half-saved.',
    busy: 'Somebody else was changing the same data: try again.',
    duplicateKey: 'This idempotency key was already used for another operation: use a new one.',
    unexpected: 'Something went wrong on our side. Try again; if it happens again, tell the service desk.',
    invalidChart:
      'This chart cannot be drawn: it may have at most 500 points, its values must be numbers, and every series needs the same labels.',
    chartUnavailable: 'The chart cannot be drawn right now. The data are in the table; try again shortly.',
    invalidPdf:
      'This document cannot be written as PDF: it is too large, or a title, a description or a cell is missing.',
    pdfUnavailable: 'The PDF cannot be prepared right now. Try again shortly; the page holds the same data.',
    pdfMissing:
      'The program that writes PDFs does not start on this computer: tell the administrator. The page holds the same data.',
    diskFull: 'SITEC has run out of disk space: tell the administrator. Nothing was saved.',
    ldap: {
      notAnAddress: 'The address of the directory is like ldaps://dc1.comune.example.it.',
      credentialsInAddress:
        'User and password do not belong in the address: everybody on the machine would see them. Use --bind, and for the password SITEC_LDAP_PASSWORD, a file or the prompt.',
      plainRefused: 'In the clear only a directory on this very machine is read: use ldaps://.',
      baseMissing: '--base is missing: where to begin reading, for example DC=comune,DC=example.',
      noPassword: 'There is no password: give it in SITEC_LDAP_PASSWORD, in a file, or at a terminal.',
      signIn: 'The directory refuses user or password.',
      noBase: 'The directory has no such base.',
      notADn: 'This is no name of the directory.',
      notAFilter: 'This is no LDAP filter (RFC 4515).',
      notAMapping: 'The file is no mapping: correct what is named, as the guide says.',
      limit:
        'The directory does not let everything be read: it takes somebody who may read by pages, or a narrower filter. Nothing has changed.',
      dropped: 'The connection dropped half way: nothing has changed, try again.',
      tooMany: (most: number) => `More than ${most} entries: narrow the base or the filter.`,
      refused: (name: string) => `The directory refused: ${name}. Nothing has changed.`,
      tls: 'The certificate of the directory is not good, or encryption fails: give the certificate of who signs it with --ca-file.',
      unreachable: 'The directory does not answer: check address, port and network.',
    },
    fields: {
      missing: 'This is missing.',
      tooShort: (minimum: number) => `Write at least ${minimum} characters.`,
      tooLong: (maximum: number) => `At most ${maximum} characters.`,
      tooSmall: (minimum: number) => `The smallest value is ${minimum}.`,
      tooBig: (maximum: number) => `The largest value is ${maximum}.`,
      notInList: (allowed: string) => `Choose one of: ${allowed}.`,
      wrongType: 'The value is not of the expected type.',
      wrongFormat: 'The format is not correct.',
      unknownField: (names: string) => `Not expected: ${names}.`,
    },
  },
} satisfies typeof it
