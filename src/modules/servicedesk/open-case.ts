import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import type { KeptFile } from '../../platform/files.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { agreementInForce, loadRules } from './agreements.ts'
import { attach } from './attach.ts'
import { requireItems } from './consumables.ts'
import { type CaseDetails, type CaseEvent, caseDetails } from './internal/case-events.ts'
import { insertCase, loadRequester, selectOpened } from './internal/case-queries.ts'
import { openedFacts } from './internal/fold.ts'
import { missingFields } from './internal/kinds.ts'
import { caseNumber } from './internal/number.ts'
import { severityOf } from './internal/severity.ts'
import { tell } from './internal/tell.ts'
import { wrongField } from './problems.ts'
import { type OpenCaseInput, type OpenedCase, openCaseInput } from './schema.ts'
import type { Channel, ReservedMatter } from './vocabulary.ts'

const channelOf = {
  portal: 'portal',
  desk: 'phone',
  api: 'api',
  cli: 'cli',
  job: 'cli',
  import: 'cli',
  mail: 'mail',
  link: 'portal',
} as const satisfies Record<Context['door'], Channel>

/** A file whose bytes are already durable, under the name its sender gave it. */
export type NamedFile = KeptFile & { name: string }

/**
 * Opens a case for the person who asks, whatever door it came through. At the desk `calledAt` is when the person called:
 * clocks run from then, and the instant of typing stays beside it.
 * The same idempotency key gives the same case again. Refused: an unknown person, or one the actor may not ask for; a
 * kind without the fields it needs; a call in the future or more than thirty days ago.
 */
export async function openCase(
  ctx: Context,
  input: OpenCaseInput,
  files: readonly NamedFile[] = [],
): Promise<OpenedCase> {
  const request = parse(openCaseInput, input)
  requireFields(request)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'case.open', request, id)
    if (earlier !== null) return openedBefore(ctx, earlier)
    const requester = await requesterOf(ctx, request)
    allow(ctx.actor, 'case.open', { requesterId: requester.id, officeId: requester.office_id })
    if (request.items.length > 0) await requireItems(ctx, request.items, 'items')
    const place = request.place || requester.place
    const event = decideOpen({
      ...request,
      number: requester.number,
      requesterId: requester.id,
      officeId: requester.office_id,
      channel: request.inPerson && ctx.door === 'desk' ? 'in_person' : channelOf[ctx.door],
      agreementId: requester.agreement_id ?? (await agreementInForce(ctx)),
      repeatsId: requester.repeats_id,
    })
    const appended = await appendEvent(ctx, {
      subjectType: 'case',
      subjectId: id,
      kind: event.kind,
      version: event.version,
      witness: witnessOf(ctx, true),
      occurredAt: backdates.has(ctx.door) ? request.calledAt : undefined,
      payload: event.payload,
      text: { title: request.title, body: request.description, place, ...(request.about && { about: request.about }) },
      retention: request.reserved ? 'case_reserved' : 'case',
    })
    const facts = openedFacts({ ...event, at: appended.occurredAt, actorId: ctx.actor.personId })
    const words = { title: request.title, description: request.description, place, about: request.about }
    await insertCase(ctx, id, facts, words, await loadRules(ctx, facts.agreementId, facts.openedAt))
    await tell(ctx, { id, ...facts }, event, appended)
    await attach(ctx, id, appended.id, 'public', files)
    ctx.services.live.announce(ctx)
    return { id, number: caseNumber(facts.number, facts.openedAt, ctx.zone), version: facts.version }
  })
}

type Asked = z.output<typeof openCaseInput>

/** What an opening is decided from. What only some kinds have may be left out. */
export type OpeningFacts = Pick<Asked, 'kind' | 'canWork' | 'onlyMe'> &
  Partial<Pick<Asked, 'requestType' | 'nature' | 'ancillaryType' | 'neededBy' | 'reference' | 'items'>> & {
    number: number
    requesterId: string
    officeId: string | null
    channel: Channel
    agreementId: string | null
    reserved?: ReservedMatter | undefined
    repeatsId?: string | null
  }

/** The event with which a case begins. Pure. */
export function decideOpen(facts: OpeningFacts): Extract<CaseEvent, { kind: 'case.opened' }> {
  const { number, kind, canWork, onlyMe, requesterId, officeId, channel, agreementId } = facts
  // Somebody who needs something is not stopped: the two questions are asked for what does not work.
  const severity = kind === 'incident' ? severityOf(canWork, onlyMe) : 'normal'
  return {
    kind: 'case.opened',
    version: 2,
    payload: {
      number,
      kind,
      severity,
      canWork,
      onlyMe,
      requesterId,
      officeId,
      channel,
      agreementId,
      reserved: facts.reserved ?? null,
      repeatsId: facts.repeatsId ?? null,
      details: detailsOf(facts),
    },
  }
}

// Only what belongs to the kind is kept: what a form sent besides is not a fact of this case.
function detailsOf(facts: OpeningFacts): CaseDetails {
  const is = (...kinds: OpeningFacts['kind'][]) => kinds.includes(facts.kind)
  return caseDetails.parse({
    ...(is('service_request') && { requestType: facts.requestType ?? null }),
    ...(is('small_maintenance') && { nature: facts.nature ?? null }),
    ...(is('ancillary_service') && { ancillaryType: facts.ancillaryType ?? null }),
    ...(is('ancillary_service', 'data_processing', 'service_request') && { neededBy: facts.neededBy ?? null }),
    ...(is('development_request') && { reference: facts.reference || null }),
    ...(is('consumable') && { items: facts.items ?? [] }),
  })
}

// Nobody dates their own request back: a call is told by whoever answered it.
const backdates: ReadonlySet<Context['door']> = new Set(['desk', 'api', 'cli', 'import'])
const oldestCallMs = 30 * 86_400_000

function requireFields(request: Asked) {
  const missing = missingFields(request.kind, request).map((field) =>
    wrongField(field, (t) => t.problems.missing[field]),
  )
  const called = request.calledAt === undefined ? null : Date.parse(request.calledAt)
  if (called !== null && (called > Date.now() + 60_000 || called < Date.now() - oldestCallMs))
    missing.push(wrongField('calledAt', (t) => t.problems.wrongCall))
  if (missing.length > 0) throw invalid(missing)
}

async function requesterOf(ctx: TxContext, request: Asked) {
  const id =
    request.requesterId ?? (request.requesterEmail === undefined ? (ctx.actor.personId ?? undefined) : undefined)
  const today = Temporal.Now.plainDateISO(ctx.zone).toString()
  const found =
    id === undefined && request.requesterEmail === undefined
      ? undefined
      : await loadRequester(ctx, { id, email: request.requesterEmail, title: request.title, today })
  const path = request.requesterEmail === undefined ? 'requesterId' : 'requesterEmail'
  return found ?? fail(invalid([wrongField(path, (t) => t.problems.unknownRequester)]))
}

// The answer this very actor was given before: no right to read cases is needed to hear it again.
async function openedBefore(ctx: TxContext, id: string): Promise<OpenedCase> {
  const row = await selectOpened(ctx, id)
  return { id, number: caseNumber(row.number, row.opened_at, ctx.zone), version: 1 }
}
