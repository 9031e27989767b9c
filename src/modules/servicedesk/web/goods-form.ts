/** Says of a form's quantity what an operation says of its line. Server side only. */
import { Problem } from '../../../platform/problem.ts'

/** Runs an operation on lines that came from quantity fields. */
export async function withLineFields<Result>(
  lines: readonly { itemId: string }[],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const fields = error.fields.map((field) => {
      const line = lines[Number(/^(?:items|lines)\.(\d+)\./.exec(field.path)?.[1] ?? Number.NaN)]
      return line === undefined ? field : { ...field, path: `item-${line.itemId}` }
    })
    throw new Problem(error.kind, error.code, error.say, fields, { cause: error })
  }
}
