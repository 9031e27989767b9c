/** The closed lists of the module. Plain values: pages use them too. */

/** What a price list tells things apart by; the first word of a plan line (`needs-plan-2024.csv`). */
export const categories = [
  'workstation',
  'laptop',
  'printer',
  'scanner',
  'server',
  'storage',
  'network',
  'phone',
  'software',
  'mail',
  'service',
] as const
export type Category = (typeof categories)[number]

/**
 * Whether each piece of a category has a serial number, and which type of the register such a piece becomes once verified.
 * Without a number (licences, outlets, services) pieces are counted, not registered one by one. A network line is a switch,
 * which has one, or an outlet, which has none.
 */
export const goodsOf = {
  workstation: { itemType: 'workstation', serial: 'required' },
  laptop: { itemType: 'laptop', serial: 'required' },
  printer: { itemType: 'printer', serial: 'required' },
  scanner: { itemType: 'scanner', serial: 'required' },
  server: { itemType: 'server', serial: 'required' },
  storage: { itemType: 'storage', serial: 'required' },
  network: { itemType: 'network_device', serial: 'optional' },
  phone: { itemType: 'phone', serial: 'required' },
  software: { itemType: null, serial: 'none' },
  mail: { itemType: null, serial: 'none' },
  service: { itemType: null, serial: 'none' },
} as const satisfies Record<Category, { itemType: string | null; serial: 'required' | 'optional' | 'none' }>

export const kinds = ['new', 'replacement', 'extension', 'renewal', 'service'] as const
export type Kind = (typeof kinds)[number]

/** Adeguamento, ampliamento, innovazione: what the administration tells its spending by. */
export const purposes = ['adjustment', 'enlargement', 'innovation'] as const
export type Purpose = (typeof purposes)[number]

export const planStates = ['collecting', 'deciding', 'approved'] as const
export type PlanState = (typeof planStates)[number]

export const decisions = ['accepted', 'partly', 'refused'] as const
export type Decision = (typeof decisions)[number]

/**
 * A lot: declared by the supplier, being checked, waiting for the second person, verified (`verification.ts`).
 */
export const deliveryStates = ['declared', 'checking', 'confirming', 'verified'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Accettata, accettata con riserva, respinta. */
export const outcomes = ['accepted', 'reserved', 'rejected'] as const
export type Outcome = (typeof outcomes)[number]

/** What an office says of what came for it: all as described, or something missing or different. */
export const officeAnswers = ['complete', 'differs'] as const
export type OfficeAnswer = (typeof officeAnswers)[number]

/** What "to be checked" is about, by rule (`internal/findings.ts`). */
export const findingCodes = [
  'over_ceiling',
  'over_order',
  'without_line',
  'short_lot',
  'other_model',
  'repeated_serial',
  'office_contests',
  'office_confirms_missing',
  'late_verification',
  'not_delivered',
  'not_retired',
  'price_above_reference',
  'paid_over_verified',
  'never_ordered',
] as const
export type FindingCode = (typeof findingCodes)[number]

/** Italian VAT in thousandths, until a plan says otherwise (domain.md §8: configuration, not code). */
export const usualVatPerMille = 220
/** Lots worth this much, in cents without VAT, are verified by two persons, until a plan says otherwise. */
export const usualTwoPersonCents = 4_000_000
/** Days from the declared delivery within which it is verified (D.Lgs. 231/2002 art. 4(6)), until a plan says otherwise. */
export const usualVerifyDays = 30
