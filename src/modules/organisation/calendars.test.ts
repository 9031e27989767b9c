import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemContext } from '../../platform/auth/actors.ts'
import { isOpen } from '../../platform/calendar.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { testServices } from '../../platform/testing.ts'
import { addCalendar, addCalendarVersion, listCalendars, loadCalendar } from './calendars.ts'
import { createOrganisation } from './set-up.ts'

let services: Awaited<ReturnType<typeof testServices>>
let admin: Context
let foreignCalendar: string
const administrator = (email: string) => ({
  givenName: 'Rosalia',
  familyName: 'Amato',
  email,
  password: 'quattro gatti neri',
})
const week = (from: string, to: string) => ({
  weekly: [1, 2, 3, 4, 5].map((day) => ({ day, from, to })),
  holidays: 'italian',
  patronDay: '07-15',
  exceptions: [],
})

beforeAll(async () => {
  services = await testServices()
  const city = await createOrganisation(services, {
    name: 'Comune di Prova',
    administrator: administrator('rosalia@prova.example'),
  })
  const other = await createOrganisation(services, {
    name: 'Altro Comune',
    administrator: administrator('rosalia@altro.example'),
  })
  foreignCalendar = other.calendarId
  admin = systemContext(services, city.organisation, 'prova', 'cli')
})
afterAll(() => services.close())

async function refusal(work: Promise<unknown>): Promise<{ code: string; fields: string[]; says: string }> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('Nothing was refused')
  return {
    code: error.code,
    fields: error.fields.map(({ path }) => path),
    says: error.fields[0]?.say.it ?? error.say.it,
  }
}

const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Rome]`).epochMilliseconds

test('the calendar of the first set-up is open Monday to Friday 8–18 and closed on Italian holidays', async () => {
  const calendar = await loadCalendar(admin, null, 2026, 2026)
  expect(isOpen(calendar, at('2026-11-23T08:00'))).toBe(true)
  expect(isOpen(calendar, at('2026-11-23T18:00'))).toBe(false)
  expect(isOpen(calendar, at('2026-12-25T10:00'))).toBe(false)
  expect(await loadCalendar(admin, null, 2026, 2026)).toBe(calendar)
})

test('overlapping versions are refused, naming the one in the way', async () => {
  const { id } = await addCalendar(admin, {
    name: 'Sportello',
    from: '2020-01-01',
    until: '2021-12-31',
    rules: week('08:00', '14:00'),
  })
  const refused = await refusal(addCalendarVersion(admin, id, { from: '2021-06-01', rules: week('09:00', '13:00') }))
  expect(refused.code).toBe('calendar_overlap')
  expect(refused.says).toContain('dal 2020-01-01 al 2021-12-31')
  await addCalendarVersion(admin, id, { from: '2023-01-01', rules: week('09:00', '13:00') })
  // The open-ended version is in force: it does not give way to the past or to today.
  expect(
    await refusal(addCalendarVersion(admin, id, { from: '2024-01-01', rules: week('09:00', '12:00') })),
  ).toMatchObject({ code: 'calendar_overlap' })
  expect(
    await refusal(
      addCalendarVersion(admin, id, {
        from: Temporal.Now.plainDateISO('Europe/Rome').toString(),
        rules: week('09:00', '12:00'),
      }),
    ),
  ).toMatchObject({ code: 'calendar_overlap' })
  const calendar = await loadCalendar(admin, id, 2021, 2023)
  expect(isOpen(calendar, at('2021-11-22T09:00'))).toBe(true)
  expect(isOpen(calendar, at('2022-11-22T09:00'))).toBe(false)
  expect(isOpen(calendar, at('2023-11-22T09:00'))).toBe(true)
})

test('summer hours end an open-ended version the day before, and its hours go on after them', async () => {
  const { id } = await addCalendar(admin, { name: 'Biblioteca', from: '2020-01-01', rules: week('08:00', '18:00') })
  const before = await loadCalendar(admin, id, 2998, 2998)
  expect(isOpen(before, at('2998-08-13T16:00'))).toBe(true)
  await addCalendarVersion(admin, id, { from: '2998-08-01', until: '2998-08-31', rules: week('08:00', '14:00') })
  const versions = (await listCalendars(admin)).find((calendar) => calendar.id === id)?.versions
  expect(versions?.map(({ from, until }) => [from, until])).toEqual([
    ['2020-01-01', '2998-07-31'],
    ['2998-08-01', '2998-08-31'],
    ['2998-09-01', null],
  ])
  const after = await loadCalendar(admin, id, 2998, 2998)
  expect(isOpen(after, at('2998-08-13T16:00'))).toBe(false)
  expect(isOpen(after, at('2998-09-13T16:00'))).toBe(true)
})

test('two people adding a version at once get one version', async () => {
  const { id } = await addCalendar(admin, {
    name: 'Cimitero',
    from: '2020-01-01',
    until: '2020-12-31',
    rules: week('08:00', '18:00'),
  })
  const both = await Promise.allSettled(
    [1, 2].map(() => addCalendarVersion(admin, id, { from: '2022-01-01', rules: week('08:00', '14:00') })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('wrong rules are refused in words, each with its place', async () => {
  const add = (rules: unknown) => refusal(addCalendar(admin, { name: 'Sbagliato', from: '2020-01-01', rules }))
  expect(await add({ ...week('18:00', '08:00') })).toMatchObject({
    says: 'L’ora di apertura deve venire prima di quella di chiusura.',
  })
  expect((await add({ ...week('08:00', '18:00'), patronDay: '15/07' })).fields).toEqual(['rules.patronDay'])
  expect((await add({ ...week('08:00', '18:00'), zone: 'Europe/Vienna' })).fields).toEqual(['rules.zone'])
  expect((await add({ ...week('8', '18:00') })).fields).toHaveLength(5)
  expect((await add(undefined)).fields).toEqual(['rules'])
  expect(
    await refusal(addCalendar(admin, { name: 'Sbagliato', from: '2020-02-30', rules: week('08:00', '18:00') })),
  ).toMatchObject({ fields: ['from'] })
  expect(
    await refusal(
      addCalendar(admin, { name: 'Sbagliato', from: '2020-02-03', until: '2020-02-01', rules: week('08:00', '18:00') }),
    ),
  ).toMatchObject({ fields: ['until'] })
  expect((await listCalendars(admin)).map(({ name }) => name)).not.toContain('Sbagliato')
})

test('one calendar is the default, the newest that asked for it', async () => {
  await addCalendar(admin, { name: 'Nuovo orario', isDefault: true, from: '2020-01-01', rules: week('07:30', '14:00') })
  const calendars = await listCalendars(admin)
  expect(calendars.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(['Nuovo orario'])
  expect(isOpen(await loadCalendar(admin, null, 2026, 2026), at('2026-11-23T07:30'))).toBe(true)
  expect(await refusal(loadCalendar(admin, null, 2010, 2012))).toMatchObject({ code: 'calendar_empty' })
})

test('a calendar of another administration is nowhere', async () => {
  expect(
    await refusal(addCalendarVersion(admin, foreignCalendar, { from: '2030-01-01', rules: week('08:00', '14:00') })),
  ).toMatchObject({ code: 'not_found' })
  expect(await refusal(loadCalendar(admin, foreignCalendar, 2026, 2026))).toMatchObject({ code: 'not_found' })
})
