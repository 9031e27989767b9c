/** For tests only: an administration of its own under the real contract, declared figures and nothing invented. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemContext } from '../../platform/auth/actors.ts'
import type { Context } from '../../platform/context.ts'
import { testServices } from '../../platform/testing.ts'
import { createOrganisation } from '../organisation/set-up.ts'
import { importContract } from './contracts.ts'
import { declareFile } from './declare.ts'

/** A file of `fixtures/`: real figures, as published. */
export function fixture(name: string): Uint8Array {
  return readFileSync(join(import.meta.dirname, 'fixtures', name))
}

/** Palermo's contract with what was declared for the second half of 2020. */
export async function realContract(declared = true) {
  const services = await testServices()
  const { organisation } = await createOrganisation(services, {
    name: 'Comune di Palermo',
    ipaCode: 'c_g273',
    zone: 'Europe/Rome',
    isDemo: false,
    administrator: {
      givenName: 'Prima',
      familyName: 'Amministratrice',
      email: 'prima@comune.example.it',
      password: 'Prova-SITEC-2026',
    },
  })
  const ctx: Context = systemContext(services, organisation, 'Prova', 'cli')
  await importContract(ctx, fixture('service-contract.json'))
  if (declared) await declareFile(ctx, fixture('declared-service-levels.csv'))
  return { services, ctx }
}

/** A line of a declarations file. */
export function declaration(
  period: string,
  indicator: string,
  [inTime, total, value]: readonly [number | '', number | '', string],
  unit = 'percent',
): string {
  return `${period},${indicator},,${inTime},${total},${value},${unit},relazione di prova`
}

/** A declarations file of these lines. */
export function declarations(...lines: string[]): Uint8Array {
  return Buffer.from(['period,indicator,scope,in_time,total,value,unit,source', ...lines, ''].join('\n'))
}
