/** The codes that a box of several lines names, whatever stands between them. */
export function codesOf(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,;]+/).filter((code) => code !== '')
}
