/** Reading cases: one, a page, one's own, all as CSV. */
import { z } from 'zod'
import { type Context, read } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { toRow } from './case-rows.ts'
import { caseEvent, type RecordedEvent } from './internal/case-events.ts'
import { selectFoldEvents } from './internal/case-queries.ts'
import { type CaseFacts, foldCase } from './internal/fold.ts'
import { countViews, type SelectedCase, selectCases, selectOwnCases, selectSimilar } from './internal/list-queries.ts'
import { type CasePage, type CaseRow, type ListCasesInput, listCasesInput } from './schema.ts'
import { deskTexts } from './texts.ts'
import { severities } from './vocabulary.ts'

const newestTuple = z.tuple([z.int()])
/** The sort tuple of each order: what a cursor holds, and what it is read from. */
const orders = {
  due: {
    tuple: z.tuple([z.union([z.literal('infinity'), z.iso.datetime({ offset: true })]), z.int()]),
    of: (row: SelectedCase) => [row.next_due_at ?? 'infinity', row.number],
  },
  queue: { tuple: z.tuple([z.enum(severities), z.int()]), of: (row: SelectedCase) => [row.severity, row.number] },
  newest: { tuple: newestTuple, of: (row: SelectedCase) => [row.number] },
} as const

/**
 * One page of the cases the actor may see; open ones, those with least time left first, unless asked otherwise. All of
 * them, not only those found by words, come newest first.
 */
export async function listCases(ctx: Context, input: ListCasesInput = {}): Promise<CasePage> {
  const { sort: wanted, cursor, limit, ...filter } = parse(listCasesInput, input)
  allow(ctx.actor, 'case.read')
  const sort = sortOf(filter, wanted)
  const after = cursor === undefined ? null : decodeCursor(cursor, { ...filter, sort }, orders[sort].tuple)
  return read(ctx, async (ctx) => {
    const page = await selectCases(ctx, filter, { sort, after, limit })
    const last = page.rows.at(-1)
    const tuple = last && orders[sort].of(last)
    return {
      rows: page.rows.map((row) => toRow(ctx, row)),
      nextCursor: page.hasMore && tuple ? encodeCursor(tuple, { ...filter, sort }) : null,
      isCapped: page.isCapped,
    }
  })
}

// Most cases are over and have no time left: all of them together come in the order of their numbers.
function sortOf(filter: Pick<ListCasesInput, 'view' | 'words'>, wanted: ListCasesInput['sort']) {
  if (filter.view === 'all' && filter.words === '') return 'newest'
  return wanted ?? (filter.words === '' ? 'due' : 'newest')
}

/** How many cases each view of the queue holds; 1,001 stands for "more than a thousand". */
export function countCaseViews(ctx: Context) {
  allow(ctx.actor, 'case.read')
  return read(ctx, countViews)
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
          utc(row.promisedAt),
          utc(row.dueAt),
          `${row.openedAt.slice(0, 19)}Z`,
          `${row.updatedAt.slice(0, 19)}Z`,
        ]),
      )
      .join('')
    if (page.nextCursor === null) return
    cursor = page.nextCursor
  }
}

function utc(at: string | null): string | null {
  return at && `${at.slice(0, 19)}Z`
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
