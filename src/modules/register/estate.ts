/** The estate (consistenza): how many there are on a date, by definition, beside what each source says. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, read, transact } from '../../platform/context.ts'
import { streamCsv } from '../../platform/csv-stream.ts'
import { parse, sayIssue } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { type EstateRule, estateDefinitions, estateNames } from './estate-definitions.ts'
import { type Estate, type EstateInput, estateInput, type FigureImport } from './estate-schema.ts'
import {
  countEstate,
  keepFigures,
  type StoredFigure,
  selectBeginning,
  selectDates,
  selectFigures,
} from './internal/estate-queries.ts'
import { recordAll } from './internal/record.ts'
import { find, findInCsv, findSaid, noFindings, refuseFile, wrong } from './problems.ts'

/**
 * The estate at the end of a day: the register's own count, reckoned from what happened until then, and every figure of a
 * source of that date. They are never made to agree: a difference is told. For who reads the whole register.
 */
export async function findEstate(ctx: Context, input: EstateInput = {}): Promise<Estate> {
  // A subject without an office: whoever reads the items of some offices alone is refused.
  allow(ctx.actor, 'register.read', {})
  const request = parse(estateInput, input)
  return read(ctx, async (ctx) => {
    const today = Temporal.Now.plainDateISO(ctx.zone).toString()
    const dates = await selectDates(ctx)
    const on = request.on ?? dates[0] ?? today
    if (on > today) throw wrong('on', (t) => t.inFuture)
    const rules = estateNames.flatMap((name): Exclude<EstateRule, null>[] => {
      const { rule }: { rule: EstateRule } = estateDefinitions[name]
      return rule === null ? [] : [rule]
    })
    const counts = await countEstate(ctx, rules, on === today ? null : endOf(on, ctx.zone))
    const figures = Map.groupBy(await selectFigures(ctx, on), ({ definition }) => definition)
    const beginning = await selectBeginning(ctx)
    let place = 0
    const rows = estateNames.map((definition) => {
      const { unit, rule } = estateDefinitions[definition]
      const own = rule === null ? null : (counts[place++] ?? 0)
      const of = figures.get(definition) ?? []
      return { definition, unit, own, figures: of.map((figure) => beside(figure, own)) }
    })
    return { on, dates, beginsOn: beginning && dayOf(beginning, ctx.zone), rows }
  })
}

const beside = ({ source, quantity, unit }: StoredFigure, own: number | null) => ({
  ...{ source, quantity, unit },
  difference: own === null ? null : quantity - own,
})

const endOf = (day: string, zone: string) =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).toInstant().toString()
const dayOf = (at: string, zone: string) =>
  Temporal.Instant.from(new Date(at).toISOString()).toZonedDateTimeISO(zone).toPlainDate().toString()

const columns = { required: ['item', 'quantity', 'unit', 'as_of', 'source'], optional: [] }
const row = z.object({
  item: z.enum(estateNames),
  quantity: z.coerce.number().int().min(0).max(1_000_000_000_000),
  unit: z.string().min(1).max(20),
  as_of: z.iso.date(),
  source: z.string().min(3).max(200),
})

/**
 * Brings in what a source says there was on a date (CSV: item, quantity, unit, as_of, source): the whole file, or nothing and
 * why. The same figure again changes nothing; told otherwise it is put right, and the event says what it was.
 */
export async function importFigures(ctx: Context, source: AsyncIterable<Uint8Array>): Promise<FigureImport> {
  allow(ctx.actor, 'register.manage')
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    const findings = noFindings()
    const first = new Map<string, number>()
    const figures: StoredFigure[] = []
    for await (const rows of streamCsv(source, columns, (problem) => findInCsv(findings, problem)))
      for (const { line, cells } of rows) {
        const said = Object.fromEntries(columns.required.map((column, at) => [column, cells[at] ?? '']))
        const parsed = row.safeParse(said)
        for (const issue of parsed.error?.issues ?? [])
          findSaid(findings, line, String(issue.path[0] ?? ''), sayIssue(issue, said))
        if (!parsed.success) continue
        const { item, ...rest } = parsed.data
        const key = JSON.stringify([item, rest.as_of, rest.source])
        const before = first.get(key)
        if (before !== undefined) find(findings, line, 'item', (t) => t.repeated(before))
        first.set(key, line)
        figures.push({ id: randomUUIDv7(), definition: item, ...rest })
      }
    refuseFile(findings)
    const kept = await keepFigures(ctx, figures)
    await recordAll(
      ctx,
      kept.map(({ id, definition, as_of, quantity, was, source }) => ({
        ...{ subjectType: 'estate_figure' as const, subjectId: id, kind: 'estate_figure.told', text: { source } },
        payload: { definition, asOf: as_of, quantity, before: was },
      })),
    )
    const added = kept.filter(({ was }) => was === null).length
    const counts = { added, changed: kept.length - added, unchanged: figures.length - kept.length }
    return { lines: figures.length, ...counts }
  })
}
