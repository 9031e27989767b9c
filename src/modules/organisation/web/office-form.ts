/** An office as the form sends it. Server side only. */
import type { AddOfficeInput } from '../schema.ts'
import { names, text } from './request.ts'

// The form's `code` would not come back after a refusal: fields of that name are taken for secrets.
export const officeFieldNames = names({ code: 'sign', ipaCode: 'ipa' })

export function officeInput(form: FormData): AddOfficeInput {
  return {
    kind: text(form, 'kind') as AddOfficeInput['kind'], // parsed by the operation
    code: text(form, 'sign'),
    name: text(form, 'name'),
    parentId: text(form, 'parentId'),
    siteId: text(form, 'siteId'),
    ipaCode: text(form, 'ipa'),
  }
}
