/** The file of a form. Server side only. */
import { wrongBox } from '../box-problems.ts'

/** The bytes of the chosen file, or a Problem when none was chosen. */
export async function bytesOfFile(form: FormData): Promise<Uint8Array> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw wrongBox('file', (t) => t.fileMissing)
  return new Uint8Array(await file.arrayBuffer())
}

/** The same where a file may be left out. */
export async function bytesOfFileIfAny(form: FormData): Promise<Uint8Array | null> {
  const file = form.get('file')
  return file instanceof File && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : null
}
