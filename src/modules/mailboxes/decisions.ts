/** What is to become of mailboxes: proposed by ICT, several at once; a wrong one is replaced by a new one that names it. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { tellOffices } from './decision-mail.ts'
import { decisionConflict, objectionField } from './decision-problems.ts'
import { type ProposeInput, proposeInput, type ReplaceDecisionInput, replaceDecisionInput } from './decision-schema.ts'
import { today } from './decision-settings.ts'
import { mostAtOnce, usualSilenceDays } from './decision-vocabulary.ts'
import { mayStep } from './internal/decision-lifecycle.ts'
import {
  insertDecisions,
  lockDecisions,
  lockProposals,
  lockWave,
  type StoredDecision,
  selectBoxes,
  selectDomains,
  selectKnownAddresses,
  selectOpen,
  selectSettings,
  updateState,
} from './internal/decision-queries.ts'
import { recordAll } from './internal/decision-record.ts'
import {
  type DecisionValues,
  type Objection,
  objectionsTo,
  type Proposal,
  type World,
} from './internal/decision-rules.ts'

/**
 * Proposes what becomes of a mailbox, or of several with one reason; all or none. Refused, with everything that speaks
 * against it: a mailbox that is gone or has an open decision, a kind or value that does not fit, an address that is taken,
 * a merge that would make a chain. The offices are told, once a day.
 */
export async function proposeDecision(ctx: Context, input: ProposeInput): Promise<{ ids: string[] }> {
  allow(ctx.actor, 'mailboxes.propose')
  const { mailboxIds, kind, reason, ...given } = parse(proposeInput, input)
  const values = valuesOf(given)
  return transact(ctx, async (ctx) => {
    await lockProposals(ctx)
    const ids = [...new Set(mailboxIds)]
    const proposals = ids.map((mailboxId) => ({ mailboxId, kind, values, reason }))
    const world = await loadWorld(ctx, proposals, [])
    if (ids.some((id) => !world.boxes.has(id))) throw notFound()
    const fields = objectTo(proposals, world).flatMap(({ proposal, found }) => {
      const address = ids.length === 1 ? null : (world.boxes.get(proposal.mailboxId)?.address ?? null)
      return found.map((one) => objectionField(one, address))
    })
    if (fields.length > 0) throw invalid(fields.slice(0, 100))
    return { ids: await keepProposals(ctx, proposals, world, new Map()) }
  })
}

/**
 * Replaces an open decision by a new one that names it; the old one stays as it was, superseded. Refused once its wave
 * has begun.
 */
export async function supersedeDecision(
  ctx: Context,
  id: string,
  input: ReplaceDecisionInput,
): Promise<{ ids: string[] }> {
  allow(ctx.actor, 'mailboxes.propose')
  const { version, kind, reason, ...given } = parse(replaceDecisionInput, input)
  return transact(ctx, async (ctx) => {
    await lockProposals(ctx)
    const found = (await lockDecisions(ctx, [id]))[0] ?? fail(notFound())
    requireFresh(found, version)
    if (!mayStep('supersede', found.state)) throw decisionConflict('ended', (t) => t.ended(found.address))
    await requireBeforeWave(ctx, found)
    const proposal: Proposal = { mailboxId: found.mailboxId, kind, values: valuesOf(given), reason }
    const world = await loadWorld(ctx, [proposal], [id])
    const fields = objectionsTo(proposal, world).map((one) => objectionField(one, null))
    if (fields.length > 0) throw invalid(fields)
    await updateState(ctx, [id], 'superseded', null)
    const ids = await keepProposals(ctx, [proposal], world, new Map([[found.mailboxId, id]]))
    await recordAll(ctx, [
      {
        ...{ subjectType: 'mailbox_decision', subjectId: id, kind: 'mailbox_decision.superseded' },
        payload: { mailboxId: found.mailboxId, before: found.state, by: ids[0] },
      },
    ])
    return { ids }
  })
}

/** Refuses a form that showed an older version. */
export function requireFresh(found: StoredDecision, version: number | undefined): void {
  if (version !== undefined && version !== found.version) throw decisionConflict('stale', (t) => t.stale(found.address))
}

/** Refuses when a wave has begun with the mailbox; returns the wave that still only holds its place. */
export async function requireBeforeWave(ctx: TxContext, found: StoredDecision) {
  const wave = await lockWave(ctx, found.id)
  if (wave !== undefined && !['surveyed', 'prepared'].includes(wave.state))
    throw decisionConflict('wave_began', (t) => t.waveBegan(found.address, wave.number))
  return wave
}

type Given = { [Name in keyof DecisionValues]?: DecisionValues[Name] | undefined }

/** What was given, absent as null. */
export function valuesOf(given: Given): DecisionValues {
  const { newAddress, aliasUntil, intoId, folderPrefix, keepsDoubles, heldUntil, keptUntil, answerAddress } = given
  return {
    ...{ newAddress: newAddress ?? null, aliasUntil: aliasUntil ?? null, intoId: intoId ?? null },
    ...{ folderPrefix: folderPrefix ?? null, keepsDoubles: keepsDoubles ?? null, heldUntil: heldUntil ?? null },
    ...{ keptUntil: keptUntil ?? null, answerAddress: answerAddress ?? null },
  }
}

/** What proposals are held against; `without` are decisions that these replace. */
export async function loadWorld(
  ctx: TxContext,
  proposals: readonly Proposal[],
  without: readonly string[],
): Promise<World> {
  const named = proposals.flatMap(({ mailboxId, values }) => [mailboxId, values.intoId ?? mailboxId])
  const asked = proposals.flatMap(({ values }) => [values.newAddress ?? [], values.answerAddress ?? []].flat())
  const open = (await selectOpen(ctx)).filter(({ id }) => !without.includes(id))
  const known = await selectKnownAddresses(ctx, asked)
  return {
    boxes: new Map((await selectBoxes(ctx, [...new Set(named)])).map((box) => [box.id, box])),
    open: new Map(open.map((one) => [one.mailboxId, one])),
    taken: new Set(known.map(({ address }) => address)),
    shared: new Set(known.filter(({ isShared }) => isShared).map(({ address }) => address)),
    domains: new Set(await selectDomains(ctx)),
    today: today(ctx),
  }
}

/** What speaks against each proposal, each held against the ones before it too. */
export function objectTo<Of extends Proposal>(proposals: readonly Of[], world: World) {
  const open = new Map(world.open)
  return proposals.map((proposal): { proposal: Of; found: Objection[] } => {
    const found = objectionsTo(proposal, { ...world, open })
    const { mailboxId, kind, values } = proposal
    if (found.length === 0)
      open.set(mailboxId, { id: '', mailboxId, kind, intoId: values.intoId, newAddress: values.newAddress })
    return { proposal, found }
  })
}

/** Writes proposals nothing speaks against, their events, and the note for the offices' mail. */
export async function keepProposals(
  ctx: TxContext,
  proposals: readonly Proposal[],
  world: World,
  replaced: ReadonlyMap<string, string>,
): Promise<string[]> {
  const silenceDays = (await selectSettings(ctx))?.silenceDays ?? usualSilenceDays
  const answerBy = Temporal.PlainDate.from(world.today).add({ days: silenceDays }).toString()
  const rows = proposals.map(({ mailboxId, kind, values, reason }) => ({
    ...values,
    ...{ id: randomUUIDv7(), mailboxId, kind, answerBy, supersedesId: replaced.get(mailboxId) ?? null, reason },
    mailboxKind: world.boxes.get(mailboxId)?.kind ?? '',
  }))
  for (let at = 0; at < rows.length; at += mostAtOnce) {
    const some = rows.slice(at, at + mostAtOnce)
    await phrasing(
      { mailbox_decision_open: () => decisionConflict('already_proposed', (t) => t.alreadyProposed) },
      () => insertDecisions(ctx, some),
    )
    await recordAll(ctx, some.map(proposedEvent))
  }
  await tellOffices(
    ctx,
    proposals.flatMap(({ mailboxId }) => world.boxes.get(mailboxId)?.officeId ?? []),
  )
  return rows.map(({ id }) => id)
}

function proposedEvent(
  row: DecisionValues & { id: string; mailboxId: string; kind: string; answerBy: string } & {
    supersedesId: string | null
    reason: string
  },
) {
  const { id, mailboxId, kind, reason, newAddress, answerAddress, folderPrefix, ...days } = row
  const text = Object.entries({ reason, newAddress, answerAddress, folderPrefix }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  )
  const { aliasUntil, intoId, keepsDoubles, heldUntil, keptUntil, answerBy, supersedesId } = days
  return {
    ...{ subjectType: 'mailbox_decision' as const, subjectId: id, kind: 'mailbox_decision.proposed' },
    payload: { mailboxId, kind, aliasUntil, intoId, keepsDoubles, heldUntil, keptUntil, answerBy, supersedesId },
    text: Object.fromEntries(text),
  }
}
