/** What every module's `api.ts` builds on: keys only, JSON only, one Problem type. */
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { findApiKey } from '../auth/actors.ts'
import { apiKeyWrong } from '../auth/sessions.ts'
import type { Context, Services } from '../context.ts'
import { Problem, problemBody } from '../problem.ts'
import { type Language, platformTexts, say } from '../texts.ts'
import { invalid, sayIssue } from './parse.ts'

export type ApiEnv = { Variables: { context: Context } }
export type Api = OpenAPIHono<ApiEnv>

/** The JSON of a refusal (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

/** The refusals every route may give; spread into `responses`. */
export const problemResponses = {
  default: { description: 'Refused', content: { 'application/problem+json': { schema: problemSchema } } },
}

/** An empty API: signs in by key, turns every error into a Problem. */
export function createApi(services: Services): Api {
  const api: Api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (!result.success) {
        return respond(
          c,
          invalid(result.error.issues.map((issue) => ({ path: issue.path.join('.'), say: sayIssue(issue, null) }))),
        )
      }
    },
  })
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })
  api.use('*', async (c, next) => {
    const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    const context = token ? await findApiKey(services, token, languageOf(c.req.header('accept-language'))) : null
    if (context === null) throw apiKeyWrong()
    const idempotencyKey = c.req.header('idempotency-key')
    c.set('context', idempotencyKey === undefined ? context : { ...context, idempotencyKey: checkKey(idempotencyKey) })
    refuseOtherContent(c)
    await next()
  })
  return api
}

// Bodies are JSON, or multipart for attachments and text/csv for imports; anything else is refused before parsing.
function refuseOtherContent(c: HonoContext) {
  const hasBody = !['GET', 'HEAD', 'DELETE'].includes(c.req.method) && c.req.header('content-length') !== '0'
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (hasBody && type !== undefined && !['application/json', 'multipart/form-data', 'text/csv'].includes(type))
    throw unsupportedType('application/json')
  if (hasBody && type === undefined && c.req.raw.body !== null) throw unsupportedType('application/json')
}

/** The Problem of a body of the wrong type. */
export function unsupportedType(expected: string): Problem {
  return new Problem(
    'unsupported_type',
    'unsupported_type',
    say(platformTexts, (t) => t.problems.unsupportedType(expected)),
  )
}

/** The Problem of a body that is not JSON. */
export function malformed(): Problem {
  return new Problem(
    'malformed',
    'malformed',
    say(platformTexts, (t) => t.problems.malformed),
  )
}

/** The refusal as application/problem+json, in the language asked for. */
export function respond(c: HonoContext, problem: Problem): Response {
  const body = problemBody(problem, languageOf(c.req.header('accept-language')))
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...(problem.status === 503 && { 'retry-after': '5' }) },
  })
}

/** Italian unless English is asked for first. */
export function languageOf(header: string | undefined | null): Language {
  return /^en\b/i.test(header ?? '') ? 'en' : 'it'
}

function checkKey(key: string): string {
  if (key.length < 8 || key.length > 200) {
    throw invalid([{ path: 'Idempotency-Key', say: say(platformTexts, (t) => t.problems.fields.wrongFormat) }])
  }
  return key
}
