/** Taking a person's data out of the directory, and giving them to the person who asks. Part of what `servicedesk` erases and exports as a whole. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { eraseText } from '../../platform/events.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import {
  blankPerson,
  deleteAccess,
  isErased,
  selectAccess,
  selectPersonByEmail,
  selectTextsAbout,
} from './internal/queries/erasure.ts'
import { lockAdministrators, lockPerson, selectPerson } from './internal/queries/people.ts'
import { record } from './internal/record.ts'
import { today } from './internal/today.ts'
import { requireAdministrator } from './people.ts'
import { conflict, wrong } from './problems.ts'

/** A person about to be erased, locked. */
export type PersonToErase = { id: string; name: string; isOfSupplier: boolean; isAdministrator: boolean }

/** The id of the person with an address; refused when nobody has it. */
export async function personNamed(ctx: Context, email: string): Promise<string> {
  allow(ctx.actor, 'person.erase')
  const id = await read(ctx, (ctx) => selectPersonByEmail(ctx, email))
  if (id === undefined) throw wrong('email', (t) => t.problems.unknownPerson)
  return id
}

/** Who a person is, for those who may erase or export; also of people whose data were erased. */
export async function personBrief(ctx: Context, id: string) {
  allow(ctx.actor, 'person.erase')
  return read(ctx, async (ctx) => {
    const { givenName, familyName, email } = (await selectPerson(ctx, id)) ?? fail(notFound())
    return { id, name: `${givenName} ${familyName}`, email, isErased: await isErased(ctx, id) }
  })
}

/** Locks the person; refused when unknown, erased before, or the one who acts. */
export async function personToErase(ctx: TxContext, id: string): Promise<PersonToErase> {
  allow(ctx.actor, 'person.erase')
  await lockAdministrators(ctx)
  const found = (await lockPerson(ctx, id)) ?? fail(notFound())
  if (ctx.actor.personId === id) throw conflict('oneself', (t) => t.problems.eraseOneself)
  if (await isErased(ctx, id)) throw conflict('person_erased', (t) => t.problems.personErased)
  return {
    id,
    name: `${found.givenName} ${found.familyName}`,
    isOfSupplier: found.partyKind === 'supplier',
    isAdministrator: found.roles.includes('administrator'),
  }
}

/** Who administered the system is in the access log for at least six months (Garante, 27 November 2008). */
const keptOfAdministrators = { months: 6 }

/**
 * Empties the person's row, takes account, sessions, keys, roles and teams away and erases what events say of them.
 * Refused when nobody would administer any more. Answers how many texts.
 */
export async function erasePersonFromOrganisation(
  ctx: TxContext,
  person: PersonToErase,
  reason: string,
): Promise<number> {
  const accessIds = await deleteAccess(ctx, person.id)
  await blankPerson(ctx, person.id, { given: 'Persona', family: 'cancellata' }, today(ctx.zone))
  if (person.isAdministrator) await requireAdministrator(ctx)
  const now = Temporal.Now.zonedDateTimeISO(ctx.zone)
  const accessBefore = (person.isAdministrator ? now.subtract(keptOfAdministrators) : now).toInstant().toString()
  const texts = await eraseText(ctx, await selectTextsAbout(ctx, person.id, accessIds, accessBefore), reason)
  await record(ctx, {
    subjectType: 'person',
    subjectId: person.id,
    kind: 'person.erased',
    payload: { accessIds, texts },
    text: { reason },
  })
  return texts
}

/** What the directory knows of a person. */
export async function collectPersonFromOrganisation(ctx: TxContext, id: string) {
  const { roles, teams, ...person } = (await selectPerson(ctx, id)) ?? fail(notFound())
  return { person, roles, teams, access: await selectAccess(ctx, id) }
}

/** Records that somebody was given a person's data. */
export async function recordExport(ctx: TxContext, id: string): Promise<void> {
  await record(ctx, { subjectType: 'person', subjectId: id, kind: 'person.exported', payload: {} })
}
