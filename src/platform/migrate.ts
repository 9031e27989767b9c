/** Forward-only migrations: numbered SQL files, claimed first, safe with two starters. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { connectionSettings } from './db.ts'
import type { Endpoint } from './postgres.ts'
import { PostgresError } from './postgres-place.ts'

/**
 * Brings the database to this version of SITEC: roles, extensions, migrations, job tables.
 * Returns the names of the migrations it ran. Refuses a database written by a newer SITEC.
 */
export async function migrate(endpoint: Endpoint, folder: string, name?: string): Promise<string[]> {
  const login = await connect(connectionSettings(endpoint, null, name))
  try {
    // One starter at a time, whatever machine it is on; freed with the connection.
    await login.query('select pg_advisory_lock(735201)')
    await prepare(login)
    const owner = await connect(connectionSettings(endpoint, 'sitec_owner', name))
    try {
      const ran = await runMissing(owner, folder)
      await migrateJobs(owner)
      return ran
    } finally {
      await owner.end()
    }
  } finally {
    await login.end()
  }
}

async function connect(settings: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(settings)
  client.on('error', () => undefined) // reported by the query that was running
  await client.connect()
  return client
}

async function prepare(login: pg.Client) {
  const version = await login.query<{ server_version_num: string }>('show server_version_num')
  if (Number(version.rows[0]?.server_version_num) < 150_000) {
    throw new PostgresError('SITEC needs PostgreSQL 15 or newer: point DATABASE_URL to one.')
  }
  await login.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'sitec_owner') then create role sitec_owner nologin; end if;
      if not exists (select from pg_roles where rolname = 'sitec_app') then create role sitec_app nologin; end if;
      -- A superuser may take any role already; anybody else must be a member.
      if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant sitec_owner, sitec_app to %I', current_user);
      end if;
      execute format('grant create on database %I to sitec_owner', current_database());
      execute 'grant create, usage on schema public to sitec_owner';
      execute 'grant usage on schema public to sitec_app';
      execute 'revoke create on schema public from public';
    end $$;
    create extension if not exists unaccent;
    create extension if not exists btree_gist;
    create extension if not exists pg_trgm;
  `)
}

async function runMissing(owner: pg.Client, folder: string): Promise<string[]> {
  await owner.query(
    'create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  )
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  const applied = await owner.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration order by name',
  )
  for (const row of applied.rows) {
    if (!files.includes(row.name)) {
      throw new PostgresError(
        `This database was written by a newer SITEC (it has ${row.name}): install that version, or restore an older backup.`,
      )
    }
    if (row.sha256 !== digest(join(folder, row.name))) {
      throw new PostgresError(
        `Migration ${row.name} differs from the one this database ran: a released migration is never edited; add a new one.`,
      )
    }
  }
  const missing = files.filter((file) => !applied.rows.some((row) => row.name === file))
  for (const file of missing) {
    await owner.query('begin')
    try {
      await owner.query('insert into migration (name, sha256) values ($1, $2)', [file, digest(join(folder, file))])
      await owner.query(readFileSync(join(folder, file), 'utf8'))
      await owner.query('commit')
    } catch (error) {
      await owner.query('rollback')
      throw error
    }
  }
  return missing
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

// The job tables belong to the owner; the application only uses them.
async function migrateJobs(owner: pg.Client) {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => owner.query(text, values) },
    schema: 'pgboss',
    supervise: false,
    schedule: false,
  })
  await boss.start()
  await boss.stop({ graceful: false })
  await owner.query(`
    grant usage on schema pgboss to sitec_app;
    grant select, insert, update, delete on all tables in schema pgboss to sitec_app;
    grant usage on all sequences in schema pgboss to sitec_app;
    grant execute on all functions in schema pgboss to sitec_app;
    alter default privileges in schema pgboss grant select, insert, update, delete on tables to sitec_app;
  `)
}

/**
 * Refuses to serve when the application's role could step over row security:
 * superuser, BYPASSRLS, or owner of a table.
 */
export async function checkApplicationRole(endpoint: Endpoint, name?: string): Promise<void> {
  const client = await connect(connectionSettings(endpoint, 'sitec_app', name))
  try {
    const found = await client.query<{ unsafe: boolean }>(`
      select r.rolsuper or r.rolbypassrls or exists (select from pg_class c where c.relowner = r.oid)
        or pg_has_role(r.oid, 'sitec_owner', 'member') as unsafe
      from pg_roles r where r.rolname = current_user`)
    if (found.rows[0]?.unsafe !== false) {
      throw new PostgresError(
        'The database role sitec_app could step over row security (superuser, owner or BYPASSRLS): create it anew without those rights.',
      )
    }
  } finally {
    await client.end()
  }
}
