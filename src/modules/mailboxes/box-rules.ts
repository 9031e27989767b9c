/** The rules that findings go by: the administration's domains, bounds and names. */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { boxConflict, wrongBox } from './box-problems.ts'
import { type BoxRulesInput, type BoxRulesOutput, boxRulesInput, storedRules } from './box-schema.ts'
import { type JudgedKind, judgedKinds } from './box-vocabulary.ts'
import { isPattern } from './internal/box-naming.ts'
import { recordBox } from './internal/box-record.ts'
import { insertRules, selectOwnDomains, selectRules } from './internal/box-rules-queries.ts'

const firstPatterns: Record<JudgedKind, string[]> = {
  office: ['*', '*.*', '*.*.*'],
  service: ['*', '*.*', '*.*.*'],
  project: ['*', '*.*', '*.*.*'],
  application: ['*', '*.*', '*-*'],
  list: ['*', '*.*', '*-*'],
}

/** The rules in force: those adopted last, or those SITEC begins with. */
export async function findBoxRules(ctx: Context): Promise<BoxRulesOutput> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, rulesInForce)
}

/** The same inside an open transaction. */
export async function rulesInForce(ctx: TxContext): Promise<BoxRulesOutput> {
  const found = await selectRules(ctx)
  if (found !== undefined)
    return { ...storedRules.parse(found.content), number: found.number, adoptedAt: found.adoptedAt }
  return {
    ...{ number: 0, adoptedAt: null, unusedAfterDays: 365, unreadAfterDays: 90, duplicateShare: 800 },
    domains: await selectOwnDomains(ctx),
    naming: judgedKinds.flatMap((kind) => firstPatterns[kind].map((pattern) => ({ kind, pattern, until: null }))),
  }
}

/** Adopts rules in place of those in force; refused when somebody adopted others meanwhile, or a pattern cannot be read. */
export async function adoptBoxRules(
  ctx: Context,
  input: BoxRulesInput & { version?: number | undefined },
): Promise<BoxRulesOutput> {
  allow(ctx.actor, 'mailboxes.manage')
  const { version, ...given } = input
  const rules = parse(boxRulesInput, given)
  const unreadable = rules.naming.findIndex(({ pattern }) => !isPattern(pattern))
  if (unreadable >= 0) throw wrongBox(`naming.${unreadable}.pattern`, (t) => t.wrongPattern)
  return transact(ctx, async (ctx) => {
    const before = await rulesInForce(ctx)
    if (version !== undefined && version !== before.number) throw boxConflict('stale', (t) => t.stale)
    const number = before.number + 1
    if (!(await insertRules(ctx, number, rules))) throw boxConflict('stale', (t) => t.stale)
    await recordBox(ctx, {
      ...{ subjectType: 'mailbox_rules', subjectId: ctx.organisationId, kind: 'mailbox_rules.adopted' },
      payload: { number, before: before.number, ...rules },
    })
    return { ...rules, number, adoptedAt: Temporal.Now.instant().toString() }
  })
}
