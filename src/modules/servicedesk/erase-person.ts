/** Erasing a person and keeping the cases; giving a person what is known of them. */
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import {
  collectPersonFromOrganisation,
  erasePersonFromOrganisation,
  type PersonToErase,
  personToErase,
  recordExport,
} from '../organisation/erase-person.ts'
import { erasePersonFromMail, erasePersonFromMailNotes } from './internal/erase-mail.ts'
import {
  collectPersonFromCases,
  erasePersonFromCases,
  erasePersonFromMessages,
  erasePersonFromViews,
} from './internal/erase-person-cases.ts'
import { type ErasedPerson, type ErasePersonInput, erasePersonInput } from './retention-schema.ts'

/**
 * One place where data of people lie: how they are erased (answers how many, refuses by a Problem, all in the one
 * transaction) and how they are given to the person (art. 15 GDPR).
 */
export type PersonEraser = {
  noun: string
  erase: (ctx: TxContext, person: PersonToErase, reason: string) => Promise<number>
  collect?: (ctx: TxContext, personId: string) => Promise<unknown>
}

/** Every place, in order: a noun that keeps data of people adds its line. The directory comes last, it forgets who it was. */
export const personErasers: readonly PersonEraser[] = [
  { noun: 'cases', erase: erasePersonFromCases, collect: collectPersonFromCases },
  { noun: 'messages', erase: erasePersonFromMessages },
  { noun: 'notes', erase: erasePersonFromMailNotes },
  { noun: 'mail', erase: erasePersonFromMail },
  { noun: 'views', erase: erasePersonFromViews },
  { noun: 'organisation', erase: erasePersonFromOrganisation, collect: collectPersonFromOrganisation },
]

/** Carries the counts of a trial out of the transaction that it undoes. */
class Trial extends Error {
  readonly counts: Record<string, number>
  constructor(counts: Record<string, number>) {
    super('a trial is undone')
    this.counts = counts
  }
}

/**
 * Erases a person's data everywhere and keeps the cases, their events and the chain. Refused while they have open cases,
 * for the last administrator, for oneself. With `dryRun` all of it happens and is undone: the counts are exact.
 */
export async function erasePerson(ctx: Context, personId: string, input: ErasePersonInput): Promise<ErasedPerson> {
  allow(ctx.actor, 'person.erase')
  const { reason, dryRun } = parse(erasePersonInput, input)
  const erased = transact(ctx, async (ctx) => {
    const person = await personToErase(ctx, personId)
    const counts: Record<string, number> = {}
    for (const { noun, erase } of personErasers) counts[noun] = await erase(ctx, person, reason)
    if (dryRun) throw new Trial(counts)
    return counts
  })
  const counts = await erased.catch((error) => {
    if (error instanceof Trial) return error.counts
    throw error
  })
  return { personId, dryRun, counts }
}

/** Everything that is known of a person, for the person (art. 15 GDPR). That it was given is recorded. */
export async function exportPerson(ctx: Context, personId: string): Promise<Record<string, unknown>> {
  allow(ctx.actor, 'person.export')
  return transact(ctx, async (ctx) => {
    const known: Record<string, unknown> = { madeAt: new Date().toISOString(), administration: ctx.organisationName }
    for (const { noun, collect } of [...personErasers].reverse())
      if (collect) known[noun] = await collect(ctx, personId)
    await recordExport(ctx, personId)
    return known
  })
}
