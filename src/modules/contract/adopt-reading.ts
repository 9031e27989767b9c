/** The manager's choice where the words of the contract can be read in more than one way: a new version, with its act. */
import type { z } from '@hono/zod-openapi'
import { type Context, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { wrongContract } from './contract-problems.ts'
import { addVersion, contractOf, localDay } from './contracts.ts'
import { requireCity } from './internal/announce.ts'
import { lockContracts } from './internal/contract-queries.ts'
import { quarterOfDay } from './internal/periods.ts'
import { holding, indicatorContent, subsetsContent } from './internal/terms.ts'
import { adoptReadingInput } from './schema.ts'

/**
 * Records which reading of an indicator, or of a subset's clause, holds from a day on (contract-logic §1.4). Everything
 * else of that version stays as it is. Refused: to the supplier, a reading that is not among those printed.
 */
export async function adoptReading(
  ctx: Context,
  input: z.input<typeof adoptReadingInput>,
): Promise<{ subject: string }> {
  allow(ctx.actor, 'contract.decide')
  const wanted = parse(adoptReadingInput, input)
  return transact(ctx, async (ctx) => {
    requireCity(ctx)
    await lockContracts(ctx)
    const contract = await contractOf(ctx, quarterOfDay(wanted.effectiveFrom))
    const today = localDay(ctx)
    if (wanted.effectiveFrom < contract.beginsOn) throw wrongContract('effectiveFrom', (t) => t.problems.readingPast)
    const subject = wanted.indicator === undefined ? 'subsets' : `indicator:${wanted.indicator}`
    const current =
      holding(contract.versions, subject, wanted.effectiveFrom, today) ??
      fail(wrongContract('indicator', (t) => t.problems.unknownIndicator(wanted.indicator ?? '')))
    const content =
      wanted.indicator === undefined ? withSubset(current.content, wanted) : withReading(current.content, wanted)
    const version = { subject, effectiveFrom: wanted.effectiveFrom, knownFrom: today, act: wanted.act, content }
    if (current.effectiveFrom === version.effectiveFrom && current.knownFrom === version.knownFrom)
      throw wrongContract('effectiveFrom', (t) => t.problems.readingTwice)
    await addVersion(ctx, contract.id, version)
    return { subject }
  })
}

type Wanted = z.output<typeof adoptReadingInput>

function withReading(content: unknown, { reading, act }: Wanted) {
  const indicator = indicatorContent.parse(content)
  return { ...indicator, adopted: { ...indicator.adopted, ...reading }, adoptedNote: act }
}

function withSubset(content: unknown, { subset, subsetReading }: Wanted) {
  const { subsets } = subsetsContent.parse(content)
  const found = subsets.find(({ service }) => service === subset)
  if (found === undefined || !found.readings.some(({ label }) => label === subsetReading))
    throw wrongContract('subsetReading', (t) => t.problems.readingUnknown)
  return { subsets: subsets.map((one) => (one === found ? { ...one, adopted: subsetReading ?? null } : one)) }
}
