/** Leaving the administration or the supplier, and coming back. */
import { type Context, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { deleteSessions, disable, lockAccount, revokeAll } from './internal/queries/accounts.ts'
import { isErased } from './internal/queries/erasure.ts'
import { deleteMemberships, lockAdministrators, lockPerson, updateLeftOn } from './internal/queries/people.ts'
import { record, requireVersion } from './internal/record.ts'
import { today } from './internal/today.ts'
import { personToChange, requireAdministrator } from './people.ts'
import { conflict, wrong } from './problems.ts'
import { type ChangedRow, type LeavePersonInput, leavePersonInput, type VersionInput, versionInput } from './schema.ts'

/** Records that a person has left. In the same transaction they lose account, sessions, keys and teams. */
export async function leavePerson(ctx: Context, id: string, input: LeavePersonInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version, leftOn = today(ctx.zone) } = parse(leavePersonInput, input)
  if (leftOn > today(ctx.zone)) throw wrong('leftOn', (t) => t.problems.leftInFuture)
  return transact(ctx, async (ctx) => {
    await lockAdministrators(ctx)
    const found = await personToChange(ctx, id, version)
    await updateLeftOn(ctx, id, leftOn)
    const account = await lockAccount(ctx, id)
    if (account) {
      await disable(ctx, account.id)
      await deleteSessions(ctx, account.id, null)
    }
    const keyIds = await revokeAll(ctx, id)
    const teamIds = await deleteMemberships(ctx, id)
    if (found.roles.includes('administrator')) await requireAdministrator(ctx)
    const payload = { leftOn, accountId: account?.id ?? null, keyIds, teamIds }
    await record(ctx, { subjectType: 'person', subjectId: id, kind: 'person.left', payload })
    return { id, version: version + 1 }
  })
}

/** Records that a person is back. Account, keys and teams stay as leaving left them, until somebody gives them again. */
export async function readmitPerson(ctx: Context, id: string, input: VersionInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version } = parse(versionInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockPerson(ctx, id)) ?? fail(notFound())
    await requireVersion(ctx, 'person', found, version)
    if (found.leftOn === null) throw conflict('person_here', (t) => t.problems.personHere)
    if (await isErased(ctx, id)) throw conflict('person_erased', (t) => t.problems.personErased)
    await updateLeftOn(ctx, id, null)
    await record(ctx, { subjectType: 'person', subjectId: id, kind: 'person.returned', payload: {} })
    return { id, version: version + 1 }
  })
}
