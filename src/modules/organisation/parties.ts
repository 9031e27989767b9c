/** The parties inside an administration: itself, once, and its suppliers. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { insertParty, selectParties } from './internal/queries/teams.ts'
import { record } from './internal/record.ts'
import { type AddedRow, type AddSupplierInput, addSupplierInput, type Party } from './schema.ts'

/** The administration and its suppliers. */
export async function listParties(ctx: Context): Promise<Party[]> {
  allow(ctx.actor, 'organisation.read')
  return read(ctx, selectParties)
}

/** Adds a supplier; its people and teams come after. */
export async function addSupplier(ctx: Context, input: AddSupplierInput): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { name } = parse(addSupplierInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'supplier.add', { name }, id)
    if (earlier !== null) return { id: earlier }
    await insertParty(ctx, { id, kind: 'supplier', name })
    await record(ctx, {
      subjectType: 'party',
      subjectId: id,
      kind: 'party.added',
      payload: { kind: 'supplier' },
      text: { name },
    })
    return { id }
  })
}
