/** Where the stories play: who is there, on which hours and agreement, until when. */
import type { City, DemoPerson } from './city.ts'
import type { DemoItem } from './consumables.ts'
import type { Random } from './random.ts'
import type { DemoRules } from './rules.ts'
import { casesAtScaleOne, extensionDaysAtScaleOne } from './volumes.ts'

export type DemoTeam = { id: string; members: readonly DemoPerson[] }

export type Stage = {
  random: Random
  city: City
  rules: DemoRules
  untilMs: number
  askers: readonly DemoPerson[]
  agents: readonly DemoPerson[]
  firstTier: DemoTeam
  field: DemoTeam
  applications: DemoTeam
  systems: DemoTeam
  /** Who decides for the city. */
  manager: DemoPerson
  items: readonly DemoItem[]
  colleagues: ReadonlyMap<string, readonly DemoPerson[]>
  /** Person-days of extensions left, by year. */
  extensionDays: (year: number) => number
  spendExtension: (year: number, personDays: number) => void
}

export function setStage(random: Random, city: City, rules: DemoRules, untilMs: number, howMany: number): Stage {
  const byId = new Map(city.people.map((person) => [person.id, person]))
  const team = (name: string): DemoTeam => {
    const found = city.teams.find((one) => one.name === name)
    if (found === undefined) throw new Error(`There is no team ${name}`)
    return { id: found.id, members: found.memberIds.flatMap((id) => byId.get(id) ?? []) }
  }
  const askers = city.people.filter((person) => person.party === 'administration' && person.roles.includes('employee'))
  const manager = city.people.find((person) => person.roles.includes('contract_manager'))
  if (manager === undefined) throw new Error('Nobody manages the contract')
  const spent = new Map<number, number>()
  const yearly = (extensionDaysAtScaleOne * howMany) / casesAtScaleOne
  return {
    random,
    city,
    rules,
    untilMs,
    askers,
    agents: team('1° livello').members,
    firstTier: team('1° livello'),
    field: team('Tecnici in sede'),
    applications: team('2° livello applicativi'),
    systems: team('2° livello sistemi e rete'),
    manager,
    items: city.items,
    colleagues: Map.groupBy(askers, (person) => person.officeId ?? ''),
    extensionDays: (year) => yearly - (spent.get(year) ?? 0),
    spendExtension: (year, personDays) => void spent.set(year, (spent.get(year) ?? 0) + personDays),
  }
}
