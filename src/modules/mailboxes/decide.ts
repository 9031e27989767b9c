/** The office confirms or contests, the head approves or refuses, ICT undoes or carries out: several at once, all or none. */
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { type Action, allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { decisionConflict } from './decision-problems.ts'
import {
  type ChangedDecision,
  carryOutInput,
  type SeveralInput,
  type SeveralWithReason,
  severalInput,
  severalWithReason,
  undoInput,
} from './decision-schema.ts'
import { today } from './decision-settings.ts'
import { requireBeforeWave, requireFresh } from './decisions.ts'
import { approval, type DecisionStep, decisionSteps, mayStep } from './internal/decision-lifecycle.ts'
import {
  deleteFromWave,
  lockDecisions,
  type Stamp,
  type StoredDecision,
  updateState,
} from './internal/decision-queries.ts'
import { recordAll } from './internal/decision-record.ts'

/** The office agrees. Refused: another's office, who proposed it, what the head decided already. */
export async function confirmDecision(ctx: Context, input: SeveralInput): Promise<{ changed: number }> {
  const { decisions } = parse(severalInput, input)
  return step(ctx, 'confirm', 'mailboxes.confirm', decisions, '', { stamp: 'confirmed', check: notOwn })
}

/** The office does not agree, and says why: nothing is approved until a new proposal or an answer. */
export async function contestDecision(ctx: Context, input: SeveralWithReason): Promise<{ changed: number }> {
  const { decisions, reason } = parse(severalWithReason, input)
  return step(ctx, 'contest', 'mailboxes.confirm', decisions, reason, { stamp: 'contested', check: notOwn })
}

/**
 * The head approves. Refused: who proposed it; what the office contests; what it has not answered, as long as it may still
 * answer. Afterwards the head may decide without it, and that is written; never where a mailbox is deleted or merged.
 */
export async function approveDecision(ctx: Context, input: SeveralInput): Promise<{ changed: number }> {
  const { decisions } = parse(severalInput, input)
  const day = today(ctx)
  return step(ctx, 'approve', 'mailboxes.approve', decisions, '', {
    stamp: 'approved',
    check: (found, ctx) => {
      notOwn(found, ctx)
      const how = approval(found, day)
      if (how === 'needs_office') throw decisionConflict('needs_office', (t) => t.needsOffice(found.address))
      if (how === 'waits')
        throw decisionConflict('office_may_answer', (t) => t.mayAnswer(found.address, found.answerBy))
    },
    told: (found) => (approval(found, day) === 'silent' ? { withoutOffice: true, answerBy: found.answerBy } : {}),
  })
}

/** The head does not approve, and says why. */
export async function refuseDecision(ctx: Context, input: SeveralWithReason): Promise<{ changed: number }> {
  const { decisions, reason } = parse(severalWithReason, input)
  return step(ctx, 'refuse', 'mailboxes.approve', decisions, reason, {})
}

/**
 * Takes an open decision back, an approved one too, until its wave begins; the mailbox leaves a wave that has only
 * prepared it.
 */
export async function undoDecision(
  ctx: Context,
  id: string,
  input: { version?: number | undefined; reason: string },
): Promise<ChangedDecision> {
  const { version, reason } = parse(undoInput, input)
  allow(ctx.actor, 'mailboxes.propose')
  return transact(ctx, async (ctx) => {
    const found = (await lockDecisions(ctx, [id]))[0] ?? fail(notFound())
    const wave = await requireBeforeWave(ctx, found)
    await step(ctx, 'undo', 'mailboxes.propose', [{ id, version }], reason, {})
    if (wave !== undefined) {
      await deleteFromWave(ctx, wave.waveId, found.mailboxId)
      await recordAll(ctx, [
        {
          ...{ subjectType: 'migration_wave', subjectId: wave.waveId, kind: 'wave.mailbox_taken_out' },
          payload: { mailboxId: found.mailboxId, decisionId: id, why: 'decision_undone' },
        },
      ])
    }
    return { id, version: found.version + 1 }
  })
}

/** Notes that what was approved is done. Refused before the day until which a mailbox is held. */
export async function carryOutDecision(
  ctx: Context,
  id: string,
  input: { version?: number | undefined; note?: string | undefined },
): Promise<ChangedDecision> {
  const { version, note } = parse(carryOutInput, input)
  const day = today(ctx)
  return transact(ctx, async (ctx) => {
    const check = (found: StoredDecision) => {
      const until = found.heldUntil
      if (found.kind === 'delete' && until !== null && until > day)
        throw decisionConflict('held', (t) => t.held(found.address, until))
    }
    await step(ctx, 'carry_out', 'mailboxes.propose', [{ id, version }], note, { check })
    const [changed] = await lockDecisions(ctx, [id])
    return { id, version: changed?.version ?? 0 }
  })
}

function notOwn(found: StoredDecision, { actor }: Pick<Context, 'actor'>) {
  if (found.proposedBy === actor.personId) throw decisionConflict('own_proposal', (t) => t.ownProposal(found.address))
}

type Named = readonly { id: string; version?: number | undefined }[]
type How = {
  stamp?: Stamp
  check?: (found: StoredDecision, ctx: TxContext) => void
  /** What the event says besides. */
  told?: (found: StoredDecision) => Record<string, unknown>
}

async function step(ctx: Context, name: DecisionStep, action: Action, named: Named, reason: string, how: How) {
  allow(ctx.actor, action)
  const versions = new Map(named.map(({ id, version }) => [id, version]))
  return transact(ctx, async (ctx) => {
    const found = await lockDecisions(ctx, [...versions.keys()])
    if (found.length < versions.size) throw notFound()
    for (const one of found) {
      allow(ctx.actor, action, { officeId: one.officeId })
      requireFresh(one, versions.get(one.id))
      if (!mayStep(name, one.state)) throw decisionConflict('state', (t) => t.state(one.address, one.state))
      how.check?.(one, ctx)
    }
    const { to } = decisionSteps[name]
    await updateState(ctx, [...versions.keys()], to, how.stamp ?? null)
    await recordAll(
      ctx,
      found.map((one) => ({
        ...{ subjectType: 'mailbox_decision', subjectId: one.id, kind: `mailbox_decision.${to}` },
        payload: { mailboxId: one.mailboxId, before: one.state, ...how.told?.(one) },
        ...(reason !== '' && { text: { reason } }),
      })),
    )
    return { changed: found.length }
  })
}
