/** For tests only: lives a story again through the operations, and says what a case is without its instants. */
import { cancelCase, closeSilentCase, confirmCase, reopenCase } from '../src/modules/servicedesk/answer-case.ts'
import { deliver, deliveryCode, receiveDelivery } from '../src/modules/servicedesk/consumables.ts'
import { replyToCase } from '../src/modules/servicedesk/converse.ts'
import { approveCase, estimateCase, refuseCase } from '../src/modules/servicedesk/estimate.ts'
import type { CaseEvent } from '../src/modules/servicedesk/internal/case-events.ts'
import { type CaseFacts, foldCase } from '../src/modules/servicedesk/internal/fold.ts'
import { openCase } from '../src/modules/servicedesk/open-case.ts'
import {
  changeKind,
  consentToKind,
  correctCall,
  markDuplicate,
  reclassifyCase,
  refuseKind,
} from '../src/modules/servicedesk/reclassify.ts'
import { recordVisit } from '../src/modules/servicedesk/visit.ts'
import {
  askUser,
  assignCase,
  pauseCase,
  promiseDate,
  resolveCase,
  resumeCase,
  takeCase,
} from '../src/modules/servicedesk/work-case.ts'
import { actAs, systemContextFor } from '../src/platform/auth/actors.ts'
import type { Context } from '../src/platform/context.ts'
import type { DemoCase, DemoEvent } from './cases.ts'
import type { TestCity } from './testing.ts'

const minuteMs = 60_000
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString()

/** What a story became: the ids of its cases and deliveries among the lived ones. */
export type Lived = { caseIds: Map<string, string>; deliveryIds: Map<string, string> }

/** Lives a story again; those that are joined to it, found among `near`, are opened and marked on the way. */
export async function liveAgain(city: TestCity, story: DemoCase, near: readonly DemoCase[]): Promise<Lived> {
  const lived: Lived = { caseIds: new Map(), deliveryIds: new Map() }
  const id = await openAgain(city, story)
  lived.caseIds.set(story.id, id)
  let isResolvedByVisit = false
  for (const happened of story.events.slice(1)) {
    const { event } = happened
    if (event.kind === 'case.escalated') continue
    if (event.kind === 'case.resolved' && isResolvedByVisit) {
      isResolvedByVisit = false
      continue
    }
    if (event.kind === 'case.visited') isResolvedByVisit = event.payload.outcome === 'resolved'
    const ctx = await contextOf(city, happened)
    if (event.kind === 'case.joined') {
      const left = near.find((other) => other.id === event.payload.caseId)
      if (left === undefined) throw new Error('A case was joined that is nowhere')
      const leftId = await openAgain(city, left)
      lived.caseIds.set(left.id, leftId)
      await markDuplicate(ctx, leftId, { of: id })
    } else await (desk(ctx, id, happened) ?? goods(ctx, id, event, lived) ?? asked(city, ctx, id, happened))
  }
  return lived
}

async function openAgain(city: TestCity, story: DemoCase): Promise<string> {
  const [first] = story.events
  if (first?.event.kind !== 'case.opened') throw new Error('A story begins with case.opened')
  const { kind, canWork, onlyMe, requesterId, details, reserved, channel } = first.event.payload
  const { title, description, place, about } = story
  const opened = await openCase(await contextOf(city, first), {
    kind,
    title,
    description,
    place,
    about,
    canWork,
    onlyMe,
    requesterId,
    requestType: details.requestType ?? undefined,
    nature: details.nature ?? undefined,
    ancillaryType: details.ancillaryType ?? undefined,
    neededBy: details.neededBy ?? undefined,
    reference: details.reference ?? undefined,
    items: details.items,
    reserved: reserved ?? undefined,
    inPerson: channel === 'in_person',
    calledAt: first.at === first.recordedAt ? undefined : fromNow(-20 * minuteMs),
  })
  return opened.id
}

async function contextOf(city: TestCity, { actor, door }: DemoEvent): Promise<Context> {
  if (actor === null) return systemContextFor(city.services, city.organisationId, 'Prova')
  const context = await actAs(city.services, city.organisationId, actor.id, door)
  if (context === null) throw new Error(`${actor.email} is not there`)
  return context
}

// What staff do.
function desk(ctx: Context, id: string, { event, text }: DemoEvent): Promise<unknown> | undefined {
  const body = text?.body ?? ''
  const reason = text?.note ?? ''
  switch (event.kind) {
    case 'case.taken':
      return takeCase(ctx, id)
    case 'case.assigned':
      return assignCase(ctx, id, { teamId: event.payload.teamId, note: reason })
    case 'case.replied':
      return replyToCase(ctx, id, { body, visibility: event.payload.visibility })
    case 'case.asked':
      return askUser(ctx, id, { body })
    case 'case.paused':
      return pauseCase(ctx, id, { reason: event.payload.reason, note: body })
    case 'case.resumed':
      return resumeCase(ctx, id)
    case 'case.promised':
      return promiseDate(ctx, id, { promisedFor: fromNow(3 * 86_400_000), reason: body })
    case 'case.visited': {
      const { outcome } = event.payload
      const times = { startedAt: fromNow(-9 * minuteMs), endedAt: fromNow(-minuteMs) }
      return recordVisit(ctx, id, { ...times, outcome, note: reason, serial: text?.serial ?? '' })
    }
    case 'case.resolved':
      return resolveCase(ctx, id, { note: body })
    case 'case.estimated':
      return estimateCase(ctx, id, { personDays: event.payload.personDays, note: body })
    case 'case.reclassified':
      return reclassifyCase(ctx, id, { ...event.payload, reason })
    case 'case.kind_change_proposed':
      return changeKind(ctx, id, { to: event.payload.to, reason })
    case 'case.kind_changed':
      return event.payload.hasConsent ? consentToKind(ctx, id) : changeKind(ctx, id, { to: event.payload.to, reason })
    default:
      return undefined
  }
}

function goods(ctx: Context, id: string, event: CaseEvent, { deliveryIds }: Lived): Promise<unknown> | undefined {
  if (event.kind === 'case.delivered') {
    const { deliveryId, lines } = event.payload
    return deliver(ctx, id, { lines }).then((made) => deliveryIds.set(deliveryId, made.deliveryId))
  }
  if (event.kind !== 'case.received') return undefined
  const deliveryId = deliveryIds.get(event.payload.deliveryId) ?? ''
  return receiveDelivery(ctx, id, { code: deliveryCode(ctx, deliveryId) })
}

// What the asker and the city do, and what nobody does.
async function asked(city: TestCity, ctx: Context, id: string, { event, text }: DemoEvent): Promise<unknown> {
  const body = text?.body ?? ''
  switch (event.kind) {
    case 'case.approved':
      return approveCase(ctx, id, { note: body })
    case 'case.refused':
      return refuseCase(ctx, id, { reason: body })
    case 'case.kind_change_refused':
      return refuseKind(ctx, id, { reason: text?.note ?? '' })
    case 'case.call_corrected':
      return correctCall(ctx, id, { calledAt: fromNow(-60 * minuteMs) })
    case 'case.confirmed':
      return confirmCase(ctx, id)
    case 'case.reopened':
      return reopenCase(ctx, id, { reason: body, extent: event.payload.extent })
    case 'case.cancelled':
      return cancelCase(ctx, id)
    case 'case.closed_silent':
      // Five working days go by.
      await city.services.database.owner
        .updateTable('desk_case')
        .set({ closes_at: fromNow(-minuteMs) })
        .where('id', '=', id)
        .execute()
      return closeSilentCase(ctx, id)
    default:
      throw new Error(`Nobody can live ${event.kind} again`)
  }
}

/** The facts a story leads to without the escalations, which need time to pass. */
export function factsOf(story: DemoCase): CaseFacts {
  const events = story.events.flatMap(({ event, at, actor }) =>
    event.kind === 'case.escalated' ? [] : [{ ...event, at, actorId: actor?.id ?? null }],
  )
  return foldCase(events)
}

/** Facts without what depends on when they were lived: instants, numbers, and ids by the names that `ids` gives them. */
export function timeless(facts: CaseFacts, ids: ReadonlyMap<string, string> = new Map()): unknown {
  const { number: _, repeatsId: __, ...kept } = facts
  return JSON.parse(
    JSON.stringify(kept, (_, value) => {
      if (typeof value === 'number' && value > 1e12) return 'an instant'
      if (typeof value !== 'string') return value
      return /^\d{4}-\d\d-\d\dT/.test(value) ? 'an instant' : (ids.get(value) ?? value)
    }),
  )
}
