/** `sitec mail copy`, `sitec mail verify` */
import { writeFile } from 'node:fs/promises'
import type { Invocation as AnyInvocation, Outcome, Terminal, TerminalCommand } from '../../platform/command.ts'
import { closePdf, renderPdf } from '../../platform/pdf.ts'
import { wrongBox } from './box-problems.ts'
import { boxTexts } from './box-texts.ts'
import { type CopyWatch, copyMailbox } from './copy-mailbox.ts'
import { importMailboxes } from './import-mailboxes.ts'
import { type Account, type Credential, readAddress } from './internal/account.ts'
import { type AnyAccount, isGmailAddress } from './internal/gmail-account.ts'
import { gmailLimits } from './internal/gmail-limits.ts'
import { gmailAccountOf } from './internal/gmail-option.ts'
import { makeManifest, readManifest } from './manifest.ts'
import { manifestPdf } from './manifest-pdf.ts'
import { previewCopy } from './preview.ts'
import { wrong } from './problems.ts'
import type { CopyProblem, CopyResult, Manifest, VerifyResult } from './schema.ts'
import { mailboxesTexts } from './texts.ts'
import { isGood, verifyManifest } from './verify-manifest.ts'
import type { Side } from './vocabulary.ts'

type Invocation = AnyInvocation & Terminal

const ends = '--from imaps://USER@HOST --to imaps://USER@HOST|gmail://USER@DOMAIN'
const secrets = '[--from-password-file FILE|-] [--to-password-file FILE|-]'
const gmail = '[--gmail-units N] [--gmail-api ADDRESS]'
const options = {
  'from-password-file': { type: 'string' },
  'to-password-file': { type: 'string' },
  'insecure-loopback': { type: 'boolean' },
  'gmail-api': { type: 'string' },
  'gmail-units': { type: 'string' },
  timeout: { type: 'string' },
} as const

/** Copies of mailboxes on the command line. */
export const mailboxesCommands: readonly TerminalCommand[] = [
  {
    name: 'mail copy',
    usage: `${ends} [--folder NAME]… [--dry-run] [--manifest FILE.json] ${secrets} [--deleted trash|keep|skip] [--gmail-method import|insert] ${gmail} [--timeout SECONDS] [--insecure-loopback]`,
    help: 'Copy a mailbox to another IMAP server or into Gmail, read every message back, and say what became of each.',
    options: {
      ...options,
      from: { type: 'string' },
      to: { type: 'string' },
      folder: { type: 'string', multiple: true },
      'dry-run': { type: 'boolean' },
      manifest: { type: 'string' },
      deleted: { type: 'string' },
      'gmail-method': { type: 'string' },
    },
    run: copy,
  },
  {
    name: 'mail verify',
    usage: `MANIFEST [--target-only] ${secrets} ${gmail} [--timeout SECONDS] [--insecure-loopback]`,
    help: 'Check the signature of a manifest, and read both mailboxes again to compare them with it.',
    options: { ...options, 'target-only': { type: 'boolean' } },
    run: verify,
  },
  {
    name: 'mailboxes import',
    usage: 'FILE [--trial] [--complete] [--assessment REFERENCE --agreement REFERENCE]',
    help: 'Load mailboxes from CSV (address;kind[;office;holder;…]): the whole file, or nothing and why. --trial tells what would change.',
    options: {
      trial: { type: 'boolean' },
      complete: { type: 'boolean' },
      assessment: { type: 'string' },
      agreement: { type: 'string' },
    },
    run: importFile,
  },
]

async function importFile({ context, positionals, values, readFile }: Invocation): Promise<Outcome> {
  const [path] = positionals
  if (path === undefined) throw wrongBox('FILE', (t) => t.fileMissing)
  const yesOr = (value: unknown) => (value === true ? ('yes' as const) : ('no' as const))
  const done = await importMailboxes(context, await readFile(path), {
    ...{ trial: yesOr(values.trial), complete: yesOr(values.complete) },
    ...{ assessment: String(values.assessment ?? ''), agreement: String(values.agreement ?? '') },
  })
  const t = boxTexts[context.language].done
  const lines = done.differences.map((one) => t.difference(one.line, one.address, one.column, one.before, one.after))
  const say = done.isTrial ? t.tried : t.loaded
  return {
    exit: 0,
    json: done,
    text: [...lines, say(done.added, done.changed, done.unchanged, done.gone)].join('\n'),
  }
}

async function copy(invocation: Invocation): Promise<Outcome> {
  const { context, values, lists } = invocation
  const [from, to] = [String(values.from ?? ''), String(values.to ?? '')]
  const input = {
    from: await accountOf(invocation, 'source', from),
    to: await targetOf(invocation, to),
    folders: lists.folder ?? [],
  }
  const told = { watch: watchOf(invocation), limits: limitsOf(invocation) }
  if (values['dry-run'] === true) {
    const { isWhole, result } = await previewCopy(context, input, told)
    const t = mailboxesTexts[context.language].result
    const lines = [
      t.dryRun(result.messages.source, result.messages.copied),
      ...problemLines(invocation, result.problems),
    ]
    return { exit: isWhole ? 0 : 1, json: result, text: lines.join('\n') }
  }
  const { isWhole, result } = await copyMailbox(context, input, told)
  if (typeof values.manifest === 'string')
    await writeManifest(invocation, values.manifest, await makeManifest(context, input))
  return { exit: isWhole ? 0 : 1, json: result, text: copyText(invocation, result, isWhole) }
}

// The file as named, and the same with .pdf beside it.
async function writeManifest({ context, resolvePath }: Invocation, path: string, manifest: Manifest) {
  const file = resolvePath(path)
  await writeFile(file, `${JSON.stringify(manifest)}\n`)
  const { language, zone, isDemo } = context
  const pdf = await renderPdf(manifestPdf(manifest, { language, zone, isDemo })).finally(closePdf)
  await writeFile(`${file.replace(/\.json$/i, '')}.pdf`, pdf)
}

async function verify(invocation: Invocation): Promise<Outcome> {
  const { context, positionals, values, readFile, tell } = invocation
  const [path] = positionals
  if (path === undefined) throw wrong('manifest', (t) => t.notAManifest)
  const manifest = readManifest(await readFile(path))
  const { from, to } = manifest.content
  const addressOf = ({ host, port, user, protocol }: typeof from) => {
    if (protocol === 'gmail') return `gmail://${user}`
    const place = host.includes(':') ? `[${host}]` : host
    // The manifest does not say how the server was reached: in the clear only here, and where it is asked for.
    const isHere = ['127.0.0.1', '::1'].includes(host)
    const scheme = isHere && values['insecure-loopback'] === true ? 'imap' : 'imaps'
    return `${scheme}://${encodeURIComponent(user)}@${place}:${port}`
  }
  const isTargetOnly = values['target-only'] === true
  const result = await verifyManifest(
    context,
    {
      manifest,
      from: isTargetOnly ? null : await accountOf(invocation, 'source', addressOf(from)),
      to: await targetOf(invocation, addressOf(to)),
    },
    { limits: limitsOf(invocation), watch: (side, done, of) => tell(`${side}: ${done}/${of}`) },
  )
  return { exit: isGood(result) ? 0 : 1, json: result, text: verifyText(invocation, result) }
}

async function accountOf(invocation: Invocation, side: Side, address: string): Promise<Account> {
  const found = readAddress(side, address, invocation.values['insecure-loopback'] === true)
  return { side, ...found, credential: await credentialOf(invocation, side, found.user) }
}

async function targetOf(invocation: Invocation, address: string): Promise<AnyAccount> {
  return isGmailAddress(address) ? gmailAccountOf(invocation, address) : accountOf(invocation, 'target', address)
}

// A token, a file, the environment, or the terminal: in that order, never an argument.
async function credentialOf(invocation: Invocation, side: Side, user: string): Promise<Credential> {
  const { values, mailCopy, ask } = invocation
  const [token, password] =
    side === 'source' ? [mailCopy.fromToken, mailCopy.fromPassword] : [mailCopy.toToken, mailCopy.toPassword]
  const file = values[side === 'source' ? 'from-password-file' : 'to-password-file']
  if (typeof file === 'string') return { password: await passwordIn(invocation, file) }
  if (token !== null) return { token }
  if (password !== null) return { password }
  const typed = await ask(`${user}: `)
  if (typed === null || typed === '') throw wrong(side === 'source' ? 'from' : 'to', (t) => t.noPassword)
  return { password: typed }
}

// The file's last line break is not part of it.
async function passwordIn({ readFile }: Invocation, file: string): Promise<string> {
  const bytes = file === '-' ? Buffer.concat(await process.stdin.toArray()) : Buffer.from(await readFile(file))
  return bytes.toString('utf8').replace(/\r?\n$/, '')
}

function limitsOf({ values }: Invocation) {
  const [seconds, units] = [Number(values.timeout ?? ''), Number(values['gmail-units'] ?? '')]
  return {
    ...(seconds > 0 && Number.isFinite(seconds) && { silence: seconds * 1000 }),
    ...(units >= 100 && Number.isFinite(units) && { gmail: { ...gmailLimits, unitsPerMinute: units } }),
  }
}

// One line a second at most.
function watchOf({ context, tell }: Invocation): CopyWatch {
  const t = mailboxesTexts[context.language].result
  let last = 0
  return (folder, done, of) => {
    if (Date.now() - last < 1000) return
    last = Date.now()
    tell(t.progress(folder === '' ? t.looking : folder, done, of))
  }
}

function copyText(
  invocation: Invocation,
  { messages, seconds, messagesPerSecond, lost, problems }: CopyResult,
  whole: boolean,
) {
  const { language } = invocation.context
  const t = mailboxesTexts[language].result
  const number = (value: number) => new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB').format(value)
  const { source, copied, alreadyThere, refused, verified } = messages
  return [
    t.summary(source, copied, alreadyThere, refused, verified),
    t.speed(number(seconds), number(messagesPerSecond)),
    ...(lost > 0 ? [t.lost(lost)] : []),
    whole ? t.whole : t.notWhole,
    ...problemLines(invocation, problems),
  ].join('\n')
}

function verifyText(invocation: Invocation, { signature, isRecorded, source, target, problems }: VerifyResult): string {
  const t = mailboxesTexts[invocation.context.language]
  const line = (name: string, side: { checked: number; equal: number }) =>
    `${name}: ${t.verified.summary(side.checked, side.equal)}`
  return [
    t.verified.signature[signature],
    isRecorded ? t.verified.recorded : t.verified.notRecorded,
    ...(source === null ? [] : [line(t.manifest.from, source)]),
    line(t.manifest.to, target),
    ...problemLines(invocation, problems),
  ].join('\n')
}

function problemLines({ context }: Invocation, problems: readonly CopyProblem[]): string[] {
  const t = mailboxesTexts[context.language]
  return problems.map(({ code, side, folder, uid, words, count }) => {
    const where = [
      side === 'source' ? t.manifest.from : t.manifest.to,
      folder,
      uid === undefined ? undefined : `UID ${uid}`,
    ]
    const what = [t.codes[code], count === undefined ? undefined : `(${count})`]
      .filter((one) => one !== undefined)
      .join(' ')
    return `  ${where.filter((one) => one !== undefined).join(', ')}: ${what}${words === undefined ? '' : `: ${words}`}`
  })
}
