/** What the addresses of the plan's pages say. Server side only. */
import { fail, notFound } from '../../../platform/problem.ts'

/** The year in an address, or "not found". */
export function yearOf(text: string | undefined): number {
  return /^2[01]\d\d$/.test(text ?? '') ? Number(text) : fail(notFound())
}

/** The number of a line in an address, or "not found". */
export function lineNumberOf(text: string | undefined): number {
  return /^[1-9]\d{0,5}$/.test(text ?? '') ? Number(text) : fail(notFound())
}
