/** The API of the mailboxes: the register, what is decided of each, the waves in which they move. */
import type { Api } from '../../platform/http/api.ts'
import { registerBoxesApi } from './api-boxes.ts'
import { registerCensusApi } from './api-census.ts'
import { registerDecisionsApi } from './api-decisions.ts'
import { registerWavesApi } from './api-waves.ts'

/** Adds the mailboxes to the API. */
export function registerMailboxesApi(api: Api) {
  registerBoxesApi(api)
  registerCensusApi(api)
  registerWavesApi(api)
  registerDecisionsApi(api)
}
