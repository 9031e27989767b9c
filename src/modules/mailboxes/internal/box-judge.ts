/** The findings of all mailboxes as they stand now, with those put aside apart. */
import type { TxContext } from '../../../platform/context.ts'
import { rulesInForce } from '../box-rules.ts'
import type { BoxCounts } from '../box-schema.ts'
import type { FindingCode } from '../box-vocabulary.ts'
import { type Finding, findAll } from './box-findings.ts'
import { type Aside, type JudgedFacts, selectAsides, selectFacts, selectOverlaps } from './box-queries.ts'

export type Judgement = {
  boxes: readonly JudgedFacts[]
  /** Of a mailbox; without what was put aside. */
  open: (id: string) => Finding[]
  /** Of a mailbox; all, each with who put it aside. */
  all: (id: string) => (Finding & { aside: Aside | null })[]
}

const today = (ctx: TxContext) => Temporal.Now.plainDateISO(ctx.zone).toString()

/** Looks at every mailbox there is; of the facts nothing is stored, so a finding is right whenever it is read. */
export async function judge(ctx: TxContext): Promise<Judgement> {
  const day = today(ctx)
  const rules = await rulesInForce(ctx)
  const boxes = await selectFacts(ctx, day)
  const found = findAll(boxes, await selectOverlaps(ctx, rules.duplicateShare), rules, day)
  const asides = new Map(
    (await selectAsides(ctx, null)).map((one) => [keyOf(one.mailboxId, one.finding, one.about), one]),
  )
  const all = (id: string) =>
    (found.get(id) ?? []).map((one) => ({ ...one, aside: asides.get(keyOf(id, one.code, one.about)) ?? null }))
  return { boxes, all, open: (id) => all(id).filter(({ aside }) => aside === null) }
}

const keyOf = (id: string, finding: string, about: string) => `${id} ${finding} ${about}`

/** How many mailboxes the actor may see have each finding. */
export function countFindings({ boxes, open }: Judgement): Pick<BoxCounts, 'withFindings' | 'findings'> {
  const findings: Partial<Record<FindingCode, number>> = {}
  let withFindings = 0
  for (const { id, isVisible } of boxes) {
    if (!isVisible) continue
    const codes = codesOf(open(id))
    if (codes.length > 0) withFindings += 1
    for (const code of codes) findings[code] = (findings[code] ?? 0) + 1
  }
  return { withFindings, findings }
}

/** Each code once. */
export function codesOf(findings: readonly Finding[]): FindingCode[] {
  return [...new Set(findings.map(({ code }) => code))]
}
