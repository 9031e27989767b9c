import { afterAll, describe, expect, test } from 'vitest'
import { type ChartSpec, chartResponse, closeCharts, renderChart } from './chart.ts'
import { axisOf, numberText } from './chart-scale.ts'

afterAll(() => closeCharts())

const years = (values: readonly (number | null)[]) => values.map((value, at) => ({ label: String(2013 + at), value }))

const requests: ChartSpec = {
  kind: 'bars',
  title: 'Pratiche presentate in rete dal 2013 al 2016',
  description: '4.120 nel 2013, 8.730 nel 2014, 16.240 nel 2015, 25.380 nel 2016.',
  series: [{ name: 'In rete', points: years([4120, 8730, 16240, 25380]) }],
  unit: '',
  language: 'it',
  width: 760,
  height: 300,
}

const availability: ChartSpec = {
  ...requests,
  kind: 'lines',
  unit: '%',
  series: [
    { name: 'Rete', points: years([99.7, 99.6, null, 99.9]) },
    { name: 'Anagrafe', points: years([99.1, 99.3, 99.6, 99.4]) },
  ],
  threshold: { value: 99.5, label: 'Soglia del contratto' },
}

const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
const refusal = (spec: object) => renderChart({ ...requests, ...spec }).then(String, (problem) => problem.code)

describe('a chart of bars', () => {
  test('writes each value on its bar, grouped as Italian administrations do; the last bar is blue and bold', async () => {
    const svg = await renderChart(requests)
    expect(texts(svg)).toEqual(expect.arrayContaining(['4.120', '8.730', '16.240', '25.380', '2013', '2016', '10.000']))
    expect(svg.match(/fill="#0066cc"/g)).toHaveLength(1)
    expect(svg.match(/fill="#9db3c8"/g)).toHaveLength(3)
    expect(svg).toMatch(/font-weight="bold"[^>]*>25\.380</)
    expect(texts(await renderChart({ ...requests, language: 'en' }))).toContain('25,380')
  })

  test('says what it is where the file is opened by itself', async () => {
    const svg = await renderChart(requests)
    expect(svg).toContain('<title id="titolo">Pratiche presentate in rete dal 2013 al 2016</title>')
    expect(svg).toContain('<desc id="descrizione">4.120 nel 2013')
  })

  test('on a phone it has no numbers at the side, and still those on the bars', async () => {
    const small = texts(await renderChart({ ...requests, width: 350, height: 260 }))
    expect(small).toContain('25.380')
    expect(small).not.toContain('10.000')
  })

  test('bars of several series differ by more than colour, and are named', async () => {
    const [one] = requests.series
    const svg = await renderChart({
      ...requests,
      series: ['Posta', 'Rete', 'Siti', 'Aule'].map((name) => ({ name, points: one?.points ?? [] })),
    })
    expect(texts(svg)).toEqual(expect.arrayContaining(['Posta', 'Rete', 'Siti', 'Aule']))
    expect(svg).toContain('stroke="#17324d"')
    expect(svg).toMatch(/stroke="#0066cc"[^>]*stroke-dasharray/)
  })
})

describe('a chart of lines', () => {
  test('has a mark and a dash for each series, the target as a line with its name, a gap where a value is missing', async () => {
    const svg = await renderChart(availability)
    expect(texts(svg)).toEqual(expect.arrayContaining(['Rete', 'Anagrafe', 'Soglia del contratto 99,5\u00a0%']))
    expect(svg).toContain('stroke-dasharray="8,4"')
    expect(svg).toContain('stroke-dasharray="6,4"')
    const rete = svg.match(/<path d="([^"]*)"[^>]*stroke="#0066cc" stroke-width="2.5"/g)?.find((d) => /M.*M/.test(d))
    expect(rete, 'the line of the first series is drawn in two pieces').toBeDefined()
  })

  test('the unit stands above the axis when it is a word', async () => {
    const svg = await renderChart({ ...availability, unit: 'ore', threshold: { value: 99.5, label: 'Soglia' } })
    expect(texts(svg)).toEqual(expect.arrayContaining(['ore', 'Soglia 99,5 ore']))
  })
})

describe('a drawing', () => {
  test('has the same bytes whenever it is drawn, whatever was drawn before', async () => {
    const first = await renderChart(availability)
    await closeCharts()
    for (let n = 1; n <= 120; n += 1) await renderChart({ ...requests, title: `Altro ${n}` })
    expect(await renderChart(availability)).toBe(first)
    expect(await renderChart({ ...availability })).toBe(first)
  })

  test('holds no script, style, class or address, also with names that try', async () => {
    const bad = `<script>alert(1)</script>"' onload=x {a|b} {b} &amp; \u0000\ud800 https://example.org`
    const svg = await renderChart({
      ...availability,
      ...{ title: bad, description: bad, threshold: { value: 99, label: bad } },
      series: [bad, 'Altra'].map((name) => ({ name, points: [bad, 'b'].map((label, at) => ({ label, value: at })) })),
    })
    const tags = [...svg.matchAll(/<\/?([a-zA-Z]+)([^>]*)>/g)]
    const allowed = ['svg', 'title', 'desc', 'rect', 'path', 'text', 'g', 'defs', 'clipPath']
    expect(tags.filter(([, name = '']) => !allowed.includes(name)).map(([tag]) => tag)).toEqual([])
    for (const [, , attributes = ''] of tags) {
      expect(attributes.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
        /style=|class=|ecmeta|on\w+=|href|http/,
      )
    }
    expect(svg).toContain('&lt;script&gt;')
    expect(svg.isWellFormed() && !svg.includes('\u0000')).toBe(true)
  })

  test('is served as a picture that runs nothing', async () => {
    const response = chartResponse(await renderChart(requests), 'public, max-age=300')
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(await response.text()).toMatch(/^<svg /)
  })
})

test('what cannot be drawn is refused', async () => {
  const points = (count: number) => [{ name: 'A', points: years(Array.from({ length: count }, (_, at) => at)) }]
  expect(await refusal({ series: points(500) })).toMatch(/^<svg/)
  expect(await refusal({ series: points(501) })).toBe('invalid_chart')
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e16, '4'])
    expect(await refusal({ series: [{ name: 'A', points: [{ label: 'a', value }] }] })).toBe('invalid_chart')
  expect(await refusal({ series: [] })).toBe('invalid_chart')
  expect(await refusal({ series: [...points(2), ...points(3)] })).toBe('invalid_chart')
  expect(await refusal({ series: Array.from({ length: 5 }, () => points(2)).flat() })).toBe('invalid_chart')
  expect(await refusal({ width: 100_000 })).toBe('invalid_chart')
  expect(await refusal({ title: ' ' })).toBe('invalid_chart')
})

describe('the axis', () => {
  const of = (kind: 'bars' | 'lines', ...values: number[]) => {
    const { min, max, step } = axisOf({ kind, series: [{ name: 'A', points: years(values) }] })
    return [min, max, step]
  }

  test('of bars begins at nought; of lines far from nought where they are', () => {
    expect(of('bars', 4120, 25380)).toEqual([0, 30_000, 10_000])
    expect(of('bars', 99.1, 99.9)).toEqual([0, 100, 20])
    expect(of('lines', 99.1, 99.9)).toEqual([99, 100, 0.2])
    expect(of('lines', 3, 9)).toEqual([0, 10, 2])
    expect(of('bars', -3, 9)).toEqual([-5, 10, 2.5])
    expect(of('bars', 0, 0)).toEqual([0, 1, 0.2])
    expect(of('lines', 7, 7)[1]).toBeGreaterThanOrEqual(7)
  })

  test('tells its numbers apart however small the step is', async () => {
    const svg = await renderChart({
      ...availability,
      threshold: undefined,
      series: [{ name: 'A', points: years([99.991, 99.999]) }],
    })
    expect(texts(svg)).toEqual(expect.arrayContaining(['99,99\u00a0%', '99,992\u00a0%', '99,994\u00a0%', '100\u00a0%']))
  })

  test('holds the target too', () => {
    const { max } = axisOf({
      ...{ kind: 'bars', series: [{ name: 'A', points: years([2]) }] },
      threshold: { value: 9, label: 'x' },
    })
    expect(max).toBeGreaterThanOrEqual(9)
  })

  test('numbers are written as in each language', () => {
    expect(numberText(1234.5, { language: 'it', unit: '€' })).toBe('1.234,5\u00a0€')
    expect(numberText(1234.5, { language: 'en', unit: 'ore' })).toBe('1,234.5')
  })
})
