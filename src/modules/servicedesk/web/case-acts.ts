/** One address, one act: the button's name says which operation. Server side only. */
import { redirect } from 'react-router'
import type { Context } from '../../../platform/context.ts'
import { allow } from '../../../platform/permissions.ts'
import { notFound } from '../../../platform/problem.ts'
import { cancelCase, confirmCase, reopenCase } from '../answer-case.ts'
import { deliver, receiveDelivery } from '../consumables.ts'
import { eraseCaseText, replyToCase } from '../converse.ts'
import { approveCase, estimateCase, refuseCase } from '../estimate.ts'
import { changeKind, consentToKind, correctCall, markDuplicate, reclassifyCase, refuseKind } from '../reclassify.ts'
import { recordVisit } from '../visit.ts'
import { askUser, assignCase, pauseCase, promiseDate, resolveCase, resumeCase, takeCase } from '../work-case.ts'
import { withLineFields } from './goods-form.ts'
import { localInstant } from './local-instant.ts'
import { keptFiles } from './uploads.ts'

/** What a form said, by the name of its fields. */
type Said = { version: number; text: (name: string) => string; form: FormData }
type Act = (ctx: Context, id: string, said: Said) => Promise<unknown>

// What a field holds is parsed by the operation: a choice that is none is refused there, in words.
const choice = <Value extends string>(text: string) => text as Value
const at = (ctx: Context, text: string) => localInstant(text, ctx.zone)

const acts: Record<string, Act> = {
  take: (ctx, id, { version }) => takeCase(ctx, id, { version }),
  assign: (ctx, id, { version, text }) => assignCase(ctx, id, { version, teamId: text('teamId'), note: text('note') }),
  ask: (ctx, id, { version, text }) => askUser(ctx, id, { version, body: text('body') }),
  resolve: (ctx, id, { version, text }) => resolveCase(ctx, id, { version, note: text('note') }),
  confirm: (ctx, id, { version }) => confirmCase(ctx, id, { version }),
  reopen: (ctx, id, { version, text }) =>
    reopenCase(ctx, id, { version, reason: text('reason'), extent: choice(text('extent') || 'no') }),
  cancel: (ctx, id, { version }) => cancelCase(ctx, id, { version }),
  pause: (ctx, id, { version, text }) =>
    pauseCase(ctx, id, { version, reason: choice(text('pauseReason')), note: text('pauseNote') }),
  resume: (ctx, id, { version }) => resumeCase(ctx, id, { version }),
  promise: (ctx, id, { version, text }) =>
    promiseDate(ctx, id, { version, promisedFor: at(ctx, text('promisedFor')), reason: text('promiseReason') }),
  visit: (ctx, id, { version, text }) =>
    recordVisit(ctx, id, {
      version,
      startedAt: at(ctx, text('startedAt')),
      endedAt: at(ctx, text('endedAt')),
      outcome: choice(text('outcome')),
      note: text('visitNote'),
      serial: text('serial'),
    }),
  estimate: (ctx, id, { version, text }) =>
    estimateCase(ctx, id, { version, personDays: Number(text('personDays')), note: text('estimateNote') }),
  approve: (ctx, id, { version }) => approveCase(ctx, id, { version }),
  refuse: (ctx, id, { version, text }) => refuseCase(ctx, id, { version, reason: text('refuseReason') }),
  change_kind: (ctx, id, { version, text }) =>
    changeKind(ctx, id, { version, to: choice(text('to')), reason: text('kindReason') }),
  consent: (ctx, id, { version }) => consentToKind(ctx, id, { version }),
  refuse_kind: (ctx, id, { version, text }) => refuseKind(ctx, id, { version, reason: text('refuseReason') }),
  reclassify: (ctx, id, { version, text }) =>
    reclassifyCase(ctx, id, {
      version,
      canWork: choice(text('canWork')),
      onlyMe: choice<'yes' | 'no'>(text('onlyMe')),
      reason: text('urgencyReason'),
    }),
  duplicate: (ctx, id, { version, text }) => markDuplicate(ctx, id, { version, of: text('of') }),
  correct_call: (ctx, id, { version, text }) => correctCall(ctx, id, { version, calledAt: at(ctx, text('calledAt')) }),
  deliver: async (ctx, id, { version, form }) => {
    const lines = linesOf(form)
    const { deliveryId } = await withLineFields(lines, () => deliver(ctx, id, { version, lines }))
    // Whoever delivers leaves the note with the goods.
    throw redirect(`/richieste/${id}/bolla/${deliveryId}`)
  },
  receive: (ctx, id, { version, text }) => receiveDelivery(ctx, id, { version, code: text('code') }),
  erase: (ctx, id, { text }) => eraseCaseText(ctx, id, { reason: text('reason') }),
  reply: async (ctx, id, { text, form }) => {
    // Nothing is kept for somebody who may not write at all.
    allow(ctx.actor, 'case.reply')
    return replyToCase(
      ctx,
      id,
      { body: text('body'), visibility: choice(text('visibility') || 'public') },
      await keptFiles(ctx, form),
    )
  },
}

/** Carries out the act a form names on a case. */
export async function actOnCase(ctx: Context, id: string, form: FormData): Promise<void> {
  const act = acts[String(form.get('act'))]
  if (act === undefined) throw notFound()
  const text = (name: string) => String(form.get(name) ?? '')
  await act(ctx, id, { version: Number(form.get('version')), text, form })
}

/** Quantities by item, from fields named item-<id>; empty and zero ones are left out. */
export function linesOf(form: FormData): { itemId: string; quantity: number }[] {
  return [...form.entries()].flatMap(([name, value]) => {
    const itemId = /^item-(.+)$/.exec(name)?.[1]
    const quantity = Number(value)
    return itemId === undefined || value === '' || quantity === 0 ? [] : [{ itemId, quantity }]
  })
}
