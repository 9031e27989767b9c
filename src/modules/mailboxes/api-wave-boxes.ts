/** The API of single mailboxes in a wave: held, tried again, taken out; their messages set aside; their proofs. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { answer, body, boxParam, file, security, tags } from './internal/wave-routes.ts'
import { listProofs, proofPdf, readProof } from './proofs.ts'
import { chooseAside, listAside } from './set-aside.ts'
import { holdMailbox, tryAgain } from './wave-acts.ts'
import {
  asideMessage,
  changedWave,
  chooseAsideInput,
  holdInput,
  proof,
  versionInput,
  waveMailbox,
} from './wave-schema.ts'
import { takeOut } from './waves.ts'

const common = { tags, security }
const path = '/migration-waves/{number}/mailboxes/{mailboxId}'
const version = z.object({ version: z.coerce.number().int().min(1) })

export function registerWaveBoxesApi(api: Api) {
  registerActs(api)
  registerAside(api)
  registerProofs(api)
}

function registerActs(api: Api) {
  const holding = createRoute({
    ...{ method: 'put', path: `${path}/hold`, summary: 'Hold a mailbox, or let it go on', ...common },
    request: { params: boxParam, body: body(holdInput) },
    responses: { 200: answer(changedWave, 'As it is now'), ...problemResponses },
  })
  api.openapi(holding, async (c) => {
    const { number, mailboxId } = c.req.valid('param')
    return c.json(await holdMailbox(c.get('context'), number, mailboxId, c.req.valid('json')), 200)
  })
  const trying = createRoute({
    ...{ method: 'put', path: `${path}/retry`, summary: 'Go on after what stopped it was put right', ...common },
    request: { params: boxParam, body: body(versionInput) },
    responses: { 200: answer(changedWave, 'As it is now'), ...problemResponses },
  })
  api.openapi(trying, async (c) => {
    const { number, mailboxId } = c.req.valid('param')
    return c.json(await tryAgain(c.get('context'), number, mailboxId, c.req.valid('json')), 200)
  })
  const taking = createRoute({
    ...{ method: 'delete', path, summary: 'Take a mailbox out of a wave', ...common },
    request: { params: boxParam, query: version },
    responses: { 200: answer(changedWave, 'Taken out'), ...problemResponses },
  })
  api.openapi(taking, async (c) => {
    const { number, mailboxId } = c.req.valid('param')
    return c.json(await takeOut(c.get('context'), number, mailboxId, c.req.valid('query')), 200)
  })
}

function registerAside(api: Api) {
  const listing = createRoute({
    ...{
      method: 'get',
      path: `${path}/set-aside`,
      summary: 'Messages that could not be copied as they are',
      ...common,
    },
    request: { params: boxParam },
    responses: {
      200: answer(
        z.object({ box: waveMailbox, messages: z.array(asideMessage), isBack: z.boolean() }),
        'Undecided ones first; `isBack`: of the way back from the new server',
      ),
      ...problemResponses,
    },
  })
  api.openapi(listing, async (c) => {
    const { number, mailboxId } = c.req.valid('param')
    return c.json(await listAside(c.get('context'), number, mailboxId), 200)
  })
  const choosing = createRoute({
    ...{ method: 'put', path: `${path}/set-aside`, summary: 'Decide on these messages, or on all', ...common },
    request: { params: boxParam, body: body(chooseAsideInput) },
    responses: { 200: answer(changedWave, 'Decided'), ...problemResponses },
  })
  api.openapi(choosing, async (c) => {
    const { number, mailboxId } = c.req.valid('param')
    return c.json(await chooseAside(c.get('context'), number, mailboxId, c.req.valid('json')), 200)
  })
}

function registerProofs(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/copy-proofs', summary: 'The proofs of all copies', ...common },
    responses: { 200: answer(z.array(proof), 'The newest first'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listProofs(c.get('context')), 200))
  const signed = createRoute({
    ...{ method: 'get', path: `${path}/proof.json`, summary: 'The signed manifest', ...common },
    request: { params: boxParam },
    responses: { 200: file('application/json', 'As it was signed'), ...problemResponses },
  })
  api.openapi(signed, async (c) => {
    const { number, mailboxId } = c.req.valid('param')
    const bytes = new Uint8Array(await readProof(c.get('context'), number, mailboxId))
    return c.body(bytes, 200, { 'content-type': 'application/json' })
  })
  const pdf = createRoute({
    ...{ method: 'get', path: `${path}/proof.pdf`, summary: 'The same for people', ...common },
    request: { params: boxParam },
    responses: { 200: file('application/pdf', 'PDF'), ...problemResponses },
  })
  api.openapi(pdf, async (c) => {
    const { number, mailboxId } = c.req.valid('param')
    const bytes = new Uint8Array(await proofPdf(c.get('context'), number, mailboxId))
    return c.body(bytes, 200, { 'content-type': 'application/pdf' })
  })
}
