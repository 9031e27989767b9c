/** The teams to which work is entrusted. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound, type Problem } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import {
  insertTeam,
  lockCandidates,
  lockTeam,
  replaceMembers,
  selectMembers,
  selectParty,
  selectTeams,
  updateTeam,
} from './internal/queries/teams.ts'
import { record, requireVersion } from './internal/record.ts'
import { conflict, wrong, wrongField } from './problems.ts'
import {
  type AddedRow,
  type AddTeamInput,
  addTeamInput,
  type ChangedRow,
  type ChangeTeamInput,
  changeTeamInput,
  type SetTeamMembersInput,
  setTeamMembersInput,
  type Team,
} from './schema.ts'

/** Every team with how many people it has, first tier first. */
export async function listTeams(ctx: Context): Promise<Team[]> {
  allow(ctx.actor, 'organisation.read')
  return read(ctx, selectTeams)
}

/** Who is in a team. */
export async function listTeamMembers(ctx: Context, id: string): Promise<{ id: string; name: string }[]> {
  allow(ctx.actor, 'organisation.read')
  allow(ctx.actor, 'organisation.manage')
  return read(ctx, async (ctx) => {
    if (!(await selectTeams(ctx)).some((team) => team.id === id)) throw notFound()
    return (await selectMembers(ctx, id)).map((member) => ({ id: member.id, name: member.name }))
  })
}

/** Adds a team of the first or second tier to a party. */
export async function addTeam(ctx: Context, input: AddTeamInput): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  const request = parse(addTeamInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'team.add', request, id)
    if (earlier !== null) return { id: earlier }
    await requireParty(ctx, request.partyId)
    await phrasing(violations, () => insertTeam(ctx, { id, ...request }))
    await record(ctx, happening('team.added', id, request))
    return { id }
  })
}

/** Changes name, tier or party of a team; the party only while nobody is in it. */
export async function changeTeam(ctx: Context, id: string, input: ChangeTeamInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version, ...request } = parse(changeTeamInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockTeam(ctx, id)) ?? fail(notFound())
    await requireVersion(ctx, 'team', found, version)
    if (found.partyId !== request.partyId) {
      await requireParty(ctx, request.partyId)
      if ((await selectMembers(ctx, id)).length > 0)
        throw conflict('team_has_members', (t) => t.problems.teamHasMembers)
    }
    await phrasing(violations, () => updateTeam(ctx, { id, ...request, version: version + 1 }))
    await record(ctx, happening('team.changed', id, request))
    return { id, version: version + 1 }
  })
}

/** Gives a team exactly these people, all of them of its own party. */
export async function setTeamMembers(ctx: Context, id: string, input: SetTeamMembersInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version, ...request } = parse(setTeamMembersInput, input)
  const personIds = [...new Set(request.personIds)].sort()
  return transact(ctx, async (ctx) => {
    const team = (await lockTeam(ctx, id)) ?? fail(notFound())
    await requireVersion(ctx, 'team', team, version)
    const candidates = new Map((await lockCandidates(ctx, personIds)).map((person) => [person.id, person]))
    const wrongs = request.personIds.flatMap((personId, index) => {
      const candidate = candidates.get(personId)
      if (candidate === undefined) return [wrongField(`personIds.${index}`, (t) => t.problems.unknownPerson)]
      return candidate.partyId === team.partyId
        ? []
        : [wrongField(`personIds.${index}`, (t) => t.problems.memberOfOtherParty)]
    })
    if (wrongs.length > 0) throw invalid(wrongs)
    await replaceMembers(ctx, id, personIds)
    await updateTeam(ctx, { ...team, version: version + 1 })
    await record(ctx, { subjectType: 'team', subjectId: id, kind: 'team.members_set', payload: { personIds } })
    return { id, version: version + 1 }
  })
}

async function requireParty(ctx: TxContext, partyId: string) {
  if ((await selectParty(ctx, { id: partyId })) === undefined) throw wrong('partyId', (t) => t.problems.unknownParty)
}

function happening(kind: string, id: string, { name, tier, partyId }: { name: string; tier: number; partyId: string }) {
  return { subjectType: 'team' as const, subjectId: id, kind, payload: { tier, partyId }, text: { name } }
}

const violations: Record<string, () => Problem> = {
  team_organisation_id_name_key: () => wrong('name', (t) => t.problems.nameTaken),
}
