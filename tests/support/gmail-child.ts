/** One run of a copy into the Gmail double, in a process of its own that may be killed: prints what came of it. */
import { flushCompileCache } from 'node:module'
import { readConfig } from '../../src/config.ts'
import { copyMailbox } from '../../src/modules/mailboxes/copy-mailbox.ts'
import { gmailLimits } from '../../src/modules/mailboxes/internal/gmail-limits.ts'
import { listOrganisations } from '../../src/modules/organisation/set-up.ts'
import { systemContext } from '../../src/platform/auth/actors.ts'
import { openServices } from '../../src/platform/services.ts'

// A killed process would keep nothing of what it compiled.
flushCompileCache()
const [imap, api, user = '', mailbox = ''] = process.argv.slice(2)
const { mailCopy, ...config } = readConfig(process.env)
const services = await openServices({ ...config, mailCopy }, { listens: false })
const [organisation] = await listOrganisations(services)
if (organisation === undefined) throw new Error('No administration')
const here = { host: '127.0.0.1', isEncrypted: false }
const { result } = await copyMailbox(
  systemContext(services, organisation, 'Riga di comando', 'cli'),
  {
    from: { ...here, side: 'source', port: Number(imap), user, credential: { password: mailCopy.fromPassword ?? '' } },
    to: {
      ...{ ...here, protocol: 'gmail', side: 'target', port: Number(api), user: mailbox },
      tokens: () => Promise.resolve(mailCopy.toToken ?? ''),
    },
    folders: [],
  },
  { limits: { gmail: { ...gmailLimits, unitsPerMinute: 6_000_000, pause: 5 } } },
)
process.stdout.write(JSON.stringify(result))
await services.close()
