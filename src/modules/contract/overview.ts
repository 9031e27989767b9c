/** The contract at a glance: services and fees with the acts they come from, and how much of the fee is measured. */
import { type Context, read } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { centsText, shareOf } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { contractOf, inForceIn, localDay } from './contracts.ts'
import { hundredthsText } from './internal/figures.ts'
import { penaltyCents, rateOf } from './internal/penalties.ts'
import { daysOf } from './internal/periods.ts'
import { type ContractInForce, feesContent } from './internal/terms.ts'
import { type ContractOverview, periodText } from './schema.ts'

/** The contract as it holds in a period; refused when there is none. */
export async function describeContract(ctx: Context, period: string): Promise<ContractOverview> {
  allow(ctx.actor, 'contract.read')
  const wanted = parse(periodText, period)
  return read(ctx, async (ctx) => {
    const contract = await contractOf(ctx, wanted)
    const inForce = inForceIn(contract, wanted, localDay(ctx))
    const { disagreement } = inForce.fees
    return {
      id: contract.id,
      title: contract.title,
      beginsOn: contract.beginsOn,
      endsOn: contract.endsOn,
      services: inForce.services.map((one) => ({ ...one, fee: centsText(inForce.fees.cents.get(one.code) ?? 0n) })),
      total: centsText(inForce.fees.total),
      feeAct: inForce.fees.act,
      sourceAct: inForce.terms.sourceAct,
      exclusions: inForce.terms.exclusions,
      disagreement: disagreement && { act: disagreement.act, total: disagreement.total, fees: disagreement.fees },
      feeVersions: contract.versions
        .filter(({ subject }) => subject === 'fees')
        .map(({ effectiveFrom, knownFrom, act, content }) => ({
          effectiveFrom,
          knownFrom,
          act,
          total: feesContent.parse(content).total,
        })),
      indicators: inForce.indicators,
      subsets: inForce.subsets,
      coverage: coverageOf(inForce, daysOf(wanted).from),
    }
  })
}

/** How the fee is measured: by an indicator of its own, only as a subset of another's, or not at all (contract-logic §1.15). */
function coverageOf(inForce: ContractInForce, day: string): ContractOverview['coverage'] {
  const current = inForce.indicators.filter(({ lapsedOn }) => lapsedOn === null || lapsedOn >= day)
  const own = new Set(current.map(({ service }) => service))
  const partly = new Set(inForce.subsets.map(({ service }) => service))
  const codes = inForce.services.map(({ code }) => code)
  const part = (services: string[]) => {
    const cents = services.reduce((sum, code) => sum + (inForce.fees.cents.get(code) ?? 0n), 0n)
    return { services, fee: centsText(cents), share: shareText(cents, inForce.fees.total) }
  }
  // The dearest year there can be: every indicator missed in every period, at its highest rate.
  const highest = current.reduce((sum, { class: penaltyClass, service, period }) => {
    const rate = rateOf(inForce.classes, penaltyClass, 3) ?? 0
    const periods = period === 'month' ? 12n : 4n
    const yearly = (inForce.fees.cents.get(service) ?? 0n) * periods
    return sum + penaltyCents(yearly, period, rate)
  }, 0n)
  return {
    measured: part(codes.filter((code) => own.has(code))),
    subset: part(codes.filter((code) => !own.has(code) && partly.has(code))),
    without: part(codes.filter((code) => !own.has(code) && !partly.has(code))),
    highestPenalty: centsText(highest),
    highestShare: shareText(highest, inForce.fees.total),
  }
}

function shareText(cents: bigint, total: bigint): string {
  return total === 0n ? hundredthsText(0) : hundredthsText(Number(shareOf(cents, 10_000n, total)))
}
