/** The words of waves that programs see. */

export const waveStates = ['planned', 'copying', 'paused', 'cut_over', 'closed', 'stopped'] as const
export type WaveState = (typeof waveStates)[number]

export const waveActs = ['start', 'pause', 'resume', 'cut_over', 'close', 'stop'] as const
export type WaveAct = (typeof waveActs)[number]

export const movingStates = [
  'surveyed',
  'prepared',
  'copying',
  'delta',
  'cut_over',
  'verified',
  'closed',
  'rolled_back',
] as const
export type MovingState = (typeof movingStates)[number]

/** Why a mailbox stands still until somebody does something. */
export const waitReasons = [
  'holder',
  'source_auth',
  'target_auth',
  'source_unreachable',
  'target_unreachable',
  'source_certificate',
  'target_certificate',
  'target_full',
  'limit',
  'choices',
  'incomplete',
  'token',
  'log',
] as const
export type WaitReason = (typeof waitReasons)[number]

/** What is looked at before a mailbox is copied. */
export const preflightChecks = [
  'holder',
  'source',
  'target',
  'encryption',
  'room',
  'room_untold',
  'large',
  'folders',
  'same_id',
  'merged',
  'foreign',
] as const
export type PreflightCheck = (typeof preflightChecks)[number]

/** good · note: it goes on, and this is to be known · stop: it waits until somebody acts */
export const preflightOutcomes = ['good', 'note', 'stop'] as const

/** What may become of a message that could not be copied as it is. */
export const asideChoices = ['leave', 'accept', 'export'] as const
export type AsideChoice = (typeof asideChoices)[number]

/**
 * The runbook; `days` before (negative) or after the cut-over; `gate`: without it no cut-over, or no closing. `delegates` is
 * there only where the wave parts some.
 */
export const runbook = [
  { code: 'ttl', days: -14, gate: 'cut_over' },
  { code: 'pilot', days: -14, gate: 'cut_over' },
  { code: 'training', days: -7, gate: null },
  { code: 'users_told', days: -7, gate: 'cut_over' },
  { code: 'delegates', days: -7, gate: 'cut_over' },
  { code: 'help_desk', days: -1, gate: 'cut_over' },
  { code: 'mx', days: 0, gate: 'close' },
  { code: 'spf', days: 0, gate: 'close' },
  { code: 'dkim', days: 0, gate: 'close' },
  { code: 'dmarc', days: 0, gate: 'close' },
  { code: 'access_again', days: 1, gate: 'close' },
  { code: 'devices', days: 1, gate: null },
  { code: 'address_books', days: 7, gate: null },
  { code: 'places_published', days: 7, gate: null },
  { code: 'support', days: 30, gate: 'close' },
] as const satisfies readonly { code: string; days: number; gate: 'cut_over' | 'close' | null }[]
export type CheckCode = (typeof runbook)[number]['code']
export const checkCodes = runbook.map(({ code }) => code) as [CheckCode, ...CheckCode[]] // map loses that there is a first

export const checkStates = ['open', 'done', 'not_needed'] as const
export type CheckState = (typeof checkStates)[number]

export const messageTemplates = ['before', 'day', 'after'] as const
export type MessageTemplate = (typeof messageTemplates)[number]
