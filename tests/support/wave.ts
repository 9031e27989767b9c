/** Waves for the tests: two servers, mailboxes with approved decisions, put in by the owner of the database. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestCity } from '../../demo/testing.ts'
import { foldWave, type WaveEvent } from '../../src/modules/mailboxes/internal/wave-fold.ts'
import { moveWave } from '../../src/modules/mailboxes/wave-acts.ts'
import { tickCheck } from '../../src/modules/mailboxes/wave-checks.ts'
import type { WaveDetail } from '../../src/modules/mailboxes/wave-schema.ts'
import { runbook, type WaveAct } from '../../src/modules/mailboxes/wave-vocabulary.ts'
import { findWave } from '../../src/modules/mailboxes/waves.ts'
import { encrypt } from '../../src/platform/auth/secrets.ts'
import type { Context } from '../../src/platform/context.ts'

type Owner = TestCity['services']['database']['owner']
type Place = { owner: Owner; secret: Buffer; organisationId: string }

/** A server as the register has it, opened by its master user. */
export async function addServer(
  { owner, secret, organisationId }: Place,
  name: string,
  at: { port: number },
  more: object = {},
) {
  const id = randomUUID()
  await owner
    .insertInto('mail_server')
    .values({
      ...{
        organisation_id: organisationId,
        id,
        name,
        kind: 'imap',
        host: '127.0.0.1',
        port: at.port,
        is_encrypted: false,
      },
      ...{ sign_in: 'authzid', sign_in_user: masterUser, secret: encrypt(secret, Buffer.from(masterPassword)) },
      ...{ most_connections: 8, version: 1, ...more },
    })
    .execute()
  return id
}

export const masterUser = 'amministratore-posta'
export const masterPassword = 'Parola-del-maestro'

/** A mailbox with an approved decision; `login` is its user at both servers, as the address is. */
export async function addMailbox(
  { owner, organisationId }: Place,
  serverId: string,
  address: string,
  {
    kind = 'office',
    hasHolder = true,
    decision = 'keep',
    into,
    state = 'approved',
  }: { kind?: string; hasHolder?: boolean; decision?: string; into?: string; state?: string } = {},
) {
  const id = randomUUID()
  const people = await owner
    .selectFrom('person')
    .select(['id', 'email', 'office_id'])
    .where('organisation_id', '=', organisationId)
    .orderBy('email')
    .execute()
  const find = (email: string) => people.find((one) => one.email === email)
  const [proposer, approver] = [
    find('posta@comune.example.it') ?? people[0],
    find('dirigente@comune.example.it') ?? people[1],
  ]
  if (proposer === undefined || approver === undefined) throw new Error('Nobody is there')
  await owner
    .insertInto('mailbox')
    .values({
      ...{
        organisation_id: organisationId,
        id,
        address,
        name: address,
        kind,
        office_id: find('referente@comune.example.it')?.office_id ?? null,
      },
      ...{
        holder_id: hasHolder ? proposer.id : null,
        server_id: serverId,
        source: 'hand',
        seen_at: new Date().toISOString(),
        version: 1,
      },
    })
    .execute()
  if (decision === 'none') return id
  await owner
    .insertInto('mailbox_decision')
    .values({
      ...{
        organisation_id: organisationId,
        id: randomUUID(),
        mailbox_id: id,
        mailbox_kind: kind,
        kind: decision,
        state,
      },
      ...{
        into_id: into ?? null,
        keeps_doubles: into === undefined ? null : true,
        proposed_at: new Date().toISOString(),
        confirmed_at: new Date().toISOString(),
        answer_by: new Date().toISOString().slice(0, 10),
      },
      ...{ proposed_by: proposer.id, approved_by: approver.id, approved_at: new Date().toISOString(), version: 1 },
    })
    .execute()
  return id
}

export const placeOf = ({ services, organisationId }: TestCity): Place => ({
  ...{ owner: services.database.owner, secret: services.secret, organisationId },
})

/** What the rows hold of the waves from a server, and what their events tell. */
export async function rowsAndFolds({ owner }: Place, fromServerId: string) {
  const waves = await owner
    .selectFrom('migration_wave')
    .selectAll()
    .where('from_server_id', '=', fromServerId)
    .execute()
  const pairs = waves.map(async ({ id, state, closing_at: closingAt }) => {
    const boxes = await owner.selectFrom('wave_mailbox').selectAll().where('wave_id', '=', id).execute()
    const events = await owner
      .selectFrom('event')
      .select(['kind', 'payload'])
      .where('subject_id', '=', id)
      .orderBy('id')
      .execute()
    const row = {
      ...{ state, isClosing: closingAt !== null },
      boxes: Object.fromEntries(
        boxes.map((box) => [
          box.mailbox_id,
          {
            ...{
              state: box.state,
              isHeld: box.is_held,
              waitsFor: box.waits_for,
              hasProof: box.proof_sha256 !== null,
            },
            ...{ lateMessages: Number(box.late_messages), lateMissing: Number(box.late_missing) },
          },
        ]),
      ),
    }
    // Payloads of events are objects.
    return { row, fold: foldWave(events as WaveEvent[]) }
  })
  return Promise.all(pairs)
}

/** What the tests of waves do with one, as whoever `who` gives. */
export function handsOn(who: () => Context) {
  const all = (state: string) => (wave: WaveDetail) => wave.boxes.every((one) => one.state === state)
  return {
    all,
    move: async (number: number, act: WaveAct, reason = 'perché è una prova') =>
      moveWave(who(), number, { version: (await findWave(who(), number)).version, act, reason }),
    until: async (number: number, is: (wave: WaveDetail) => boolean, ms = 40_000) => {
      for (let waited = 0; waited < ms; waited += 100) {
        const wave = await findWave(who(), number)
        if (is(wave)) return wave
        await sleep(100)
      }
      throw new Error(JSON.stringify((await findWave(who(), number)).boxes, null, 1))
    },
    tickAll: async (number: number) => {
      for (const { code } of runbook) await tickCheck(who(), number, code, { state: 'done' })
    },
  }
}
