/** The register of mailboxes: listed, found, added and changed by hand. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { boxConflict, boxViolations, wrongBox } from './box-problems.ts'
import {
  type AddBoxInput,
  addBoxInput,
  type BoxDetail,
  type BoxEvent,
  type BoxPage,
  type ChangeBoxInput,
  type ChangedBox,
  type ChangeKindInput,
  type ChooseHolderInput,
  changeBoxInput,
  changeKindInput,
  chooseHolderInput,
  type ListBoxesInput,
  listBoxesInput,
} from './box-schema.ts'
import { boxFindings } from './findings.ts'
import { bandOf, lastUsedOn } from './internal/box-activity.ts'
import { boxWords, changedColumns, discreet } from './internal/box-facts.ts'
import { codesOf, countFindings, judge } from './internal/box-judge.ts'
import { countBoxes, selectBox, selectBoxEvents, selectBoxes } from './internal/box-queries.ts'
import { type BoxHappening, recordBox } from './internal/box-record.ts'
import { insertBoxes, lockBox, type StoredBox, selectHolders, updateBoxes } from './internal/box-writes.ts'

const mostEvents = 100

/** One page of the mailboxes the actor may see, by address, each with what is to be looked at; and how many there are. */
export async function listBoxes(ctx: Context, input: ListBoxesInput = {}): Promise<BoxPage> {
  allow(ctx.actor, 'mailboxes.read')
  const { cursor, limit, ...filter } = parse(listBoxesInput, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, filter, z.tuple([z.string()]))[0]
  return read(ctx, async (ctx) => {
    const judgement = await judge(ctx)
    const codes = (id: string) => codesOf(judgement.open(id))
    const wanted = filter.finding
    const ids =
      wanted === undefined
        ? null
        : judgement.boxes
            .map(({ id }) => id)
            .filter((id) => codes(id).some((one) => wanted === 'any' || one === wanted))
    const page = await selectBoxes(ctx, filter, ids, after, limit)
    const last = page.rows.at(-1)
    return {
      rows: page.rows.map((row) => ({ ...discreet(ctx, row), findings: codes(row.id) })),
      counts: { ...(await countBoxes(ctx)), ...countFindings(judgement) },
      nextCursor: page.hasMore && last ? encodeCursor([last.address], filter) : null,
    }
  })
}

/** One mailbox with what leads to and from it, and what is to be looked at. */
export async function findBox(ctx: Context, id: string): Promise<BoxDetail> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const found = (await selectBox(ctx, id)) ?? fail(notFound())
    return { ...discreet(ctx, found), findings: await boxFindings(ctx, id) }
  })
}

/** What happened to a mailbox, newest first. */
export async function findBoxHistory(ctx: Context, id: string): Promise<BoxEvent[]> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    if ((await selectBox(ctx, id)) === undefined) throw notFound()
    return selectBoxEvents(ctx, id, mostEvents)
  })
}

/** Puts a mailbox in the register by hand; refused when its address is another's. */
export async function addBox(ctx: Context, input: AddBoxInput): Promise<ChangedBox> {
  allow(ctx.actor, 'mailboxes.manage')
  const { holderId, holderEmail, ...facts } = parse(addBoxInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'mailbox.add', { ...facts, holderId, holderEmail }, id)
    if (earlier !== null) return { id: earlier, version: 1 }
    const holder = await holderOf(ctx, holderId, holderEmail)
    const box: StoredBox = { ...emptyBox, ...facts, id, holderId: holder, delegates: [...new Set(facts.delegates)] }
    await phrasing(boxViolations, () => insertBoxes(ctx, [box]))
    await recordBox(ctx, addedBox(box))
    return { id, version: 1 }
  })
}

/** A mailbox of which nothing is known but what a hand wrote. */
export const emptyBox: Omit<StoredBox, 'id' | 'address' | 'kind'> = {
  ...{ name: '', officeId: null, holderId: null, registerCode: null, publishedAt: null, serverId: null, login: null },
  ...{ sizeBytes: null, messageCount: null, unreadCount: null, quotaBytes: null, activity: null },
  ...{ lastReceivedOn: null, lastReadOn: null, lastSentOn: null, source: 'hand', goneSince: null, version: 1 },
  ...{ aliases: [], forwards: [], delegates: [] },
}

/** What happened when a mailbox was put in the register. */
export function addedBox(box: StoredBox): BoxHappening {
  const { kind, officeId, holderId, serverId, registerCode, quotaBytes, source } = box
  return {
    ...{ subjectType: 'mailbox', subjectId: box.id, kind: 'mailbox.added', text: boxWords(box) },
    payload: { kind, officeId, holderId, serverId, registerCode, quotaBytes, source },
  }
}

/** What happened when the register said something else of it; null when it says the same. */
export function changedBoxEvent(before: StoredBox, after: StoredBox, kind = 'mailbox.changed'): BoxHappening | null {
  const changed = changedColumns(before, after)
  if (changed.length === 0) return null
  const { officeId, holderId, serverId, registerCode, quotaBytes } = after
  return {
    ...{ subjectType: 'mailbox', subjectId: after.id, kind, text: boxWords(after) },
    payload: { changed, kind: after.kind, before: before.kind, officeId, holderId, serverId, registerCode, quotaBytes },
  }
}

async function holderOf(ctx: TxContext, id: string | null, email: string | undefined): Promise<string | null> {
  if (email === undefined) return id
  return (await selectHolders(ctx, [email])).get(email) ?? fail(wrongBox('holderEmail', (t) => t.unknownPerson))
}

/** Corrects what the register says of a mailbox; what is left out stays. Holder and kind change by acts of their own. */
export async function changeBox(ctx: Context, id: string, input: ChangeBoxInput): Promise<ChangedBox> {
  const { version, ...facts } = parse(changeBoxInput, input)
  return change(ctx, id, version, 'mailbox.changed', async (_, before) => ({ ...before, ...facts }))
}

/** Says who answers for a mailbox; nobody, when neither id nor address is given. */
export async function chooseHolder(ctx: Context, id: string, input: ChooseHolderInput): Promise<ChangedBox> {
  const { version, holderId = null, holderEmail } = parse(chooseHolderInput, input)
  return change(ctx, id, version, 'mailbox.holder_chosen', async (ctx, before) => ({
    ...before,
    holderId: await holderOf(ctx, holderId, holderEmail),
  }))
}

/**
 * Says that a mailbox is of another kind. Of one that becomes personal all measures of use are forgotten but the band, and
 * what it is compared by. Refused while a decision about it stands that the new kind does not allow.
 */
export async function changeKind(ctx: Context, id: string, input: ChangeKindInput): Promise<ChangedBox> {
  const { version, kind } = parse(changeKindInput, input)
  return change(ctx, id, version, 'mailbox.kind_changed', async (ctx, before) => {
    if (kind !== 'personal') return { ...before, kind, activity: null }
    const today = Temporal.Now.plainDateISO(ctx.zone).toString()
    const activity = before.activity ?? bandOf(lastUsedOn(before), before.messageCount, today)
    return {
      ...before,
      kind,
      activity,
      ...{ lastReceivedOn: null, lastReadOn: null, lastSentOn: null, unreadCount: null },
    }
  })
}

async function change(
  ctx: Context,
  id: string,
  version: number | undefined,
  kind: string,
  decide: (ctx: TxContext, before: StoredBox) => Promise<StoredBox>,
): Promise<ChangedBox> {
  allow(ctx.actor, 'mailboxes.manage')
  return transact(ctx, async (ctx) => {
    const before = (await lockBox(ctx, id)) ?? fail(notFound())
    if (version !== undefined && version !== before.version) throw boxConflict('stale', (t) => t.stale)
    const after = await decide(ctx, before)
    const happened = changedBoxEvent(before, after, kind)
    if (happened === null) return { id, version: before.version }
    await phrasing({ ...boxViolations, ...decisionChecks }, () => updateBoxes(ctx, [after]))
    await recordBox(ctx, happened)
    return { id, version: before.version + 1 }
  })
}

// The kind goes along into the decisions about a mailbox, and their CHECKs say which decisions a kind allows.
const decisionChecks = Object.fromEntries(
  ['', ...Array.from({ length: 12 }, (_, at) => String(at + 1))].map((at) => [
    `mailbox_decision_check${at}`,
    () => boxConflict('decided', (t) => t.decided),
  ]),
)
