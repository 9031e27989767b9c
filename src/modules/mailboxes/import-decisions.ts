/** Proposals from a CSV file: the whole file, or nothing and why, line by line; tried first without keeping anything. */
import { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { say } from '../../platform/texts.ts'
import { type FileRow, type Findings, place, readFileRows } from '../organisation/read-file.ts'
import { objectionAt, refuseDecisionFile } from './decision-problems.ts'
import type { DecisionImport } from './decision-schema.ts'
import { decisionTexts } from './decision-texts.ts'
import { decisionKinds } from './decision-vocabulary.ts'
import { keepProposals, loadWorld, objectTo, valuesOf } from './decisions.ts'
import { lockProposals, selectByAddress } from './internal/decision-queries.ts'
import type { Objection, Proposal } from './internal/decision-rules.ts'

const columns = {
  required: ['address', 'kind', 'reason'],
  optional: [
    ...['new_address', 'alias_until', 'into', 'folder_prefix', 'keeps_doubles', 'held_until', 'kept_until'],
    'answer_address',
  ],
}
const limits = { mostRows: 20_000, mostBytes: 5_000_000 }

const filled = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((cell) => (cell === '' ? undefined : cell), schema.optional())
const address = z.email().max(254).toLowerCase()
const yesOrNo = z.enum(['yes', 'no', 'sì', 'si']).transform((cell) => cell !== 'no')
const row = z.object({
  address,
  kind: z.enum(decisionKinds),
  reason: z.string().trim().min(3).max(2000),
  new_address: filled(address),
  alias_until: filled(z.iso.date()),
  into: filled(address),
  folder_prefix: filled(z.string().trim().max(100)),
  keeps_doubles: filled(yesOrNo),
  held_until: filled(z.iso.date()),
  kept_until: filled(z.iso.date()),
  answer_address: filled(address),
})
type Row = FileRow<z.output<typeof row>>

const columnOf: Record<Objection['field'], string> = {
  ...{ mailbox: 'address', kind: 'kind', newAddress: 'new_address', aliasUntil: 'alias_until', intoId: 'into' },
  ...{ folderPrefix: 'folder_prefix', keepsDoubles: 'keeps_doubles', heldUntil: 'held_until', keptUntil: 'kept_until' },
  answerAddress: 'answer_address',
}

/** Proposes what a file says, all or none. A trial tells what would be proposed and keeps nothing. */
export async function importDecisions(
  ctx: Context,
  bytes: Uint8Array,
  { isTrial }: { isTrial: boolean },
): Promise<DecisionImport> {
  allow(ctx.actor, 'mailboxes.propose')
  const findings: Findings = []
  const rows = readFileRows(bytes, columns, row, findings, limits)
  if (rows.length === 0 && findings.length === 0)
    findings.push({ path: place(1, null), say: say(decisionTexts, (t) => t.import.empty) })
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockProposals(ctx)
    const proposals = await proposalsOf(ctx, rows, findings)
    const world = await loadWorld(ctx, proposals, [])
    for (const { proposal, found } of objectTo(proposals, world))
      findings.push(...found.map((one) => objectionAt(one, proposal.line, columnOf[one.field])))
    refuseDecisionFile(findings)
    if (!isTrial) await keepProposals(ctx, proposals, world, new Map())
    return { isTrial, proposals: proposals.length, kinds: countKinds(proposals) }
  })
}

async function proposalsOf(ctx: TxContext, rows: readonly Row[], findings: Findings) {
  const named = rows.flatMap(({ values }) => [values.address, values.into ?? []].flat())
  const known = new Map((await selectByAddress(ctx, named)).map((box) => [box.address, box.id]))
  const first = new Map<string, number>()
  return rows.flatMap(({ line, values }): (Proposal & { line: number })[] => {
    const before = first.get(values.address)
    if (before !== undefined) {
      findings.push({ path: place(line, 'address'), say: say(decisionTexts, (t) => t.import.repeated(before)) })
      return []
    }
    first.set(values.address, line)
    const mailboxId = known.get(values.address)
    if (mailboxId === undefined) findings.push(objectionAt({ field: 'mailbox', code: 'unknown' }, line, 'address'))
    const intoId = values.into === undefined ? undefined : known.get(values.into)
    if (values.into !== undefined && intoId === undefined)
      findings.push(objectionAt({ field: 'intoId', code: 'intoUnknown' }, line, 'into'))
    if (mailboxId === undefined || (values.into !== undefined && intoId === undefined)) return []
    return [{ line, mailboxId, kind: values.kind, reason: values.reason, values: given(values, intoId) }]
  })
}

function given(values: Row['values'], intoId: string | undefined) {
  return valuesOf({
    ...{ newAddress: values.new_address, aliasUntil: values.alias_until, intoId, folderPrefix: values.folder_prefix },
    ...{ keepsDoubles: values.keeps_doubles ?? (values.kind === 'merge' ? false : undefined) },
    ...{ heldUntil: values.held_until, keptUntil: values.kept_until, answerAddress: values.answer_address },
  })
}

function countKinds(proposals: readonly Proposal[]) {
  return decisionKinds.flatMap((kind) => {
    const count = proposals.filter((one) => one.kind === kind).length
    return count === 0 ? [] : [{ kind, count }]
  })
}
