/** Files that were brought in: keeping one with its event, listing them, proving that their rows are unchanged. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import type { Witness } from '../../platform/events.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { digestOf, insertImport, selectImport, selectImports } from './internal/import-queries.ts'
import { record } from './internal/record.ts'
import type { ImportOutcome, ImportRow } from './schema.ts'
import type { ImportKind } from './vocabulary.ts'

/** The newest files, at most a hundred. */
export async function listImports(ctx: Context): Promise<ImportRow[]> {
  allow(ctx.actor, 'operations.read')
  return read(ctx, (ctx) => selectImports(ctx, 100))
}

/** One file, and whether what it added is still what was sealed: the digest is reckoned anew from the rows. */
export async function checkImport(ctx: Context, id: string): Promise<ImportRow & { isIntact: boolean }> {
  allow(ctx.actor, 'operations.read')
  return read(ctx, async (ctx) => {
    const { sealed, ...found } = (await selectImport(ctx, id)) ?? fail(notFound())
    return { ...found, isIntact: sealed !== null && sealed === (await digestOf(ctx, found.what, id)) }
  })
}

/** Whether what an actor brings in is the administration's own act: the only way to a proved fact. */
export function bringsForTheCity({ actor }: Pick<Context, 'actor'>): boolean {
  return !actor.isSystem && actor.partyKind === 'administration'
}

/** Writes down a file whose rows are in; nothing at all when it added none. */
export async function keepImport(
  ctx: TxContext,
  what: ImportKind,
  given: Omit<ImportOutcome, 'id'> & { id: string; sha256: string; witness: Witness },
): Promise<ImportOutcome> {
  const { id, witness, ...counts } = given
  if (counts.added === 0) return { id: null, lines: counts.lines, added: 0, known: counts.known }
  const digest = await digestOf(ctx, what, id)
  const by = ctx.actor.isSystem ? 'installation' : bringsForTheCity(ctx) ? 'administration' : 'supplier'
  await insertImport(ctx, { id, what, by, digest, ...counts })
  const payload = { ...counts, digest }
  await record(ctx, { subjectType: 'operations_import', subjectId: id, kind: `${what}.imported`, payload, witness })
  return { id, lines: counts.lines, added: counts.added, known: counts.known }
}
