import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Chart } from './chart.tsx'

test('a chart is a picture with words, and the same data as a table that scrolls and is named', () => {
  const html = renderToStaticMarkup(
    createElement(Chart, {
      src: '/grafico.svg',
      srcSmall: '/grafico.svg?piccolo',
      alt: 'Grafico a colonne: 4.120 nel 2013, 8.730 nel 2014.',
      caption: 'In due anni le pratiche sono raddoppiate',
      scrollLabel: 'Tabella dei dati del grafico',
      table: {
        caption: 'Gli stessi dati in tabella.',
        head: ['Anno', { number: 'In rete' }],
        rows: [
          ['2013', { number: '4.120' }],
          ['2014', { number: '8.730' }],
        ],
      },
    }),
  )
  expect(html).toContain('<figcaption>In due anni le pratiche sono raddoppiate</figcaption>')
  expect(html).toContain('<source media="(max-width: 767px)" srcSet="/grafico.svg?piccolo"/>')
  expect(html).toContain('alt="Grafico a colonne: 4.120 nel 2013, 8.730 nel 2014."')
  expect(html).toContain('aria-label="Tabella dei dati del grafico" tabindex="0"')
  expect(html).toContain('<th scope="col" class="st-num">In rete</th>')
  expect(html).toContain('<tr><th scope="row">2014</th><td class="st-num">8.730</td></tr>')
  expect(html).not.toContain('style=')
})
