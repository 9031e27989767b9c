/** Filling the placeholders of a reply template. Pure. */

export const placeholders = ['nome', 'numero', 'ufficio'] as const
export type Filling = Record<(typeof placeholders)[number], string>

/** Placeholders that no case fills: a misspelt one would reach the user as it is. */
export function unknownPlaceholders(body: string): string[] {
  const known: readonly string[] = placeholders
  return [...body.matchAll(/\{([^{}\n]*)\}/g)].flatMap(([whole, name = '']) => (known.includes(name) ? [] : [whole]))
}

/** The text with each placeholder in its place; what people are called is never read as a placeholder. */
export function fillTemplate(body: string, filling: Filling): string {
  return body.replace(/\{(nome|numero|ufficio)\}/g, (_, name: keyof Filling) => filling[name])
}
