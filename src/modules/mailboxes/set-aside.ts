/** Messages that could not be copied as they are: their owner decides, and the mailbox goes on. */
import { createReadStream } from 'node:fs'
import { systemContextFor } from '../../platform/auth/actors.ts'
import { type Context, read, type Services, transact } from '../../platform/context.ts'
import { recordFile } from '../../platform/files.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { newRun } from './copy-mailbox.ts'
import {
  keepExported,
  selectAside,
  selectBoxCopies,
  selectKept,
  selectToKeep,
  type ToKeep,
  upsertChoices,
} from './internal/aside-queries.ts'
import { copyLimits } from './internal/copy-limits.ts'
import { type AnyAccount, isGmail } from './internal/gmail-account.ts'
import { openGmailSource } from './internal/gmail-source.ts'
import { accountOn, targetOn } from './internal/server-account.ts'
import { selectServer } from './internal/server-queries.ts'
import { openSource, type Source } from './internal/source.ts'
import { selectBox, selectWave, updateBox } from './internal/wave-queries.ts'
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

/**
 * What was set aside of a mailbox: those that nobody has decided on come first. No subject, no correspondent. `isBack`: on the
 * way back from the new server, once the wave was stopped.
 */
export async function listAside(
  ctx: Context,
  number: number,
  mailboxId: string,
): Promise<{ box: WaveMailbox; messages: AsideMessage[]; isBack: boolean }> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const wave = (await selectWave(ctx, number)) ?? fail(notFound())
    const box = (await selectBox(ctx, wave.id, mailboxId)) ?? fail(notFound())
    const { there, back } = await selectBoxCopies(ctx, wave.id, mailboxId)
    const copyId = back ?? there
    return {
      ...{ box: toBox(box), isBack: back !== null },
      messages: copyId === null ? [] : await selectAside(ctx, copyId, most),
    }
  })
}

/**
 * Decides on these messages, or on all that nobody has decided on: left at the source, accepted as they are at the target,
 * or kept apart; a proof that was made before is made anew. Once nothing is open the mailbox goes on. What the target refused
 * cannot be accepted there.
 */
export async function chooseAside(
  ctx: Context,
  number: number,
  mailboxId: string,
  input: ChooseAsideInput,
): Promise<ChangedWave> {
  const { choice, messages, note } = parse(chooseAsideInput, input)
  return onBox(ctx, number, mailboxId, null, async (ctx, wave, box) => {
    const { there, back } = await selectBoxCopies(ctx, wave.id, mailboxId)
    const copyId = back ?? there
    if (copyId === null) throw waveConflict('nothing_aside', (t) => t.nothingAside)
    const aside = await selectAside(ctx, copyId, most)
    const named = new Set(messages?.map(keyText))
    const chosen = aside.filter((one) => (messages === undefined ? one.choice === null : named.has(keyText(one))))
    if (chosen.length === 0 || chosen.length < named.size) throw waveConflict('nothing_aside', (t) => t.nothingAside)
    if (choice === 'accept' && chosen.some(({ state }) => state === 'refused'))
      throw wrongInWave('choice', (t) => t.refusedStays)
    const payload = { mailboxId, copyId, choice, messages: chosen.length }
    const { id } = await recordWave(ctx, wave.id, 'aside_chosen', payload, note === '' ? undefined : { note })
    await upsertChoices(ctx, chosen, choice, id)
    if (choice === 'export')
      await ctx.services.jobs.enqueue(ctx, 'mailboxes.keep_messages', { waveId: wave.id, mailboxId, number })
    // The proof is that of the way there.
    if (box.proofSha256 !== null && back === null)
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

/**
 * The job behind "kept apart": reads these messages from where they are, one by one, and keeps each as a file. May run twice.
 * What cannot be read now is left for the next time; throws what went wrong once the others are kept.
 */
export async function keepMessages(
  services: Services,
  organisationId: string,
  waveId: string,
  mailboxId: string,
): Promise<void> {
  const ctx = await systemContextFor(services, organisationId, 'Messaggi conservati a parte')
  for (const { copyId, account, toKeep } of await whatToKeep(ctx, waveId, mailboxId)) {
    if (toKeep.length === 0) continue
    const source = await openAny(ctx, account(), copyId)
    const { kept, failures } = await keepAll(ctx, source, toKeep).finally(() => source.close())
    if (kept > 0)
      await transact(ctx, (ctx) => recordWave(ctx, waveId, 'messages_kept', { mailboxId, copyId, messages: kept }))
    if (failures.length > 0) throw failures[0]
  }
}

// One folder that cannot be read does not keep the others from it. Under other numbers nobody can tell a message.
async function keepAll(ctx: Context, source: Source, toKeep: readonly ToKeep[]) {
  const failures: unknown[] = []
  let kept = 0
  for (const [folder, some] of Map.groupBy(toKeep, (one) => one.folder)) {
    try {
      const standing = await source.standing(folder)
      await source.open(folder)
      for (const one of some)
        if (one.uidvalidity === standing?.uidvalidity && (await keepOne(ctx, one, source))) kept += 1
    } catch (error) {
      failures.push(error)
    }
  }
  return { kept, failures }
}

const openAny = (ctx: Context, account: AnyAccount, copyId: string): Promise<Source> =>
  isGmail(account) ? openGmailSource(account, newRun(ctx, copyId, {})) : openSource(account, copyLimits)

type Keeping = { copyId: string; account: () => AnyAccount; toKeep: ToKeep[] }

// What the new server refused is read from the old one, and what the old one refused on the way back from the new one.
async function whatToKeep(ctx: Context, waveId: string, mailboxId: string): Promise<Keeping[]> {
  return read(ctx, async (ctx) => {
    const wave = await ctx.db
      .selectFrom('migration_wave')
      .select(['from_server_id', 'to_server_id'])
      .where('organisation_id', '=', ctx.organisationId)
      .where('id', '=', waveId)
      .executeTakeFirstOrThrow()
    const box = (await selectBox(ctx, waveId, mailboxId)) ?? fail(notFound())
    const { there, back } = await selectBoxCopies(ctx, waveId, mailboxId)
    const [from, to] = [await selectServer(ctx, wave.from_server_id), await selectServer(ctx, wave.to_server_id)]
    const { secret } = ctx.services
    const keeping: Keeping[] = []
    if (there !== null && from !== undefined) {
      const account = () => accountOn(secret, from, box.sourceLogin)
      keeping.push({ copyId: there, account, toKeep: await selectToKeep(ctx, there) })
    }
    if (back !== null && to !== undefined) {
      const account = () => ({ ...targetOn(secret, to, box.targetLogin), side: 'source' as const })
      keeping.push({ copyId: back, account, toKeep: await selectToKeep(ctx, back) })
    }
    return keeping
  })
}

// Answers whether it was given, as it was read before.
async function keepOne(ctx: Context, key: ToKeep, source: Source): Promise<boolean> {
  const [message] = await source.fetch([{ ...key, flags: '', receivedAt: null }])
  if (message === undefined) return false
  const { content, sha256 } = message
  const isSame = key.sha256 === null || key.sha256 === sha256
  const bytes = 'close' in content ? Buffer.concat(await Array.fromAsync(content.bytes())) : content
  if ('close' in content) await content.close()
  if (!isSame) return false
  const file = await ctx.services.files.keep(bytes, largestKept)
  await transact(ctx, async (ctx) => {
    await recordFile(ctx, file)
    await keepExported(ctx, key, file.sha256)
  })
  return true
}

/** The messages kept apart, as one mbox file (RFC 4155), read as it is sent. */
export async function keptMailbox(ctx: Context, number: number, mailboxId: string): Promise<ReadableStream> {
  allow(ctx.actor, 'mailboxes.copy')
  const kept = await read(ctx, async (ctx) => {
    const wave = (await selectWave(ctx, number)) ?? fail(notFound())
    const box = (await selectBox(ctx, wave.id, mailboxId)) ?? fail(notFound())
    const { there, back } = await selectBoxCopies(ctx, wave.id, box.mailboxId)
    return selectKept(
      ctx,
      [there, back].filter((one) => one !== null),
    )
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
