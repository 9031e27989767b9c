/** `npm start`: configuration, then the built application. Says in one sentence why it cannot start. */
import { readConfig } from './config.ts'

type Application = typeof import('./app.ts')

async function main() {
  // React picks its slow, chatty build unless it is told.
  process.env.NODE_ENV ??= 'production'
  const config = readConfig(process.env)
  // Built by `npm start` before this runs; a path in a variable, because it does not exist while types are checked.
  const built = new URL('../build/server/index.js', import.meta.url).href
  const application: Application = await import(built)
  const running = await application.start(config)
  process.stdout.write(`\nSITEC: ${running.url}\n${running.isDemo ? demoAccounts : ''}\n`)
  let isStopping = false
  const stop = async () => {
    if (isStopping) process.exit(1)
    isStopping = true
    await running.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

const demoAccounts = `Demo accounts (password: Prova-SITEC-2026)
  impiegata@comune.example.it       employee: asks for help
  referente@comune.example.it       office ICT contact
  operatore@societa.example.it      service-desk agent, first tier
  tecnico@societa.example.it        technician, second tier
  responsabile@societa.example.it   team leader
  contratto@comune.example.it       contract manager
  amministratore@comune.example.it  administrator
`

/** A reason a person can act on, or null for a bug. */
function reason(error: unknown): string | null {
  // By name: the built application has its own copy of these classes.
  if (error instanceof Error && ['ConfigError', 'PostgresError'].includes(error.name)) return error.message
  if (!(error instanceof Error) || !('code' in error)) return null
  switch (error.code) {
    case 'EADDRINUSE':
      return 'Another program is using this port: set PORT to a free one.'
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
    case 'ENOTDIR':
    case 'EEXIST':
      return `The data folder cannot be written (${error.message}): give this user the right to it, or set SITEC_DATA to another folder.`
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk of the data folder is full: free some space and start again.'
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case '28P01':
    case '28000':
    case '3D000':
      return `The database of DATABASE_URL cannot be reached (${error.message}): check address, name and password.`
    default:
      return null
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${reason(error) ?? (error instanceof Error ? error.stack : String(error))}\n`)
  process.exit(1)
})
