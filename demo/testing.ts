/** For tests only: the demo city on a database of its own, and its people by the part they play. */
import { actAs } from '../src/platform/auth/actors.ts'
import type { Context, Door } from '../src/platform/context.ts'
import { Problem } from '../src/platform/problem.ts'
import { filledServices } from '../src/platform/testing.ts'
import { seedDemo } from './seed.ts'

const emails = {
  employee: 'impiegata@comune.example.it',
  office_contact: 'referente@comune.example.it',
  contract_manager: 'contratto@comune.example.it',
  head_of_ict: 'dirigente@comune.example.it',
  administrator: 'amministratore@comune.example.it',
  auditor: 'revisore@comune.example.it',
  editor: 'redazione@comune.example.it',
  mail_administrator: 'posta@comune.example.it',
  agent: 'operatore@societa.example.it',
  otherAgent: 'operatore2@societa.example.it',
  technician: 'tecnico@societa.example.it',
  team_leader: 'responsabile@societa.example.it',
} as const

export type Part = keyof typeof emails

/** The demo city; `as` gives the context of whoever plays a part, at the door they come through. */
export async function testCity(scale = 0.01) {
  const services = await filledServices(`city${Math.round(scale * 1000)}`, (services) => seedDemo(services, scale))
  const organisation = await services.database.owner.selectFrom('organisation').select('id').executeTakeFirstOrThrow()
  return {
    services,
    organisationId: organisation.id,
    emailOf: (part: Part) => emails[part],
    as: async (part: Part, door: Door = 'portal'): Promise<Context> => {
      const person = await services.database.owner
        .selectFrom('person')
        .select('id')
        .where('email', '=', emails[part])
        .executeTakeFirstOrThrow()
      const context = await actAs(services, organisation.id, person.id, door)
      if (context === null) throw new Error(`Nobody plays ${part}`)
      return context
    },
    team: async (name: string) =>
      (await services.database.owner.selectFrom('team').select('id').where('name', '=', name).executeTakeFirstOrThrow())
        .id,
  }
}
export type TestCity = Awaited<ReturnType<typeof testCity>>

/** The Problem with which this was refused; fails when it was not, or for another reason. */
export async function refusal(attempt: Promise<unknown>): Promise<Problem> {
  const error = await attempt.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error
  return error
}
