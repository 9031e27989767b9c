/** The plan: before and after by office, licences that are saved and what they are worth, what is still undecided. */
import { type Context, read } from '../../platform/context.ts'
import { writeCsv } from '../../platform/csv.ts'
import { centsText } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import type { MailboxPlan } from './decision-schema.ts'
import { today } from './decision-settings.ts'
import { decisionKinds } from './decision-vocabulary.ts'
import { selectSettings } from './internal/decision-queries.ts'
import { selectPlanned } from './internal/plan-queries.ts'
import { decidedOf, type Figures, reckonPlan, totalOf } from './internal/plan-rules.ts'

/** The plan as it stands; who reads for an office gets what concerns it. Reckoned each time, nothing of it is stored. */
export async function findPlan(ctx: Context): Promise<MailboxPlan> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const boxes = await selectPlanned(ctx)
    const { licenceCents = null, licenceSource = null } = (await selectSettings(ctx)) ?? {}
    const names = new Map(boxes.map(({ officeId, office }) => [officeId, office]))
    const reckoned = reckonPlan(boxes)
    const figures = (of: Figures) => {
      const saved = of.licencesBefore - of.licencesAfter
      return { ...of, saved, worth: licenceCents === null ? null : centsText(BigInt(saved) * BigInt(licenceCents)) }
    }
    const decided = boxes.map(decidedOf)
    return {
      ...{ date: today(ctx), licenceSource },
      licencePrice: licenceCents === null ? null : centsText(BigInt(licenceCents)),
      offices: [...reckoned].map(([officeId, of]) => ({
        officeId,
        office: names.get(officeId) ?? null,
        ...figures(of),
      })),
      total: figures(totalOf(reckoned.values())),
      kinds: decisionKinds.flatMap((kind) => {
        const count = decided.filter((one) => one === kind).length
        return count === 0 ? [] : [{ kind, count }]
      }),
    }
  })
}

const header = [
  ...[
    'office',
    'mailboxes_before',
    'mailboxes_after',
    'licences_before',
    'licences_after',
    'bytes_before',
    'bytes_after',
  ],
  ...['licences_saved', 'worth_eur_year', 'proposed', 'without_proposal'],
]

/** The plan as CSV, an office a row. */
export async function planCsv(ctx: Context): Promise<string> {
  const { offices } = await findPlan(ctx)
  return writeCsv(
    header,
    offices.map((one) => [
      ...[one.office ?? '', one.boxesBefore, one.boxesAfter, one.licencesBefore, one.licencesAfter],
      ...[one.bytesBefore, one.bytesAfter, one.saved, one.worth === null ? '' : Number(one.worth)],
      ...[one.proposed, one.without],
    ]),
  )
}
