/** The proofs of copies: which there are, and each as the signed file, for people, or as a list of all. */
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { writeCsv } from '../../platform/csv.ts'
import { renderPdf } from '../../platform/pdf.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { selectWave, visibleInWaves } from './internal/wave-queries.ts'
import { readManifest } from './manifest.ts'
import { manifestPdf } from './manifest-pdf.ts'
import type { Proof } from './wave-schema.ts'
import { waveTexts } from './wave-texts.ts'
import { findWave } from './waves.ts'

/** Every mailbox that was proved, the newest first. */
export async function listProofs(ctx: Context): Promise<Proof[]> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const found = await sql<Proof>`
      select w.number as "waveNumber", m.mailbox_id as "mailboxId", b.address, o.name as office, m.messages::float8 as messages,
             m.set_aside::float8 as "setAside", m.progressed_at as "provedAt", encode(m.proof_sha256, 'hex') as sha256
      from wave_mailbox m
      join migration_wave w on w.organisation_id = m.organisation_id and w.id = m.wave_id
      join mailbox b on b.organisation_id = m.organisation_id and b.id = m.mailbox_id
      left join office o on o.organisation_id = b.organisation_id and o.id = b.office_id
      where m.organisation_id = ${ctx.organisationId} and m.proof_sha256 is not null and ${visibleInWaves(ctx)}
      order by m.progressed_at desc nulls last, b.address limit 5000`.execute(ctx.db)
    return found.rows
  })
}

async function proofFile(ctx: TxContext, number: number, mailboxId: string): Promise<string | undefined> {
  const found = await sql<{ file: string | null }>`
    select m.proof_file as file from wave_mailbox m
    join migration_wave w on w.organisation_id = m.organisation_id and w.id = m.wave_id
    join mailbox b on b.organisation_id = m.organisation_id and b.id = m.mailbox_id
    where m.organisation_id = ${ctx.organisationId} and w.number = ${number} and m.mailbox_id = ${mailboxId}
      and ${visibleInWaves(ctx)}`.execute(ctx.db)
  return found.rows[0]?.file ?? undefined
}

/** The signed manifest, byte for byte as it was kept. */
export async function readProof(ctx: Context, number: number, mailboxId: string): Promise<Buffer> {
  allow(ctx.actor, 'mailboxes.read')
  const file = (await read(ctx, (ctx) => proofFile(ctx, number, mailboxId))) ?? fail(notFound())
  return readFile(ctx.services.files.path(file))
}

/** The same for people: PDF/UA. */
export async function proofPdf(ctx: Context, number: number, mailboxId: string): Promise<Uint8Array> {
  const manifest = readManifest(await readProof(ctx, number, mailboxId))
  const { language, zone, isDemo } = ctx
  return renderPdf(manifestPdf(manifest, { language, zone, isDemo }))
}

/** The copy log of a wave: a line a mailbox, numbers only. */
export async function copyLogCsv(ctx: Context, number: number): Promise<string> {
  const { boxes } = await findWave(ctx, number)
  const proofs = new Map(
    (await listProofs(ctx)).filter((one) => one.waveNumber === number).map((one) => [one.mailboxId, one]),
  )
  const header = [
    ...[
      'mailbox',
      'office',
      'state',
      'waits_for',
      'source_login',
      'target_login',
      'messages',
      'copied',
      'set_aside',
      'undecided',
    ],
    ...['bytes', 'came_late', 'late_missing', 'looked_late_at', 'proved_at', 'manifest_sha256'],
  ]
  const rows = boxes.map((box) => [
    ...[
      box.address,
      box.office ?? '',
      box.state,
      box.waitsFor ?? '',
      box.sourceLogin,
      box.targetLogin,
      box.messages,
      box.doneMessages,
    ],
    ...[box.setAside, box.undecided, box.bytes, box.lateMessages, box.lateMissing, box.lateAt ?? ''],
    ...[proofs.get(box.mailboxId)?.provedAt ?? '', proofs.get(box.mailboxId)?.sha256 ?? ''],
  ])
  return writeCsv(header, rows)
}

/** What a file of a wave is called. */
export async function logName(ctx: Context, number: number): Promise<string> {
  const { name } = await read(ctx, async (ctx) => (await selectWave(ctx, number)) ?? fail(notFound()))
  const words = waveTexts[ctx.language].files.log
  return `${words}-${number}-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 80)
}
