/** The application: doors opened on one port, and the worker behind them. The only place that sees every module. */
import { join } from 'node:path'
import * as build from 'virtual:react-router/server-build'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createRequestHandler, RouterContextProvider } from 'react-router'
import { seedContract } from '../demo/contract.ts'
import { seedDemo } from '../demo/seed.ts'
import type { Config } from './config.ts'
import { createApiDoor, openApiText } from './doors.ts'
import { tellCase } from './modules/register/case-part.ts'
import { mailStatus } from './modules/servicedesk/mail-standing.ts'
import { findCitizen, isCitizenToken } from './modules/transparency/citizen-sessions.ts'
import { findSession } from './platform/auth/sessions.ts'
import type { Services } from './platform/context.ts'
import { largestFile, tooLarge } from './platform/files.ts'
import { languageOf, respond } from './platform/http/api.ts'
import { liveStream } from './platform/http/live-stream.ts'
import { systemStatus } from './platform/http/status.ts'
import { log } from './platform/log.ts'
import { Problem } from './platform/problem.ts'
import { findPublisher, type Publisher } from './platform/public-context.ts'
import { projectRoot } from './platform/root.ts'
import { holdServerLock } from './platform/server-lock.ts'
import { openServices } from './platform/services.ts'
import { startUpkeep, type Worker } from './upkeep.ts'
import { languageCookie, readCookie, sessionCookie } from './web/cookies.ts'
import { createPageStore, isPublicPage } from './web/public-pages.ts'
import { type Visit, visitContext } from './web/visit.ts'

/** Largest request taken: one file, and the form around it. */
const largestRequest = largestFile + 1_000_000

export type Running = { close: () => Promise<void>; url: string; services: Services; isDemo: boolean }

/** Opens everything and serves until `close`. Throws before listening when something is not right. */
export async function start(config: Config): Promise<Running> {
  const lock = await holdServerLock(config)
  const steps = [lock.release]
  // Nothing stays behind a start that failed: no lock, and no PostgreSQL that nobody uses.
  const undo = async (error: unknown): Promise<never> => {
    for (const step of steps.reverse()) await step()
    throw error
  }
  const services = await openServices(config, { listens: config.role !== 'worker' }).catch(undo)
  steps.push(services.close)
  if (config.demo) await buildDemo(services, config).catch(undo)
  const worker = config.role === 'web' ? null : await startUpkeep(services).catch(undo)
  if (worker) steps.push(worker.stop)
  const server = config.role === 'worker' ? null : await listen(config, services, worker).catch(undo)
  const demo = await services.database.owner
    .selectFrom('organisation')
    .select('id')
    .where('is_demo', '=', true)
    .limit(1)
    .execute()
  return {
    url: config.url,
    isDemo: demo.length > 0,
    services,
    close: async () => {
      server?.closeAllConnections?.()
      await new Promise<void>((done) => (server ? server.close(() => done()) : done()))
      for (const step of steps.reverse()) await step()
    },
  }
}

async function buildDemo(services: Services, config: Config) {
  await seedDemo(services, config.demoScale)
  await seedContract(services)
}

async function listen(config: Config, services: Services, worker: Worker | null) {
  const app = createApp(config, services, worker)
  type Listening = { closeAllConnections?: () => void; close: (done: () => void) => void }
  return new Promise<Listening>((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: config.port, hostname: config.bind }, () =>
      resolve(server as Listening),
    )
    server.once('error', reject)
  })
}

/** The routes: static files, state, live updates, API, and pages for everything else. */
export function createApp(config: Config, services: Services, worker: Worker | null): Hono {
  services.subjects.fill('desk_case', 'register', tellCase)
  const app = new Hono()
  app.use('*', secureAndLog(config.url.startsWith('https:')))
  app.use(
    '/assets/*',
    serveStatic({
      root: join(projectRoot(), 'build/client'),
      precompressed: true,
      onFound: (path, c) => {
        c.header('cache-control', 'public, max-age=31536000, immutable')
        const scope = offlineWorkers.find(({ script }) => path.includes(script))?.scope
        if (scope !== undefined) {
          c.header('service-worker-allowed', scope)
          c.header('content-security-policy', "default-src 'none'; connect-src 'self'")
        }
      },
    }),
  )
  app.get('/status', async (c) => {
    const status = await systemStatus(services, worker, mailStatus)
    return c.json(status, status.isWell ? 200 : 503)
  })
  app.use('*', bodyLimit({ maxSize: largestRequest, onError: refuseTooLarge }))
  const api = createApiDoor(services)
  app.get('/api/openapi.json', (c) => c.body(openApiText(api), 200, { 'content-type': 'application/json' }))
  app.route('/api', api)
  app.get('/live', async (c) => {
    const token = readCookie(c.req.header('cookie'), sessionCookie)
    const session = token ? await findSession(services, token, 'portal') : null
    return session
      ? liveStream(services, session.context.organisationId, () => findSession(services, token ?? '', 'portal'))
      : c.body(null, 401)
  })
  app.all('*', pages(config, services))
  app.onError((error, c) => {
    if (error instanceof Problem) return respond(c, error)
    log.error('request.failed', error, { path: idsOnly(c.req.path) })
    return c.text('Errore interno / Internal error', 500)
  })
  return app
}

function pages(config: Config, services: Services) {
  const handle = createRequestHandler(build, 'production')
  const store = createPageStore()
  const publisher = publisherOf(services)
  return async (c: {
    req: { raw: Request; path: string; header: (name: string) => string | undefined }
    env: unknown
  }) => {
    const isPublic = isPublicPage(c.req.raw)
    const said = readCookie(c.req.header('cookie'), languageCookie) ?? languageOf(c.req.header('accept-language'))
    // Anything may stand in a cookie: only the two languages make a page of their own.
    const language = said === 'en' ? 'en' : 'it'
    const key = `${c.req.path} ${language}`
    const known = isPublic ? store.find(key) : null
    if (known) return known
    const visit = await visitOf(services, c.req.header('cookie'), language, networkOf(c.env), isPublic)
    const context = new RouterContextProvider()
    context.set(visitContext, { ...visit, publisher: await publisher() })
    const response = await handle(publicRequest(config, c.req.raw), context)
    return isPublic && response.status === 200 ? store.keep(key, response) : response
  }
}

// Changes as good as never: asked again every few seconds, so that a first administration shows without a restart.
function publisherOf(services: Services): () => Promise<Publisher | null> {
  let known: { until: number; publisher: Publisher | null } | null = null
  return async () => {
    if (known === null || known.until < Date.now())
      known = { until: Date.now() + 5000, publisher: await findPublisher(services) }
    return known.publisher
  }
}

// Behind TLS the request arrives as http on some local name; pages compare origins, so it takes the public one.
function publicRequest(config: Config, raw: Request): Request {
  const url = new URL(raw.url)
  return new Request(new URL(url.pathname + url.search, config.url), raw)
}

async function visitOf(
  services: Services,
  cookie: string | undefined,
  language: 'it' | 'en',
  network: string,
  isPublic: boolean,
): Promise<Omit<Visit, 'publisher'>> {
  const token = isPublic ? null : readCookie(cookie, sessionCookie)
  if (token !== null && isCitizenToken(token)) {
    const citizen = await findCitizen(services, token, language)
    return { services, session: null, citizen, token, language, network }
  }
  const session = token === null ? null : await findSession(services, token, 'portal')
  return { services, session, citizen: null, token, language: session?.context.language ?? language, network }
}

// The proxy in front is on this machine; without one the socket's own address counts.
function networkOf(env: unknown): string {
  const incoming = (
    env as undefined | { incoming?: { socket?: { remoteAddress?: string }; headers?: Record<string, string> } }
  )?.incoming
  return incoming?.headers?.['x-forwarded-for']?.split(',').at(-1)?.trim() ?? incoming?.socket?.remoteAddress ?? ''
}

// The service workers of the technician's, the verifier's and the counter's pages: each may watch its own alone, and ask this server alone.
const offlineWorkers = [
  { script: 'field-worker', scope: '/interventi' },
  { script: 'verify-worker', scope: '/consegne/' },
  { script: 'count-worker', scope: '/inventario/' },
] as const

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

function secureAndLog(isOverTls: boolean): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now()
    await next()
    const { headers } = c.res
    for (const [name, value] of Object.entries(securityHeaders)) if (!headers.has(name)) headers.set(name, value)
    if (isOverTls) headers.set('strict-transport-security', 'max-age=31536000')
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
    if (c.req.path.startsWith('/assets/')) return
    const ms = Math.round(performance.now() - began)
    log.info('request', { method: c.req.method, path: idsOnly(c.req.path), status: c.res.status, ms })
  }
}

// A form that is too large never reaches its page: said in a page of its own, with the way back.
function refuseTooLarge(c: HonoContext): Response {
  const problem = tooLarge()
  if (c.req.path.startsWith('/api/') || c.req.path.endsWith('.data')) return respond(c, problem)
  const language = readCookie(c.req.header('cookie'), languageCookie) === 'en' ? 'en' : 'it'
  const page = `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>SITEC</title><main><h1>SITEC</h1><p>${problem.say[language]}</p></main></html>`
  return c.html(page, 413)
}

// Addresses of ours hold ids and words of ours; anything else might be somebody's name. What follows /r/ is a key.
function idsOnly(path: string): string {
  if (path.toLowerCase().startsWith('/r/')) return '/r/(link)'
  if (/^\/registrati\/conferma\//i.test(path)) return '/registrati/conferma/(link)'
  return path.length < 200 && /^[\w/.-]*$/.test(path) ? path : '(other)'
}

/** The address of every page, as its route is written; for the test that asks each of them as everybody. */
export function pagePaths(): string[] {
  const paths = new Map<string, string>()
  const full = (id: string): string => {
    const route = build.routes[id]
    const parent = route?.parentId && route.parentId !== 'root' ? `${full(route.parentId)}/` : ''
    return `${parent}${route?.path ?? ''}`
  }
  for (const id of Object.keys(build.routes)) if (id !== 'root') paths.set(id, full(id))
  return [...paths.values()]
}
