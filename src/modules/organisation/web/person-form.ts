/** A person as the form sends it. Server side only. */
import type { Role } from '../../../platform/permissions.ts'
import { text, ticked } from './request.ts'

export function personInput(form: FormData) {
  return {
    givenName: text(form, 'givenName'),
    familyName: text(form, 'familyName'),
    email: text(form, 'email'),
    officeId: text(form, 'officeId'),
    siteId: text(form, 'siteId'),
    phone: text(form, 'phone'),
    room: text(form, 'room'),
  }
}

export function rolesInput(form: FormData): Role[] {
  return ticked(form, 'role-') as Role[] // parsed by the operation
}
