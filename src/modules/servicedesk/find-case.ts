/** One case with its story, as far as whoever looks may read it, and what they may do to it now. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { type Action, allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { seesNames, toRow } from './case-rows.ts'
import { deliveryCode, pieces } from './consumables.ts'
import { caseEvent } from './internal/case-events.ts'
import {
  type FoundEntry,
  selectAttachments,
  selectCase,
  selectEntries,
  selectReferences,
  toFacts,
} from './internal/case-queries.ts'
import type { Clock } from './internal/clocks.ts'
import { selectItems } from './internal/consumable-queries.ts'
import type { CaseFacts } from './internal/fold.ts'
import { type CaseAct, indicatorOf, isAllowed } from './internal/lifecycle.ts'
import { caseNumber } from './internal/number.ts'
import { readsWords } from './internal/reserved.ts'
import { readableVisibilities } from './internal/visible.ts'
import { type CaseDetail, caseDetail, type Entry, entry } from './schema.ts'

/** One case with its story, as far as the actor may read it, and what they may do to it now. */
export async function findCase(ctx: Context, id: string): Promise<CaseDetail> {
  allow(ctx.actor, 'case.read')
  return read(ctx, async (ctx) => {
    const row = (await selectCase(ctx, id)) ?? fail(notFound())
    const facts = toFacts(row)
    const reads = readsWords(ctx, row)
    const entries = await selectEntries(ctx, id)
    const attachments = reads ? await selectAttachments(ctx, id) : []
    const opened = caseEvent.parse(entries[0])
    if (opened.kind !== 'case.opened') throw new Error('The first event of a case is case.opened')
    const references = await selectReferences(ctx, [facts.duplicateOf, facts.repeatsId])
    const reference = (of: string | null) => references.find((one) => one.id === of) ?? null
    return caseDetail.parse({
      ...toRow(ctx, row),
      ...factsShown(facts),
      requesterId: row.requester_id,
      requesterName: row.requester_name,
      requesterPhone: row.requester_phone,
      ...(!reads && { reference: null }),
      place: reads ? row.place : '',
      about: reads ? row.about : '',
      canWork: opened.payload.canWork,
      onlyMe: opened.payload.onlyMe,
      typedAt: entries[0]?.recorded_at,
      ...(await goods(ctx, facts)),
      duplicateOf: referenceShown(ctx, reference(facts.duplicateOf)),
      repeats: referenceShown(ctx, reference(facts.repeatsId)),
      clocks: clocksShown(row.clocks),
      entries: entries.map((found) => toEntry(ctx, found, row.requester_id, reads)),
      attachments: attachments.map(({ id, name, bytes, media_type, visibility }) => ({
        id,
        name,
        bytes,
        mediaType: media_type,
        visibility,
      })),
      may: permitted(ctx, facts),
    })
  })
}

function factsShown(facts: CaseFacts) {
  const { requestType, nature, ancillaryType, neededBy, reference } = facts.details
  return {
    officeId: facts.officeId,
    teamId: facts.teamId,
    channel: facts.channel,
    takenAt: facts.takenAt,
    resolvedAt: facts.resolvedAt,
    closesAt: facts.closesAt,
    closedAt: facts.closedAt,
    closedHow: facts.closedHow,
    reopenedTimes: facts.reopenedTimes,
    requestType,
    nature,
    ancillaryType,
    neededBy,
    reference,
    personDays: facts.personDays,
    openedKind: facts.openedKind,
    proposedKind: facts.proposedKind,
    indicator: indicatorOf[facts.openedKind],
    firstPromisedAt: facts.firstPromisedAt,
    promisedTimes: facts.promisedTimes,
  }
}

// The code is for the delivery note: whoever signs with it must have got it with the goods.
async function goods(ctx: TxContext, facts: CaseFacts): Promise<Pick<CaseDetail, 'items' | 'deliveries'>> {
  if (facts.details.items.length === 0) return { items: [], deliveries: [] }
  const known = await selectItems(ctx)
  const delivered = facts.deliveries.flatMap(({ lines }) => lines)
  const received = facts.deliveries.flatMap(({ lines, receivedAt }) => (receivedAt === null ? [] : lines))
  const showsCode = may(ctx.actor, 'case.work', facts)
  return {
    items: facts.details.items.map(({ itemId, quantity }) => ({
      itemId,
      name: known.find((item) => item.id === itemId)?.name ?? itemId,
      asked: quantity,
      delivered: pieces(delivered, itemId),
      received: pieces(received, itemId),
    })),
    deliveries: facts.deliveries.map(({ deliveryId, lines, receivedAt }) => ({
      deliveryId,
      receivedAt,
      code: showsCode && receivedAt === null ? deliveryCode(ctx, deliveryId) : null,
      pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
    })),
  }
}

function clocksShown(stored: unknown): CaseDetail['clocks'] {
  // Written by clockColumns and by nothing else.
  return (stored as Clock[]).map((clock) => ({
    metric: clock.metric,
    cycle: clock.cycle,
    state: clock.state,
    startedAt: iso(clock.startedAt),
    dueAt: clock.dueAt === null ? null : iso(clock.dueAt),
    stoppedAt: clock.stoppedAt === null ? null : iso(clock.stoppedAt),
    targetMs: clock.targetMs,
    elapsedMs: clock.elapsedMs,
    countedTo: iso(clock.countedTo),
    isLate: clock.isLate,
  }))
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function referenceShown(ctx: TxContext, found: { id: string; number: number; opened_at: string } | null) {
  return found && { id: found.id, number: caseNumber(found.number, found.opened_at, ctx.zone) }
}

function toEntry(ctx: TxContext, found: FoundEntry, requesterId: string, reads: boolean): Entry {
  const text: { title?: string; body?: string; note?: string; reason?: string; serial?: string } =
    found.content === null || !reads ? {} : JSON.parse(found.content)
  const isOfSupplier = found.party_kind === 'supplier'
  const readsNote = may(ctx.actor, 'entry.internal')
  return entry.parse({
    eventId: found.id,
    kind: found.kind,
    at: found.occurred_at,
    witness: found.witness,
    author: isOfSupplier && !seesNames(ctx) ? (found.team_name ?? found.party_name) : found.author,
    isRequester: found.actor_id === requesterId,
    visibility: found.payload.visibility ?? 'public',
    body: text.body || (readsNote ? (text.note ?? text.reason) : undefined) || null,
    serial: (readsNote && text.serial) || null,
    erasedReason: found.erased_reason,
    teamName: found.team_name,
    recordedAt: found.recorded_at,
    payload: shownPayload(found),
  })
}

// What an entry says besides its words: a few states and instants, the same for everybody who reads the entry.
function shownPayload(found: FoundEntry): Entry['payload'] {
  const { reason, promisedFor, outcome, personDays, to, extent, level, metric, calledAt, severity } =
    found.payload as Record<string, string | number | undefined>
  return Object.fromEntries(
    Object.entries({ reason, promisedFor, outcome, personDays, to, extent, level, metric, calledAt, severity }).flatMap(
      ([name, value]) => (value === undefined ? [] : [[name, String(value)]]),
    ),
  )
}

function permitted(ctx: TxContext, facts: CaseFacts): CaseDetail['may'] {
  const can = (act: CaseAct, action: Action) => isAllowed(facts.kind, act, facts.state) && may(ctx.actor, action, facts)
  const decides = facts.waitingFor === 'approval' && can('approve', 'case.decide')
  return {
    take: can('take', 'case.take'),
    assign: can('assign', 'case.assign'),
    reply: can('reply', 'case.reply'),
    ask: can('ask', 'case.ask'),
    resolve: can('resolve', 'case.resolve'),
    confirm: can('confirm', 'case.answer'),
    reopen: can('reopen', 'case.answer'),
    cancel: can('cancel', 'case.cancel'),
    pause: can('pause', 'case.work'),
    resume: can('resume', 'case.work') && facts.waitingFor !== 'approval',
    promise: can('promise', 'case.work'),
    visit: can('visit', 'case.work'),
    deliver: can('deliver', 'case.work'),
    receive: can('receive', 'case.receive') && facts.deliveries.some(({ receivedAt }) => receivedAt === null),
    estimate: can('estimate', 'case.work'),
    decide: decides,
    markDuplicate: can('mark_duplicate', 'case.work'),
    changeKind: can('change_kind', 'case.work') && facts.proposedKind === null,
    consent: facts.proposedKind !== null && can('change_kind', 'case.decide'),
    reclassify: can('reclassify', 'case.work') && facts.kind === 'incident',
    correctCall: facts.channel === 'phone' && can('correct_call', 'case.answer'),
    openNames: may(ctx.actor, 'names.open'),
    erase: may(ctx.actor, 'case.erase'),
    visibilities: readableVisibilities(ctx).filter(
      (visibility) => visibility === 'public' || may(ctx.actor, `entry.${visibility}`),
    ),
  }
}
