import { describe, expect, test } from 'vitest'
import { csvLine, readCsv, writeCsv } from './csv.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readCsv(bytes(text), ['codice', 'nome'], ['note'])
const onlyProblem = (content: Uint8Array) => {
  const { rows, problems } = readCsv(content, ['codice', 'nome'], ['note'])
  expect(rows).toEqual([])
  expect(problems).toHaveLength(1)
  return problems[0]
}

describe('reading', () => {
  test.each([
    ['semicolons and CRLF, as Italian Excel saves', 'codice;nome\r\n1;Tributi\r\n'],
    ['commas and LF', 'codice,nome\n1,Tributi\n'],
    ['no line end after the last row', 'codice;nome\n1;Tributi'],
    ['a byte order mark', '\uFEFFcodice;nome\r\n1;Tributi\r\n'],
    ['columns in another order', 'nome;codice\nTributi;1\n'],
    ['blanks around names, values and quotes', ' codice ;"nome"\n 1 ; " Tributi " \n'],
    ['CRLF in the header and LF below', 'codice;nome\r\n1;"Tributi"\n'],
  ])('a list with %s', (_, text) => {
    expect(read(text)).toEqual({ rows: [{ line: 2, values: { codice: '1', nome: 'Tributi' } }], problems: [] })
  })

  test('the header decides the separator, whatever the rows hold', () => {
    expect(read('codice;nome\n1;"Tributi, entrate, IMU, TARI"\n').rows[0]?.values.nome).toContain('TARI')
    expect(read('codice,nome\n1,Tributi; entrate; IMU\n').rows[0]?.values.nome).toBe('Tributi; entrate; IMU')
  })

  test('optional columns are read when the file has them', () => {
    expect(read('codice;nome;note\n1;Tributi;\n').rows[0]?.values).toEqual({ codice: '1', nome: 'Tributi', note: '' })
  })

  test.each(['\n', '\r\n'])(
    'lines are those of the editor, also after quoted fields over several lines (%j)',
    (end) => {
      const lines = ['', 'codice;nome', '1;"Via Roma 1', 'Palermo"', '', '2;"con ""virgolette"""', ';', '3;x;y', '4;z']
      const { rows, problems } = read(lines.join(end))
      expect(rows.map(({ line }) => line)).toEqual([3, 6, 9])
      expect(rows[0]?.values.nome).toBe(`Via Roma 1${end}Palermo`)
      expect(rows[1]?.values.nome).toBe('con "virgolette"')
      expect(problems).toEqual([{ line: 8, column: null, code: 'field_count', detail: '3/2' }])
    },
  )

  test('rows with too few or too many fields are each reported, the others read', () => {
    const { rows, problems } = read('codice;nome\n1\n2;Tributi\n3;a;b\n')
    expect(rows.map(({ line }) => line)).toEqual([3])
    expect(problems.map(({ line, detail }) => [line, detail])).toEqual([
      [2, '1/2'],
      [4, '3/2'],
    ])
  })

  test('all that is wrong with a header comes at once', () => {
    expect(read('\ncodice;codice;colore\n1;2;3\n')).toEqual({
      rows: [],
      problems: [
        { line: 2, column: 'nome', code: 'missing_column' },
        { line: 2, column: 'colore', code: 'unknown_column' },
        { line: 2, column: 'codice', code: 'duplicate_column' },
      ],
    })
  })

  test('names that JavaScript gives a meaning to are only names', () => {
    const { rows } = readCsv(bytes('__proto__;constructor\n1;2\n'), ['__proto__', 'constructor'])
    expect(Object.entries(rows[0]?.values ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
  })

  test('a header without rows is an empty list, not an error', () => {
    expect(read('codice;nome\r\n')).toEqual({ rows: [], problems: [] })
  })

  test.each(['', '\uFEFF', '\r\n \r\n;;\r\n'])('a file with nothing in it (%j)', (text) => {
    expect(onlyProblem(bytes(text))).toEqual({ line: 1, column: null, code: 'empty' })
  })

  test('a file in Windows-1252 is refused with the first line that shows it', () => {
    const content = Buffer.from('codice;nome\r\n1;Tributi\r\n2;Viabilità\r\n3;Città\r\n', 'latin1')
    expect(onlyProblem(content)).toEqual({ line: 3, column: null, code: 'encoding' })
    expect(onlyProblem(content.subarray(0, -11))).toMatchObject({ line: 3, code: 'encoding' })
  })

  test('a file in UTF-16 is refused by name, with its mark or without, in either order', () => {
    const little = Buffer.from('\uFEFFcodice;nome\n', 'utf16le')
    for (const content of [little, little.subarray(2), Buffer.from(little).swap16()]) {
      expect(onlyProblem(content)).toEqual({ line: 1, column: null, code: 'utf16' })
    }
  })

  test('a NUL byte is refused where it stands', () => {
    expect(onlyProblem(bytes('codice;nome\n1;Tri\0buti\n'))).toEqual({ line: 2, column: null, code: 'nul' })
  })

  test('line ends of the old Macintosh are refused', () => {
    expect(onlyProblem(bytes('codice;nome\r1;Tributi\r'))?.code).toBe('line_endings')
  })

  test.each(['2;"aperto\n3;b\n', '2;Via "Roma"\n3;b\n', '2;"Via" Roma\n3;b\n'])(
    'a stray quote stops the reading at its row (%j)',
    (rest) => {
      const { rows, problems } = read(`codice;nome\n1;"a\nb"\n${rest}`)
      expect(rows.map(({ line }) => line)).toEqual([2])
      expect(problems).toEqual([{ line: 4, column: null, code: 'quote' }])
    },
  )

  test('a stray quote in the header', () => {
    expect(onlyProblem(bytes('codice;"nome\n1;Tributi\n'))).toEqual({ line: 1, column: null, code: 'quote' })
  })

  test('a record over a megabyte', () => {
    const { problems } = read(`codice;nome\n1;${'x'.repeat(1_000_001)}\n`)
    expect(problems).toEqual([{ line: 2, column: null, code: 'record_too_long' }])
  })

  test('more rows than allowed, blank lines not counted', () => {
    const text = 'codice;nome\n1;a\n\n2;b\n3;c\n4;d\n'
    const { rows, problems } = readCsv(bytes(text), ['codice', 'nome'], [], 2)
    expect(rows.map(({ line }) => line)).toEqual([2, 4])
    expect(problems).toEqual([{ line: 5, column: null, code: 'too_many_rows', detail: '2' }])
    expect(readCsv(bytes(text), ['codice', 'nome'], [], 4).problems).toEqual([])
  })

  test('no bytes, however mangled, make it throw', () => {
    const good = bytes('\uFEFFcodice;"nome"\r\n1;"città ""alta"""\r\n')
    for (let position = 0; position < good.length; position++) {
      for (const value of [0x00, 0x0a, 0x0d, 0x22, 0x3b, 0xe0, 0xff]) {
        const mangled = Uint8Array.from(good)
        mangled[position] = value
        const { rows, problems } = readCsv(mangled, ['codice', 'nome'])
        expect(rows.length + problems.length).toBeGreaterThan(0)
      }
    }
  })
})

describe('writing', () => {
  test('a file that Italian Excel opens with a double click', () => {
    const text = writeCsv(
      ['ufficio', 'casi', 'media'],
      [
        ['Tributi', 12, -12.5],
        ['Viabilità', 0, null],
      ],
    )
    expect(text).toBe('\uFEFFufficio;casi;media\r\nTributi;12;-12,5\r\nViabilità;0;\r\n')
  })

  test('separators, quotes, line ends and outer blanks are quoted', () => {
    expect(csvLine(['a;b', 'a,b', 'a\tb', 'di "A"', 'a\nb', 'a\rb', ' a', 'a '])).toBe(
      '"a;b";"a,b";"a\tb";"di ""A""";"a\nb";"a\rb";" a";"a "\r\n',
    )
  })

  test.each(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠', ' =', '\u00A0@'])(
    'text beginning with %j is not run as a formula',
    (start) => {
      expect(csvLine([`${start}1+1`])).toMatch(/^"?'/)
    },
  )

  test('a formula hidden behind a quote and a separator stays inside its field', () => {
    expect(csvLine(['x";=cmd()'])).toBe('"x"";=cmd()"\r\n')
    expect(csvLine(['x,=cmd()'])).toBe('"x,=cmd()"\r\n')
  })

  test('a figure is left alone only when it is a number', () => {
    expect(csvLine([-12.5, '-12,5', '12,5', 'a-b', '', -0])).toBe(`-12,5;"'-12,5";"12,5";a-b;;0\r\n`)
  })

  test('what is not a number is not written as one', () => {
    expect(() => csvLine([Number.NaN])).toThrow(RangeError)
  })

  test('what was written is read back', () => {
    const nome = 'Ufficio "A"; via Roma,\r\n1 – città'
    const { rows, problems } = read(writeCsv(['codice', 'nome'], [['1', nome]]))
    expect({ rows, problems }).toEqual({ rows: [{ line: 2, values: { codice: '1', nome } }], problems: [] })
  })
})
