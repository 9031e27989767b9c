/** Applications: what is maintained, for whom it is reckoned, and who answers for it in the administration. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import {
  type ApplicationValues,
  insertApplication,
  lockApplication,
  selectApplications,
  selectStewards,
  updateApplication,
} from './internal/application-queries.ts'
import { record } from './internal/record.ts'
import { conflict, wrong } from './problems.ts'
import {
  type AddApplicationInput,
  type ApplicationRow,
  addApplicationInput,
  type ChangeApplicationInput,
  changeApplicationInput,
} from './schema.ts'

/** Every application, by code. */
export async function listApplications(ctx: Context): Promise<ApplicationRow[]> {
  allow(ctx.actor, 'applications.read')
  return read(ctx, (ctx) => selectApplications(ctx, null))
}

/** Adds an application. Its area never changes: the days declared for it rest on it. */
export async function addApplication(ctx: Context, input: AddApplicationInput): Promise<{ id: string }> {
  allow(ctx.actor, 'applications.manage')
  const { stewardEmail, ...request } = parse(addApplicationInput, input)
  if (request.endsOn !== null && request.endsOn < request.beginsOn) throw wrong('endsOn', (t) => t.endsBeforeBegin)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'application.add', { ...request, stewardEmail }, id)
    if (earlier !== null) return { id: earlier }
    const stewardId = await stewardOf(ctx, request.stewardId, stewardEmail)
    await keepNew(ctx, id, { ...request, stewardId })
    return { id }
  })
}

/** Changes name, steward and last day. */
export async function changeApplication(
  ctx: Context,
  id: string,
  input: ChangeApplicationInput,
): Promise<{ id: string; version: number }> {
  allow(ctx.actor, 'applications.manage')
  const { version, stewardEmail, ...request } = parse(changeApplicationInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockApplication(ctx, id)) ?? fail(notFound())
    if (version !== undefined && version !== found.version) throw conflict('stale', (t) => t.stale)
    if (request.endsOn !== null && request.endsOn < found.beginsOn) throw wrong('endsOn', (t) => t.endsBeforeBegin)
    const stewardId = await stewardOf(ctx, request.stewardId, stewardEmail)
    await keepChange(ctx, id, { ...request, stewardId })
    return { id, version: found.version + 1 }
  })
}

/** Writes a new application with its event. */
export async function keepNew(ctx: TxContext, id: string, values: ApplicationValues): Promise<void> {
  await phrasing({ application_organisation_id_code_key: () => wrong('code', (t) => t.codeTaken) }, () =>
    insertApplication(ctx, id, values),
  )
  const { name, ...payload } = values
  await record(ctx, { subjectType: 'application', subjectId: id, kind: 'application.added', payload, text: { name } })
}

/** Writes a changed application with its event. */
export async function keepChange(
  ctx: TxContext,
  id: string,
  values: Pick<ApplicationValues, 'name' | 'stewardId' | 'endsOn'>,
): Promise<void> {
  const { name, ...payload } = values
  await record(ctx, { subjectType: 'application', subjectId: id, kind: 'application.changed', payload, text: { name } })
  await updateApplication(ctx, id, values)
}

async function stewardOf(ctx: TxContext, id: string | null, email: string | undefined): Promise<string | null> {
  if (id === null && email === undefined) return null
  const [found] = await selectStewards(
    ctx,
    email === undefined ? { ids: id === null ? [] : [id] } : { emails: [email] },
  )
  return found?.id ?? fail(wrong(email === undefined ? 'stewardId' : 'stewardEmail', (t) => t.unknownSteward))
}
