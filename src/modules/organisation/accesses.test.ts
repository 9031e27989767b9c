import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword } from '../../../demo/city.ts'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { signIn } from '../../platform/auth/sessions.ts'
import { listAdministratorAccesses } from './accesses.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

const today = () => Temporal.Now.zonedDateTimeISO('Europe/Rome').toPlainDate()

test('the accesses of administrators are listed by day, those of others are not', async () => {
  const { token } = await signIn(city.services, city.emailOf('administrator'), demoPassword, 'x')
  await signIn(city.services, city.emailOf('employee'), demoPassword, 'y')
  expect(token).not.toBe('')
  const auditor = await city.as('auditor')
  const day = today().toString()
  const found = await listAdministratorAccesses(auditor, { from: day, to: day })
  const { name } = (await city.as('administrator')).actor
  expect(found.at(-1)).toMatchObject({ name, kind: 'account.signed_in' })
  expect(new Set(found.map((one) => one.name))).toEqual(new Set([name]))
  const before = today().subtract({ days: 1 }).toString()
  expect(await listAdministratorAccesses(auditor, { from: before, to: before })).toEqual([])
})

test('without days, with wrong ones, or without the permission it is refused', async () => {
  const auditor = await city.as('auditor')
  await expect(listAdministratorAccesses(auditor, { from: 'ieri', to: 'oggi' })).rejects.toMatchObject({
    code: 'invalid',
  })
  await expect(
    listAdministratorAccesses(await city.as('agent'), { from: '2026-01-01', to: '2026-12-31' }),
  ).rejects.toMatchObject({ code: 'forbidden' })
})
