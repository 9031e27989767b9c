/** Messages that could not be copied as they are: their owner decides, and the mailbox goes on. */
import { createReadStream } from 'node:fs'
import { systemContextFor } from '../../platform/auth/actors.ts'
import { type Context, read, type Services, transact } from '../../platform/context.ts'
import { recordFile } from '../../platform/files.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import {
  keepExported,
  selectAside,
  selectKept,
  selectToKeep,
  type ToKeep,
  upsertChoices,
} from './internal/aside-queries.ts'
import { copyLimits } from './internal/copy-limits.ts'
import { accountOn } from './internal/server-account.ts'
import { selectServer } from './internal/server-queries.ts'
import { openSource } from './internal/source.ts'
import { type BoxRow, selectBox, selectWave, updateBox } from './internal/wave-queries.ts'
import { recordWave } from './internal/wave-record.ts'
import { onBox } from './wave-acts.ts'
import { waveConflict, wrongInWave } from './wave-problems.ts'
import {
  type AsideMessage,
  type ChangedWave,
  type ChooseAsideInput,
  chooseAsideInput,
  type WaveMailbox,
} from './wave-schema.ts'
import { toBox } from './waves.ts'

const most = 2000
/** What a message kept apart may be large. */
const largestKept = 250_000_000

/** What was set aside of a mailbox: those that nobody has decided on come first. No subject, no correspondent. */
export async function listAside(
  ctx: Context,
  number: number,
  mailboxId: string,
): Promise<{ box: WaveMailbox; messages: AsideMessage[] }> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const wave = (await selectWave(ctx, number)) ?? fail(notFound())
    const box = (await selectBox(ctx, wave.id, mailboxId)) ?? fail(notFound())
    return { box: toBox(box), messages: box.copyId === null ? [] : await selectAside(ctx, box.copyId, most) }
  })
}

/**
 * Decides on these messages, or on all that nobody has decided on: left at the source, accepted as they are at the target,
 * or kept apart; a proof that was made before is made anew. Once nothing is open the mailbox goes on. What the target refused cannot be accepted there.
 */
export async function chooseAside(
  ctx: Context,
  number: number,
  mailboxId: string,
  input: ChooseAsideInput,
): Promise<ChangedWave> {
  const { choice, messages, note } = parse(chooseAsideInput, input)
  return onBox(ctx, number, mailboxId, null, async (ctx, wave, box) => {
    if (box.copyId === null) throw waveConflict('nothing_aside', (t) => t.nothingAside)
    const aside = await selectAside(ctx, box.copyId, most)
    const named = new Set(messages?.map(keyText))
    const chosen = aside.filter((one) => (messages === undefined ? one.choice === null : named.has(keyText(one))))
    if (chosen.length === 0 || chosen.length < named.size) throw waveConflict('nothing_aside', (t) => t.nothingAside)
    if (choice === 'accept' && chosen.some(({ state }) => state === 'refused'))
      throw wrongInWave('choice', (t) => t.refusedStays)
    const payload = { mailboxId, copyId: box.copyId, choice, messages: chosen.length }
    const { id } = await recordWave(ctx, wave.id, 'aside_chosen', payload, note === '' ? undefined : { note })
    await upsertChoices(ctx, chosen, choice, id)
    if (choice === 'export')
      await ctx.services.jobs.enqueue(ctx, 'mailboxes.keep_messages', { waveId: wave.id, mailboxId, number })
    if (box.proofSha256 !== null)
      await ctx.services.jobs.enqueue(ctx, 'mailboxes.renew_proof', { waveId: wave.id, mailboxId })
    const left = aside.length - aside.filter((one) => one.choice !== null || chosen.includes(one)).length
    if (left === 0 && box.waitsFor === 'choices') {
      await recordWave(ctx, wave.id, 'mailbox_tried_again', { mailboxId, waitedFor: 'choices' })
      await updateBox(ctx, wave.id, mailboxId, { waits_for: null })
    }
  })
}

const keyText = ({ folderId, uidvalidity, uid }: { folderId: string; uidvalidity: number; uid: number }) =>
  `${folderId} ${uidvalidity} ${uid}`

/** The job behind "kept apart": reads these messages from the source, one by one, and keeps each as a file. May run twice. */
export async function keepMessages(
  services: Services,
  organisationId: string,
  waveId: string,
  mailboxId: string,
): Promise<void> {
  const ctx = await systemContextFor(services, organisationId, 'Messaggi conservati a parte')
  const { box, account, toKeep } = await whatToKeep(ctx, waveId, mailboxId)
  if (account === null || toKeep.length === 0) return
  const source = await openSource(account, copyLimits)
  try {
    for (const [folder, some] of Map.groupBy(toKeep, (one) => one.folder)) {
      await source.open(folder)
      for (const one of some) await keepOne(ctx, one, await source.fetch([{ ...one, flags: '', receivedAt: null }]))
    }
  } finally {
    source.close()
  }
  await transact(ctx, (ctx) =>
    recordWave(ctx, waveId, 'messages_kept', { mailboxId, copyId: box.copyId, messages: toKeep.length }),
  )
}

async function whatToKeep(ctx: Context, waveId: string, mailboxId: string) {
  return read(ctx, async (ctx) => {
    const wave = await ctx.db
      .selectFrom('migration_wave')
      .select('from_server_id')
      .where('organisation_id', '=', ctx.organisationId)
      .where('id', '=', waveId)
      .executeTakeFirstOrThrow()
    const box = (await selectBox(ctx, waveId, mailboxId)) ?? fail(notFound())
    const server = await selectServer(ctx, wave.from_server_id)
    const account = server === undefined ? null : accountOn(ctx.services.secret, server, box.sourceLogin)
    const toKeep = box.copyId === null ? [] : await selectToKeep(ctx, box.copyId)
    return { box: box satisfies BoxRow, account, toKeep }
  })
}

async function keepOne(
  ctx: Context,
  key: ToKeep,
  fetched: Awaited<ReturnType<Awaited<ReturnType<typeof openSource>>['fetch']>>,
) {
  const [message] = fetched
  if (message === undefined) return
  const { content } = message
  const bytes = 'close' in content ? Buffer.concat(await Array.fromAsync(content.bytes())) : content
  if ('close' in content) await content.close()
  const file = await ctx.services.files.keep(bytes, largestKept)
  await transact(ctx, async (ctx) => {
    await recordFile(ctx, file)
    await keepExported(ctx, key, file.sha256)
  })
}

/** The messages kept apart, as one mbox file (RFC 4155), read as it is sent. */
export async function keptMailbox(ctx: Context, number: number, mailboxId: string): Promise<ReadableStream> {
  allow(ctx.actor, 'mailboxes.copy')
  const kept = await read(ctx, async (ctx) => {
    const wave = (await selectWave(ctx, number)) ?? fail(notFound())
    const box = (await selectBox(ctx, wave.id, mailboxId)) ?? fail(notFound())
    return box.copyId === null ? [] : selectKept(ctx, box.copyId)
  })
  if (kept.length === 0) throw notFound()
  const parts = mbox(ctx, kept)
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await parts.return(undefined)),
  })
}

async function* mbox(ctx: Context, kept: readonly { sha256: string; receivedAt: string | null }[]) {
  for (const { sha256, receivedAt } of kept) {
    const at = new Date(receivedAt ?? 0).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 $4')
    yield Buffer.from(`From sitec@localhost ${at}\n`)
    yield* quotedLines(createReadStream(ctx.services.files.path(sha256)))
    yield Buffer.from('\n\n')
  }
}

// A line that begins with "From " would begin the next message: one more ">" before it.
async function* quotedLines(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = ''
  for await (const chunk of stream) {
    const text = rest + chunk.toString('latin1')
    const end = text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    if (end > 0) yield quoted(text.slice(0, end))
  }
  if (rest !== '') yield quoted(rest)
}

const quoted = (text: string) => Buffer.from(text.replaceAll('\r\n', '\n').replace(/^(>*From )/gm, '>$1'), 'latin1')
