/** What an office answers, out of a form. Server side only. */

/** The fields of a form as the operation takes them; boxes of the same name are a list. */
export function answerFields(form: FormData) {
  const version = form.get('version')
  return {
    officeId: String(form.get('officeId') ?? ''),
    answer: form.get('answer') === 'complete' ? ('complete' as const) : ('differs' as const),
    reason: String(form.get('reason') ?? ''),
    lines: form.getAll('lines').map(Number),
    ...(typeof version === 'string' && version !== '' && { version: Number(version) }),
  }
}
