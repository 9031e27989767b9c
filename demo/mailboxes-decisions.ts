/**
 * What becomes of the demo's mailboxes, lived through the operations: proposals of some weeks ago that offices confirmed,
 * contested or left unanswered, decisions approved, refused, replaced, undone and carried out, and some that wait.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import {
  approveDecision,
  carryOutDecision,
  confirmDecision,
  contestDecision,
  refuseDecision,
  undoDecision,
} from '../src/modules/mailboxes/decide.ts'
import { settleMailboxes } from '../src/modules/mailboxes/decision-settings.ts'
import { usualSilenceDays } from '../src/modules/mailboxes/decision-vocabulary.ts'
import { supersedeDecision, valuesOf } from '../src/modules/mailboxes/decisions.ts'
import { findCandidates } from '../src/modules/mailboxes/find-decisions.ts'
import { insertDecisions } from '../src/modules/mailboxes/internal/decision-queries.ts'
import type { DecisionValues } from '../src/modules/mailboxes/internal/decision-rules.ts'
import { actAs } from '../src/platform/auth/actors.ts'
import { type Context, type Services, transact } from '../src/platform/context.ts'
import { appendEvents } from '../src/platform/events.ts'
import type { City } from './city.ts'
import { personOf } from './happened.ts'
import { officeHours } from './rules.ts'

type Kind = 'keep' | 'rename' | 'merge' | 'group' | 'delegate' | 'archive' | 'delete' | 'leaver'
type Made = { id: string; mailboxId: string; kind: Kind; officeId: string | null; daysAgo: number }

const domain = 'comune.example.it'

/** Decides on about half of the mailboxes there are. */
export async function liveDecisions(services: Services, city: City, untilMs: number): Promise<void> {
  const as = async (email: string) => {
    const context = await actAs(services, city.organisationId, personOf(city, email).id, 'portal')
    if (context === null) throw new Error(`${email} cannot act`)
    return context
  }
  const [mail, contact, head] = [await as('posta@'), await as('referente@'), await as('dirigente@')]
  await settleMailboxes(mail, {
    ...{ silenceDays: usualSilenceDays, licencePrice: '52.00' },
    licenceSource: 'Piano dei Fabbisogni 2024 (dati di prova)',
  })
  const today = Temporal.Instant.fromEpochMilliseconds(untilMs).toZonedDateTimeISO(officeHours.zone).toPlainDate()
  const made = await propose(services, mail, today)
  await decide({ mail, contact, head }, made, today)
}

type Box = { id: string; address: string; kind: string; officeId: string | null }

async function propose(services: Services, mail: Context, today: Temporal.PlainDate): Promise<Made[]> {
  const { rows } = await sql<Box>`
    select id, address, kind, office_id as "officeId" from mailbox
    where organisation_id = ${mail.organisationId} and gone_since is null order by address`.execute(
    services.database.owner,
  )
  const suggested = new Map<string, Awaited<ReturnType<typeof findCandidates>>[number]>()
  for (let at = 0; at < rows.length; at += 500)
    for (const one of await findCandidates(
      mail,
      rows.slice(at, at + 500).map(({ id }) => id),
    ))
      suggested.set(one.id, one)
  const targets = new Set([...suggested.values()].flatMap(({ suggestion }) => suggestion.intoId ?? []))
  const shared = rows.find(({ kind }) => kind === 'office')?.address ?? ''
  // Every other one of the plain sort, and all that are more than plain.
  const chosen = rows.filter(({ id, kind }, at) => {
    const what = suggested.get(id)?.suggestion.kind
    return kind !== 'certified' && (targets.has(id) || (what !== undefined && (what !== 'keep' || at % 2 === 0)))
  })
  const made = chosen.map((box, at) => {
    const suggestion = suggested.get(box.id)?.suggestion
    const kind = targets.has(box.id) ? 'keep' : kindOf(suggestion?.kind ?? 'keep', at, box)
    const days = { today, shared, intoId: suggestion?.intoId ?? null }
    return {
      ...box,
      ...proposalOf(kind, box, days),
      decisionId: randomUUIDv7(),
      kind,
      boxKind: box.kind,
      daysAgo: 4 + (at % 23),
    }
  })
  await keep(services, mail, made, today)
  return made.map(({ decisionId, id, kind, officeId, daysAgo }) => ({
    id: decisionId,
    mailboxId: id,
    kind,
    officeId,
    daysAgo,
  }))
}

// Now and then somebody finds a better name for what stays.
function kindOf(kind: Kind, at: number, box: Box): Kind {
  return kind === 'keep' && box.kind === 'office' && at % 6 === 1 ? 'rename' : kind
}

type Days = { today: Temporal.PlainDate; shared: string; intoId: string | null }

function proposalOf(kind: Kind, box: Box, { today, shared, intoId }: Days): { values: DecisionValues; reason: string } {
  const later = (days: number) => today.add({ days }).toString()
  const local = box.address.split('@')[0]
  switch (kind) {
    case 'rename':
      return {
        values: valuesOf({ newAddress: `ufficio.${local}@${domain}`, aliasUntil: later(365) }),
        reason: 'Il nome non segue le regole adottate.',
      }
    case 'merge':
      return {
        values: valuesOf({ intoId, keepsDoubles: false, folderPrefix: local, aliasUntil: later(180) }),
        reason: 'Quasi tutti i suoi messaggi arrivano anche all’altra.',
      }
    case 'group':
      return { values: valuesOf({}), reason: 'La leggono più persone di quante una delega ammette.' }
    case 'delegate':
      return { values: valuesOf({}), reason: 'La leggono più persone con la stessa parola chiave.' }
    case 'archive':
      return { values: valuesOf({ keptUntil: later(3650) }), reason: 'Non riceve messaggi da oltre un anno.' }
    case 'delete':
      return { values: valuesOf({ heldUntil: later(60) }), reason: 'È vuota e nessuno la usa.' }
    case 'leaver':
      return {
        values: valuesOf({ heldUntil: later(180), answerAddress: shared }),
        reason: 'La persona non lavora più qui.',
      }
    case 'keep':
      return { values: valuesOf({}), reason: 'È in uso.' }
  }
}

type Proposed = Box & {
  decisionId: string
  kind: Kind
  boxKind: string
  daysAgo: number
  values: DecisionValues
  reason: string
}

// As proposed on the days they were: rows and events as the operation writes them, with the instants of then.
async function keep(services: Services, mail: Context, made: readonly Proposed[], today: Temporal.PlainDate) {
  const then = (one: Proposed) => new Date(Date.now() - one.daysAgo * 86_400_000).toISOString()
  const answerBy = (one: Proposed) => today.subtract({ days: one.daysAgo }).add({ days: usualSilenceDays }).toString()
  await transact(mail, async (ctx) => {
    const rows = made.map((one) => ({
      ...one.values,
      ...{ id: one.decisionId, mailboxId: one.id, mailboxKind: one.boxKind, kind: one.kind },
      ...{ answerBy: answerBy(one), supersedesId: null },
    }))
    await insertDecisions(ctx, rows)
    await appendEvents(
      ctx,
      made.map((one) => {
        const { newAddress, answerAddress, folderPrefix, ...days } = one.values
        const text = { reason: one.reason, newAddress, answerAddress, folderPrefix }
        return {
          ...{
            subjectType: 'mailbox_decision',
            subjectId: one.decisionId,
            kind: 'mailbox_decision.proposed',
            version: 1,
          },
          ...{ witness: 'U' as const, occurredAt: then(one), retention: 'organisation' as const },
          payload: { mailboxId: one.id, kind: one.kind, ...days, answerBy: answerBy(one), supersedesId: null },
          text: Object.fromEntries(
            Object.entries(text).filter((entry): entry is [string, string] => entry[1] !== null),
          ),
        }
      }),
    )
  })
  const instants = made.map((one) => ({ id: one.decisionId, at: then(one) }))
  await sql`
    update mailbox_decision d set proposed_at = g.at
    from jsonb_to_recordset(${JSON.stringify(instants)}::jsonb) as g (id uuid, at timestamptz)
    where d.organisation_id = ${mail.organisationId} and d.id = g.id`.execute(services.database.owner)
}

// The contact answers for their own offices; other offices are silent, so that the head decides without some of them.
async function decide(
  { mail, contact, head }: Record<'mail' | 'contact' | 'head', Context>,
  made: readonly Made[],
  today: Temporal.PlainDate,
) {
  const named = (some: readonly Made[]) => some.map(({ id }) => ({ id }))
  const own = made.filter(({ officeId }) => contact.actor.officeIds.includes(officeId ?? ''))
  const [contested, ...rest] = own
  const confirmed = rest.filter((_, at) => at % 3 !== 0)
  if (contested)
    await contestDecision(contact, { decisions: named([contested]), reason: 'La usano ogni giorno allo sportello.' })
  if (confirmed.length > 0) await confirmDecision(contact, { decisions: named(confirmed) })
  const silent = made.filter(
    (one) => !own.includes(one) && one.daysAgo > usualSilenceDays + 1 && one.kind !== 'delete' && one.kind !== 'merge',
  )
  const ready = [...confirmed.slice(2), ...silent.slice(0, Math.ceil(silent.length / 2))]
  if (ready.length > 0) await approveDecision(head, { decisions: named(ready) })
  const refused = silent.at(-1)
  if (refused && !ready.includes(refused))
    await refuseDecision(head, { ...{ decisions: named([refused]) }, reason: 'Prima si sente il sindacato.' })
  const [undone, done, replaced] = ready.filter(({ kind }) => kind !== 'delete')
  if (undone) await undoDecision(mail, undone.id, { reason: 'L’ufficio si è diviso in due.' })
  if (done) await carryOutDecision(mail, done.id, {})
  if (replaced)
    await supersedeDecision(mail, replaced.id, {
      ...(replaced.kind === 'leaver' || replaced.kind === 'keep'
        ? { kind: 'keep' as const }
        : { kind: 'archive' as const, keptUntil: today.add({ days: 1825 }).toString() }),
      reason: 'Dopo un controllo con l’ufficio.',
    })
}
