/** Google's tokens for a service account, on loopback: a statement is checked as RFC 7523 wants it before a token is given. */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

const scope = 'https://www.googleapis.com/auth/gmail.modify'

export type GoogleTokens = Awaited<ReturnType<typeof startGoogleTokens>>

/** `give` makes the token of a mailbox. */
export async function startGoogleTokens(give: (user: string) => string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const state = { refuses: false, isDown: false, asked: 0 }
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request))
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    state.asked += 1
    if (state.isDown) return answer(503, { error: 'internal_failure' })
    const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.')
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
      Buffer.from(signature, 'base64url'),
    )
    const { sub, scope: asked, aud } = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}')
    if (!isSigned || aud !== uri()) return answer(400, { error: 'invalid_grant', error_description: 'Invalid JWT' })
    if (state.refuses || asked !== scope)
      return answer(401, {
        error: 'unauthorized_client',
        error_description: 'Client is unauthorized to retrieve access tokens using this method',
      })
    return answer(200, { access_token: give(String(sub)), expires_in: 3600, token_type: 'Bearer' })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const uri = () => {
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/token`
  }
  return {
    state,
    /** The file that Google gives for a service account. */
    key: () =>
      JSON.stringify({
        ...{ type: 'service_account', client_email: 'sitec@progetto.iam.gserviceaccount.com', token_uri: uri() },
        private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
