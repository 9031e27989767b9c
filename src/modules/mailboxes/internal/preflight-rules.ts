/** What was looked at before a copy, as findings, and what must be done first. Pure. */
import type { CopyProblem } from '../schema.ts'
import type { PreflightFinding } from '../wave-schema.ts'
import type { PreflightCheck, WaitReason } from '../wave-vocabulary.ts'

export type Looked = {
  hasHolder: boolean
  /** A personal mailbox is its holder's; a list or an application may have none. */
  needsHolder: boolean
  isEncrypted: boolean
  problems: readonly CopyProblem[]
  tooLarge: number
  sameIds: number
  /** Messages that will be one with an equal one; null where the target keeps all of them. */
  equal: number | null
  isRoomTold: boolean
}

type Verdict = Partial<PreflightFinding> & Pick<PreflightFinding, 'check' | 'outcome'>
const finding = (verdict: Verdict): PreflightFinding => ({
  ...{ side: null, code: null, words: null, count: null },
  ...verdict,
})

const connection = [
  'auth',
  'unreachable',
  'certificate',
  'timeout',
  'dropped',
  'refused',
  'limit',
  'other',
  'plain_refused',
]

/** Each check with its outcome, in the order in which they are looked at. */
export function preflightFindings(looked: Looked): PreflightFinding[] {
  const { problems } = looked
  const broken = problems.filter(({ code }) => connection.includes(code))
  const ends = (['source', 'target'] as const).map((side) => {
    const problem = broken.find((one) => one.side === side)
    if (problem === undefined) return finding({ check: side, outcome: 'good', side })
    return finding({ check: side, outcome: 'stop', side, code: problem.code, words: problem.words ?? null })
  })
  // An end that could not be opened tells nothing of the rest.
  const isOpen = broken.length === 0
  return [
    finding({ check: 'holder', outcome: looked.needsHolder && !looked.hasHolder ? 'stop' : 'good' }),
    ...ends,
    finding({ check: 'encryption', outcome: looked.isEncrypted ? 'good' : 'note' }),
    ...(isOpen ? contentFindings(looked) : []),
  ]
}

function contentFindings({ problems, tooLarge, sameIds, equal, isRoomTold }: Looked): PreflightFinding[] {
  const room = problems.find(({ code }) => code === 'over_quota')
  const renamed = problems.filter(({ code }) => code === 'folder_renamed' || code === 'folder_refused')
  const foreign = problems.filter(({ code }) => code === 'other_namespace')
  const counted = (check: PreflightCheck, count: number, words: string | null = null) =>
    finding({ check, outcome: count > 0 ? 'note' : 'good', count, words })
  const names = (all: readonly CopyProblem[]) =>
    all.length === 0
      ? null
      : all
          .slice(0, 10)
          .flatMap(({ folder, words }) =>
            folder === undefined ? [] : [words === undefined ? folder : `${folder} → ${words}`],
          )
          .join(', ')
  return [
    isRoomTold
      ? finding({ check: 'room', outcome: room === undefined ? 'good' : 'stop', words: room?.words ?? null })
      : finding({ check: 'room_untold', outcome: 'note' }),
    counted('large', tooLarge),
    counted('folders', renamed.length, names(renamed)),
    counted('same_id', sameIds),
    ...(equal === null ? [] : [counted('merged', equal)]),
    counted('foreign', foreign.length, names(foreign)),
  ]
}

const troubles: Partial<Record<string, 'auth' | 'unreachable' | 'certificate'>> = {
  ...{ auth: 'auth', certificate: 'certificate', refused: 'auth', plain_refused: 'certificate' },
}

/** What a mailbox waits for; null when it may be copied. */
export function waitsFor(findings: readonly PreflightFinding[]): WaitReason | null {
  const stop = findings.find(({ outcome }) => outcome === 'stop')
  if (stop === undefined) return null
  if (stop.check === 'holder') return 'holder'
  if (stop.check === 'room') return 'target_full'
  return troubleReason(stop.side ?? 'source', stop.code ?? '')
}

/** What somebody must put right when a server fails with this. */
export function troubleReason(side: 'source' | 'target', code: string): WaitReason {
  if (code === 'limit') return 'limit'
  return `${side}_${troubles[code] ?? 'unreachable'}`
}
