/** What a page's loader or action knows of the visit, and how refusals become pages. Server side only. */
import { randomUUID } from 'node:crypto'
import { createContext, data, type RouterContextProvider, redirect } from 'react-router'
import type { Citizen } from '../modules/transparency/citizen-sessions.ts'
import type { Session } from '../platform/auth/sessions.ts'
import type { Context, Services } from '../platform/context.ts'
import { type Action, may, type Role } from '../platform/permissions.ts'
import { fail, notFound, Problem, problemBody } from '../platform/problem.ts'
import { anybodyAt, type Publisher } from '../platform/public-context.ts'
import { type Language, platformTexts, say } from '../platform/texts.ts'

/** One request of a person: who (if signed in), in which language, with which session token. */
export type Visit = {
  services: Services
  session: Session | null
  /** A registered citizen, who is no person of the administration; never beside a session. */
  citizen: Citizen | null
  token: string | null
  language: Language
  /** The network address, used only for the lockout and never stored as it is. */
  network: string
  /** Whose public pages these are; null before there is an administration. */
  publisher: Publisher | null
}

/** Set by app.ts for each request. */
export const visitContext = createContext<Visit>()

type Args = { request: Request; context: Readonly<RouterContextProvider>; params: Record<string, string | undefined> }

/** A loader for everybody; a Problem becomes the error page with its status. */
export function openPage<Result>(work: (visit: Visit, args: Args) => Promise<Result> | Result) {
  return async (args: Args): Promise<Result> => {
    const visit = args.context.get(visitContext)
    try {
      return await work(visit, args)
    } catch (error) {
      throw asPage(error, visit, args.request)
    }
  }
}

/** The context in which anybody reads what is published; refuses with 404 where nobody publishes yet. */
export function publicContext(visit: Visit): Context {
  return anybodyAt(visit.services, visit.publisher ?? fail(notFound()), visit.language)
}

/** A loader for who is signed in; anybody else is sent to sign in and comes back here. */
export function page<Result>(work: (ctx: Context, args: Args & { session: Session }) => Promise<Result>) {
  return openPage((visit, args) => {
    if (visit.citizen !== null) throw forbidden()
    const session =
      visit.session ??
      fail(
        new Problem(
          'unauthenticated',
          'unauthenticated',
          say(platformTexts, (t) => t.problems.unauthenticated),
        ),
      )
    return work(session.context, { ...args, session })
  })
}

/** What an action answers when the operation refused: shown above the form, which keeps what was typed. */
export type Refused = { problem: ReturnType<typeof problemBody>; values: Record<string, string> }

/** An action for who is signed in. A refusal is shown in the form; the form's token makes a second sending harmless. */
export function form<Result>(
  work: (ctx: Context, form: FormData, args: Args & { session: Session }) => Promise<Result>,
) {
  return openForm((visit, form, args) => {
    if (visit.citizen !== null) throw forbidden()
    if (visit.session === null) throw signInFirst(args.request)
    const once = form.get('once')
    const context = {
      ...visit.session.context,
      ...(typeof once === 'string' && once.length >= 8 && { idempotencyKey: once }),
    }
    return work(context, form, { ...args, session: visit.session })
  })
}

/** A loader for registered citizens; who is not signed in comes back here, and nobody else may. */
export function citizenPage<Result>(work: (citizen: Citizen) => Promise<Result> | Result) {
  return openPage((visit, args) => work(citizenOf(visit, args.request)))
}

/** An action for registered citizens. */
export function citizenForm<Result>(work: (citizen: Citizen, form: FormData, args: Args) => Promise<Result>) {
  return openForm((visit, form, args) => work(citizenOf(visit, args.request), form, args))
}

function citizenOf(visit: Visit, request: Request): Citizen {
  if (visit.session !== null) throw forbidden()
  if (visit.citizen === null) throw signInFirst(request)
  return visit.citizen
}

function forbidden(): Problem {
  return new Problem(
    'forbidden',
    'forbidden',
    say(platformTexts, (t) => t.problems.forbidden),
  )
}

/** An action for everybody. */
export function openForm<Result>(work: (visit: Visit, form: FormData, args: Args) => Promise<Result> | Result) {
  return async (args: Args) => {
    const visit = args.context.get(visitContext)
    refuseOtherSite(args.request)
    const form = await args.request.formData().catch((cause) => {
      throw cause instanceof Problem ? asPage(cause, visit, args.request) : data(null, { status: 400 })
    })
    try {
      return await work(visit, form, args)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return data<Refused>(
        { problem: problemBody(error, visit.language), values: typed(form) },
        { status: error.status },
      )
    }
  }
}

// React Router asks this of pages only; addresses that answer without one are asked here.
function refuseOtherSite(request: Request) {
  const origin = request.headers.get('origin')
  if (origin !== null && origin !== new URL(request.url).origin) throw new Response(null, { status: 400 })
}

/** A token for a hidden field: the same form sent twice is carried out once. */
export function onceToken(): string {
  return randomUUID()
}

/** Whether the person may do this at all; for menus. */
export function mayAtAll(session: Session | null, action: Action): boolean {
  return session !== null && may(session.context.actor, action)
}

const notOfTheDesk: readonly Role[] = ['employee', 'office_contact', 'program', 'editor', 'mail_administrator']

/** Staff work at the desk's screens; everybody else at the portal's. */
export function isStaff(session: Session): boolean {
  return session.context.actor.roles.some((role) => !notOfTheDesk.includes(role))
}

function typed(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) =>
      typeof value === 'string' && !/^(password|current|code)$/.test(name) ? [[name, value]] : [],
    ),
  )
}

function asPage(error: unknown, visit: Visit, request: Request): unknown {
  if (!(error instanceof Problem)) return error
  if (error.kind === 'unauthenticated') return signInFirst(request)
  return data(problemBody(error, visit.language), { status: error.status })
}

function signInFirst(request: Request): Response {
  const url = new URL(request.url)
  // A page's data request has the page's address with ".data" after it, "/_.data" for the first page.
  const path = url.pathname.replace(/\/_\.data$/, '/').replace(/\.data$/, '')
  url.searchParams.delete('_routes')
  const back = url.searchParams.size > 0 ? `${path}?${url.searchParams}` : path
  return redirect(back === '/' ? '/accedi' : `/accedi?${new URLSearchParams({ poi: back })}`)
}
