/** The API door: every module's operations under one roof. Used by the server and by the generator of openapi.json. */

import { registerApplicationsApi } from './modules/applications/api.ts'
import { registerContractApi } from './modules/contract/api.ts'
import { registerMailboxesApi } from './modules/mailboxes/api.ts'
import { registerNeedsApi } from './modules/needs/api.ts'
import { registerAnswersApi } from './modules/needs/api-answers.ts'
import { registerDeliveriesApi } from './modules/needs/api-deliveries.ts'
import { registerPhotosApi } from './modules/needs/api-photos.ts'
import { registerNeedsReadsApi } from './modules/needs/api-plan-reads.ts'
import { registerOperationsApi } from './modules/operations/api.ts'
import { registerOrganisationApi } from './modules/organisation/api.ts'
import { registerRegisterApi } from './modules/register/api.ts'
import { registerServicedeskApi } from './modules/servicedesk/api.ts'
import { registerNeedsResultsApi } from './modules/transparency/api-needs-results.ts'
import { registerRatingApi } from './modules/transparency/api-rating.ts'
import { registerReportApi } from './modules/transparency/api-report.ts'
import { registerResultsApi } from './modules/transparency/api-results.ts'
import type { Services } from './platform/context.ts'
import { type Api, createApi, malformed, respond } from './platform/http/api.ts'
import { log } from './platform/log.ts'
import { notFound, Problem } from './platform/problem.ts'
import { platformTexts, say } from './platform/texts.ts'

const description = {
  openapi: '3.1.0',
  info: {
    title: 'SITEC',
    version: '1',
    description:
      'The record of a public administration’s ICT. Send `Authorization: Bearer <key>`; refusals are RFC 9457 problems.',
    license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
  },
  servers: [{ url: '/api' }],
}

/** Every operation of the API; the document is at /openapi.json and needs no key. */
export function createApiDoor(services: Services): Api {
  const api = createApi(services)
  registerOrganisationApi(api)
  registerServicedeskApi(api)
  registerContractApi(api)
  registerResultsApi(api)
  registerOperationsApi(api)
  registerApplicationsApi(api)
  registerNeedsApi(api)
  registerNeedsReadsApi(api)
  registerNeedsResultsApi(api)
  registerDeliveriesApi(api)
  registerAnswersApi(api)
  registerPhotosApi(api)
  registerRegisterApi(api)
  registerMailboxesApi(api)
  registerReportApi(api)
  registerRatingApi(api)
  api.notFound((c) => respond(c, notFound()))
  api.onError((error, c) => {
    if (error instanceof Problem) return respond(c, error)
    // Hono's own refusal of a body that is not JSON.
    if ('status' in error && error.status === 400) return respond(c, malformed())
    log.error('api.failed', error)
    return respond(
      c,
      new Problem(
        'unavailable',
        'unexpected',
        say(platformTexts, (t) => t.problems.unexpected),
      ),
    )
  })
  return api
}

/** The OpenAPI 3.1 document, as committed in openapi.json. */
export function openApiText(api: Api): string {
  return `${JSON.stringify(api.getOpenAPI31Document(description), null, 2)}\n`
}
