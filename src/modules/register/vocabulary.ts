/** The closed lists of the register. Plain values: pages use them too. */

/** The four families, as the administration names them. */
export const families = ['technical', 'logistic', 'databases', 'procedures'] as const
export type Family = (typeof families)[number]

/** From planned to disposed; which act leads where is in `internal/lifecycle.ts`. */
export const itemStates = [
  'planned',
  'ordered',
  'delivered',
  'verified',
  'in_stock',
  'in_use',
  'repair',
  'retired',
  'disposed',
] as const
export type ItemState = (typeof itemStates)[number]

/** By what right the administration has it. */
export const itemTitles = ['owned', 'supplier', 'leased', 'loan', 'cloud'] as const
export type ItemTitle = (typeof itemTitles)[number]

/** What happens to an item, each with its document. */
export const itemActs = [
  'order',
  'deliver',
  'verify',
  'store',
  'install',
  'move',
  'change',
  'loan',
  'return',
  'repair',
  'replace',
  'retire',
  'dispose',
] as const
export type ItemAct = (typeof itemActs)[number]

/** A replacement puts one thing in the place of another: it is not done to many. */
export const bulkActs = itemActs.filter((act) => act !== 'replace')

/** What an inventory found of one thing: where it should be, not read, elsewhere, or not in the register. */
export const findings = ['found', 'missing', 'elsewhere', 'unknown'] as const
export type Finding = (typeof findings)[number]

/** The acts with which an item passes from hand to hand: each has its record. */
export const handoverActs = ['install', 'move', 'loan', 'return', 'repair', 'replace', 'retire', 'dispose'] as const
export type HandoverAct = (typeof handoverActs)[number]

/** What the receiver of a handover has said of it. */
export const handoverAnswers = ['waiting', 'confirmed', 'disputed'] as const
export type HandoverAnswer = (typeof handoverAnswers)[number]

/** Read as "from … to": an application runs on a server, a rack contains it. */
export const relationKinds = [
  'runs_on',
  'depends_on',
  'contains',
  'connects_to',
  'uses_data_of',
  'backed_up_by',
] as const
export type RelationKind = (typeof relationKinds)[number]
