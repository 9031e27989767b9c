/** The API of mail servers and censuses. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { beginCensus, findCensus, listCensuses, stopCensus } from './census.ts'
import {
  begunCensus,
  census,
  censusDetail,
  censusInput,
  changedServer,
  changeMailServerInput,
  directoryInput,
  directoryOutcome,
  mailServer,
  mailServerInput,
  serverTrial,
  serverTrialInput,
} from './census-schema.ts'
import { importDirectory } from './import-directory.ts'
import { answer, idParam, json, keyHeader, security, tags } from './internal/box-routes.ts'
import { addServer, changeServer, listServers, tryServer } from './servers.ts'

/** Adds servers and censuses to the API. */
export function registerCensusApi(api: Api) {
  registerServers(api)
  registerCensuses(api)
}

function registerServers(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/mail-servers', summary: 'Mail servers, without their secrets', tags, security },
    responses: { 200: answer(z.array(mailServer), 'By name'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listServers(c.get('context')), 200))
  const adding = createRoute({
    ...{ method: 'post', path: '/mail-servers', summary: 'Add a mail server', tags, security },
    request: { headers: keyHeader, body: { ...json(mailServerInput), required: true } },
    responses: { 201: answer(changedServer, 'Added'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addServer(c.get('context'), c.req.valid('json')), 201))
  const changing = createRoute({
    ...{ method: 'put', path: '/mail-servers/{id}', summary: 'Change a mail server', tags, security },
    request: { params: idParam, body: { ...json(changeMailServerInput), required: true } },
    responses: { 200: answer(changedServer, 'Changed'), ...problemResponses },
  })
  api.openapi(changing, async (c) =>
    c.json(await changeServer(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const trying = createRoute({
    ...{ method: 'put', path: '/mail-servers/{id}/trial', tags, security },
    summary: 'Open a mailbox of a server for reading, with these settings, and tell what is wrong',
    request: { params: idParam, body: { ...json(serverTrialInput), required: true } },
    responses: { 200: answer(serverTrial, 'What was found'), ...problemResponses },
  })
  api.openapi(trying, async (c) =>
    c.json(await tryServer(c.get('context'), c.req.valid('json'), c.req.valid('param').id), 200),
  )
}

function registerCensuses(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/mail-censuses', summary: 'The newest imports and censuses', tags, security },
    responses: { 200: answer(z.array(census), 'Newest first'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listCensuses(c.get('context')), 200))
  const beginning = createRoute({
    ...{ method: 'post', path: '/mail-censuses', summary: 'Begin a census of a server over IMAP', tags, security },
    request: { headers: keyHeader, body: { ...json(censusInput), required: true } },
    responses: { 201: answer(begunCensus, 'Begun'), ...problemResponses },
  })
  api.openapi(beginning, async (c) => c.json(await beginCensus(c.get('context'), c.req.valid('json')), 201))
  const directory = createRoute({
    ...{ method: 'post', path: '/imports/mail-directory', tags, security },
    summary: 'Take over addresses, aliases and lists from the directory of a server; or tell what would change',
    request: { body: { ...json(directoryInput), required: true } },
    responses: { 200: answer(directoryOutcome, 'Taken over, or tried'), ...problemResponses },
  })
  api.openapi(directory, async (c) => c.json(await importDirectory(c.get('context'), c.req.valid('json')), 200))
  const finding = createRoute({
    ...{ method: 'get', path: '/mail-censuses/{id}', summary: 'How far a census is', tags, security },
    request: { params: idParam },
    responses: { 200: answer(censusDetail, 'The census'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findCensus(c.get('context'), c.req.valid('param').id), 200))
  const stopping = createRoute({
    ...{ method: 'put', path: '/mail-censuses/{id}/stop', summary: 'Ask a census to stop', tags, security },
    request: { params: idParam },
    responses: { 200: answer(begunCensus, 'Asked'), ...problemResponses },
  })
  api.openapi(stopping, async (c) => c.json(await stopCensus(c.get('context'), c.req.valid('param').id), 200))
}
