/** Waves of the demo city: the pilot closed with its proofs, one half done and paused, one planned. Nobody's mail is here. */
import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { makeManifest, signedBytes } from '../src/modules/mailboxes/manifest.ts'
import { tickCheck } from '../src/modules/mailboxes/wave-checks.ts'
import { runbook } from '../src/modules/mailboxes/wave-vocabulary.ts'
import { addToWave, planWave } from '../src/modules/mailboxes/waves.ts'
import { actAs } from '../src/platform/auth/actors.ts'
import { type Context, type Services, type TxContext, transact } from '../src/platform/context.ts'
import { appendEvent } from '../src/platform/events.ts'
import { recordFile } from '../src/platform/files.ts'
import { italianHolidays } from '../src/platform/holidays.ts'
import type { City } from './city.ts'

const dayMs = 86_400_000
const domain = 'comune.example.it'

type Box = {
  name: string
  office: string
  messages: number
  done: number
  state: string
  waitsFor?: string
  aside?: number
  /** Came to the old mailbox after the cut-over. */
  late?: number
}
const whole = (name: string, office: string, messages: number, state: string): Box => ({
  name,
  office,
  messages,
  done: messages,
  state,
})

const pilot: Box[] = [
  whole('innovazione.prove', 'A1.5', 64, 'closed'),
  { ...whole('innovazione.sistemi', 'A1.5.S', 118, 'closed'), late: 2 },
  whole('protocollo.scansioni', 'A1.1.P', 96, 'closed'),
  { ...whole('segreteria.atti', 'A1.1', 41, 'closed'), late: 1 },
]

// What needs somebody, what was under way when it was paused, what waits, what is done.
const half: Box[] = [
  { name: 'tributi.sportello', office: 'A1.3', messages: 61, done: 0, state: 'surveyed', waitsFor: 'holder' },
  {
    name: 'archivio.storico',
    office: 'A1.1.P',
    messages: 184,
    done: 181,
    state: 'copying',
    waitsFor: 'choices',
    aside: 3,
  },
  { name: 'anagrafe.certificati', office: 'A2.3.A', messages: 301, done: 218, state: 'copying' },
  { name: 'ragioneria.fatture', office: 'A1.2', messages: 610, done: 441, state: 'copying' },
  { name: 'urbanistica.pratiche', office: 'A3.1', messages: 273, done: 98, state: 'copying' },
  { name: 'scuole.iscrizioni', office: 'A2.2', messages: 128, done: 0, state: 'prepared' },
  { name: 'biblioteca.prestiti', office: 'A2.4', messages: 77, done: 0, state: 'prepared' },
  { name: 'cimiteri.concessioni', office: 'A3.3', messages: 33, done: 0, state: 'prepared' },
  whole('contratti.gare', 'A1.1', 82, 'delta'),
  whole('statistica.dati', 'A1.5', 29, 'delta'),
  whole('stato.civile.atti', 'A2.3.C', 194, 'delta'),
  whole('verde.pubblico', 'A3.3', 50, 'delta'),
  whole('sociale.domande', 'A2.1', 88, 'delta'),
  whole('polizia.verbali', 'PL', 159, 'delta'),
  whole('lavori.cantieri', 'A3.2', 71, 'delta'),
]

const planned: Box[] = ['contravvenzioni.ricorsi', 'centro.nord', 'personale.concorsi', 'gabinetto.agenda'].map(
  (name, at) => ({
    ...{
      name,
      office: ['PL.C', 'A2.1.N', 'A1.4', 'GAB'][at] ?? 'GAB',
      messages: 40 + at * 35,
      done: 0,
      state: 'surveyed',
    },
  }),
)

/** Plans and fills the waves through their operations, then puts each where it stands, with what would have led there. */
export async function liveWaves(services: Services, city: City, untilMs: number): Promise<void> {
  const administrator = city.people.find(({ email }) => email.startsWith('posta@'))
  const approver = city.people.find(({ email }) => email.startsWith('dirigente@'))
  const ctx = await actAs(services, city.organisationId, administrator?.id ?? '', 'portal')
  if (ctx === null || approver === undefined || administrator === undefined) throw new Error('Nobody moves mailboxes')
  await transact(ctx, async (ctx) => {
    const people = { proposerId: administrator.id, approverId: approver.id }
    const [from, to] = [await server(ctx, 'Posta attuale', 'posta'), await server(ctx, 'Nuova posta', 'nuova-posta')]
    const at = (days: number) => afternoon(untilMs + days * dayMs)
    const stories = [
      {
        name: 'Pilota: innovazione e segreteria',
        boxes: pilot,
        isPilot: true,
        state: 'closed',
        cutOverAt: at(-41),
        ticked: 14,
      },
      {
        name: 'Servizi al cittadino e ragioneria',
        boxes: half,
        isPilot: false,
        state: 'paused',
        cutOverAt: at(2),
        ticked: 5,
      },
      {
        name: 'Polizia locale e personale',
        boxes: planned,
        isPilot: false,
        state: 'planned',
        cutOverAt: at(24),
        ticked: 0,
      },
    ]
    for (const { boxes, ticked, state, ...facts } of stories) {
      const ids = await mailboxes(ctx, city, boxes, { ...people, from, untilMs, isDone: state === 'closed' })
      const { number } = await planWave(ctx, { ...facts, fromServerId: from, toServerId: to, mostAtOnce: 4 })
      await addToWave(ctx, number, { version: 1, mailboxIds: ids })
      const checks = runbook.filter(({ code }) => code !== 'delegates').slice(0, ticked)
      for (const { code } of checks) await tickCheck(ctx, number, code, { state: 'done' })
      for (const [index, box] of boxes.entries()) await stand(ctx, number, ids[index] ?? '', box, untilMs)
      if (state === 'planned') await delegate(ctx, ids.slice(0, 2), [approver.email, administrator.email])
      await reach(ctx, number, state, at(-11))
    }
  })
}

/** Five in the afternoon of a working day, the first from that instant on; nobody goes over to new mail on Christmas Eve. */
function afternoon(ms: number): string {
  const day = new Date(ms).toISOString().slice(0, 10)
  const isWeekend = [0, 6].includes(new Date(ms).getUTCDay())
  const isHoliday =
    /-12-(24|31)$/.test(day) || italianHolidays(Number(day.slice(0, 4))).some(({ date }) => date === day)
  return isWeekend || isHoliday ? afternoon(ms + dayMs) : `${day}T17:00:00.000Z`
}

// People who open these mailboxes as delegates, and whose own are in no wave.
async function delegate(ctx: TxContext, ids: readonly string[], addresses: readonly string[]) {
  const pairs = ids.flatMap((id) => addresses.map((address) => ({ mailbox_id: id, address })))
  await ctx.db
    .insertInto('mailbox_delegate')
    .values(pairs.map((pair) => ({ organisation_id: ctx.organisationId, ...pair })))
    .execute()
}

async function server(ctx: TxContext, name: string, host: string): Promise<string> {
  const known = await ctx.db
    .selectFrom('mail_server')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('name', '=', name)
    .executeTakeFirst()
  if (known !== undefined) return known.id
  const id = randomUUID()
  await ctx.db
    .insertInto('mail_server')
    .values({
      ...{
        organisation_id: ctx.organisationId,
        id,
        name,
        kind: 'imap',
        host: `${host}.${domain}`,
        port: 993,
        is_encrypted: true,
      },
      ...{ sign_in: 'master', most_connections: 8, version: 1 },
    })
    .execute()
  await appendEvent(ctx, {
    subjectType: 'mail_server',
    subjectId: id,
    kind: 'mail_server.added',
    version: 1,
    witness: 'U',
    payload: { kind: 'imap' },
    text: { name },
    retention: 'organisation',
  })
  return id
}

type Decided = { proposerId: string; approverId: string; from: string; untilMs: number; isDone: boolean }

// Each with a proposal that the head approved.
async function mailboxes(
  ctx: TxContext,
  city: City,
  boxes: readonly Box[],
  { proposerId, approverId, from, untilMs, isDone }: Decided,
) {
  const ids: string[] = []
  for (const box of boxes) {
    const officeId = city.offices.find(({ code }) => code === box.office)?.id ?? null
    const holder = city.people.find((one) => one.officeId === officeId && one.party === 'administration')
    const [id, decisionId] = [randomUUID(), randomUUID()]
    const holderId = box.waitsFor === 'holder' ? null : (holder?.id ?? proposerId)
    const lastDay = new Date(untilMs - dayMs).toISOString().slice(0, 10)
    await ctx.db
      .insertInto('mailbox')
      .values({
        ...{
          organisation_id: ctx.organisationId,
          id,
          address: `${box.name}@${domain}`,
          name: box.name.replaceAll('.', ' '),
          kind: 'office',
        },
        ...{ office_id: officeId, holder_id: holderId, server_id: from, source: 'imap', version: 1 },
        ...{ message_count: box.messages, size_bytes: box.messages * 41_000, seen_at: new Date(untilMs).toISOString() },
        ...{
          published_at: 'Sito istituzionale',
          last_received_on: lastDay,
          last_read_on: lastDay,
          last_sent_on: lastDay,
        },
      })
      .execute()
    await appendEvent(ctx, {
      subjectType: 'mailbox',
      subjectId: id,
      kind: 'mailbox.added',
      version: 1,
      witness: 'U',
      payload: { kind: 'office', officeId, holderId, source: 'imap' },
      retention: 'organisation',
    })
    const decidedAt = new Date(untilMs - (isDone ? 70 : 20) * dayMs).toISOString()
    await ctx.db
      .insertInto('mailbox_decision')
      .values({
        ...{
          organisation_id: ctx.organisationId,
          id: decisionId,
          mailbox_id: id,
          mailbox_kind: 'office',
          kind: 'keep',
          state: 'approved',
        },
        ...{
          proposed_at: decidedAt,
          answer_by: decidedAt.slice(0, 10),
          proposed_by: proposerId,
          confirmed_at: decidedAt,
          approved_at: decidedAt,
          approved_by: approverId,
          version: 3,
        },
      })
      .execute()
    await appendEvent(ctx, {
      subjectType: 'mailbox_decision',
      subjectId: decisionId,
      kind: 'decision.approved',
      version: 1,
      witness: 'U',
      occurredAt: decidedAt,
      payload: { mailboxId: id, kind: 'keep' },
      retention: 'organisation',
    })
    ids.push(id)
  }
  return ids
}

// Where the mailbox stands, with its ledger and, where it is proved, the signed manifest.
async function stand(ctx: TxContext, number: number, mailboxId: string, box: Box, untilMs: number) {
  const address = `${box.name}@${domain}`
  const ends = {
    from: { host: `posta.${domain}`, port: 993, isEncrypted: true, user: address },
    to: { host: `nuova-posta.${domain}`, port: 993, isEncrypted: true, user: address },
  }
  const copyId = box.done > 0 ? await ledger(ctx, ends, box, untilMs) : null
  const isProved = copyId !== null && box.done === box.messages
  const proof = isProved ? await prove(ctx, ends) : null
  const progressedAt = new Date(untilMs - (box.state === 'closed' ? 40 * dayMs : 3_600_000)).toISOString()
  await sql`
    update wave_mailbox m set state = ${box.state}, waits_for = ${box.waitsFor ?? null}, copy_id = ${copyId}, messages = ${box.messages},
      bytes = ${box.messages * 41_000}, done_messages = ${box.done}, done_bytes = ${box.done * 41_000}, set_aside = ${box.aside ?? 0},
      progressed_at = ${progressedAt}, proof_sha256 = decode(${proof?.digest ?? null}, 'hex'), proof_file = ${proof?.file ?? null},
      late_messages = ${box.late ?? 0}, late_at = ${box.state === 'closed' ? progressedAt : null}
    from migration_wave w
    where w.organisation_id = ${ctx.organisationId} and w.number = ${number} and m.organisation_id = w.organisation_id and m.wave_id = w.id
      and m.mailbox_id = ${mailboxId}`.execute(ctx.db)
  const waveId = (
    await ctx.db
      .selectFrom('migration_wave')
      .select('id')
      .where('organisation_id', '=', ctx.organisationId)
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
  ).id
  if (box.late !== undefined) await sayLate(ctx, waveId, mailboxId, box.late, progressedAt)
  if (box.state !== 'surveyed')
    await appendEvent(ctx, {
      subjectType: 'migration_wave',
      subjectId: waveId,
      kind: 'wave.mailbox_moved',
      version: 1,
      witness: 'U',
      occurredAt: progressedAt,
      payload: { mailboxId, from: 'surveyed', to: box.state },
      retention: 'organisation',
    })
}

// As the run says it of a mailbox to which something came late.
async function sayLate(ctx: TxContext, waveId: string, mailboxId: string, late: number, occurredAt: string) {
  await appendEvent(ctx, {
    ...{
      subjectType: 'migration_wave',
      subjectId: waveId,
      kind: 'wave.mailbox_late',
      version: 1,
      witness: 'U',
      occurredAt,
    },
    ...{ payload: { mailboxId, late, came: late, missing: 0 }, retention: 'organisation' },
  })
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

async function ledger(ctx: TxContext, { from, to }: Ends, box: Box, untilMs: number): Promise<string> {
  const [copyId, folderId] = [randomUUID(), randomUUID()]
  await ctx.db
    .insertInto('mail_copy')
    .values({
      ...{
        organisation_id: ctx.organisationId,
        id: copyId,
        source_host: from.host,
        source_port: from.port,
        source_user: from.user,
      },
      ...{ target_host: to.host, target_port: to.port, target_user: to.user },
    })
    .execute()
  await ctx.db
    .insertInto('mail_copy_folder')
    .values({
      organisation_id: ctx.organisationId,
      id: folderId,
      copy_id: copyId,
      source_path: 'INBOX',
      target_path: 'INBOX',
      target_uidvalidity: 2,
    })
    .execute()
  const items = Array.from({ length: box.done + (box.aside ?? 0) }, (_, at) => {
    const isAside = at >= box.done
    const receivedAt = new Date(untilMs - (900 - at) * dayMs).toISOString()
    const sha256 = digest(`${box.name} ${at}`)
    const isLate = !isAside && at >= box.done - (box.late ?? 0)
    return { uid: at + 1, size: isAside ? 52_000_000 + at * 1000 : 41_000, receivedAt, sha256, isAside, isLate }
  })
  await sql`
    insert into mail_copy_item (organisation_id, folder_id, source_uidvalidity, source_uid, size, received_at, flags, sha256, state, sent_after,
                                times_sent, target_uid, target_sha256, level, reason, is_late)
    select ${ctx.organisationId}, ${folderId}, 1, i.uid, i.size, i."receivedAt", '', decode(i.sha256, 'hex'),
           case when i."isAside" then 'refused' else 'verified' end, 1, 1, case when not i."isAside" then i.uid end,
           case when not i."isAside" then decode(i.sha256, 'hex') end, case when not i."isAside" then 0 end,
           case when i."isAside" then 'message size exceeds fixed maximum (50 MB)' end, i."isLate"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      as i (uid bigint, size bigint, "receivedAt" timestamptz, sha256 text, "isAside" boolean, "isLate" boolean)`.execute(
    ctx.db,
  )
  return copyId
}

type Ends = Parameters<typeof makeManifest>[1]

async function prove(ctx: Context, ends: Ends) {
  return transact(ctx, async (ctx) => {
    const manifest = await makeManifest(ctx, ends)
    const file = await ctx.services.files.keep(Buffer.from(`${JSON.stringify(manifest)}\n`))
    await recordFile(ctx, file)
    return { file: file.sha256, digest: createHash('sha256').update(signedBytes(manifest.content)).digest('hex') }
  })
}

async function reach(ctx: TxContext, number: number, state: string, supportUntil: string) {
  const row = await ctx.db
    .updateTable('migration_wave')
    .set({ state, ...(state === 'closed' && { support_until: supportUntil.slice(0, 10) }) })
    .where('organisation_id', '=', ctx.organisationId)
    .where('number', '=', number)
    .returning('id')
    .executeTakeFirstOrThrow()
  if (state === 'closed')
    await sql`
      update mailbox_decision d set state = 'carried_out' from wave_mailbox m
      where m.organisation_id = ${ctx.organisationId} and m.wave_id = ${row.id} and d.organisation_id = m.organisation_id and d.id = m.decision_id`.execute(
      ctx.db,
    )
  if (state !== 'planned')
    await appendEvent(ctx, {
      subjectType: 'migration_wave',
      subjectId: row.id,
      kind: `wave.${state}`,
      version: 1,
      witness: 'U',
      payload: { to: state },
      retention: 'organisation',
    })
}
