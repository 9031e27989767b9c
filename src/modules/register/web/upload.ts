/** The file of a form. Server side only. */
import { wrong } from '../problems.ts'

/** The bytes of the chosen file as they come, or a Problem when none was chosen. */
export function fileOf(form: FormData): AsyncIterable<Uint8Array> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw wrong('file', (t) => t.fileMissing)
  return file.stream()
}
