/** Reading cases: one, a page, one's own, all as CSV. */
import { z } from 'zod'
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { selectAttachments, selectCase, selectEntries, selectFoldEvents } from './internal/case-queries.ts'
import { type CaseFacts, caseEvent, foldCase, type RecordedEvent } from './internal/fold.ts'
import { type CaseAct, isAllowed } from './internal/lifecycle.ts'
import { countViews, type SelectedCase, selectCases, selectOwnCases, selectSimilar } from './internal/list-queries.ts'
import { caseNumber } from './internal/number.ts'
import { readableVisibilities } from './internal/visible.ts'
import {
  type CaseDetail,
  type CasePage,
  type CaseRow,
  caseDetail,
  caseRow,
  type Entry,
  entry,
  type ListCasesInput,
  listCasesInput,
  severities,
} from './schema.ts'
import { deskTexts } from './texts.ts'

const queueTuple = z.tuple([z.enum(severities), z.int()])
const newestTuple = z.tuple([z.int()])

/** One page of the cases the actor may see; open ones, worst and oldest first, unless asked otherwise. */
export async function listCases(ctx: Context, input: ListCasesInput = {}): Promise<CasePage> {
  const { sort: wanted, cursor, limit, ...filter } = parse(listCasesInput, input)
  allow(ctx.actor, 'case.read')
  const sort = wanted ?? (filter.view === 'all' || filter.words !== '' ? 'newest' : 'queue')
  const after =
    cursor === undefined ? null : decodeCursor(cursor, { ...filter, sort }, sort === 'queue' ? queueTuple : newestTuple)
  return read(ctx, async (ctx) => {
    const page = await selectCases(ctx, filter, { sort, after, limit })
    const last = page.rows.at(-1)
    const tuple = last && (sort === 'queue' ? [last.severity, last.number] : [last.number])
    return {
      rows: page.rows.map((row) => toRow(ctx, row)),
      nextCursor: page.hasMore && tuple ? encodeCursor(tuple, { ...filter, sort }) : null,
      isCapped: page.isCapped,
    }
  })
}

/** How many cases each view of the queue holds; 1,001 stands for "more than a thousand". */
export function countCaseViews(ctx: Context) {
  allow(ctx.actor, 'case.read')
  return read(ctx, countViews)
}

/** One case with its story, as far as the actor may read it, and what they may do to it now. */
export async function findCase(ctx: Context, id: string): Promise<CaseDetail> {
  allow(ctx.actor, 'case.read')
  return read(ctx, async (ctx) => {
    const row = (await selectCase(ctx, id)) ?? fail(notFound())
    const entries = await selectEntries(ctx, id)
    const attachments = await selectAttachments(ctx, id)
    const opened = caseEvent.parse(entries[0] && { ...entries[0], version: 1 })
    if (opened.kind !== 'case.opened') throw new Error('The first event of a case is case.opened')
    return caseDetail.parse({
      ...toRow(ctx, row),
      requesterId: row.requester_id,
      requesterName: row.requester_name,
      requesterPhone: row.requester_phone,
      officeId: row.office_id,
      teamId: row.team_id,
      place: row.place,
      channel: row.channel,
      canWork: opened.payload.canWork,
      onlyMe: opened.payload.onlyMe,
      takenAt: row.taken_at,
      resolvedAt: row.resolved_at,
      closesAt: row.closes_at,
      closedAt: row.closed_at,
      closedHow: row.closed_how,
      reopenedTimes: row.reopened_times,
      entries: entries.map((found) => toEntry(ctx, found, row.requester_id)),
      attachments: attachments.map(({ id, name, bytes, media_type, visibility }) => ({
        id,
        name,
        bytes,
        mediaType: media_type,
        visibility,
      })),
      may: permitted(ctx, row),
    })
  })
}

/** What the person asked for, newest first; `after` is the cursor of the page before. */
export async function listOwnCases(
  ctx: Context,
  onlyOpen: boolean,
  cursor?: string,
  limit = 20,
): Promise<CasePage & { closing: Record<string, string> }> {
  allow(ctx.actor, 'case.read')
  const before = cursor === undefined ? null : decodeCursor(cursor, { own: onlyOpen }, newestTuple)[0]
  return read(ctx, async (ctx) => {
    const found = await selectOwnCases(ctx, onlyOpen, before, limit)
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    return {
      rows: rows.map((row) => toRow(ctx, row)),
      closing: Object.fromEntries(rows.flatMap((row) => (row.closes_at ? [[row.id, row.closes_at]] : []))),
      nextCursor: found.length > limit && last ? encodeCursor([last.number], { own: onlyOpen }) : null,
      isCapped: false,
    }
  })
}

/** Open cases that resemble these words; for the agent on the phone. */
export async function findSimilarCases(
  ctx: Context,
  words: string,
  exceptId: string | null = null,
): Promise<CaseRow[]> {
  allow(ctx.actor, 'case.read')
  return read(ctx, async (ctx) => (await selectSimilar(ctx, words, exceptId)).map((row) => toRow(ctx, row)))
}

const exportedAtMost = 100_000

/** The list as CSV in pages, one small transaction each, so that a long export holds nothing up. */
export async function* exportCases(ctx: Context, input: ListCasesInput = {}): AsyncGenerator<string> {
  allow(ctx.actor, 'case.export')
  const t = deskTexts[ctx.language]
  yield csvByteOrderMark + csvLine(Object.values(t.csv))
  let cursor: string | undefined
  for (let exported = 0; exported < exportedAtMost; exported += 200) {
    const page = await listCases(ctx, { ...input, cursor, limit: 200 })
    yield page.rows
      .map((row) =>
        csvLine([
          row.number,
          t.kinds[row.kind],
          t.states[row.state],
          t.severities[row.severity],
          row.title,
          row.officeName,
          row.holderName ?? row.teamName,
          `${row.openedAt.slice(0, 19)}Z`,
          `${row.updatedAt.slice(0, 19)}Z`,
        ]),
      )
      .join('')
    if (page.nextCursor === null) return
    cursor = page.nextCursor
  }
}

/** The stored case beside the fold of its events; equal unless something is wrong. For checks and tests. */
export async function recomputeCase(ctx: Context, id: string): Promise<CaseFacts> {
  return read(ctx, async (ctx) => {
    const events = await selectFoldEvents(ctx, id)
    return foldCase(
      events.map(
        (event): RecordedEvent => ({ ...caseEvent.parse(event), at: event.occurred_at, actorId: event.actor_id }),
      ),
    )
  })
}

function toRow(ctx: TxContext, row: SelectedCase): CaseRow {
  return caseRow.parse({
    id: row.id,
    number: caseNumber(row.number, row.opened_at, ctx.zone),
    kind: row.kind,
    state: row.state,
    severity: row.severity,
    title: row.title,
    officeName: row.office_name,
    teamName: row.team_name,
    holderName: seesNames(ctx) ? row.holder_name : null,
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    version: row.version,
  })
}

// Services are measured, never people: the supplier's names are for the supplier (contract-logic §4.1).
function seesNames(ctx: TxContext): boolean {
  return ctx.actor.partyKind === 'supplier'
}

type FoundEntry = Awaited<ReturnType<typeof selectEntries>>[number]

function toEntry(ctx: TxContext, found: FoundEntry, requesterId: string): Entry {
  const text: { title?: string; body?: string; note?: string; reason?: string } =
    found.content === null ? {} : JSON.parse(found.content)
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
    erasedReason: found.erased_reason,
    teamName: found.team_name,
  })
}

function permitted(
  ctx: TxContext,
  row: { kind: string; state: string; requester_id: string; office_id: string | null; team_id: string | null },
): CaseDetail['may'] {
  const subject = { requesterId: row.requester_id, officeId: row.office_id, teamId: row.team_id }
  const { kind, state } = caseRow.pick({ kind: true, state: true }).parse(row)
  const can = (act: CaseAct, action: Parameters<typeof may>[1]) =>
    isAllowed(kind, act, state) && may(ctx.actor, action, subject)
  return {
    take: can('take', 'case.take'),
    assign: can('assign', 'case.assign'),
    reply: can('reply', 'case.reply'),
    ask: can('ask', 'case.ask'),
    resolve: can('resolve', 'case.resolve'),
    confirm: can('confirm', 'case.answer'),
    reopen: can('reopen', 'case.answer'),
    cancel: can('cancel', 'case.cancel'),
    erase: may(ctx.actor, 'case.erase'),
    visibilities: readableVisibilities(ctx).filter(
      (visibility) => visibility === 'public' || may(ctx.actor, `entry.${visibility}`),
    ),
  }
}
