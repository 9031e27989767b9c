/** Reading outages: for staff the list and its cases, for everybody what is known already. */
import { z } from 'zod'
import { type Context, read } from '../../platform/context.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { toRow as toCaseRow } from './case-rows.ts'
import { selectHappenings } from './internal/knowledge-record.ts'
import { caseNumber } from './internal/number.ts'
import { selectJoined, selectJoining } from './internal/outage-case-queries.ts'
import { type SelectedOutage, selectKnown, selectOutage, selectOutages } from './internal/outage-queries.ts'
import {
  type KnownOutage,
  knownOutage,
  type ListOutagesInput,
  listOutagesInput,
  type OutageDetail,
  type OutageRow,
  outageDetail,
  outageRow,
} from './outage-schema.ts'

const startTuple = z.tuple([z.iso.datetime({ offset: true }), z.uuid()])

/** Outages, the latest to begin first; open ones unless asked otherwise. */
export async function listOutages(
  ctx: Context,
  input: ListOutagesInput = {},
): Promise<{ rows: OutageRow[]; nextCursor: string | null }> {
  allow(ctx.actor, 'outage.read')
  const { view, cursor, limit } = parse(listOutagesInput, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, { outages: view }, startTuple)
  return read(ctx, async (ctx) => {
    const found = await selectOutages(ctx, view, after, limit)
    const rows = found.slice(0, limit).map(toRow)
    const last = rows.at(-1)
    return {
      rows,
      nextCursor: found.length > limit && last ? encodeCursor([last.startedAt, last.id], { outages: view }) : null,
    }
  })
}

const told = ['outage.opened', 'outage.changed', 'outage.updated', 'outage.closed']

/** One outage with what was said of it and the cases it groups. */
export async function findOutage(ctx: Context, id: string): Promise<OutageDetail> {
  allow(ctx.actor, 'outage.read')
  return read(ctx, async (ctx) => {
    const found = (await selectOutage(ctx, id)) ?? fail(notFound())
    const happened = await selectHappenings(ctx, 'outage', id, 500)
    const joined = may(ctx.actor, 'case.read') ? await selectJoined(ctx, id, 200) : []
    const mayManage = may(ctx.actor, 'outage.manage')
    const isClosed = found.state === 'closed'
    return outageDetail.parse({
      ...toRow(found),
      body: found.body,
      words: found.words,
      kinds: found.kinds,
      teamId: found.team_id,
      offices: found.offices,
      sites: found.sites,
      settled: found.settled,
      updates: happened
        .filter(({ kind }) => told.includes(kind))
        .map(({ at, kind, by, content }) => ({
          at,
          kind,
          by,
          body: content === null ? null : JSON.parse(content).body,
        })),
      joined: joined.map((row) => ({
        ...toCaseRow(ctx, row),
        joinedHow: row.joined_how,
        isSettled: row.is_settled,
      })),
      may: { change: mayManage && !isClosed, settle: mayManage && isClosed && found.settled < found.cases },
    })
  })
}

/** "Lo sappiamo già": open outages that concern the actor, those that the words name first. */
export async function knownOutages(
  ctx: Context,
  about: { kind?: string; words?: string; isNamedOnly?: boolean } = {},
): Promise<KnownOutage[]> {
  allow(ctx.actor, 'outage.notice')
  const words = about.words?.trim().slice(0, 200) ?? ''
  return read(ctx, async (ctx) =>
    (await selectKnown(ctx, about.kind ?? null, words, about.isNamedOnly === true)).map((row) => {
      const news: { body?: string } = row.news === null ? {} : JSON.parse(row.news)
      const isMine = row.my_case_id !== null && row.my_number !== null && row.my_opened_at !== null
      return knownOutage.parse({
        id: row.id,
        title: row.title,
        body: news.body ?? row.body,
        startedAt: row.started_at,
        expectedAt: row.expected_at,
        myCase: isMine
          ? { id: row.my_case_id, number: caseNumber(Number(row.my_number), String(row.my_opened_at), ctx.zone) }
          : null,
      })
    }),
  )
}

/** The outage a case is joined to, for its page; null when there is none. */
export async function findOutageOfCase(
  ctx: Context,
  caseId: string,
): Promise<{ id: string; title: string; isOpen: boolean } | null> {
  allow(ctx.actor, 'outage.read')
  return read(ctx, async (ctx) => {
    const found = await selectJoining(ctx, caseId)
    return found ? { id: found.id, title: found.title, isOpen: found.state === 'open' } : null
  })
}

function toRow(row: SelectedOutage): OutageRow {
  return outageRow.parse({
    id: row.id,
    title: row.title,
    state: row.state,
    startedAt: row.started_at,
    expectedAt: row.expected_at,
    endedAt: row.ended_at,
    teamName: row.team_name,
    cases: row.cases,
    updatedAt: row.updated_at,
    version: row.version,
  })
}
