/** How mail stands, in one line each for `sitec doctor` and `/status`: numbers, no names. */
import { sql } from 'kysely'
import type { Services } from '../../platform/context.ts'
import { standingIsThere, standingStatement } from './internal/channel-queries.ts'

type Standing = {
  channels: number
  failing: number
  silent_hours: number | null
  to_look_at: number
  waiting: number
}
type Line = { part: 'mail'; isWell: boolean; says: string }
type Ask = <Row>(statement: string) => Promise<Row[]>

/** By whatever connection one has; nothing when the database does not know mail yet. */
export async function mailLine(ask: Ask): Promise<Line[]> {
  const [there] = await ask<{ is: boolean }>(standingIsThere)
  if (there?.is !== true) return []
  const [standing] = await ask<Standing>(standingStatement)
  return standing === undefined ? [] : [lineOf(standing)]
}

/** By the application's own connection. */
export async function mailStatus(services: Services): Promise<Line[]> {
  return mailLine(async <Row>(statement: string) => (await sql.raw<Row>(statement).execute(services.database.app)).rows)
}

function lineOf({ channels, failing, silent_hours, to_look_at, waiting }: Standing): Line {
  if (channels === 0 && to_look_at === 0) return { part: 'mail', isWell: true, says: 'no mailbox is read' }
  const parts = [
    `${channels} mailboxes`,
    ...(failing > 0 ? [`${failing} cannot be read: see /amministrazione/posta`] : []),
    ...(channels > 0 ? [silent_hours === null ? 'no mail yet' : `last mail ${silent_hours} h ago`] : []),
    `${to_look_at} messages to look at`,
    ...(waiting > 0 ? [`${waiting} wait to be taken: start the worker`] : []),
  ]
  return { part: 'mail', isWell: failing === 0 && waiting === 0, says: parts.join(', ') }
}
