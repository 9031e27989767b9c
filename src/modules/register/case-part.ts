/** What the register tells beside a case of the desk: see `platform/subject.ts`. */
import type { TxContext } from '../../platform/context.ts'
import { may } from '../../platform/permissions.ts'
import type { SubjectPart } from '../../platform/subject.ts'
import type { CaseItems } from './case-item-schema.ts'
import { itemsOfCase } from './case-items.ts'
import { deskItemTexts } from './desk-item-texts.ts'
import { registerTexts } from './texts.ts'

const mostNamed = 8

/** The items of a case, in short; null for whoever may not read the register. The page has asked whether the case may be read. */
export async function tellCase(ctx: TxContext, caseId: string): Promise<SubjectPart | null> {
  if (!may(ctx.actor, 'register.read')) return null
  return partOf(ctx, caseId, await itemsOfCase(ctx, caseId, may(ctx.actor, 'case.link')))
}

function partOf(ctx: TxContext, caseId: string, found: CaseItems): SubjectPart {
  const t = deskItemTexts[ctx.language]
  const { types } = registerTexts[ctx.language]
  const to = `/richieste/${caseId}/beni`
  const { items, lost, offices, concerned } = found
  return {
    title: t.title,
    to,
    sentence: items.length === 0 ? t.none : t.impact(lost, offices.length),
    lines: items
      .slice(0, mostNamed)
      .map(({ id, code, name, type }) => ({ label: code, to: `/registro/${id}`, detail: `${name}, ${types[type]}` })),
    groups:
      concerned.length === 0
        ? []
        : [
            {
              title: t.mustKnow,
              lines: [
                ...concerned.slice(0, mostNamed).map(({ name, why, officeName }) => ({
                  label: name,
                  to: null,
                  detail: t.why(why, officeName ?? ''),
                })),
                ...(concerned.length > mostNamed
                  ? [{ label: t.others(concerned.length - mostNamed), to, detail: '' }]
                  : []),
              ],
            },
          ],
    field: found.mayLink
      ? { action: to, act: 'link', name: 'item', label: t.field, hint: t.fieldHint, button: t.link }
      : null,
  }
}
