/** The SQL of mail servers. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ServerKind, SignIn, WrittenBy } from '../box-vocabulary.ts'

export type ServerRow = {
  id: string
  name: string
  kind: ServerKind
  host: string
  port: number
  isEncrypted: boolean
  signIn: SignIn
  signInUser: string | null
  secret: Buffer | null
  dailyBytes: number | null
  mostMessageBytes: number | null
  mostConnections: number
  writtenBy: WrittenBy
  /** Of the Gmail API, where it is not Google's own. */
  api: string | null
  unitsPerMinute: number | null
  boxes: number
  version: number
}

const columns = sql`s.id, s.name, s.kind, s.host, s.port, s.is_encrypted as "isEncrypted", s.sign_in as "signIn",
  s.sign_in_user as "signInUser", s.secret, s.daily_bytes as "dailyBytes", s.most_message_bytes as "mostMessageBytes",
  s.most_connections as "mostConnections", s.written_by as "writtenBy", s.api, s.units_per_minute as "unitsPerMinute", s.version,
  (select count(*) from mailbox m where m.organisation_id = s.organisation_id and m.server_id = s.id and m.gone_since is null) as boxes`

export async function selectServers(ctx: TxContext): Promise<ServerRow[]> {
  const found = await sql<ServerRow>`
    select ${columns} from mail_server s where s.organisation_id = ${ctx.organisationId} order by s.name limit 200`.execute(
    ctx.db,
  )
  return found.rows
}

/** One server; with `isHeld` until the transaction ends. */
export async function selectServer(ctx: TxContext, id: string, isHeld = false): Promise<ServerRow | undefined> {
  const found = await sql<ServerRow>`
    select ${columns} from mail_server s where s.organisation_id = ${ctx.organisationId} and s.id = ${id}
    ${isHeld ? sql`for update of s` : sql``}`.execute(ctx.db)
  return found.rows[0]
}

export type WrittenServer = Omit<ServerRow, 'boxes' | 'version' | 'id'>

export async function insertServer(ctx: TxContext, id: string, row: WrittenServer): Promise<void> {
  await sql`
    insert into mail_server (organisation_id, id, name, kind, host, port, is_encrypted, sign_in, sign_in_user, secret,
                             daily_bytes, most_message_bytes, most_connections, written_by, api, units_per_minute, version)
    values (${ctx.organisationId}, ${id}, ${row.name}, ${row.kind}, ${row.host}, ${row.port}, ${row.isEncrypted}, ${row.signIn},
            ${row.signInUser}, ${row.secret}, ${row.dailyBytes}, ${row.mostMessageBytes}, ${row.mostConnections}, ${row.writtenBy},
            ${row.api}, ${row.unitsPerMinute}, 1)`.execute(ctx.db)
}

export async function updateServer(ctx: TxContext, id: string, row: WrittenServer): Promise<void> {
  await sql`
    update mail_server set name = ${row.name}, kind = ${row.kind}, host = ${row.host}, port = ${row.port},
      is_encrypted = ${row.isEncrypted}, sign_in = ${row.signIn}, sign_in_user = ${row.signInUser}, secret = ${row.secret},
      daily_bytes = ${row.dailyBytes}, most_message_bytes = ${row.mostMessageBytes},
      most_connections = ${row.mostConnections}, written_by = ${row.writtenBy}, api = ${row.api},
      units_per_minute = ${row.unitsPerMinute}, version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

/** Whether waves under way fill this server, or come from it: what was copied is known under both addresses and Gmail's numbers. */
export async function selectUse(ctx: TxContext, id: string): Promise<{ isFilled: boolean; isEmptied: boolean }> {
  const found = await sql<{ isFilled: boolean; isEmptied: boolean }>`
    select coalesce(bool_or(w.to_server_id = ${id}), false) as "isFilled",
           coalesce(bool_or(w.from_server_id = ${id}), false) as "isEmptied"
    from migration_wave w join wave_mailbox m on m.organisation_id = w.organisation_id and m.wave_id = w.id
    where w.organisation_id = ${ctx.organisationId} and (w.to_server_id = ${id} or w.from_server_id = ${id})
      and m.state not in ('surveyed', 'prepared', 'closed', 'rolled_back')`.execute(ctx.db)
  return found.rows[0] ?? { isFilled: false, isEmptied: false }
}
