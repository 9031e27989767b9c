/** Contracts: loaded from the file that says what was signed, in versions that are added and never changed. */
import { randomUUIDv7 } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { sayIssue } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { setPersonDayQuotas } from '../applications/standing.ts'
import { areas } from '../applications/vocabulary.ts'
import { contractConflict, type FileFinding, found, refuseFile } from './contract-problems.ts'
import { requireCity } from './internal/announce.ts'
import { type ContractFile, contractFile, readContract } from './internal/contract-file.ts'
import {
  insertContract,
  insertVersion,
  lockContracts,
  type StoredContract,
  selectContracts,
  selectVersions,
} from './internal/contract-queries.ts'
import { daysOf } from './internal/periods.ts'
import { type ContractInForce, type ContractVersion, contractOn, termsContent } from './internal/terms.ts'
import type { ImportResult } from './schema.ts'

/**
 * Loads a contract, whole or not at all: the place of everything that is wrong is named. The same file again changes
 * nothing; a later file adds the versions that are new. Refused: a version in force with another content.
 */
export async function importContract(ctx: Context, bytes: Uint8Array): Promise<ImportResult> {
  allow(ctx.actor, 'contract.import')
  const findings: FileFinding[] = []
  const file = parseFile(bytes, findings)
  const given = file === null ? null : readContract(file, findings)
  refuseFile(findings, (t) => t.file.refused)
  const { versions, ...facts } = given ?? fail(contractConflict('empty', (t) => t.file.refused))
  return transact(ctx, async (ctx) => {
    requireCity(ctx)
    await lockContracts(ctx)
    const known = (await selectContracts(ctx)).find(({ beginsOn }) => beginsOn === facts.beginsOn)
    const id = known?.id ?? randomUUIDv7()
    if (known === undefined) await addContract(ctx, { id, ...facts })
    const there = await selectVersions(ctx, id)
    const fresh = versions.filter((version) => !isKnown(there, version, findings))
    refuseFile(findings, (t) => t.file.refused)
    for (const version of fresh) await addVersion(ctx, id, version)
    await setQuotas(ctx, versions, facts)
    return {
      contractId: id,
      title: known?.title ?? facts.title,
      versionsAdded: fresh.length,
      versionsKnown: versions.length - fresh.length,
    }
  })
}

/** The person-days of small maintenance that the contract allows, for each of its years until this one. */
async function setQuotas(ctx: TxContext, versions: readonly ContractVersion[], facts: Omit<StoredContract, 'id'>) {
  const terms = versions.find(({ subject }) => subject === 'terms')
  const { minorEnhancement } = termsContent.parse(terms?.content)
  if (minorEnhancement === null) return
  const act = terms?.act ?? ''
  const [last = ''] = [localDay(ctx), facts.endsOn ?? '9999-12-31'].sort()
  const years = Number(last.slice(0, 4)) - Number(facts.beginsOn.slice(0, 4)) + 1
  const wanted = Array.from(
    { length: Math.max(0, years) },
    (_, more) => Number(facts.beginsOn.slice(0, 4)) + more,
  ).flatMap((year) =>
    areas.flatMap((area) => {
      const days = minorEnhancement.perYear[area]
      return days === undefined ? [] : [{ year, area, tenths: days * 10, mostTenths: minorEnhancement.each * 10, act }]
    }),
  )
  if (wanted.length > 0) await setPersonDayQuotas(ctx, wanted)
}

async function addContract(ctx: TxContext, contract: StoredContract) {
  await insertContract(ctx, contract)
  await appendEvent(ctx, {
    subjectType: 'contract',
    subjectId: contract.id,
    kind: 'contract.added',
    version: 1,
    witness: witnessOf(ctx),
    payload: { beginsOn: contract.beginsOn, endsOn: contract.endsOn },
    text: { title: contract.title, source: contract.source },
    retention: 'organisation',
  })
}

/** Adds one version, with its event. */
export async function addVersion(ctx: TxContext, contractId: string, version: ContractVersion): Promise<void> {
  await insertVersion(ctx, contractId, { id: randomUUIDv7(), ...version })
  await appendEvent(ctx, {
    subjectType: 'contract',
    subjectId: contractId,
    kind: 'contract.version_added',
    version: 1,
    witness: witnessOf(ctx),
    payload: { ...version },
    retention: 'organisation',
  })
}

function isKnown(there: readonly ContractVersion[], version: ContractVersion, findings: FileFinding[]): boolean {
  const same = there.find(
    (one) =>
      one.subject === version.subject &&
      one.effectiveFrom === version.effectiveFrom &&
      one.knownFrom === version.knownFrom,
  )
  if (same === undefined) return false
  // What is stored went through JSON once: undefined fields are gone.
  const isSame =
    same.act === version.act && isDeepStrictEqual(same.content, JSON.parse(JSON.stringify(version.content)))
  if (!isSame) found(findings, version.subject, (t) => t.file.inForce(version.subject, version.effectiveFrom))
  return true
}

function parseFile(bytes: Uint8Array, findings: FileFinding[]): ContractFile | null {
  const json = readJson(bytes, findings)
  if (json === undefined) return null
  const parsed = contractFile.safeParse(json)
  if (parsed.success) return parsed.data
  findings.push(...parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), say: sayIssue(issue, json) })))
  return null
}

function readJson(bytes: Uint8Array, findings: FileFinding[]): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
    found(findings, 'FILE', (t) => t.file.notJson(error.message.slice(0, 120)))
    return undefined
  }
}

/** A contract with all its versions. */
export type LoadedContract = StoredContract & { versions: ContractVersion[] }

/** The contract of a period: the last that began by its end; refuses when there is none. */
export async function contractOf(ctx: TxContext, period: string): Promise<LoadedContract> {
  const { from, until } = daysOf(period)
  const contract = (await selectContracts(ctx)).find(
    ({ beginsOn, endsOn }) => beginsOn < until && (endsOn === null || endsOn >= from),
  )
  const known = contract ?? fail(contractConflict('no_contract', (t) => t.problems.noContract(period)))
  return { ...known, versions: await selectVersions(ctx, known.id) }
}

/** What the contract says in a period, as known today: effective at its first day, or at the contract's own. */
export function inForceIn(contract: LoadedContract, period: string, knownOn: string): ContractInForce {
  const [day = ''] = [daysOf(period).from, contract.beginsOn].sort().reverse()
  return (
    contractOn(contract.versions, day, knownOn) ??
    fail(contractConflict('no_contract', (t) => t.problems.noContract(period)))
  )
}

/** The local day of an administration. */
export function localDay(ctx: Pick<Context, 'zone'>): string {
  return Temporal.Now.plainDateISO(ctx.zone).toString()
}
