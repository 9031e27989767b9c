import { describe, expect, test } from 'vitest'
import { dayAndTime, fileSize, shortDay, wholeNumber } from './texts.ts'

const now = '2026-11-23T09:42:00Z' // Monday, 10:42 in Rome
const rome = 'Europe/Rome'

describe('dates as people say them', () => {
  test('today, yesterday, another day, another year', () => {
    expect(dayAndTime('2026-11-23T08:30:00Z', now, rome, 'it')).toBe('oggi, ore 9:30')
    expect(dayAndTime('2026-11-22T22:59:00Z', now, rome, 'it')).toBe('ieri, ore 23:59')
    expect(dayAndTime('2026-11-20T14:50:00Z', now, rome, 'it')).toBe('venerdì 20 novembre, ore 15:50')
    expect(dayAndTime('2025-03-03T07:00:00Z', now, rome, 'it')).toBe('lunedì 3 marzo 2025, ore 8:00')
    expect(dayAndTime('2026-11-23T08:30:00Z', now, rome, 'en')).toBe('today, 9:30')
  })

  test('the day is that of the city, not of Greenwich, on both changes of the clocks too', () => {
    expect(shortDay('2026-11-22T23:30:00Z', now, rome, 'it')).toBe('oggi, 0:30')
    expect(shortDay('2026-03-28T23:30:00Z', '2026-03-29T20:00:00Z', rome, 'it')).toBe('oggi, 0:30')
    expect(shortDay('2026-10-24T20:00:00Z', '2026-10-25T20:00:00Z', rome, 'it')).toBe('ieri, 22:00')
  })

  test('short dates for tables', () => {
    expect(shortDay('2026-11-25T09:00:00Z', now, rome, 'it')).toBe('mer 25 nov, 10:00')
    expect(shortDay('2025-03-03T07:00:00Z', now, rome, 'it')).toBe('3 mar 2025')
  })
})

test('numbers are grouped on four digits too, sizes have their unit', () => {
  expect(wholeNumber(1234, 'it')).toBe('1.234')
  expect([fileSize(214_000, 'it'), fileSize(7_200_000, 'it'), fileSize(12, 'it')]).toEqual(['214 kB', '7,2 MB', '1 kB'])
})
