/** A double of the directory of Google Workspace on loopback, that answers as its API is documented, and of who gives tokens for it. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type GoogleDirectory = {
  port: number
  /** The key of a service account, as Google gives it in a file. */
  key: string
  /** Who is in it from now on; a group has an address and members. */
  holds: (users: Record<string, string>, groups?: Record<string, string[]>) => void
  /** Refuses the next requests, as it does who was granted nothing. */
  refuses: (isRefusing: boolean) => void
  stop: () => void
}

/** Starts it, with nobody in it. */
export async function startGoogleDirectory(): Promise<GoogleDirectory> {
  let users: Record<string, string> = {}
  let groups: Record<string, string[]> = {}
  let isRefusing = false
  const answerTo = (path: string): [number, object] => {
    if (path === '/token') return [200, { access_token: 'gettone', expires_in: 3599, token_type: 'Bearer' }]
    if (isRefusing) return [403, { error: { code: 403, message: 'Not Authorized', errors: [{ reason: 'forbidden' }] } }]
    if (path === '/admin/directory/v1/users')
      return [
        200,
        { users: Object.entries(users).map(([primaryEmail, fullName]) => ({ primaryEmail, name: { fullName } })) },
      ]
    if (path === '/admin/directory/v1/groups')
      return [200, { groups: Object.keys(groups).map((email) => ({ id: email, email, name: 'Lista' })) }]
    const [, group = ''] = /groups\/([^/]+)\/members$/.exec(path) ?? []
    return [200, { members: (groups[decodeURIComponent(group)] ?? []).map((email) => ({ email })) }]
  }
  const server = createServer((request, response) => {
    request.resume()
    const [status, body] = answerTo(new URL(request.url ?? '', 'http://x').pathname)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = {
    ...{ type: 'service_account', client_email: 'sitec@progetto.iam.gserviceaccount.example.com' },
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: `http://127.0.0.1:${port}/token`,
  }
  return {
    ...{ port, key: JSON.stringify(key) },
    holds: (people, lists = {}) => {
      users = people
      groups = lists
    },
    refuses: (now) => {
      isRefusing = now
    },
    stop: () => void server.close(),
  }
}
