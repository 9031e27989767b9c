import { describe, expect, test } from 'vitest'
import { cellsOf, filledRows, linesOfFields, nextSheet, rowLacks, type SheetState, startSheet } from './sheet-state.ts'

const monitor = { what: 'Monitor', quantity: '4', forWhom: 'Sportelli', why: 'Mancano' }
const whats = (state: SheetState) => filledRows(state.rows).map(({ what, quantity }) => `${what} ${quantity}`.trim())

describe('the sheet as it is typed', () => {
  test('a word typed into a box is taken back whole, and there is always an empty row', () => {
    let state = startSheet([monitor])
    for (const value of ['S', 'Se', 'Sedia']) state = nextSheet(state, { kind: 'type', at: 1, field: 'what', value })
    expect(whats(state)).toEqual(['Monitor 4', 'Sedia'])
    expect(state.rows.length).toBeGreaterThan(2)
    state = nextSheet(state, { kind: 'undo' })
    expect(whats(state)).toEqual(['Monitor 4'])
    expect(nextSheet(state, { kind: 'undo' })).toBe(state)
  })

  test('copies a box from the row above; there is nothing above the first', () => {
    const state = startSheet([monitor])
    const copied = nextSheet(state, { kind: 'copyAbove', at: 1, field: 'forWhom' })
    expect(copied.rows[1]?.forWhom).toBe('Sportelli')
    expect(nextSheet(state, { kind: 'copyAbove', at: 0, field: 'forWhom' })).toBe(state)
  })

  test('what a spreadsheet copies goes into the boxes from where one is, and further rows are made', () => {
    const cells = cellsOf('Sedia\t2\tStanza 4\t"Rotta,\nda un anno"\r\n\r\nTavolo\t1\n')
    expect(cells).toEqual([
      ['Sedia', '2', 'Stanza 4', 'Rotta, da un anno'],
      ['Tavolo', '1'],
    ])
    const state = nextSheet(startSheet([monitor]), { kind: 'paste', at: 4, field: 'what', cells })
    expect(whats(state)).toEqual(['Monitor 4', 'Sedia 2', 'Tavolo 1'])
    const inside = nextSheet(startSheet([monitor]), {
      kind: 'paste',
      at: 0,
      field: 'why',
      cells: [['Serve', 'di troppo']],
    })
    expect(inside.rows[0]).toMatchObject({ ...monitor, why: 'Serve' })
  })

  test('an empty row lacks nothing; a number that is none, or not whole, lacks', () => {
    const lacks = (line: Parameters<typeof startSheet>[0][number]) =>
      startSheet([line]).rows.slice(0, 1).flatMap(rowLacks)
    expect(lacks({})).toEqual([])
    expect(lacks(monitor)).toEqual([])
    for (const quantity of ['', '0', '1,5', '-2', 'due', '100001'])
      expect(lacks({ ...monitor, quantity }), quantity).toEqual(['quantity'])
    expect(lacks({ quantity: 'x' })).toEqual(['what', 'quantity', 'forWhom', 'why'])
  })

  test('the fields of a sent form are rows in the order of their numbers', () => {
    const fields = {
      'line-10-what': 'Dieci',
      'line-2-what': 'Due',
      'line-2-quantity': '2',
      'line-2-fromId': '',
      other: '',
    }
    expect(linesOfFields(fields).map(({ what, quantity, fromId }) => [what, quantity, fromId])).toEqual([
      ['Due', '2', null],
      ['Dieci', '', null],
    ])
  })
})
