/** What ECharts draws, made plain: fit for a strict policy and the same on every run. */

/**
 * Takes the style sheet, classes, marks for scripts and `style` attributes out of a drawing, turns those styles into
 * attributes, and puts title and description in. Text is escaped by the renderer, so every `<…>` is a tag.
 */
export function plainDrawing(svg: string, { title, description }: { title: string; description: string }): string {
  const body = withStableIds(svg)
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[a-z][^>]*>/g, (tag) =>
      tag
        .replace(/ (?:class|ecmeta_\w+|pointer-events|xmlns:xlink|version|baseProfile)="[^"]*"/g, '')
        .replace(/ style="([^"]*)"/, (_, style: string) => attributesOf(style)),
    )
    .replace(/<svg ([^>]*)>/, (_, attributes: string) => {
      const head = `role="img" aria-labelledby="titolo" aria-describedby="descrizione"`
      const texts = `<title id="titolo">${escaped(title)}</title><desc id="descrizione">${escaped(description)}</desc>`
      return `<svg ${attributes} ${head}>${texts}`
    })
  return body.replace(/>\s*\n\s*/g, '>\n').trim()
}

// ECharts counts its drawings in the names of clipping shapes: here they are counted anew in each drawing.
function withStableIds(svg: string): string {
  const names = [...new Set([...svg.matchAll(/<clipPath id="([^"]+)"/g)].map(([, id]) => id))]
  const rename = (id: string) => (names.includes(id) ? `ritaglio-${names.indexOf(id) + 1}` : id)
  return svg
    .replace(/<clipPath id="([^"]+)"/g, (_, id: string) => `<clipPath id="${rename(id)}"`)
    .replace(/ clip-path="url\(#([^)"]+)\)"/g, (_, id: string) => ` clip-path="url(#${rename(id)})"`)
}

function attributesOf(style: string): string {
  return style
    .split(';')
    .flatMap((one) => {
      const [name, value] = one.split(/:(.*)/s).map((part) => part.trim())
      return name && value && /^(font-(family|size|weight|style)|white-space)$/.test(name)
        ? [` ${name}="${value}"`]
        : []
    })
    .join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
