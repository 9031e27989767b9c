/** The acts of the pages of decisions, each one operation. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { invalid } from '../../../platform/http/parse.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import {
  approveDecision,
  carryOutDecision,
  confirmDecision,
  contestDecision,
  refuseDecision,
  undoDecision,
} from '../decide.ts'
import { decisionField, objectionField } from '../decision-problems.ts'
import type { ProposeInput, ReplaceDecisionInput } from '../decision-schema.ts'
import { proposeDecision, supersedeDecision } from '../decisions.ts'
import { findMailboxId } from '../find-decisions.ts'

/** Carries out what a button asks for on the ticked decisions, or on the one of the page; everything is parsed by the operation. */
export async function actOnDecisions(ctx: Context, form: FormData): Promise<void> {
  const { act = '', reason = '', contestReason = '', refuseReason = '', note } = filledTexts(form)
  const [name = '', one] = act.split('-one-')
  const decisions = (one === undefined ? form.getAll('decision') : [one]).map((value) => {
    const [id = '', version] = String(value).split(':')
    return { id, version: Number(version) }
  })
  const [first] = decisions
  if (first === undefined) throw invalid([decisionField('decision', (t) => t.nothingTicked)])
  switch (name) {
    case 'confirm':
      await confirmDecision(ctx, { decisions })
      break
    case 'contest':
      await contestDecision(ctx, { decisions, reason: contestReason || missing('contestReason') })
      break
    case 'approve':
      await approveDecision(ctx, { decisions })
      break
    case 'refuse':
      await refuseDecision(ctx, { decisions, reason: refuseReason || missing('refuseReason') })
      break
    case 'undo':
      await undoDecision(ctx, first.id, { version: first.version, reason: reason || missing('reason') })
      break
    case 'carry_out':
      await carryOutDecision(ctx, first.id, { version: first.version, note })
  }
}

function missing(field: string): never {
  throw invalid([decisionField(field, (t) => t.reasonMissing)])
}

/** Proposes for the mailboxes of the form, or replaces the decision it names; returns where to go. */
export async function proposeFromForm(ctx: Context, form: FormData): Promise<string> {
  const { into, replaces, version, once: _, ...fields } = filledTexts(form)
  const intoId = into === undefined ? undefined : await findMailboxId(ctx, into)
  if (into !== undefined && intoId === undefined)
    throw invalid([{ ...objectionField({ field: 'intoId', code: 'intoUnknown' }, null), path: 'into' }])
  // Texts as they were typed: the operation parses them.
  const given = { ...fields, ...(intoId !== undefined && { intoId }) }
  if (replaces !== undefined) {
    const input = { ...given, version: Number(version) } as unknown as ReplaceDecisionInput
    const { ids } = await supersedeDecision(ctx, replaces, input)
    return `/caselle/proposte/${ids[0]}`
  }
  await proposeDecision(ctx, { ...given, mailboxIds: form.getAll('mailbox').map(String) } as unknown as ProposeInput)
  return '/caselle/proposte?view=to_confirm'
}
