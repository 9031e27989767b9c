import { ScrollRegion } from './scroll.tsx'

/** A cell: text as it is shown; numbers stand right. */
export type ChartCell = string | { number: string }

/** What the table of a chart holds; the first cell of a row names it. */
export type ChartTable = { caption: string; head: readonly ChartCell[]; rows: readonly (readonly ChartCell[])[] }

/**
 * A chart with its title and the same data as a table. `src` is the address of the drawing, `srcSmall` that of the one
 * for screens up to 767 px; both come from `renderChart`. `alt` says in words what the drawing shows; `scrollLabel`
 * names the region in which the table scrolls.
 */
export function Chart(props: {
  src: string
  srcSmall: string
  alt: string
  caption: string
  table: ChartTable
  scrollLabel: string
  width?: number
  height?: number
}) {
  const { src, srcSmall, alt, caption, table, scrollLabel, width = 760, height = 300 } = props
  return (
    <>
      <figure>
        <figcaption>{caption}</figcaption>
        <picture>
          <source media="(max-width: 767px)" srcSet={srcSmall} />
          <img className="st-chart" src={src} alt={alt} width={width} height={height} loading="lazy" />
        </picture>
      </figure>
      <div className="mt-3">
        <ScrollRegion label={scrollLabel}>
          <table className="st-table">
            <caption>{table.caption}</caption>
            <thead>
              <tr>
                {table.head.map((cell) => (
                  <th key={textOf(cell)} scope="col" className={classOf(cell)}>
                    {textOf(cell)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(([name = '', ...cells]) => (
                <tr key={textOf(name)}>
                  <th scope="row">{textOf(name)}</th>
                  {cells.map((cell, at) => (
                    <td key={textOf(table.head[at + 1] ?? String(at))} className={classOf(cell)}>
                      {textOf(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </div>
    </>
  )
}

function textOf(cell: ChartCell): string {
  return typeof cell === 'string' ? cell : cell.number
}

function classOf(cell: ChartCell): string | undefined {
  return typeof cell === 'string' ? undefined : 'st-num'
}
