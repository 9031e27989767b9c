/** What a phone knows of the things a campaign expects. Browser and server. */
import type { ExpectedItem } from '../campaign-schema.ts'

const onLabel = /\/registro\/([0-9a-f-]{36})\/?$/i

/** The expected thing that a mark names, by label, code, serial or inventory number in this order; undefined when there is none. */
export function findExpected(expected: readonly ExpectedItem[], mark: string): ExpectedItem | undefined {
  const wanted = mark.trim().toUpperCase()
  const id = onLabel.exec(mark.trim())?.[1]?.toLowerCase()
  if (id !== undefined) return expected.find((item) => item.id === id)
  return (
    expected.find(({ code }) => code.toUpperCase() === wanted) ??
    expected.find(({ serial }) => serial?.toUpperCase() === wanted) ??
    expected.find(({ tag }) => tag?.toUpperCase() === wanted)
  )
}
