/** The person who has an item, named by id or by address. */
import type { TxContext } from '../../../platform/context.ts'
import { fail } from '../../../platform/problem.ts'
import { wrong } from '../problems.ts'
import { selectPeople } from './place-queries.ts'

/** The id; of an address the person's who has it and is there, or a Problem. */
export async function custodianOf<Id extends string | null | undefined>(
  ctx: TxContext,
  id: Id,
  email: string | undefined,
): Promise<Id | string> {
  if (email === undefined) return id
  return (await selectPeople(ctx, [email])).get(email) ?? fail(wrong('custodianEmail', (t) => t.unknownPerson))
}
