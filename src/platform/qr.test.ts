import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type QrCode, qrCode, qrPath } from './qr.ts'

const digest = (code: QrCode) =>
  createHash('sha256')
    .update(code.map((row) => row.map(Number).join('')).join('\n'))
    .digest('hex')

describe('a QR code', () => {
  // Every length from 1 to 213 bytes was read back by an independent reader when these were written down.
  test.each([
    ['CIAO', 21, '7b1847d488fd7e67c5c88ca1ed347e61970e5bd11cb311bbc07fc78f1e306ada'],
    [
      'https://sitec.comune.example.it/richieste/0190aaaa-0000-7000-8000-000000000001?codice=123456',
      41,
      'dbd34e89ee7f73482b1c134e29ae71025f0e59b711d1619fb0923a64fb6d128a',
    ],
    ['x'.repeat(180), 53, '21e02ceea8d235cf29ba53f809c61e9bca5b25910dfa51ccb01292bb14777f09'],
  ])('of %s is the one that was read back', (text, size, known) => {
    const code = qrCode(text)
    expect([code.length, digest(code)]).toEqual([size, known])
  })

  test('has its three corners, and one unit of path a dark module', () => {
    const code = qrCode('https://sitec.comune.example.it/')
    const corner = (x: number, y: number) =>
      code.slice(y, y + 7).map((row) =>
        row
          .slice(x, x + 7)
          .map(Number)
          .join(''),
      )
    const whole = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']
    expect(corner(0, 0)).toEqual(whole)
    expect(corner(code.length - 7, 0)).toEqual(whole)
    expect(corner(0, code.length - 7)).toEqual(whole)
    expect(qrPath(code).match(/M/g)).toHaveLength(code.flat().filter(Boolean).length)
  })

  test('holds 213 bytes and refuses more', () => {
    expect(qrCode('à'.repeat(106)).length).toBe(57)
    expect(() => qrCode('x'.repeat(214))).toThrow(RangeError)
  })
})
