/** The register of mailboxes as a file: the columns of the import, and what is to be looked at. */
import { type Context, read } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { boxFilter, type ListBoxesInput } from './box-schema.ts'
import { selectExported } from './internal/box-export-queries.ts'
import { discreet } from './internal/box-facts.ts'
import { codesOf, judge } from './internal/box-judge.ts'
import { boxColumns } from './internal/box-lines.ts'

/** The mailboxes of a filter that the actor may see, by address. */
export async function exportBoxes(ctx: Context, input: Partial<ListBoxesInput> = {}): Promise<string> {
  allow(ctx.actor, 'mailboxes.read')
  const filter = parse(boxFilter, input)
  return read(ctx, async (ctx) => {
    const judgement = await judge(ctx)
    const columns = [...boxColumns.required, ...boxColumns.optional, ...boxColumns.told]
    const lines = (await selectExported(ctx, filter)).flatMap((row) => {
      const codes = codesOf(judgement.open(row.id))
      if (filter.finding !== undefined && !codes.some((code) => filter.finding === 'any' || code === filter.finding))
        return []
      const box = discreet(ctx, row)
      return csvLine([
        ...[box.address, box.kind, box.name, box.office, box.holder, box.aliases, box.forwards, box.delegates],
        ...[box.quota, text(box.sizeBytes), text(box.messageCount), box.lastReceived, box.lastRead, box.lastSent],
        ...[box.register, box.published, box.activity, codes.join(' ')],
      ])
    })
    return csvByteOrderMark + csvLine(columns) + lines.join('')
  })
}

const text = (value: number | null) => (value === null ? null : String(value))
