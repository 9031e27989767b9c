import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { type KeptFile, recordFile } from '../../platform/files.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { insertAttachments, insertCase, loadRequester, selectOpened } from './internal/case-queries.ts'
import { type CaseEvent, openedFacts } from './internal/fold.ts'
import { caseNumber } from './internal/number.ts'
import { severityOf } from './internal/severity.ts'
import { wrongField } from './problems.ts'
import { type Channel, type OpenCaseInput, type OpenedCase, openCaseInput, type Visibility } from './schema.ts'

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
 * Opens a case for the person who asks, whatever door it came through.
 * The same idempotency key gives the same case again. Refused: an unknown person, or one the actor may not ask for.
 */
export async function openCase(
  ctx: Context,
  input: OpenCaseInput,
  files: readonly NamedFile[] = [],
): Promise<OpenedCase> {
  const request = parse(openCaseInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'case.open', request, id)
    if (earlier !== null) return openedBefore(ctx, earlier)
    const requester = await requesterOf(ctx, request)
    allow(ctx.actor, 'case.open', { requesterId: requester.id, officeId: requester.office_id })
    const place = request.place || requester.place
    const event = decideOpen({
      ...request,
      number: requester.number,
      requesterId: requester.id,
      officeId: requester.office_id,
      channel: channelOf[ctx.door],
    })
    const appended = await appendEvent(ctx, {
      subjectType: 'case',
      subjectId: id,
      kind: event.kind,
      version: event.version,
      witness: witnessOf(ctx, true),
      payload: event.payload,
      text: { title: request.title, body: request.description, place },
      retention: 'case',
    })
    const facts = openedFacts({ ...event, at: appended.occurredAt, actorId: ctx.actor.personId })
    await insertCase(ctx, id, facts, { title: request.title, description: request.description, place })
    await attach(ctx, id, appended.id, 'public', files)
    ctx.services.live.announce(ctx)
    return { id, number: caseNumber(facts.number, facts.openedAt, ctx.zone), version: facts.version }
  })
}

type Facts = z.output<typeof openCaseInput> & {
  number: number
  requesterId: string
  officeId: string | null
  channel: Channel
}

/** The event with which a case begins. Pure. */
export function decideOpen(facts: Facts): Extract<CaseEvent, { kind: 'case.opened' }> {
  const { number, kind, canWork, onlyMe, requesterId, officeId, channel } = facts
  // Somebody who needs something is not stopped: the two questions are asked for what does not work.
  const severity = kind === 'incident' ? severityOf(canWork, onlyMe) : 'normal'
  return {
    kind: 'case.opened',
    version: 1,
    payload: { number, kind, severity, canWork, onlyMe, requesterId, officeId, channel },
  }
}

/** Ties files to the event they came with. */
export async function attach(
  ctx: TxContext,
  caseId: string,
  eventId: number,
  visibility: Visibility,
  files: readonly NamedFile[],
) {
  for (const file of files) await recordFile(ctx, file)
  await insertAttachments(
    ctx,
    files.map((file) => ({
      id: randomUUIDv7(),
      case_id: caseId,
      event_id: eventId,
      sha256: file.sha256,
      name: safeName(file.name),
      visibility,
    })),
  )
}

// A name is shown and offered for saving: no folders, no control characters, no trailing dots.
function safeName(name: string): string {
  const last = name.replaceAll('\\', '/').split('/').at(-1) ?? ''
  return (
    last
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
      .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '_')
      .replace(/[. ]+$/, '')
      .slice(-150) || 'allegato'
  )
}

async function requesterOf(ctx: TxContext, request: z.output<typeof openCaseInput>) {
  const id =
    request.requesterId ?? (request.requesterEmail === undefined ? (ctx.actor.personId ?? undefined) : undefined)
  const found =
    id === undefined && request.requesterEmail === undefined
      ? undefined
      : await loadRequester(ctx, { id, email: request.requesterEmail })
  const path = request.requesterEmail === undefined ? 'requesterId' : 'requesterEmail'
  return found ?? fail(invalid([wrongField(path, (t) => t.problems.unknownRequester)]))
}

// The answer this very actor was given before: no right to read cases is needed to hear it again.
async function openedBefore(ctx: TxContext, id: string): Promise<OpenedCase> {
  const row = await selectOpened(ctx, id)
  return { id, number: caseNumber(row.number, row.opened_at, ctx.zone), version: 1 }
}
