import { expect, test } from 'vitest'
import { centsText, parseCents, sayCents, shareOf } from './money.ts'

test('an amount is read to the cent, and what is no amount is not', () => {
  expect(parseCents('8435327.00')).toBe(843_532_700n)
  expect(parseCents('0.5')).toBe(50n)
  expect(parseCents('-12')).toBe(-1200n)
  for (const wrong of ['', '1,50', '1.234,56', '1.234', '1e3', 'NaN', '1.', '.5'])
    expect(parseCents(wrong), wrong).toBeNull()
})

test('an amount is written for programs and said for people', () => {
  expect(centsText(8_129_17n)).toBe('8129.17')
  expect(centsText(-5n)).toBe('-0.05')
  expect(sayCents('8435327.00', 'it')).toBe('8.435.327,00')
  expect(sayCents('1234.56', 'en')).toBe('1,234.56')
  expect(sayCents('-0.05', 'it')).toBe('−0,05')
})

test('a share is rounded half away from zero, once', () => {
  expect(shareOf(100n, 1n, 3n)).toBe(33n)
  expect(shareOf(1n, 1n, 2n)).toBe(1n)
  expect(shareOf(-1n, 1n, 2n)).toBe(-1n)
  expect(() => shareOf(1n, 1n, 0n)).toThrow(RangeError)
})
