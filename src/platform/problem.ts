import { platformTexts, type Say, say } from './texts.ts'

/** Every way in which an operation may refuse, with its HTTP status. */
const statusOf = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  invalid: 422,
  too_many: 429,
  unavailable: 503,
} as const

export type ProblemKind = keyof typeof statusOf

/** One field that is wrong: its path in the input and what to do about it. */
export type FieldProblem = { path: string; say: Say }

/**
 * An expected refusal, the same for API, pages and command line. Everything else that is thrown is a bug.
 * `code` is stable and for programs; `say` is for people, in each language.
 */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly code: string
  readonly say: Say
  readonly fields: readonly FieldProblem[]
  constructor(kind: ProblemKind, code: string, say: Say, fields: readonly FieldProblem[] = [], options?: ErrorOptions) {
    super(`${code}: ${say.en}`, options)
    this.kind = kind
    this.code = code
    this.say = say
    this.fields = fields
  }
  get status() {
    return statusOf[this.kind]
  }
}

/** The body of a refusal as RFC 9457 wants it, in one language. */
export function problemBody(problem: Problem, language: 'it' | 'en') {
  return {
    type: `/problems/${problem.code}`,
    title: problem.say[language],
    status: problem.status,
    code: problem.code,
    ...(problem.fields.length > 0 && {
      fields: problem.fields.map((field) => ({ path: field.path, message: field.say[language] })),
    }),
  }
}

/** Throws the problem; lets `return row ?? fail(notFound(…))` read as a sentence. */
export function fail(problem: Problem): never {
  throw problem
}

/** The Problem of something that is not there, or not for these eyes. */
export function notFound(): Problem {
  return new Problem(
    'not_found',
    'not_found',
    say(platformTexts, (t) => t.problems.notFound),
  )
}
