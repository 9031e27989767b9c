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
