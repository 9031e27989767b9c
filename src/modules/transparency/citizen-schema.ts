/** Inputs of citizens who register. */
import { z } from '@hono/zod-openapi'

const email = z.email().trim().toLowerCase().max(200)

/** Only ever a path of our own. */
const localPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\x20-\x5b\x5d-\uffff]*$/)
  .catch('/')

export const registerInput = z.object({ email, password: z.string().max(200), returnTo: localPath.default('/') })
export type RegisterInput = z.input<typeof registerInput>

export const confirmInput = z.object({ password: z.string().min(1).max(200) })

export const changePasswordInput = z.object({ current: z.string().min(1).max(200), password: z.string().max(200) })

export const deleteAccountInput = z.object({ current: z.string().min(1).max(200) })
