/** What is to be looked at about mailboxes: told with its evidence, put aside with a reason, taken up again. */
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { boxConflict } from './box-problems.ts'
import { type AsideInput, asideInput, type BoxFinding, type ResumeInput, resumeInput } from './box-schema.ts'
import { boxTexts } from './box-texts.ts'
import { judge } from './internal/box-judge.ts'
import { selectBox } from './internal/box-queries.ts'
import { recordBox } from './internal/box-record.ts'
import { deleteAside, insertAside } from './internal/box-rules-queries.ts'
import { findingSentence } from './internal/box-sentences.ts'
import { lockBox } from './internal/box-writes.ts'

/** The findings of one mailbox, those put aside last; the mailbox is one the actor may see. */
export async function boxFindings(ctx: TxContext, id: string): Promise<BoxFinding[]> {
  const found = (await judge(ctx)).all(id).map((finding) => ({
    ...{ code: finding.code, about: finding.about, otherId: finding.otherId, evidence: finding.evidence },
    sentence: findingSentence(finding, ctx.language),
    aside: finding.aside && { at: finding.aside.at, by: finding.aside.by, reason: finding.aside.reason },
  }))
  return found.sort((a, b) => Number(a.aside !== null) - Number(b.aside !== null))
}

/** Puts a finding aside, with the reason; refused when there is none such, or it was put aside already. */
export async function putFindingAside(ctx: Context, id: string, input: AsideInput): Promise<{ id: string }> {
  allow(ctx.actor, 'mailboxes.manage')
  const { finding, about, reason } = parse(asideInput, input)
  return transact(ctx, async (ctx) => {
    const box = (await lockBox(ctx, id)) ?? fail(notFound())
    const one = (await judge(ctx)).all(id).find((it) => it.code === finding && it.about === about)
    if (one === undefined) throw boxConflict('no_finding', (t) => t.noFinding)
    if (one.aside !== null) throw boxConflict('already_aside', (t) => t.alreadyAside)
    const eventId = await recordBox(ctx, {
      ...{ subjectType: 'mailbox', subjectId: box.id, kind: 'mailbox.finding_aside' },
      ...{ payload: { finding, otherId: one.otherId }, text: { about, reason } },
    })
    await insertAside(ctx, id, finding, about, eventId)
    return { id }
  })
}

/** Takes up again what was put aside. */
export async function resumeFinding(ctx: Context, id: string, input: ResumeInput): Promise<{ id: string }> {
  allow(ctx.actor, 'mailboxes.manage')
  const { finding, about } = parse(resumeInput, input)
  return transact(ctx, async (ctx) => {
    const box = (await lockBox(ctx, id)) ?? fail(notFound())
    if (!(await deleteAside(ctx, id, finding, about))) throw boxConflict('no_finding', (t) => t.noFinding)
    await recordBox(ctx, {
      ...{ subjectType: 'mailbox', subjectId: box.id, kind: 'mailbox.finding_resumed' },
      ...{ payload: { finding }, text: { about } },
    })
    return { id }
  })
}

/** Every finding the actor may see as CSV, a line each, with its evidence in the actor's language and what was put aside. */
export async function exportFindings(ctx: Context): Promise<string> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const t = boxTexts[ctx.language]
    const { boxes, all } = await judge(ctx)
    const lines = boxes
      .filter(({ isVisible }) => isVisible)
      .flatMap(({ id, address, kind }) =>
        all(id).map((finding) =>
          csvLine([
            ...[address, kind, finding.code, t.findings[finding.code], finding.about],
            ...[findingSentence(finding, ctx.language), finding.aside?.at ?? null, finding.aside?.reason ?? null],
          ]),
        ),
      )
    const header = ['address', 'kind', 'finding', 'name', 'about', 'evidence', 'aside_at', 'aside_reason']
    return csvByteOrderMark + csvLine(header) + lines.join('')
  })
}

/** One mailbox with what is to be looked at about it, for the modules' own pages; undefined when the actor may not see it. */
export async function boxWithFindings(ctx: TxContext, id: string) {
  const box = await selectBox(ctx, id)
  return box && { ...box, findings: await boxFindings(ctx, id) }
}
